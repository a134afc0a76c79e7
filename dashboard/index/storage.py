"""The index's file: its tables, where it lies, who opens it, and when old ones go.

Kept in the cache folder of `quality.cache`, safe to delete; a file is complete and never changed from the moment it has
its name, so that it is read without locks.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import platformdirs

from quality.errors import HardwareError

FOLDER = "dashboard-1"
"""In the cache folder. The number is the format's: versions that write another format keep to themselves."""
SUFFIX = ".index.sqlite3"
MOST_BYTES = 4 << 30
"""Of all indexes together; the least recently opened go first."""

SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE grp (id INTEGER PRIMARY KEY, key TEXT NOT NULL, label BLOB NOT NULL, hand_in TEXT NOT NULL,
    inputs TEXT NOT NULL, first INTEGER NOT NULL, rows INTEGER NOT NULL, passing INTEGER NOT NULL, mean REAL);
CREATE TABLE label (id INTEGER PRIMARY KEY, text BLOB NOT NULL UNIQUE);
CREATE TABLE kind (id INTEGER PRIMARY KEY, criteria TEXT NOT NULL UNIQUE);
CREATE TABLE rule (id INTEGER PRIMARY KEY, code TEXT NOT NULL, criterion TEXT NOT NULL, severity TEXT NOT NULL,
    UNIQUE (code, criterion, severity));
CREATE TABLE array (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE row (number INTEGER PRIMARY KEY, grp INTEGER NOT NULL, ref BLOB NOT NULL, brief BLOB NOT NULL);
CREATE TABLE folded (first INTEGER PRIMARY KEY, starts BLOB NOT NULL, text BLOB NOT NULL);
CREATE TABLE entry (number INTEGER PRIMARY KEY, body BLOB NOT NULL);
"""
"""`array` holds what filters ask (`columns.py`), `folded` the texts that are searched, many rows in one piece."""
INDEXES = "CREATE UNIQUE INDEX row_by_ref ON row (ref, grp);"


def folder() -> Path:
    """Where indexes lie, for this user alone.

    Raises:
        HardwareError: It cannot be made, or others can write there.
    """
    named = os.environ.get("PROOFGATE_CACHE")
    path = (Path(named) if named else platformdirs.user_cache_path("proofgate", appauthor=False)) / FOLDER
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if hasattr(os, "geteuid"):
            if path.stat().st_uid != os.geteuid():
                raise PermissionError(0, "the folder belongs to another user")
            path.chmod(0o700)
    except OSError as error:
        raise HardwareError(
            f"cannot be used: {error.strerror}",
            where=str(path),
            remedy="name another folder in PROOFGATE_CACHE",
        ) from None
    return path


@contextmanager
def reading(path: Path) -> Generator[sqlite3.Connection]:
    """The index, for one question. Connections are opened and closed each time: a millisecond, and no thread owns any.

    Raises:
        HardwareError: It is gone or damaged.
    """
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            yield db
    except sqlite3.DatabaseError as error:
        raise HardwareError(
            f"the index cannot be read: {error}",
            where=str(path),
            remedy="close the dashboard and open it again",
        ) from None


def write(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Makes the index: filled under another name, then renamed, so that nobody ever sees half of one.

    Raises:
        HardwareError: The disk is full or fails.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="part-", suffix=SUFFIX)
    os.close(handle)
    part = Path(name)
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as db:
            # what is cut off is thrown away, so nothing needs to be safe before the file has its name
            db.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
            )
            db.executescript(SCHEMA)
            db.execute("BEGIN")
            fill(db)
            db.execute("COMMIT")
            db.executescript(INDEXES)
        part.replace(path)
    except sqlite3.OperationalError as error:
        raise HardwareError(
            f"the index cannot be written: {error}", where=str(path.parent), remedy="free some space there"
        ) from None
    finally:
        part.unlink(missing_ok=True)


def used(path: Path) -> bool:
    """Whether that index is there; if so it counts as just opened."""
    try:
        os.utime(path)
    except OSError:
        return False
    return True


def clear_old(keep: Collection[Path], most_bytes: int = MOST_BYTES) -> None:
    """Takes indexes away, the least recently opened first, until all together have room; those to be kept stay."""
    found: list[tuple[float, int, Path]] = []
    for path in folder().glob(f"*{SUFFIX}"):
        with suppress(OSError):
            state = path.stat()
            found.append((state.st_mtime, state.st_size, path))
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= most_bytes:
            return
        if path not in keep:
            with suppress(OSError):  # an open file on Windows; next time, then
                path.unlink()
                total -= size
