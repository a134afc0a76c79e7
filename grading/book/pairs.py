"""How much two groups share of what they changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from grading.book.tables import pair


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two groups.

    Attributes:
        a: Key of the one; below `b`.
        score: 0..1.
        containment: 0..1; None: not measured.
        p: Chance that honest groups share as much; None: not measured.
        q: The same, corrected for the number of pairs.
        evidence: JSON values.
    """

    a: str
    b: str
    score: float
    containment: float | None
    p: float | None
    q: float | None
    shared_edits: int
    evidence: Any


def put_all(db: Connection, pairs: Iterable[PairRow]) -> None:
    """Keeps these pairs in place of all that were there."""
    db.execute(delete(pair))
    rows = [
        {
            "grp_a": row.a,
            "grp_b": row.b,
            "score": row.score,
            "containment": row.containment,
            "p": row.p,
            "q": row.q,
            "shared_edits": row.shared_edits,
            "evidence": row.evidence,
        }
        for row in pairs
    ]
    if rows:
        db.execute(insert(pair), rows)


def get_all(db: Connection) -> tuple[PairRow, ...]:
    """Every pair, in the order of its groups."""
    query = select(
        pair.c.grp_a,
        pair.c.grp_b,
        pair.c.score,
        pair.c.containment,
        pair.c.p,
        pair.c.q,
        pair.c.shared_edits,
        pair.c.evidence,
    ).order_by(pair.c.grp_a, pair.c.grp_b)
    return tuple(PairRow(*row) for row in db.execute(query))
