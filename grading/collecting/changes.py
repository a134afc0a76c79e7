"""Who is in which group with which late days, and what an import changed of that, for the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Connection

from grading.book import history, people, settings
from grading.book.settings import EXTENSIONS

Enrolment = Mapping[str, Mapping[str, Any]]
"""Key of a person → what their grade hangs on, beside the hand-in."""


def enrolment(db: Connection) -> Enrolment:
    """Everybody who is in a group now."""
    extensions: dict[str, str] = settings.get(db, EXTENSIONS) or {}
    return {
        one.key: {"group": group.key, "late_days": one.days_left, "extension": extensions.get(one.key)}
        for group in people.groups(db)
        for one in group.members
    }


def record(db: Connection, before: Enrolment, *, who: str) -> None:
    """Adds an entry for each person who was known and for whom something is different now: keys, days and times."""
    for person, now in enrolment(db).items():
        then = before.get(person, now)
        changed = [key for key in now if now[key] != then[key]]
        if changed:
            was, is_now = ({"person": person} | {key: one[key] for key in changed} for one in (then, now))
            history.append(db, who=who, what="enrolment", group=now["group"], before=was, after=is_now)
