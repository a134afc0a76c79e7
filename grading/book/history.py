"""Who did what, when and why. Entries are added; the database refuses to change or delete one."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection, Row

from grading.book import moments
from grading.book.tables import history, redaction


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done.

    Attributes:
        id: Rises with time.
        at: In UTC.
        what: automatic, manual, import, export, forget, purge, …
        group: Key of the group; None: it is about the course.
        line: Key of the rubric's line; None: it is about no line.
        version: Of the line, afterwards: 1, 2, 3, … without a gap.
        before: JSON values; None: there was nothing.
        after: JSON values; None: nothing is left.
    """

    id: int
    at: datetime
    who: str
    what: str
    group: str | None
    line: str | None
    version: int | None
    before: Any
    after: Any
    why: str | None


def append(
    db: Connection,
    *,
    who: str,
    what: str,
    group: str | None = None,
    line: str | None = None,
    version: int | None = None,
    before: Any = None,
    after: Any = None,
    why: str | None = None,
) -> None:
    """Adds an entry of this moment, in the transaction of what it tells of."""
    db.execute(
        insert(history).values(
            at=moments.now(),
            who=who,
            what=what,
            grp=group,
            line=line,
            version=version,
            before=before,
            after=after,
            why=why,
        )
    )


def entries(db: Connection, group: str | None = None) -> tuple[Entry, ...]:
    """All entries, or those of one group, the oldest first."""
    query = select(history).order_by(history.c.id)
    if group is not None:
        query = query.where(history.c.grp == group)
    return tuple(map(_entry, db.execute(query)))


def last(db: Connection, group: str, line: str) -> Entry | None:
    """The newest entry on that line; None where there is none."""
    query = select(history).where(
        history.c.grp == group, history.c.line == line, history.c.version.is_not(None)
    )
    row = db.execute(query.order_by(history.c.version.desc()).limit(1)).one_or_none()
    return None if row is None else _entry(row)


def versions(db: Connection, group: str) -> dict[str, int]:
    """Line → the newest version that it had."""
    query = select(history.c.line, func.max(history.c.version).label("newest"))
    query = query.where(history.c.grp == group, history.c.version.is_not(None)).group_by(history.c.line)
    return {row.line: row.newest for row in db.execute(query)}


@contextmanager
def redacting(db: Connection) -> Generator[None]:
    """Lets the transaction change and delete entries; for `forget` and `purge` alone."""
    db.execute(insert(redaction).values(id=0))
    yield
    db.execute(delete(redaction))


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        at=moments.moment(row.at),
        who=row.who,
        what=row.what,
        group=row.grp,
        line=row.line,
        version=row.version,
        before=row.before,
        after=row.after,
        why=row.why,
    )
