"""The lines of a group → its grade. Pure; a line that nobody graded leaves the grade open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Protocol

from grading.course.model import LATENESS, Course
from grading.model import rounded


class Marked(Protocol):
    """A line of the grade book."""

    @property
    def key(self) -> str:
        """The rubric's line, or `lateness`."""
        ...

    @property
    def effective(self) -> float | None:
        """A person's points where there are any, else the program's; None: not graded."""
        ...


@dataclass(frozen=True, slots=True)
class Grade:
    """What a group has earned.

    Attributes:
        points: 0 to `most`; None while a line is not graded.
        most: All points that can be had.
        letter: None while there are no points, or where the course gives no letters.
        ungraded: The lines that are missing, in the rubric's order.
    """

    points: float | None
    most: float
    letter: str | None
    ungraded: tuple[str, ...]


def grade(marks: Sequence[Marked], course: Course) -> Grade:
    """The group's grade; lines that are in no rubric count for nothing, and points below zero are zero."""
    points = {mark.key: mark.effective for mark in marks}
    wanted = (*course.rubric, *((LATENESS,) if course.deadline is not None else ()))
    ungraded = tuple(key for key in wanted if not _is_graded(points.get(key)))
    if ungraded:
        return Grade(None, course.points, None, ungraded)
    earned = sum(points[key] or 0.0 for key in course.rubric) + (points.get(LATENESS) or 0.0)
    points_of_all = rounded(min(course.points, max(0.0, earned)))
    return Grade(points_of_all, course.points, letter(points_of_all, course), ())


def letter(points: float, course: Course) -> str | None:
    """The letter that those points earn; the last one below all others, None where the course gives none."""
    if not course.letters:
        return None
    share = percent(points, course)
    return next((name for name, least in course.letters.items() if share >= least), LOWEST)


LOWEST = "F"
"""Below the course's last letter."""


def percent(points: float, course: Course) -> float:
    """The share of all points, in per cent, free of the noise of binary fractions."""
    return round(100 * points / course.points, 6) if course.points else 0.0


def passes(points: float, course: Course) -> bool:
    """Whether those points pass."""
    return percent(points, course) >= course.pass_mark


def of_member(group: Grade, lateness: Mapping[str, Any] | None, person: str) -> float | None:
    """The points of one member, who can lose more by lateness than the group as a whole.

    Args:
        lateness: The evidence of the program's lateness line; None where there is none, or a person marked the line:
            that mark holds for every member.
        person: The member's key in the grade book.
    """
    if group.points is None or not lateness:
        return group.points
    off = {one["person"]: float(one["points_off"]) for one in lateness.get("members", ())}
    more = off.get(person, 0.0) - min(off.values(), default=0.0)
    return rounded(max(0.0, group.points - max(0.0, more)))


def _is_graded(points: float | None) -> bool:
    return points is not None and isfinite(points)
