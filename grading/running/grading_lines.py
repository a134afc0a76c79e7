"""A group's documents, members and time → all its lines. Pure; run anew whenever the rubric changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from grading.book.people import Group
from grading.course.model import Course
from grading.model import HandIn, Line
from grading.scoring import lines
from grading.scoring.lateness import lateness

NEEDED = ("examined", "quality", "completeness", "predictions", "consensus", "failures")
"""Documents that lines are made from."""
NO_EXTENSIONS: Mapping[str, str] = MappingProxyType({})
BY_HAND = lines.BY_HAND


def of_group(
    group: Group,
    hand_in: HandIn | None,
    documents: Mapping[str, Any],
    course: Course,
    extensions: Mapping[str, str] = NO_EXTENSIONS,
) -> tuple[Line, ...]:
    """The rubric's lines in its order, and lateness where there is a deadline; all open without a hand-in.

    What the LMS granted one member counts for the group, which hands in together.
    """
    if hand_in is None:
        return lines.nothing(course)
    found = lines.automatic(documents, hand_in.troubles, course)
    if course.deadline is None:
        return found
    given = [datetime.fromisoformat(extensions[one.key]) for one in group.members if one.key in extensions]
    granted = max(given, default=None)
    late = lateness(hand_in.received, course, [one.days_left for one in group.members], granted)
    evidence = {
        "received": hand_in.received.isoformat() if hand_in.received else None,
        "deadline": course.deadline.isoformat(),
        "extension": granted.isoformat() if granted else None,
        "policy": str(course.late.policy),
    }
    return (*found, lines.lateness_line(late, [one.key for one in group.members], evidence))
