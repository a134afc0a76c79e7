"""The book in an SQLite file: which library, which folder, which settings.

library     3.35 at least (RETURNING, and fixes to write-ahead logs before it)
folder      of this machine: a write-ahead log shares memory between processes, which no network drive can
WAL reset   SQLite 3.7.0 to 3.51.2, without 3.44.6 and 3.50.7, can lose a commit when a checkpoint and a
            commit meet (https://sqlite.org/wal.html#walresetbug). Debian ships such versions, so they are
            not refused; with them the log is folded in only by whoever closes the file last, which SQLite
            does under an exclusive lock, so that no commit can meet it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import NullPool

from quality import console
from quality.errors import ConfigError

OLDEST = (3, 35, 0)
WAIT_S = 30.0
"""Seconds that a command waits for another one's write; one takes milliseconds, a backup a few seconds."""
NETWORK = frozenset(
    {"9p", "afs", "beegfs", "ceph", "cifs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4"}
    | {"smb", "smb2", "smb3", "smbfs"}
    | {f"fuse.{name}" for name in ("ceph", "drive", "gcsfuse", "glusterfs", "rclone", "s3fs", "sshfs")}
)
"""Filesystems whose files other machines change, as Linux names them."""
TRANSACTION = "book_transaction"
"""Execution option: `IMMEDIATE` writes, `DEFERRED` reads, `` is none at all, for VACUUM and backups."""
_USE_OTHER = "put the course folder on a disk of this machine, or use PostgreSQL by DATABASE_URL"


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether that SQLite can lose a commit when a checkpoint and a commit meet."""
    return version < (3, 51, 3) and not (
        (3, 44, 6) <= version < (3, 45, 0) or (3, 50, 7) <= version < (3, 51, 0)
    )


def engine(url: URL) -> Engine:
    """Connections to the file; makes an empty one for its owner alone where there is none.

    Raises:
        ConfigError: The library is too old, or the folder is missing, a network drive or write-protected.
    """
    path = Path(str(url.database))
    _check_library(sqlite3.sqlite_version_info)
    _check_folder(path)
    _make(path)
    # a connection for each transaction: the last one to close folds the log in, and none outlives a fork
    made = create_engine(
        url,
        poolclass=NullPool,
        hide_parameters=True,  # names of students, in a message about a bug
        connect_args={"timeout": WAIT_S, "isolation_level": None},
    )
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    _log_ahead(made, path)
    return made


def file_system(path: Path, mounts: str) -> str:
    """The kind of file system that the path is on.

    Args:
        path: Absolute, links followed.
        mounts: The text of Linux's /proc/mounts.

    Returns:
        As Linux names it; "" where the mounts do not say.
    """
    best, kind = Path(), ""
    for line in mounts.splitlines():
        device, place, type_, *_ = [*line.split(" "), "", "", ""]
        folder = Path(
            place.encode().decode("unicode_escape").encode("latin-1", "replace").decode(errors="replace")
        )
        if path.is_relative_to(folder) and len(folder.parts) >= len(best.parts):
            # Google Drive in Colab says no more than `fuse`
            best, kind = folder, "fuse.drive" if (device, type_) == ("drive", "fuse") else type_
    return kind


def _check_library(version: tuple[int, ...]) -> None:
    if version < OLDEST:
        raise ConfigError(
            f"this Python's SQLite is {'.'.join(map(str, version))}; the grade book needs "
            f"{'.'.join(map(str, OLDEST))} or newer",
            remedy="use a newer Python, or PostgreSQL by DATABASE_URL",
        )


def _check_folder(path: Path) -> None:
    if not path.parent.is_dir():
        raise ConfigError(
            "there is no such folder for the grade book",
            where=str(path.parent),
            remedy="make the course folder with `grading init`, or name it with --course",
        )
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        if not path.exists():
            console.say(f"note: {path.parent} must be on a disk of this machine; here that cannot be checked")
        return
    refuse_network(path, mounts)


def refuse_network(path: Path, mounts: str) -> None:
    """Refuses a place that other machines write to.

    Raises:
        ConfigError: It is on a network drive.
    """
    kind = file_system(path.resolve(), mounts)
    if kind in NETWORK:
        raise ConfigError(
            f"is on a network drive ({kind}), where SQLite's file can break",
            where=str(path),
            remedy=_USE_OTHER,
        )


def _make(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise ConfigError(
            f"the grade book cannot be written: {error.strerror}",
            where=str(path),
            remedy="the file and its folder must be yours to write",
        ) from None


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    """What SQLite forgets with every connection."""
    pragmas = ["foreign_keys=ON", "recursive_triggers=ON", "synchronous=FULL", "secure_delete=ON"]
    if has_wal_reset_bug(sqlite3.sqlite_version_info):
        pragmas.append("wal_autocheckpoint=0")
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(db: Connection) -> None:
    kind = db.get_execution_options().get(TRANSACTION, "DEFERRED")
    if kind:
        db.exec_driver_sql(f"BEGIN {kind}")


def _log_ahead(made: Engine, path: Path) -> None:
    """Turns the write-ahead log on, once in a file's life; SQLite does not wait for others who do the same."""
    end = time.monotonic() + WAIT_S
    with made.connect().execution_options(**{TRANSACTION: ""}) as db:
        while True:
            try:
                mode = db.exec_driver_sql("PRAGMA journal_mode=WAL").scalar()
                break
            except Exception as error:
                if "locked" not in str(error) or time.monotonic() > end:
                    made.dispose()
                    raise
                time.sleep(0.02)
    if mode != "wal":
        made.dispose()
        raise ConfigError("SQLite cannot keep a write-ahead log here", where=str(path), remedy=_USE_OTHER)
