"""Late days of each member, as the lateness line tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grading.book.people import Person
from grading.course.model import LATENESS, Course
from grading.exporting.cohort import Case
from grading.feedback.bodies import entries
from grading.feedback.told import Days
from grading.model import NOTHING
from grading.scoring.lateness import days_left


@dataclass(frozen=True, slots=True)
class MemberDays:
    """One member of a group.

    Attributes:
        used: Late days on this homework; None where lateness was not graded.
        left: For the next homework; None where nobody knows.
        points_off: Points that the program takes off, 0 or more.
    """

    person: Person
    used: float | None
    left: float | None
    points_off: float


def evidence(case: Case) -> Mapping[str, Any]:
    """What the lateness line rests on; empty without one."""
    mark = case.mark(LATENESS)
    return mark.evidence or {} if mark else {}


def by_program(case: Case) -> Mapping[str, Any] | None:
    """The same for `scoring.grade.of_member`: None where a person marked the line, for that holds for all."""
    mark = case.mark(LATENESS)
    return None if mark is None or mark.manual else evidence(case)


def of_members(case: Case, course: Course) -> tuple[MemberDays, ...]:
    """Late days of the group's members, in their order."""
    return tuple(_of_members(case, course))


def _of_members(case: Case, course: Course) -> Iterator[MemberDays]:
    mark = case.mark(LATENESS)
    graded = mark is not None and mark.points is not None
    known = {one["person"]: one for one in entries(evidence(case), "members")}
    for person in case.group.members:
        one = known.get(person.key, NOTHING)
        unused = case.hand_in is None or course.deadline is None
        used = 0.0 if unused else one.get("days_used") if graded else None
        left = None
        if used is not None:
            left = days_left([(person.key, person.days_left)], [used], course)[person.key]
        yield MemberDays(person, used, left, float(one.get("points_off") or 0.0))


def told(case: Case, course: Course) -> tuple[Days, ...]:
    """What the group's page says of them: one entry where all members are alike, else one by name for each."""
    members = [one for one in of_members(case, course) if one.used is not None]
    if not members or course.deadline is None:
        return ()
    alike = len({(one.used, one.left, one.points_off) for one in members}) == 1
    return tuple(
        Days("" if alike else one.person.name or one.person.key, one.used or 0.0, one.left, -one.points_off)
        for one in (members[:1] if alike else members)
    )
