"""The index's file: its tables, where it lies, who opens it, and when old ones go.

Kept in the cache folder of `quality.cache`, safe to delete; a file is complete and never changed from the moment it has
its name, so that it is read without locks.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
import zlib
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from quality import cache
from quality.errors import HardwareError

try:
    import fcntl
except ImportError:  # Windows, which deletes no file that somebody has open
    fcntl = None

FOLDER = "dashboard-3"
"""In the cache folder. The number is the format's: versions that write another format keep to themselves."""
SUFFIX = ".index.sqlite3"
MOST_BYTES = 4 << 30
"""Of all indexes together; the least recently opened go first."""
PAGE_BYTES = 1 << 14
"""Of the file. In SQLite's own 4 KiB there is room for one or two rows, and a third of the file stays empty."""
MOST_IN_USE = 4
"""Indexes that this process keeps from being cleared: the last ones that it took into use."""
_in_use: dict[Path, int] = {}
_using = threading.Lock()

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
CREATE TABLE beside (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL);
CREATE TABLE folded (of TEXT NOT NULL, first INTEGER NOT NULL, starts BLOB NOT NULL, text BLOB NOT NULL,
    PRIMARY KEY (of, first));
CREATE TABLE entry (number INTEGER PRIMARY KEY, body BLOB NOT NULL);
"""
"""`array` holds what filters ask (`columns.py`), `folded` the texts that are searched (`searching.py`)."""
INDEXES = "CREATE UNIQUE INDEX row_by_ref ON row (ref, grp);"


def folder() -> Path:
    """Where indexes lie, for this user alone.

    Raises:
        HardwareError: It cannot be made, or others can write there.
    """
    path = (cache.folder() / FOLDER).absolute()
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
    except (sqlite3.DatabaseError, zlib.error) as error:
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
    _lock(handle, alone=False)
    part = Path(name)
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as db:
            # what is cut off is thrown away, so nothing needs to be safe before the file has its name
            db.executescript(
                f"PRAGMA page_size = {PAGE_BYTES}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
                "PRAGMA cache_size = -65536;"
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
        os.close(handle)
        part.unlink(missing_ok=True)


def used(path: Path) -> bool:
    """Whether that index is there; if so it counts as just opened, and stays as long as this process uses it."""
    with _using:
        handle = _in_use.pop(path, None)
        if handle is None:
            try:
                handle = os.open(path, os.O_RDONLY)
            except OSError:
                return False
            _lock(handle, alone=False)
        try:
            os.utime(path)
        except OSError:  # somebody cleared it meanwhile
            os.close(handle)
            return False
        _in_use[path] = handle  # the newest is the last
        if len(_in_use) > MOST_IN_USE:
            os.close(_in_use.pop(next(iter(_in_use))))
    return True


def clear_old(most_bytes: int = MOST_BYTES) -> None:
    """Takes indexes away, the least recently opened first, until all have room; those that a process uses stay."""
    found: list[tuple[float, int, Path]] = []
    for path in folder().glob(f"*{SUFFIX}"):
        with suppress(OSError):
            state = path.stat()
            found.append((state.st_mtime, state.st_size, path))
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= most_bytes:
            return
        if _unlinked(path):
            total -= size


def _unlinked(path: Path) -> bool:
    """Takes the index away, unless somebody uses it."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        if _lock(handle, alone=True):
            path.unlink()
            return True
    except OSError:  # it is gone
        pass
    finally:
        os.close(handle)
    return False


def _lock(handle: int, *, alone: bool) -> bool:
    """Locks the file until it is closed, with others or alone; False where others have it."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
    except OSError:  # taken, or no locks on this file system: then nothing is cleared
        return False
    return True
