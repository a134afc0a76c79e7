"""What groups handed in: the newest counts, the others are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row

from grading.book import moments
from grading.book.tables import hand_in as table
from grading.model import HandIn, Role, Trouble
from quality.errors import InputError


def add(db: Connection, hand_in: HandIn) -> bool:
    """Keeps the hand-in; False when the group's same files are known already.

    What is known changes in one way: a later time of receipt than the known one counts from then on, because the LMS
    shows that one too.
    """
    received = None if hand_in.received is None else moments.text(hand_in.received)
    same = (table.c.grp == hand_in.group) & (table.c.version == hand_in.version)
    known = db.execute(select(table.c.received).where(same)).one_or_none()
    if known is None:
        db.execute(insert(table).values(**_columns(db, hand_in, received)))
        return True
    if received is not None and received > (known.received or ""):
        db.execute(update(table).where(same).values(received=received))
    return False


def renew(db: Connection, hand_in: HandIn) -> None:
    """Keeps where a known hand-in's files lie now and what is wrong with it; when it came stays as it was."""
    same = (table.c.grp == hand_in.group) & (table.c.version == hand_in.version)
    db.execute(update(table).where(same).values(**_held(db, hand_in)))


def current(db: Connection) -> dict[str, HandIn]:
    """Group → the hand-in that counts: the last received, among equals the last imported."""
    return {row.grp: _hand_in(db, row) for row in db.execute(_in_order())}


def of_group(db: Connection, group: str) -> tuple[HandIn, ...]:
    """All that the group handed in; the last is the one that counts."""
    return tuple(_hand_in(db, row) for row in db.execute(_in_order().where(table.c.grp == group)))


def _in_order() -> Any:
    received = table.c.received.is_not(None), table.c.received
    return select(table).order_by(table.c.grp, *received, table.c.imported, table.c.id)


def _columns(db: Connection, hand_in: HandIn, received: str | None) -> dict[str, Any]:
    return {
        "grp": hand_in.group,
        "version": hand_in.version,
        "received": received,
        "imported": moments.now(),
        **_held(db, hand_in),
    }


def _held(db: Connection, hand_in: HandIn) -> dict[str, Any]:
    folder = _folder(db)
    return {
        "files": {role.value: _below(folder, path) for role, path in hand_in.files.items()},
        "troubles": [trouble.as_json() for trouble in hand_in.troubles],
    }


def _hand_in(db: Connection, row: Row[Any]) -> HandIn:
    return HandIn(
        group=row.grp,
        version=row.version,
        received=None if row.received is None else moments.moment(row.received),
        files={Role(role): _folder(db) / path for role, path in row.files.items()},
        troubles=tuple(map(Trouble.from_json, row.troubles)),
    )


def _below(folder: Path, path: Path) -> str:
    """The path as the book keeps it, so that the course folder can be moved."""
    if not path.is_absolute():
        return path.as_posix()
    for one, root in (
        (path, folder),
        (path.resolve(), folder.resolve()),
    ):  # a link on the way does not matter
        if one.is_relative_to(root):
            return one.relative_to(root).as_posix()
    raise InputError(
        "a hand-in's file must lie in the course folder", where=str(path), remedy=f"put it below {folder}"
    )


def _folder(db: Connection) -> Path:
    return db.get_execution_options()["course_folder"]
