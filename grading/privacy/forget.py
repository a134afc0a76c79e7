"""Somebody's right to be forgotten: out of the book, the files that were made from it, and its backups.

    who is meant ─→ what goes (told, asked) ─→ tables, in one transaction ─→ files, free pages, backups ─→ what is left

A team's hand-ins are the team's work: they stay, and it is said where they still name whoever left.
"""

from __future__ import annotations

from dataclasses import dataclass

from grading.book.book import Book
from grading.privacy import cleaning, leftovers, people, removal
from grading.privacy.cleaning import Cleaned
from grading.privacy.people import Leaving


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is gone, and where they still stand.

    Attributes:
        files: Paths below the course folder, each with the reason where it could not be looked into.
        groups: Keys of groups whose own texts in the book still name them.
    """

    leaving: Leaving
    cleaned: Cleaned | None
    files: tuple[str, ...]
    groups: tuple[str, ...]


def meant(book: Book, person: str) -> Leaving:
    """Who goes, and what goes with them; nothing is changed.

    Args:
        person: Key, identifier, e-mail address or name.

    Raises:
        InputError: There is nobody of that name, or there are several.
    """
    with book.reading() as db:
        return people.find(db, person)


def forget(book: Book, leaving: Leaving, *, who: str) -> Forgotten:
    """Forgets them. Stopped anywhere, the same command goes on.

    Raises:
        InputError: They are gone already.
        ProofgateError: Something holds out; the message says what is done already.
    """
    with book.writing() as db:
        now = people.find(db, (leaving.people or leaving.groups)[0])
        removal.remove(db, now, who=who, what="forget")
    cleaned = cleaning.finish(book)
    fresh = cleaned.fresh if cleaned else None
    files = leftovers.in_files(book.folder, now.names, now.staying, fresh)
    with book.reading() as db:
        groups = leftovers.in_book(db, now.names, now.staying)
    return Forgotten(now, cleaned, files, groups)
