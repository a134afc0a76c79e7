"""All reviews as they are now, read whole once; afterwards only those that were saved since.

Every save is in the history, whose numbers rise in the order in which transactions end: one writes at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from grading.book import reviews
from grading.book.reviews import FIRST, SECOND, WHAT, Review
from grading.book.tables import history

MOST = 50
"""Saves that are read one by one; after more, all is read."""
Known = Mapping[tuple[str, str], Review]
"""Group and ref of a row → its review."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """All reviews at one moment.

    Attributes:
        last: Number of the history's newest entry then; 0 for none.
    """

    last: int = 0
    first: Known = field(default_factory=dict[tuple[str, str], Review])
    second: Known = field(default_factory=dict[tuple[str, str], Review])


def now(db: Connection, before: Reviews) -> Reviews:
    """The reviews as they are now.

    Args:
        before: As they were; what was read then is not read again.
    """
    query = select(history.c.id, history.c.what, history.c.grp, history.c.line)
    entries = db.execute(
        query.where(history.c.id >= before.last).order_by(history.c.id).limit(MOST + 2)
    ).all()
    known, new = entries[:1], entries[1:]
    if not known or known[0].id != before.last or len(new) > MOST or any(one.what != WHAT for one in new):
        return _all(db)  # the first time, after another book was put in place, after somebody was forgotten
    if not new:
        return before
    first, second = dict(before.first), dict(before.second)
    for group, line in {(one.grp, one.line) for one in new}:
        review = reviews.of_line(db, group, line)
        if review is None:
            return _all(db)
        (second if review.look == SECOND else first)[review.group, review.ref] = review
    return replace(before, last=new[-1].id, first=first, second=second)


def _all(db: Connection) -> Reviews:
    last = db.execute(select(func.max(history.c.id))).scalar_one()
    return Reviews(last or 0, reviews.all_reviews(db, FIRST), reviews.all_reviews(db, SECOND))
