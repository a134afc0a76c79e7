"""Findings that persons say are mistaken: such a dismissal is taken back, never deleted; the history tells of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row

from grading.book import history, moments
from grading.book.tables import dismissal as table
from quality.baseline.file import reason_fault
from quality.dismissals import Decision, Scope
from quality.dismissals.decisions import in_order
from quality.dismissals.file import name_fault
from quality.errors import InputError, ProofgateError
from quality.reports.escape import visible

DISMISSED, TAKEN_BACK = "dismiss", "dismiss undone"
"""What the history calls it."""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """One person's word on findings.

    Attributes:
        group: Key of the group where the person saw it; "" where one file is looked at.
        ref: Of the row in that group.
        at: In UTC.
        undone_who: Who took it back; None: it holds.
    """

    id: int
    decision: Decision
    group: str
    ref: str
    at: datetime
    undone_who: str | None
    undone_at: datetime | None

    @property
    def holds(self) -> bool:
        """Whether nobody took it back."""
        return self.undone_who is None


class AlreadyTakenBack(ProofgateError):
    """A dismissal that somebody else took back meanwhile."""

    exit_code = 1


def add(db: Connection, decision: Decision, *, group: str, ref: str) -> int:
    """Keeps the decision as of now; its number. One that holds for the same findings already is not kept twice.

    Raises:
        InputError: The name or the reason is none.
    """
    for what, fault in (("the name", name_fault(decision.who)), ("the reason", reason_fault(decision.why))):
        if fault:
            raise InputError(f"{what} {fault}", remedy="say in one line why the finding is mistaken")
    same = (
        table.c.undone_at.is_(None) & (table.c.code == decision.code) & (table.c.content == decision.content)
    )
    known = (_dismissal(row) for row in db.execute(select(table).where(same).order_by(table.c.id)))
    twin = next((one for one in known if one.decision.key == decision.key), None)
    if twin is not None:
        return twin.id
    values: dict[str, Any] = {
        "scope": str(decision.scope),
        "code": decision.code,
        "content": decision.content,
    }
    done = db.execute(
        insert(table).values(
            **values,
            grp=group,
            ref=ref,
            body=_body(decision),
            why=decision.why,
            who=decision.who,
            at=moments.now(),
        )
    )
    number = int((done.inserted_primary_key or (0,))[0])
    told = {"dismissal": number, **values, **_body(decision)}
    history.append(db, who=decision.who, what=DISMISSED, group=group or None, after=told, why=decision.why)
    return number


def take_back(db: Connection, number: int, *, who: str) -> Dismissal:
    """Takes the dismissal back; what it was.

    Raises:
        InputError: There is none of that number.
        AlreadyTakenBack: Somebody took it back meanwhile.
    """
    row = db.execute(select(table).where(table.c.id == number)).one_or_none()
    if row is None:
        raise InputError(f"there is no dismissal {number}", remedy="load the page again")
    was = _dismissal(row)
    if was.undone_who is not None:
        raise AlreadyTakenBack(
            f"{visible(was.undone_who)} has taken it back already", remedy="load the page again"
        )
    db.execute(update(table).where(table.c.id == number).values(undone_who=who, undone_at=moments.now()))
    one = was.decision
    told = {
        "dismissal": number,
        "scope": str(one.scope),
        "code": one.code,
        "content": one.content,
        **_body(one),
    }
    history.append(db, who=who, what=TAKEN_BACK, group=was.group or None, before=told)
    return was


def holding(db: Connection) -> tuple[Dismissal, ...]:
    """Those that hold, in the order in which they were made."""
    query = select(table).where(table.c.undone_at.is_(None)).order_by(table.c.id)
    return tuple(map(_dismissal, db.execute(query)))


def everything(db: Connection) -> tuple[Dismissal, ...]:
    """All of them, those that were taken back among them, in the order in which they were made."""
    return tuple(map(_dismissal, db.execute(select(table).order_by(table.c.id))))


def decisions(db: Connection) -> tuple[Decision, ...]:
    """What holds now, as a file of decisions has it."""
    return tuple(in_order([one.decision for one in holding(db)]))


def _body(one: Decision) -> dict[str, Any]:
    return {
        "column": one.column,
        "start": one.start,
        "end": one.end,
        "words": one.words,
        "row_id": one.row_id,
    }


def _dismissal(row: Row[Any]) -> Dismissal:
    at = moments.moment(row.at)
    return Dismissal(
        id=row.id,
        decision=Decision(
            scope=Scope(row.scope),
            code=row.code,
            content=row.content,
            **row.body,
            who=row.who,
            why=row.why,
            at=at.isoformat(timespec="microseconds"),
        ),
        group=row.grp,
        ref=row.ref,
        at=at,
        undone_who=row.undone_who,
        undone_at=moments.moment(row.undone_at) if row.undone_at else None,
    )
