"""One file that holds the whole grade book as it was at one moment, looked over before it has its name."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from grading.book.address import scrubbed
from grading.book.book import Book
from quality.console import NO_ROOM
from quality.errors import ConfigError, HardwareError, ProofgateError
from quality.wording import cut

DUMP_S = 3_600.0
"""Seconds that PostgreSQL's own program may take."""
_SECRETS = ("password", "sslpassword")
_FREE = "nothing was changed; free some space, then do the same again"


class NoTool(ConfigError):
    """PostgreSQL's own program for copies is not on this machine."""


def write(book: Book, path: Path) -> None:
    """Makes the copy, for its owner alone to read; a path that it returns from holds all of it.

    Raises:
        NoTool: The book is in PostgreSQL and `pg_dump` is not here.
        ProofgateError: The disk is full, the folder refuses, or the copy is not sound.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _refused(path, error) from None
    part = Path(name)
    try:
        if book.file is None:
            _dump(book, part)
        else:
            _copy(book, part)
        _keep(part)
        part.replace(path)
    except OSError as error:
        raise _refused(path, error) from None
    finally:
        for left in part.parent.glob(f"{part.name}*"):  # SQLite's own files beside it, too
            left.unlink(missing_ok=True)


def _copy(book: Book, part: Path) -> None:
    with book.outside() as db:
        source: Any = db.connection.driver_connection
        try:
            with closing(sqlite3.connect(part, isolation_level=None)) as copy:
                source.backup(copy)
                # one file that can be read from anywhere; a log beside it would be left behind when it is moved
                copy.execute("PRAGMA journal_mode=DELETE").close()
                found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except sqlite3.Error as error:
            raise _failed(part, str(error)) from None
    if found != "ok":
        raise ProofgateError(
            f"the grade book is damaged, so no copy of it was made: {cut(found, 200)}",
            where=book.name,
            remedy="restore an earlier backup, then import and run again",
        )


def _dump(book: Book, part: Path) -> None:
    dump = shutil.which("pg_dump")
    if dump is None:
        raise NoTool(
            "PostgreSQL's own program for copies, pg_dump, is not here",
            where=book.name,
            remedy="install it (Debian, Ubuntu: apt-get install postgresql-client), of the server's version or newer",
        )
    _, options = book.engine.dialect.create_connect_args(book.engine.url)
    known: Mapping[str, Any] = options
    command = [dump, "--format=custom", "--no-password", f"--file={part}", f"--dbname={_conninfo(known)}"]
    _run(command, book, _environment(known))
    restore = shutil.which("pg_restore")
    if restore is not None:  # reads the copy's table of contents
        _run([restore, "--list", str(part)], book, _environment({}))


def _conninfo(options: Mapping[str, Any]) -> str:
    """All but what nobody may read in the list of processes."""
    from psycopg.conninfo import make_conninfo

    said = {key: str(value) for key, value in options.items() if isinstance(value, str | int)}
    return make_conninfo("", **{key: value for key, value in said.items() if key not in _SECRETS})


def _environment(options: Mapping[str, Any]) -> dict[str, str]:
    password = options.get("password")
    return {**os.environ, "LC_ALL": "C", **({} if password is None else {"PGPASSWORD": str(password)})}


def _run(command: list[str], book: Book, environment: dict[str, str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's, no shell
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=DUMP_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ProofgateError(
            f"the copy takes more than {DUMP_S:,.0f} seconds", where=book.name, remedy="try again later"
        ) from None
    if done.returncode:
        said = " ".join(scrubbed(done.stderr.decode(errors="replace"), book.engine.url).split())
        full = "No space left" in said
        raise (HardwareError if full else ConfigError)(
            f"{Path(command[0]).name} made no copy: {cut(said, 300)}",
            where=book.name,
            remedy=_FREE if full else "pg_dump must be of the server's version or newer",
        )


def _keep(path: Path) -> None:
    """Waits until the disk has it."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def _failed(path: Path, said: str) -> ProofgateError:
    if "full" in said or "disk I/O" in said:
        return HardwareError(
            "the disk is full, or fails, so no copy was made", where=str(path.parent), remedy=_FREE
        )
    return ProofgateError(f"no copy was made: {said}", where=str(path.parent), remedy="try again")


def _refused(path: Path, error: OSError) -> ProofgateError:
    return HardwareError(
        f"the copy cannot be written: {error.strerror}",
        where=str(path.parent),
        remedy=_FREE if error.errno in NO_ROOM else "the folder must be yours to write",
    )
