"""Courses of long ago: what groups handed in before a day goes, and who they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from grading.book import moments
from grading.book.book import Book
from grading.book.people import GROUP
from grading.book.tables import hand_in, identity, member
from grading.privacy import cleaning, people, removal
from grading.privacy.cleaning import Cleaned
from grading.privacy.people import Leaving


@dataclass(frozen=True, slots=True)
class Old:
    """Whose newest hand-in came before the day.

    Attributes:
        newest: Key of a group → when its newest hand-in came; None: it handed in nothing, as all who would stay.
        staying: Groups that handed in later.
        idle: Groups that handed in nothing and stay, because others do.
    """

    leaving: Leaving
    newest: dict[str, datetime | None]
    staying: int
    idle: int


def old(book: Book, before: datetime) -> Old:
    """What would go; nothing is changed.

    Args:
        before: With its zone. A hand-in without a time of receipt has that of its import.
    """
    with book.reading() as db:
        return _old(db, before)


def purge(book: Book, before: datetime, found: Old, *, who: str, keep_grades: bool) -> Cleaned | None:
    """Removes what `old` listed and is still old; None where that is nothing. Stopped, the same command goes on.

    Args:
        found: What was agreed to: a group that handed in since stays, and none is added.
        keep_grades: Points stay, under the group's key alone.

    Raises:
        ProofgateError: Something holds out; the message says what is done already.
    """
    with book.writing() as db:
        now = _old(db, before)
        agreed = [one for one in now.leaving.keys if one in found.leaving.keys]
        if not agreed:
            return None
        leaving = people.leaving(*_everybody(db), agreed)
        removal.remove(db, leaving, who=who, what="purge", keep_grades=keep_grades)
    return cleaning.finish(book)


def _old(db: Connection, before: datetime) -> Old:
    rows, members = _everybody(db)
    groups: set[str] = {row.subject for row in rows if row.kind == GROUP}
    last = func.max(func.coalesce(hand_in.c.received, hand_in.c.imported))
    query = select(hand_in.c.grp, last).group_by(hand_in.c.grp)
    newest = {group: moments.moment(text) for group, text in db.execute(query)}
    going: dict[str, datetime | None] = {
        group: at for group, at in newest.items() if at < before and group in groups
    }
    idle: set[str] = groups - set(newest)
    subjects = list(going)
    if going and not set(newest) & groups - set(
        going
    ):  # the course is over: nobody waits for anything any more
        going |= dict.fromkeys(sorted(idle))
        subjects = [row.subject for row in rows]
        idle.clear()
    leaving = people.leaving(rows, members, subjects)
    in_order = sorted(going.items(), key=lambda one: (len(one[0]), one[0]))
    return Old(leaving, dict(in_order), len(groups - set(going)) - len(idle), len(idle))


def _everybody(db: Connection) -> tuple[list[people.Identity], dict[str, str]]:
    rows = list(db.execute(select(identity)))
    return rows, {row.person: row.grp for row in db.execute(select(member))}
