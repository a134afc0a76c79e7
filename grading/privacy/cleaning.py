"""What a removal leaves outside the tables: files, exports, backups, free pages. Each step can be done twice.

submissions/<group>/, exports, parts of killed commands     gone
indexes of the dashboard in this user's cache               gone
the database's free pages and log                           gone
backups                                                     a new one, then those that hold them are gone
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table
from sqlalchemy.engine import Connection

from grading.book.book import Book
from grading.book.tables import Json, metadata
from grading.privacy import backup, copies, exports, indexes, removal
from quality import console
from quality.errors import ConfigError, HardwareError, InputError, ProofgateError
from quality.wording import count

SUBMISSIONS = "submissions"
_GROUP = re.compile(r"g[0-9]{1,15}")
_PART = re.compile(r"\..+\.(?:part|old)", re.DOTALL)
"""What a killed command leaves: files and folders that never got their names."""
_LOCK_S = 30


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is gone beside what was in the tables.

    Attributes:
        exports: Folders of files that export wrote; whoever needs them exports again.
        indexes: How many indexes the dashboard had of the course.
        backups: How many copies of the book held them.
        fresh: The copy that was made in their place; None where none could be made.
        notes: What could not be done here, in words.
    """

    exports: tuple[Path, ...]
    indexes: int
    backups: int
    fresh: Path | None
    notes: tuple[str, ...]


def finish(book: Book) -> Cleaned | None:
    """Cleans up after a removal, also after one that was cut off; None where there is nothing to clean.

    Raises:
        ProofgateError: Something holds out; what is out of the tables stays out, and the same command goes on.
    """
    with book.reading() as db:
        left = removal.unfinished(db)
    if left is None:
        return None
    try:
        with book.writing():  # no export is being written meanwhile
            _remove_hand_ins(book.folder / SUBMISSIONS, left["groups"])
            removed = exports.remove(book.folder, but=(SUBMISSIONS, backup.FOLDER))
            _remove_parts(book.folder)
            indexed = indexes.remove(book)
        notes = _compact(book)
        fresh, said = _fresh(book)
        gone = _remove_backups(book.folder / backup.FOLDER, left, fresh)
        with book.writing() as db:
            removal.finished(db)
    except OSError as error:
        raise _interrupted(
            InputError(f"cannot be deleted: {error.strerror}", where=str(error.filename or ""))
        ) from None
    except ProofgateError as error:
        raise _interrupted(error) from None
    return Cleaned(removed, indexed, gone, fresh, (*notes, *said))


def finish_interrupted(book: Book) -> bool:
    """Whether an earlier removal had been cut off; it is finished then, and that is said.

    Raises:
        ProofgateError: Something holds out.
    """
    if finish(book) is None:
        return False
    console.say("a removal that had been cut off is finished now")
    return True


def _interrupted(error: ProofgateError) -> ProofgateError:
    return HardwareError(
        f"they are out of the grade book's tables, but what is left of them could not be cleaned up: {error.what}",
        where=error.where,
        remedy="mend that, then do the same again (`grading backup` goes on with it too)",
    )


def _remove_hand_ins(folder: Path, groups: Iterable[str]) -> None:
    for group in groups:
        path = folder / group
        if not _GROUP.fullmatch(group):
            continue
        if path.is_symlink():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)


def _remove_parts(folder: Path) -> None:
    """Of commands that were killed; those of hand-ins that stay are a group's own work, and import takes them away."""
    for place, below, files in os.walk(folder):
        here = Path(place)
        for name in filter(_PART.fullmatch, files):
            (here / name).unlink(missing_ok=True)
        for name in filter(_PART.fullmatch, below):
            (here / name).unlink() if (here / name).is_symlink() else shutil.rmtree(here / name)
        below[:] = [
            name for name in below if not _PART.fullmatch(name) and here / name != folder / SUBMISSIONS
        ]


def _compact(book: Book) -> tuple[str, ...]:
    """The database without what was deleted from it."""
    return _compact_sqlite(book) if book.file is not None else _compact_postgresql(book)


def _compact_sqlite(book: Book) -> tuple[str, ...]:
    with book.outside() as db:
        # folds the log in and deletes it, under a lock that keeps everybody else out
        db.exec_driver_sql("PRAGMA journal_mode=DELETE").close()
        try:
            db.exec_driver_sql("VACUUM").close()
        finally:
            db.exec_driver_sql("PRAGMA journal_mode=WAL").close()
    return ()


def _compact_postgresql(book: Book) -> tuple[str, ...]:
    """The tables, and what the server remembers as their most common values."""
    from sqlalchemy.exc import DBAPIError

    notes = [
        "the server's log of changes (pg_wal), its archives and replicas hold them until they are recycled"
    ]
    with book.outside() as db:
        db.exec_driver_sql(f"SET lock_timeout = '{_LOCK_S}s'")
        try:
            for table in metadata.sorted_tables:
                _rewrite(db, table)
        except DBAPIError as error:
            if "must be owner" not in str(error.orig):
                raise
            what = (
                "the database's user does not own the tables, so the server keeps what was deleted from them"
            )
            raise ConfigError(what, where=book.name, remedy="") from None
        for command in ("VACUUM (FULL) pg_catalog.pg_statistic", "CHECKPOINT"):
            try:
                db.exec_driver_sql(command)
            except DBAPIError:
                notes.append(f"the database's user may not {command}; its owner can")
    return tuple(notes)


def _rewrite(db: Connection, table: Table) -> None:
    """A new file for the table. Its columns get the type that they have, only so that the server forgets their values:
    ANALYZE of a table that is empty by now would keep them.
    """
    texts = [f'ALTER COLUMN "{one.name}" TYPE text' for one in table.columns if isinstance(one.type, Json)]
    if texts:
        db.exec_driver_sql(f'ALTER TABLE "{table.name}" {", ".join(texts)}')
    db.exec_driver_sql(f'VACUUM (FULL) "{table.name}"')


def _fresh(book: Book) -> tuple[Path | None, tuple[str, ...]]:
    try:
        return backup.backup(book), ()
    except copies.NoTool as error:
        return None, (f"no new backup was made: {error.what}",)


def _remove_backups(folder: Path, left: Mapping[str, Sequence[str]], fresh: Path | None) -> int:
    gone = 0
    for path in backup.made(folder):
        if path != fresh and _holds(path, [*left["people"], *left["groups"]]):
            path.unlink()
            gone += 1
    return gone


def _holds(path: Path, subjects: Sequence[str]) -> bool:
    """Whether the copy knows any of them, or nobody can tell."""
    marks = ",".join("?" * len(subjects))
    tables = (("identity", "subject"), ("member", "person"), ("hand_in", "grp"), ("document", "grp"))
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            return any(
                copy.execute(f"SELECT 1 FROM {table} WHERE {key} IN ({marks}) LIMIT 1", subjects).fetchone()  # noqa: S608
                for table, key in tables
            )
    except sqlite3.Error:
        return True


def told(cleaned: Cleaned) -> list[str]:
    """What is gone, in sentences."""
    said: list[str] = []
    if cleaned.exports:
        said.append(
            f"{count(len(cleaned.exports), 'exported folder')} in the course folder: removed; export anew"
        )
    if cleaned.indexes:
        said.append(
            f"{count(cleaned.indexes, 'index', 'indexes')} of the dashboard: removed; start a dashboard that runs again"
        )
    if cleaned.backups:
        said.append(f"{count(cleaned.backups, 'backup')} that held them: removed")
    if cleaned.fresh is not None:
        said.append(f"new backup: {cleaned.fresh}")
    return [*said, *(f"note: {note}" for note in cleaned.notes)]
