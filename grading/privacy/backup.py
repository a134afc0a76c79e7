"""Copies of the grade book: when asked, and before each import and each migration.

    backups/<moment>.db                 asked for; stays until somebody deletes it
    backups/<moment>-import.db          made before an import; the newest 20 are kept
    backups/<moment>-migration.db       made before the tables changed; likewise

The moment is in UTC. PostgreSQL's end in `.dump`. To restore an SQLite book, see that no command runs, delete
`grading.db-wal` and `grading.db-shm`, and copy the backup to `grading.db`. A `.dump` goes into an empty database:
`pg_restore --no-owner --dbname=postgresql://… FILE`. The hand-ins under `submissions/` are in no copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from grading.book.book import Book
from grading.privacy import copies
from quality import console
from quality.errors import InputError

FOLDER = "backups"
KEPT = 20
"""Copies that were made without being asked for; each is as large as the book."""
_OURS = re.compile(r"[0-9]{8}T[0-9]{6}\.[0-9]{6}Z(?:-import|-migration)?\.(?:db|dump)")


def backup(book: Book, out: Path | None = None) -> Path:
    """Where the copy lies.

    Args:
        out: A file that is not there yet; None: a new one in the course's `backups/`.

    Raises:
        InputError: Something is at that path already.
        ProofgateError: No sound copy could be made; nothing is left of it.
    """
    path = _new(book) if out is None else out.absolute()
    if path.exists() or path.is_symlink():
        raise InputError("is there already", where=str(path), remedy="name another file with -o")
    copies.write(book, path)
    return path


def before_import(book: Book) -> Callable[[], None]:
    """What makes the copy before an import. Without PostgreSQL's own program it says so, and the import goes on.

    Raises:
        ProofgateError: When called: no sound copy could be made.
    """

    def make() -> None:
        try:
            _automatic(book, "import")
        except copies.NoTool as error:
            console.say(f"note: no backup was made: {error}")

    return make


def before_migration(book: Book, version: str) -> None:
    """Makes the copy before the tables change; without one they do not.

    Raises:
        ProofgateError: No sound copy could be made.
    """
    path = _automatic(book, "migration")
    console.say(f"the grade book is of version {version} and is brought up to date; a copy is in {path}")


def made(folder: Path) -> list[Path]:
    """The copies in that folder that were made here, the oldest first."""
    return sorted(path for path in folder.glob("*") if _OURS.fullmatch(path.name) and path.is_file())


def suffix(book: Book) -> str:
    """How the files of this book's copies end."""
    return ".dump" if book.file is None else ".db"


def _automatic(book: Book, why: str) -> Path:
    path = _new(book, f"-{why}")
    copies.write(book, path)
    for old in [one for one in made(path.parent) if "-" in one.stem][:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def _new(book: Book, why: str = "") -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    return book.folder / FOLDER / f"{moment}{why}{suffix(book)}"
