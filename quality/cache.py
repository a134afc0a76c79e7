"""Measurements by content hash, kept between runs in one SQLite file.

A cache only saves time: whatever is wrong with it (no folder, a full disk, a damaged file, one of something
else) leaves a note and costs the time of measuring again, never a result. A value carries a checksum over its
key and itself, so that a damaged file gives a miss and never another text's measurements.

Kept in `$PROOFGATE_CACHE`, else in the user's cache folder; shared by processes, safe to delete at any time.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import platformdirs

from quality.model import Measures
from quality.versions import family_version as family_version
from quality.workers.worker import decode, encode

FILE_NAME: Final = "measurements-1.sqlite3"
"""The number is the format's: versions of proofgate that write another format keep to themselves."""
APPLICATION_ID: Final = 0x70726F66
MAX_BYTES: Final = 1 << 30
EVICTED_SHARE: Final = 0.3
"""Of the entries when the file is full, least recently used first: seldom, and much at a time."""
USED_STEP_S: Final = 7 * 86_400
"""Use is noted to the week, so that a warm run writes next to nothing."""
BUSY_TIMEOUT_S: Final = 5.0
LOOKUP_KEYS: Final = 500
CHECKSUM_BYTES: Final = 4

DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS measurements (key BLOB PRIMARY KEY, used INTEGER NOT NULL, value BLOB NOT NULL)
"""


def measurement_key(text: str, family: str, version: str) -> str:
    """The SHA-256, in hex, under which a family's measures of a text are kept. Any text has one."""
    digest = hashlib.sha256(f"{family}\0{version}\0".encode())
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@contextmanager
def open_cache(enabled: bool = True) -> Generator[Cache]:
    """The user's cache; one that knows and keeps nothing when it is disabled or cannot be opened."""
    cache = _opened() if enabled else Cache(None)
    try:
        yield cache
    finally:
        cache.close()


class Cache:
    """Measurements by key, as long as the file behind it works.

    Attributes:
        note: Why it does not work, or what was done to make it work; "" when there is nothing to say.
    """

    def __init__(self, path: Path | None, note: str = "") -> None:
        self.note = note
        self._path = path
        self._connection = _connect(path) if path else None

    def get_many(self, keys: Sequence[str]) -> dict[str, Measures]:
        """What is known of these keys."""
        known: dict[str, Measures] = {}
        stale: list[tuple[int, bytes]] = []
        with self._tolerant() as connection, _no_collection():
            for start in range(0, len(keys) if connection else 0, LOOKUP_KEYS):
                some = [bytes.fromhex(key) for key in keys[start : start + LOOKUP_KEYS]]
                self._look_up(some, known, stale)
        self._write("UPDATE measurements SET used = ? WHERE key = ?", stale)
        return known

    @property
    def works(self) -> bool:
        """Whether what is put in can be had again."""
        return self._connection is not None

    def held(self, keys: Sequence[str]) -> set[str]:
        """Which of these keys are known; nothing is decoded, and a damaged value counts as known."""
        known: set[str] = set()
        with self._tolerant() as connection:
            for start in range(0, len(keys) if connection else 0, LOOKUP_KEYS):
                some = [bytes.fromhex(key) for key in keys[start : start + LOOKUP_KEYS]]
                assert connection is not None
                query = f"SELECT key FROM measurements WHERE key IN ({','.join('?' * len(some))})"  # noqa: S608 - only question marks
                known.update(key.hex() for (key,) in connection.execute(query, some))
        return known

    def put_many(self, items: Iterable[tuple[str, Measures]]) -> None:
        """Keeps these measures; they are on disk, all or none, when this returns."""
        if self._connection is None:
            return
        now = _now()
        rows = [(key, now, _packed(key, m)) for hex_key, m in items if (key := bytes.fromhex(hex_key))]
        self._write("INSERT OR REPLACE INTO measurements (key, used, value) VALUES (?, ?, ?)", rows)
        self._evict()

    def close(self) -> None:
        """Lets go of the file."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _look_up(self, keys: list[bytes], known: dict[str, Measures], stale: list[tuple[int, bytes]]) -> None:
        assert self._connection is not None
        marks = ",".join("?" * len(keys))
        query = f"SELECT key, used, value FROM measurements WHERE key IN ({marks})"  # noqa: S608 - only question marks
        now = _now()
        for key, used, value in self._connection.execute(query, keys):
            measures = _unpacked(key, value)
            if measures is None:
                continue
            known[key.hex()] = measures
            if used != now:
                stale.append((now, key))

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        with self._tolerant() as connection:
            if connection is not None:
                with _transaction(connection):
                    connection.executemany(statement, rows)

    def _evict(self) -> None:
        with self._tolerant() as connection:
            if connection is None or _used_bytes(connection) <= MAX_BYTES:
                return
            with _transaction(connection):
                (count,) = connection.execute("SELECT count(*) FROM measurements").fetchone()
                oldest = "SELECT rowid FROM measurements ORDER BY used, rowid LIMIT ?"
                connection.execute(
                    f"DELETE FROM measurements WHERE rowid IN ({oldest})",  # noqa: S608 - our own text
                    (int(count * EVICTED_SHARE) + 1,),
                )

    @contextmanager
    def _tolerant(self) -> Generator[sqlite3.Connection | None]:
        """The connection, if any; an error of the file turns the cache off and leaves a note."""
        try:
            yield self._connection
        except sqlite3.DatabaseError as error:
            code = _code(error)
            if code in BUSY:  # another process is writing for long: what is not kept now is measured again
                return
            self.close()
            self.note = f"the cache is off: {error} ({self._path})"
            if code in DAMAGED and self._path is not None:
                self.note = f"the cache was damaged and starts anew ({self._path})"
                with suppress(OSError):
                    _set_aside(self._path)


def _opened() -> Cache:
    path = _path()
    try:
        _make_private(path.parent)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        try:
            return Cache(path)
        except sqlite3.DatabaseError as error:
            if _code(error) not in DAMAGED:
                raise
            _set_aside(path)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            return Cache(path, note=f"the cache was damaged and starts anew ({path})")
    except (OSError, sqlite3.Error) as error:
        return Cache(None, note=f"no cache: {error} ({path})")


def folder() -> Path:
    """Where caches lie, these measurements among them; it need not be there yet."""
    named = os.environ.get("PROOFGATE_CACHE")
    path = Path(named).expanduser() if named else platformdirs.user_cache_path("proofgate", appauthor=False)
    return path.absolute()


def _path() -> Path:
    return folder() / FILE_NAME


def _make_private(folder: Path) -> None:
    """The folder, made if need be, for this user alone.

    A folder that holds other things keeps its mode, because it is not ours to close.

    Raises:
        PermissionError: Others can put files there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform == "win32":
        return
    state = folder.stat()
    if state.st_uid != os.geteuid():
        raise PermissionError("the folder belongs to another user")
    if state.st_mode & 0o077 and all(entry.name.startswith(FILE_NAME) for entry in folder.iterdir()):
        folder.chmod(0o700)
    elif state.st_mode & 0o022:
        raise PermissionError("other users can write to the folder")


def _connect(path: Path) -> sqlite3.Connection:
    """The file as our database.

    Raises:
        sqlite3.DatabaseError: It cannot be opened, is damaged (code in `DAMAGED`) or is something else's.
    """
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        with _transaction(connection):
            _claim(connection)
    with suppress(sqlite3.OperationalError):  # another process is about the same
        connection.execute("PRAGMA journal_mode = WAL")
    # A crash of the machine may lose the last batches, nothing else.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA journal_size_limit = 16777216")
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("SELECT key, used, value FROM measurements LIMIT 1").fetchall()


def _claim(connection: sqlite3.Connection) -> None:
    """Makes an empty database ours.

    Raises:
        sqlite3.DatabaseError: It is not empty; with the code of a file that is no database.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application == APPLICATION_ID:  # another process was faster
        return
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables or application:
        error = sqlite3.DatabaseError("the file is another program's database")
        error.sqlite_errorcode = sqlite3.SQLITE_NOTADB
        raise error
    connection.execute(SCHEMA)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@contextmanager
def _no_collection() -> Generator[None]:
    """No garbage collection, which walks all that is decoded again and again: 7.5 s for 175,000, without 1.9."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Generator[None]:
    """All or nothing, Ctrl-C included."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.rollback()
        raise


def _set_aside(path: Path) -> None:
    """Moves a file that we cannot use out of the way; it is kept, in case it was somebody's."""
    path.replace(path.with_name(f"{path.name}.bad"))
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _used_bytes(connection: sqlite3.Connection) -> int:
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def _now() -> int:
    return int(time.time() // USED_STEP_S)


def _packed(key: bytes, measures: Measures) -> bytes:
    payload = zlib.compress(encode(measures), 1)
    return zlib.crc32(payload, zlib.crc32(key)).to_bytes(CHECKSUM_BYTES, "big") + payload


def _unpacked(key: bytes, value: object) -> Measures | None:
    """None for what is damaged."""
    if not isinstance(value, bytes):
        return None
    payload = value[CHECKSUM_BYTES:]
    if zlib.crc32(payload, zlib.crc32(key)) != int.from_bytes(value[:CHECKSUM_BYTES], "big"):
        return None
    return decode(zlib.decompress(payload))
