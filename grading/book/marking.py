"""A person marks a line: found, checked, saved, told."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from grading.book import hand_ins, marks
from grading.book.mark import out_of, shown
from grading.book.people import find_group


def give(
    db: Connection, group: str, key: str, points: float | None, *, why: str, who: str, expected: int | None
) -> str:
    """Saves the mark on the group's newest hand-in; what counts before and after, in a sentence.

    Args:
        group: Key, number or name.
        points: None takes the person's mark back.
        expected: The version that the person saw; None: whichever it is.

    Raises:
        Conflict: The line has another version.
        InputError: There is no such group or line, no reason, or the points are not the line's to give.
    """
    found = find_group(db, group).key
    before = marks.one(db, found, key)
    handed_in = hand_ins.of_group(db, found)
    version = marks.save(
        db,
        found,
        key,
        points,
        why=why,
        who=who,
        expected=before.version if expected is None else expected,
        hand_in_version=handed_in[-1].version if handed_in else None,
    )
    after = marks.one(db, found, key)
    if points is None and before.manual is None:
        what = f"there is no mark of a person to take back; {out_of(after)} stay, version {version}"
    else:
        what = f"{shown(before.effective)} → {out_of(after)}, version {version}"
    return f"{found} {key}: {what}"
