"""The grade book: opened, brought up to date, read and written.

One writer at a time in both databases, so that what a transaction read still holds when it writes.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from grading.book import sqlite_file
from grading.book.address import address, scrubbed, shown
from grading.book.moments import ZONE
from grading.book.versions import VERSIONS, migrate, version
from quality.errors import ConfigError, HardwareError, ProofgateError

COURSE_FOLDER = "course_folder"
"""Execution option of every connection: where the paths in the book begin."""
CONNECT_S = 10
"""Seconds until a server counts as unreachable."""
WRITERS_LOCK = 0x6F0_06A7E
"""Number of PostgreSQL's advisory lock that a writer holds until its transaction ends."""


@dataclass(frozen=True, slots=True)
class Book:
    """One course's grade book.

    Attributes:
        folder: The course folder, absolute; paths in the book are below it.
        zone: IANA name, for the times in messages.
    """

    engine: Engine
    folder: Path
    zone: str = "UTC"

    @property
    def name(self) -> str:
        """The file or the server's address, without a password."""
        return shown(self.engine.url)

    @property
    def file(self) -> Path | None:
        """SQLite's file; None on PostgreSQL."""
        return Path(str(self.engine.url.database)) if self.engine.dialect.name == "sqlite" else None

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """One transaction that nobody else writes beside: all of it is kept, or nothing.

        Raises:
            ProofgateError: Another command writes for too long; the disk is full; the server is gone.
        """
        with _in_words(self.engine.url), self._connection("IMMEDIATE") as db, db.begin():
            if db.dialect.name == "postgresql":
                db.execute(text(f"SET LOCAL lock_timeout = '{sqlite_file.WAIT_S:.0f}s'"))
                db.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": WRITERS_LOCK})
            yield db

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """The book as it is at one moment, whoever writes meanwhile.

        Raises:
            ProofgateError: It cannot be read.
        """
        with _in_words(self.engine.url), self._connection("DEFERRED") as db, db.begin():
            if db.dialect.name == "postgresql":
                db.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            yield db

    @contextmanager
    def outside(self) -> Generator[Connection]:
        """A connection without any transaction, for VACUUM and backups.

        Raises:
            ProofgateError: It cannot be done.
        """
        with (
            _in_words(self.engine.url),
            self._connection("") as db,
            db.execution_options(isolation_level="AUTOCOMMIT") as bare,
        ):
            yield bare

    @contextmanager
    def _connection(self, transaction: str) -> Generator[Connection]:
        options: dict[str, Any] = {
            sqlite_file.TRANSACTION: transaction,
            COURSE_FOLDER: self.folder,
            ZONE: self.zone,
        }
        with self.engine.connect() as db:
            yield db.execution_options(**options)


@contextmanager
def opened(
    folder: Path,
    url: str | None = None,
    *,
    zone: str = "UTC",
    before_migration: Callable[[Book, str], None] | None = None,
) -> Generator[Book]:
    """The course's book with the tables of today; a new one is made, an old one is brought up to date.

    Args:
        folder: The course folder.
        url: The database; None: `DATABASE_URL`, else `grading.db` in the folder.
        zone: IANA name, for the times in messages.
        before_migration: Is given an old book and its version before anything in it changes.

    Raises:
        ConfigError: The address, the folder or the library will not do, or a newer proofgate made the book.
        ProofgateError: The database cannot be reached or read.
    """
    folder = folder.absolute()
    where = address(folder, url)
    with _in_words(where):
        engine = _engine(where)
    book = Book(engine, folder, zone)
    try:
        _bring_up_to_date(book, before_migration)
        yield book
    finally:
        engine.dispose()


def _bring_up_to_date(book: Book, before_migration: Callable[[Book, str], None] | None) -> None:
    with book.reading() as db:
        found = version(db, book.name)
    if found == VERSIONS[-1]:
        return
    if found is not None and before_migration is not None:
        before_migration(book, found)
    with book.writing() as db:
        if version(db, book.name) != VERSIONS[-1]:  # nobody else has done it meanwhile
            migrate(db)


def _engine(url: URL) -> Engine:
    if url.drivername == "sqlite":
        return sqlite_file.engine(url)
    try:
        return create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=_connect_args(url))
    except ModuleNotFoundError:
        raise ConfigError(
            "the driver for PostgreSQL is not installed",
            where=shown(url),
            remedy='install the extra: pip install "proofgate[postgresql]"',
        ) from None


def _connect_args(url: URL) -> dict[str, Any]:
    return {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_S}


@contextmanager
def _in_words(url: URL) -> Generator[None]:
    """What only the user can mend as a sentence; what is a bug of ours stays one."""
    try:
        yield
    except DBAPIError as error:
        sentence = _sentence(error, url)
        if sentence is None:
            raise
        raise sentence from None


def _sentence(error: DBAPIError, url: URL) -> ProofgateError | None:
    said = scrubbed(" ".join(str(error.orig).split()), url)[:300]
    where = shown(url)
    for words, what, remedy in _CAUSES:
        if words in said:
            return HardwareError(what, where=where, remedy=remedy)
    if url.drivername == "sqlite" or not isinstance(error, OperationalError):
        return None
    return ConfigError(
        f"the database refuses: {said}",
        where=where,
        remedy="see that the server runs, and that DATABASE_URL names an existing database and user",
    )


_FULL = "nothing was changed; free some space, then do the same again"
_WAIT = "let it end, then try again"
_RIGHTS = "the file and its folder must be yours to write"
_CAUSES = (
    ("database is locked", "another command is writing and does not end", _WAIT),
    ("lock timeout", "another command is writing and does not end", _WAIT),
    ("disk is full", "the disk is full", _FULL),
    ("No space left", "the server's disk is full", _FULL),
    ("disk I/O error", "the disk fails, or is full", _FULL),
    ("readonly database", "the file is write-protected", _RIGHTS),
    ("unable to open database file", "the file cannot be opened", _RIGHTS),
    (
        "permission denied",
        "the user may not write in this database",
        "give the grade book a database of its own",
    ),
    ("file is not a database", "is no grade book", "move the file away, or restore a backup"),
    ("malformed", "the grade book's file is damaged", "restore a backup"),
)
"""What the database says → what it means, and what to do."""
