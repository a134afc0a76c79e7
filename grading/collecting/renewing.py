"""A hand-in that is known, sorted anew: course.toml may call its files otherwise than when it was first imported."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.engine import Connection

from grading.book import hand_ins
from grading.book.tables import hand_in as table
from grading.collecting.receiving import SEVERAL
from grading.model import HandIn


def renew(db: Connection, hand_in: HandIn, below: Path) -> bool:
    """Keeps where its files lie now and what is wrong with it; False when the files are the known ones.

    Args:
        below: Where the course folder begins, which the book leaves out of its paths.
    """
    known = next(one for one in hand_ins.of_group(db, hand_in.group) if one.version == hand_in.version)
    if known.files == hand_in.files:
        return False
    now = {trouble.code for trouble in hand_in.troubles}
    kept = (one for one in known.troubles if one.code == SEVERAL and SEVERAL not in now)
    same = (table.c.grp == hand_in.group) & (table.c.version == hand_in.version)
    db.execute(
        update(table)
        .where(same)
        .values(
            files={role.value: path.relative_to(below).as_posix() for role, path in hand_in.files.items()},
            troubles=[asdict(trouble) for trouble in (*hand_in.troubles, *kept)],
        )
    )
    return True
