"""The dashboard's indexes of a course: rows and names of groups as files in the cache, made anew when missing."""

from __future__ import annotations

import hashlib

from grading.book.book import Book
from quality import cache


def name(book: Book) -> str:
    """What stands in the names of that course's indexes, however its folder was spelt."""
    where = book.name if book.file is None else book.file.resolve()
    return hashlib.sha256(f"{book.folder.resolve()}\0{where}".encode()).hexdigest()[:16]


def remove(book: Book) -> int:
    """Deletes those in this user's cache; a dashboard that shows one cannot read it any more.

    Returns:
        How many there were.
    """
    found = list(cache.folder().glob(f"dashboard-*/course-{name(book)}-*"))
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
