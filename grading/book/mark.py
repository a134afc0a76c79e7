"""One line of a group's grade: what the program says, what a person says, and what happens when two persons do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grading.book import moments
from grading.book.history import Entry
from grading.course.model import LATENESS
from quality.errors import InputError, ProofgateError
from quality.reports.escape import visible


@dataclass(frozen=True, slots=True)
class Manual:
    """What a person gave.

    Attributes:
        at: In UTC.
        hand_in_version: Of the hand-in that they saw; None where they did not say.
    """

    points: float
    why: str
    who: str
    at: datetime
    hand_in_version: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of a group's grade.

    Attributes:
        value: The program's, 0..1; None where it did not grade.
        points: The program's; None where it did not grade.
        most: Points that the line can give.
        manual: A person's; None where nobody marked it.
        version: What `save` must be told.
    """

    group: str
    key: str
    value: float | None
    points: float | None
    most: float
    sentence: str
    evidence: Any
    manual: Manual | None
    version: int

    @property
    def effective(self) -> float | None:
        """The points that count: a person's, else the program's; None where neither graded."""
        return self.points if self.manual is None else self.manual.points


class Conflict(ProofgateError):
    """A save on a line that has changed since the person saw it; nothing was saved.

    Attributes:
        mark: The line as it is now.
        last: What changed it last; None where the history does not say.
        points: What was to be saved; None: the person's mark was to be taken back.
        expected: The version that the person saw.

    Args:
        zone: IANA name, for the time in the message.
    """

    exit_code = 1

    def __init__(
        self, mark: Mark, last: Entry | None, points: float | None, expected: int, zone: str = "UTC"
    ) -> None:
        self.mark = mark
        self.last = last
        self.points = points
        self.expected = expected
        wanted = "taking the mark back" if points is None else f"{points:g} points"
        super().__init__(
            f"{_who_changed(last, zone)}: it is at {out_of(mark)} and version {mark.version}, you saw version "
            f"{expected}; {wanted} was not saved",
            where=f"{mark.group} {mark.key}",
            remedy=f"look at it with `grading show {mark.group}`, then save on version {mark.version}",
        )


def check_points(key: str, points: float, most: float) -> float:
    """The points, if a person can give them on that line.

    Raises:
        InputError: Not a number, infinite, below 0 or above the line's maximum; for lateness above 0.
    """
    low, high = (-math.inf, 0.0) if key == LATENESS else (0.0, most)
    if math.isfinite(points) and low <= points <= high:
        return points + 0.0  # never -0.0, which would be shown
    span = "0 or less, as it is taken off" if key == LATENESS else f"from 0 to {most:g}"
    raise InputError(f"{points:g} points cannot be given", where=key, remedy=f"give {span}")


def check_why(why: str) -> str:
    """The reason without the white space around it.

    Raises:
        InputError: It is empty.
    """
    if not why.strip():
        raise InputError(
            "a mark needs a reason, for the group and for whoever reads it later",
            remedy="say it with --why TEXT",
        )
    return why.strip()


def shown(points: float | None) -> str:
    """The points as a person reads them: `7.5`, `–` where nobody graded."""
    return "–" if points is None else f"{points:g}"


def out_of(mark: Mark) -> str:
    """What counts, of the most that the line can give, in points; lateness gives nothing."""
    most = f" of {mark.most:g}" if mark.most else ""
    return f"{shown(mark.effective)}{most} points"


def _who_changed(last: Entry | None, zone: str) -> str:
    if last is None:
        return "was changed meanwhile"
    return (
        f"was changed meanwhile by {visible(last.who)} ({last.what}) at {moments.local(last.at, zone)} {zone}"
    )
