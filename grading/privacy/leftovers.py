"""Where somebody still stands after a removal: in files that are not the program's to change, in a team's work."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from grading.book.tables import dismissal, document, pair, review
from grading.hand_in.archive import MIB, Caps, unpack
from grading.model import Level
from grading.privacy.names import Names

SUBMISSIONS = "submissions"
MOST = 256 * MIB
"""Bytes of a file that is looked into."""
CAPS = Caps(entries=20_000, entry=64 * MIB, total=MOST)
TOO_LARGE = "archive.entry-too-large"
_BOOK = ("grading.db", "grading.db-wal", "grading.db-shm")


def in_files(folder: Path, names: Names, groups: Sequence[str], but: Path | None = None) -> tuple[str, ...]:
    """Paths below the folder that hold them, or that nobody could look into (with the reason).

    Hand-ins of other groups than these are not looked at, nor is the grade book itself.

    Args:
        but: A copy of the grade book, which holds what the book holds.
    """
    patterns = names.patterns
    return tuple(
        f"{path.relative_to(folder).as_posix()}{why}"
        for path in _files(folder, groups)
        if path != but and (why := _held(path, patterns, path.relative_to(folder))) is not None
    )


def in_book(db: Connection, names: Names, groups: Sequence[str]) -> tuple[str, ...]:
    """Groups whose own texts, as the book quotes them, hold them."""
    found: set[str] = set()
    for row in db.execute(select(document).where(document.c.grp.in_(groups))):
        if _in_json(row.body, names):
            found.add(row.grp)
    for row in db.execute(select(pair).where(or_(pair.c.grp_a.in_(groups), pair.c.grp_b.in_(groups)))):
        if _in_json(row.evidence, names):
            found |= {row.grp_a, row.grp_b}
    for table, column in ((review, review.c.row_id), (dismissal, dismissal.c.body)):  # they quote hand-ins
        quoted = db.execute(select(table.c.grp, column).where(table.c.grp.in_(groups)))
        found |= {group for group, body in quoted if _in_json(body, names)}
    return tuple(sorted(found))


def _in_json(body: object, names: Names) -> bool:
    text = json.dumps(body, ensure_ascii=True).encode().lower()
    return any(pattern in text for pattern in names.patterns)


def _files(folder: Path, groups: Sequence[str]) -> Iterator[Path]:
    for place, below, files in os.walk(folder):
        here = Path(place)
        if here == folder / SUBMISSIONS:
            below[:] = [name for name in below if name in groups]
        below.sort()
        yield from (here / name for name in sorted(files) if here != folder or name not in _BOOK)


def _held(path: Path, patterns: frozenset[bytes], shown: Path) -> str | None:
    """Nothing to add where it holds them; None where it does not; else why it was not looked into."""
    if _found(str(shown).encode("utf-8", "surrogateescape"), patterns):
        return ""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        if path.stat().st_size > MOST:
            return " (too large to be looked into)"
        data = path.read_bytes()
    except OSError as error:
        return f" (cannot be read: {error.strerror})"
    if _found(data, patterns):
        return ""
    return _in_zip(data, patterns) if data.startswith(b"PK") else None


def _in_zip(data: bytes, patterns: frozenset[bytes], nested: bool = True) -> str | None:
    held = unpack(data, CAPS)
    for content in held.entries.values():
        if _found(content, patterns):
            return ""
        if nested and content.startswith(b"PK") and _in_zip(content, patterns, nested=False) == "":
            return ""
    missed = any(one.level is Level.ERROR or one.code == TOO_LARGE for one in held.troubles)
    return " (a zip that could not be looked into wholly)" if missed else None


def _found(data: bytes, patterns: frozenset[bytes]) -> bool:
    low = data.lower()
    return any(pattern in low for pattern in patterns)
