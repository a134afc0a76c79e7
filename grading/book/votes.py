"""Which of two answers a person found better, without knowing whose they were: one vote a voter and row.

A vote holds for the two texts that were shown; its content hash tells whether they still stand. Voting again replaces
the vote, taking it back leaves none, and the history keeps each.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from grading.book import history, moments, settings
from grading.book.tables import vote as table

SEED = "vote seed"
"""Setting: what decides the sides; drawn once for each book, so that nobody can work a side out from a row."""


class Choice(StrEnum):
    """Whose answer was better."""

    BASE = "base"
    TUNED = "tuned"
    TIE = "tie"


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's word on one row.

    Attributes:
        group: Key of the group; "" for a file alone.
        ref: What the row is known by.
        content: SHA-256 of the instruction and the two answers that were shown, hex.
        at: In UTC.
    """

    group: str
    ref: str
    content: str
    choice: Choice
    who: str
    at: datetime


def save(db: Connection, group: str, ref: str, *, content: str, choice: Choice, who: str) -> None:
    """Keeps the vote, in place of the voter's last one on that row."""
    here = _is(group, ref, who)
    before = db.execute(select(table).where(here)).one_or_none()
    values = {"content": content, "choice": str(choice), "who": who, "at": moments.now()}
    if before is None:
        db.execute(insert(table).values(grp=group, ref=ref, voter=_voter(who), **values))
    else:
        db.execute(update(table).where(here).values(**values))
    _record(
        db,
        group,
        ref,
        who,
        None if before is None else _said(before),
        {"choice": str(choice), "content": content},
    )


def take_back(db: Connection, group: str, ref: str, *, who: str) -> bool:
    """Leaves no vote of that voter on the row; False where there was none."""
    here = _is(group, ref, who)
    before = db.execute(select(table).where(here)).one_or_none()
    if before is None:
        return False
    db.execute(delete(table).where(here))
    _record(db, group, ref, who, _said(before), None)
    return True


def of_group(db: Connection, group: str) -> tuple[Vote, ...]:
    """All votes on the group's rows, the oldest first."""
    rows = db.execute(select(table).where(table.c.grp == group))
    return tuple(sorted(map(_vote, rows), key=lambda one: (one.at, one.ref, one.who)))


def seed(db: Connection) -> str | None:
    """What decides the sides; None where nobody has drawn it yet."""
    return settings.get(db, SEED)


def drawn_seed(db: Connection) -> str:
    """The same, drawn now where nobody has."""
    known = seed(db)
    if known is None:
        known = secrets.token_hex(16)
        settings.put(db, SEED, known)
    return known


def _is(group: str, ref: str, who: str) -> ColumnElement[bool]:
    return and_(table.c.grp == group, table.c.ref == ref, table.c.voter == _voter(who))


def _voter(who: str) -> str:
    return hashlib.sha256(who.encode("utf-8", "surrogatepass")).hexdigest()


def _said(row: Row[Any]) -> dict[str, str]:
    return {"choice": row.choice, "content": row.content}


def _record(
    db: Connection,
    group: str,
    ref: str,
    who: str,
    before: dict[str, str] | None,
    after: dict[str, str] | None,
) -> None:
    sides = [None if one is None else {"ref": ref, **one} for one in (before, after)]
    history.append(db, who=who, what="vote", group=group, before=sides[0], after=sides[1])


def _vote(row: Row[Any]) -> Vote:
    return Vote(row.grp, row.ref, row.content, Choice(row.choice), row.who, moments.moment(row.at))
