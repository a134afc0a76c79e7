"""What a group's page is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grading.book.marks import Mark
    from grading.course.model import Course
    from grading.scoring.grade import Grade
    from quality.guide import StyleGuide
    from quality.rule import Rule


@dataclass(frozen=True, slots=True)
class Days:
    """Late days of one member.

    Attributes:
        member: The name that the group's page shows; "" where all members have the same.
        used: On this homework.
        left: For the next one; None where nobody knows.
        points: Taken off, 0 or less.
    """

    member: str
    used: float
    left: float | None
    points: float


@dataclass(frozen=True, slots=True)
class Told:
    """One group's marks and what a run found out about it; nothing in it stems from another group's files.

    Attributes:
        group: The group's name as the LMS has it. Hostile.
        members: How many persons it has.
        version: Of the hand-in that was graded, hex; "" without one.
        troubles: What was seen when the hand-in was unpacked and read, as JSON values.
        documents: Name → body, of this group alone.
        days: Late days, one entry for all members or one each; () where lateness was not graded.
    """

    course: Course
    group: str
    members: int
    marks: tuple[Mark, ...]
    grade: Grade
    received: datetime | None
    version: str
    troubles: tuple[Mapping[str, Any], ...]
    documents: Mapping[str, Any]
    days: tuple[Days, ...]
    guide: StyleGuide
    rules: Mapping[str, Rule]
