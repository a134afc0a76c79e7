"""Facts about the course that belong to no group, such as the header of the worksheet."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from grading.book.tables import setting

WORKSHEET = "worksheet"
"""The layout of the worksheet that was imported, with `order`: the keys of its persons, row by row."""
EXTENSIONS = "extensions"
"""Key of a person → until when they may hand in, ISO 8601 in UTC."""
SENT = "sent"
"""Key of a person → points in the worksheet that was exported last; None where it was left blank."""
OF_PEOPLE = (SENT, EXTENSIONS)
"""Those with a value for each person's key."""
CUT_OFF_RUN = "cut-off run"
"""Whether a run has begun and not written its lines: what is in the book then is of two times."""


def put(db: Connection, key: str, value: Any) -> None:
    """Keeps JSON values under that key, in place of what was there."""
    done = db.execute(update(setting).where(setting.c.key == key).values(value=value))
    if not done.rowcount:
        db.execute(insert(setting).values(key=key, value=value))


def get(db: Connection, key: str) -> Any:
    """What is kept under that key; None where nothing is."""
    return db.execute(select(setting.c.value).where(setting.c.key == key)).scalar()
