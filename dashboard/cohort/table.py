"""The course's grades as a table: a line for each group, with why a person should look at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.cohort.known import Known
from grading.course.model import LATENESS
from grading.exporting import days
from grading.exporting.cohort import Case
from grading.exporting.refusal import is_behind
from grading.exporting.tables import flags

NEWER = "newer-hand-in"
REASONS = {
    NEWER: "handed in again since it was graded",
    "not-graded": "lines without points",
    "may-flip": "the letter may flip",
    "mark-on-older-hand-in": "a mark on a replaced hand-in",
    "mark-above-maximum": "a mark above what its line gives",
    "copying": "much alike another group",
    "lineage-broken": "records that do not agree",
}
"""Flag → why a person should look; a trouble with the hand-in is a flag, too, and its code tells why."""
FOR_KNOWING = {
    "purged": "only the points are left",
    "nothing-handed-in": "nothing handed in",
    "late": "late",
    "by-hand": "marked by hand",
}
"""Flags that nobody needs to do anything about."""


class Order(StrEnum):
    """In which order groups are listed."""

    KEY = "by key"
    LOWEST = "fewest points first"
    HIGHEST = "most points first"
    NEEDS = "most to look at first"


@dataclass(frozen=True, slots=True)
class Line:
    """One group.

    Attributes:
        label: Its name, or its key; raw.
        points: None while something is not graded.
        lines: Line of the rubric, or lateness → points that count; None: not graded.
        late_days: Begun after the deadline; None where nobody knows.
        needs: Why a person should look at it, in words of ours.
        notes: What else is to be known.
    """

    key: str
    label: str
    points: float | None
    most: float
    letter: str | None
    lines: Mapping[str, float | None]
    late_days: float | None
    needs: tuple[str, ...]
    notes: tuple[str, ...]


def columns(known: Known) -> tuple[str, ...]:
    """The rubric's lines in their order, then lateness where it is graded."""
    return (*known.course.rubric, *((LATENESS,) if known.course.deadline is not None else ()))


def lines(
    known: Known, *, text: str = "", needing: bool = False, reason: str = "", order: Order = Order.KEY
) -> tuple[Line, ...]:
    """The groups looked at.

    Args:
        text: Stands in the key, the number, the name, or a member's name, number or address, whatever its case.
        needing: Only those that a person should look at.
        reason: Only those with that reason.
    """
    wanted = text.strip().casefold()
    found = [
        line
        for case in known.cohort.cases
        if wanted in _searched(case)
        for line in (_line(known, case),)
        if (line.needs or not needing) and (not reason or reason in line.needs)
    ]
    return tuple(_sorted(found, order))


def reasons(found: Sequence[Line]) -> dict[str, int]:
    """Reason → how many groups have it, the most frequent first."""
    counts: dict[str, int] = {}
    for line in found:
        for reason in line.needs:
            counts[reason] = counts.get(reason, 0) + 1
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def needs(known: Known, case: Case) -> tuple[str, ...]:
    """Why a person should look at the group."""
    return tuple(_needs(known, case))


def _needs(known: Known, case: Case) -> Iterator[str]:
    if is_behind(case):
        yield REASONS[NEWER]
    for flag in flags(case, known.candidates):
        if flag not in FOR_KNOWING:
            yield REASONS.get(flag) or flag.replace("archive.", "zip: ").replace(".", ": ").replace("-", " ")


def _line(known: Known, case: Case) -> Line:
    marks = {mark.key: mark.effective for mark in case.marks}
    return Line(
        key=case.group.key,
        label=case.label,
        points=case.grade.points,
        most=case.grade.most,
        letter=case.grade.letter,
        lines={key: marks.get(key) for key in columns(known)},
        late_days=days.evidence(case).get("begun_days"),
        needs=needs(known, case),
        notes=tuple(FOR_KNOWING[flag] for flag in flags(case, known.candidates) if flag in FOR_KNOWING),
    )


def _searched(case: Case) -> str:
    group = case.group
    people = (text for one in group.members for text in (one.name, one.identifier or "", one.email))
    return "\n".join((group.key, group.identifier or "", case.label, *people)).casefold()


def _sorted(found: list[Line], order: Order) -> list[Line]:
    if order is Order.NEEDS:
        return sorted(found, key=lambda line: -len(line.needs))
    if order is Order.KEY:
        return found
    sign = -1 if order is Order.HIGHEST else 1
    infinity = float("inf")
    return sorted(found, key=lambda line: infinity if line.points is None else sign * line.points)
