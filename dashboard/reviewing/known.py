"""The book's reviews, kept in this process; each look reads what was saved since the last."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from grading.book import review_changes
from grading.book.book import Book
from grading.book.review_changes import Reviews

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


@dataclass(slots=True)
class _Memory:
    held: Reviews = field(default_factory=Reviews)
    lock: threading.Lock = field(default_factory=threading.Lock)


def known(book: Book) -> Reviews:
    """Every review there is now."""
    memory = _memory(book.engine)
    with memory.lock, book.reading() as db:
        memory.held = review_changes.now(db, memory.held)
        return memory.held


@lru_cache(maxsize=2)
def _memory(_engine: Engine) -> _Memory:
    return _Memory()
