"""The hand-ins' files in the course folder: there, and what they were, before anything is graded by them.

A file that the course lost is no fault of the group, so that nothing may be graded without it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from grading.book import documents
from grading.book.book import Book
from grading.model import HandIn
from quality.errors import InputError
from quality.wording import count, listed

NAME = "stored"
"""Document: role → SHA-256 of the file, as the first run found it; made from the hand-in's version."""


def check(book: Book, current: Mapping[str, HandIn]) -> None:
    """Compares every file with what the first run found, and keeps what is new.

    Raises:
        InputError: Files are missing, cannot be read, or are others than they were.
    """
    with book.reading() as db:
        versions, known = documents.inputs(db, NAME), documents.get_all(db, NAME)
    wrong: list[Path] = []
    new: dict[str, dict[str, str]] = {}
    for group, one in current.items():
        found = {role.value: _sha256(path) for role, path in one.files.items()}
        before: dict[str, str] = known[group] if versions.get(group) == one.version else {}
        wrong += [
            path
            for role, path in one.files.items()
            if found[role.value] is None or before.get(role.value, found[role.value]) != found[role.value]
        ]
        if before != found:
            new[group] = {role: digest for role, digest in found.items() if digest is not None}
    if wrong:
        raise InputError(
            f"{count(len(wrong), 'stored file is', 'stored files are')} missing or not what was handed in: "
            f"{listed(map(str, wrong), 3)}",
            where=str(book.folder),
            remedy="put submissions/ back from a copy, or import the hand-ins again; no mark was changed",
        )
    with book.writing() as db:
        for group, found in new.items():
            documents.put(db, group, NAME, current[group].version, found)


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
