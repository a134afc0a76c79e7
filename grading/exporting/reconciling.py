"""What Moodle made of the worksheet that was exported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grading.book import settings
from grading.book.book import Book
from grading.course.model import Course
from grading.exporting import cohort, people
from grading.lms import worksheet
from grading.lms.reconcile import Skipped, reconcile
from grading.lms.worksheet import Filled
from quality.errors import InputError


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many grades were sent, and those that Moodle skipped."""

    sent: int
    skipped: tuple[Skipped, ...]


def reconciled(course: Course, book: Book, after: Path) -> Reconciled:
    """Holds the worksheet that was exported against the one that Moodle gives now.

    Args:
        after: The grading worksheet, downloaded again after the import.

    Raises:
        InputError: Nothing was exported yet, or the file is another assignment's worksheet.
    """
    known = cohort.read(book, course)
    with book.reading() as db:
        sent: dict[str, float | None] | None = settings.get(db, settings.SENT)
    sheet = people.worksheet(known)
    if sent is None or sheet is None:
        raise InputError("no worksheet was exported yet", remedy="grading export -o DIR")
    marks = {
        person.identifier: Filled(sent[person.key])
        for case in known.cases
        for person in case.group.members
        if person.identifier and sent.get(person.key) is not None
    }
    was = worksheet.parse(
        worksheet.filled(sheet, marks), sheet.path, course.language, course.zone, sheet.renamed
    )
    now = worksheet.read(after, course.language, course.zone)
    return Reconciled(len(marks), reconcile(was, now))
