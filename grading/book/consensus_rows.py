"""The label that the groups agree on, for each id of the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from grading.book.tables import consensus


@dataclass(frozen=True, slots=True)
class ConsensusRow:
    """One id.

    Attributes:
        label: None: no label has most votes.
        share: Of the votes, 0..1; None: nobody voted.
        tie: Whether several labels have most votes.
        evidence: JSON values.
    """

    id: str
    label: str | None
    share: float | None
    tie: bool
    evidence: Any


def put_all(db: Connection, rows: Iterable[ConsensusRow]) -> None:
    """Keeps these rows in place of all that were there."""
    db.execute(delete(consensus))
    values = [
        {
            "id": row.id,
            "label": row.label,
            "share": row.share,
            "tie": int(row.tie),
            "evidence": row.evidence,
        }
        for row in rows
    ]
    if values:
        db.execute(insert(consensus), values)


def get_all(db: Connection) -> tuple[ConsensusRow, ...]:
    """Every row in the order of the ids as text."""
    rows = (
        ConsensusRow(row.id, row.label, row.share, bool(row.tie), row.evidence)
        for row in db.execute(select(consensus))
    )
    return tuple(
        sorted(rows, key=lambda row: row.id)
    )  # not by the database, whose order depends on its locale
