"""What a run found out about a group, as JSON; what is about the whole course has the group ""."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from grading.book.tables import document

COURSE = ""
"""The group of what is about all groups together."""


def put(db: Connection, group: str, name: str, inputs: str, body: Any) -> None:
    """Keeps the document in place of the last one of that name.

    Args:
        inputs: SHA-256 over all that it was made from, hex.
        body: JSON values, NaN and infinity not among them.
    """
    of_group = (document.c.grp == group) & (document.c.name == name)
    done = db.execute(update(document).where(of_group).values(inputs=inputs, body=body))
    if not done.rowcount:
        db.execute(insert(document).values(grp=group, name=name, inputs=inputs, body=body))


def inputs(db: Connection, name: str) -> dict[str, str]:
    """Group → what its document of that name was made from."""
    query = select(document.c.grp, document.c.inputs).where(document.c.name == name)
    return {row.grp: row.inputs for row in db.execute(query)}


def names(db: Connection, group: str) -> frozenset[str]:
    """Of the group's documents."""
    return frozenset(db.scalars(select(document.c.name).where(document.c.grp == group)))


def get(db: Connection, group: str, name: str) -> Any:
    """The group's document of that name; None where there is none."""
    query = select(document.c.body).where(document.c.grp == group, document.c.name == name)
    return db.execute(query).scalar()


def get_all(db: Connection, name: str) -> dict[str, Any]:
    """Group → its document of that name."""
    query = select(document.c.grp, document.c.body).where(document.c.name == name)
    return {row.grp: row.body for row in db.execute(query)}
