"""A hand-in that is known, sorted anew: course.toml may call its files otherwise than when it was first imported."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.engine import Connection

from grading.book import hand_ins
from grading.collecting.receiving import SEVERAL
from grading.model import HandIn


def renew(db: Connection, hand_in: HandIn) -> bool:
    """Keeps where its files lie now and what is wrong with it; False when the files are the known ones."""
    known = next(one for one in hand_ins.of_group(db, hand_in.group) if one.version == hand_in.version)
    if known.files == hand_in.files:
        return False
    now = {trouble.code for trouble in hand_in.troubles}
    kept = (one for one in known.troubles if one.code == SEVERAL and SEVERAL not in now)
    hand_ins.renew(db, replace(hand_in, troubles=(*hand_in.troubles, *kept)))
    return True
