"""The export that the page makes, and its files as they were made."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from grading.book import moments
from grading.book.book import Book
from grading.book.tables import history
from grading.course.model import Course
from grading.exporting.export import Exported, export
from grading.feedback.titles import flips, title
from quality.wording import count, listed

FOLDER = "export"
"""In the course folder."""
OFFERED = {
    "worksheet.csv": "text/csv",
    "grades.csv": "text/csv",
    "copying.csv": "text/csv",
    "consensus.csv": "text/csv",
    "late_days.csv": "text/csv",
    "feedback.zip": "application/zip",
}
"""File → its type."""
MOST = 20
"""Groups that are named one by one."""


@dataclass(frozen=True, slots=True)
class Last:
    """The newest export of the course, by whichever way it was made.

    Attributes:
        at: In UTC.
        who: Raw.
        files: Name → content, of those in `FOLDER` that are as that export made them.
        since: Changes of points since then.
    """

    at: datetime
    who: str
    files: Mapping[str, bytes]
    since: int


def folder(course: Course) -> Path:
    """Where the page exports to."""
    return course.folder / FOLDER


def make(
    course: Course, book: Book, *, who: str, accept_superseded: bool, accept_above: bool, force: bool
) -> Exported:
    """Everything that `grading export` writes, in the course's own folder for it.

    Raises:
        ExportRefused: A person must look at some grades first.
        ProofgateError: There is nothing to export, it cannot be written, or somebody else exports at the moment.
    """
    return export(
        course,
        book,
        folder(course),
        who=who,
        accept_superseded=accept_superseded,
        accept_above=accept_above,
        force=force,
    )


def last(book: Book, course: Course) -> Last | None:
    """The newest export; None where there was none."""
    made = select(history.c.id, history.c.at, history.c.who, history.c.after)
    with book.reading() as db:
        row = db.execute(
            made.where(history.c.what == "export").order_by(history.c.id.desc()).limit(1)
        ).one_or_none()
        if row is None:
            return None
        later = select(func.count()).where(history.c.id > row.id, history.c.line.is_not(None))
        since = db.execute(later).scalar_one()
    after: Mapping[str, Any] = row.after or {}
    hashes: Mapping[str, Any] = after.get("files") or {}
    return Last(moments.moment(row.at), row.who, dict(_unchanged(folder(course), hashes)), since)


def _unchanged(out: Path, hashes: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The files with these hashes; what was edited since is not what was exported."""
    for name in OFFERED:
        path = out / name
        if name not in hashes or path.is_symlink():
            continue
        try:
            content = path.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(content).hexdigest() == hashes[name]:
            yield name, content


def told(done: Exported) -> Iterator[str]:
    """What a person should look at, the most urgent first; groups by their keys."""
    if done.review:
        yield f"Look at these first: {count(len(done.review), 'grade is', 'grades are')} not firm."
    for case in done.review[:MOST]:
        yield f"{case.group.key}, {case.grade.letter or 'no letter'}: {flips(case.flips)}"
    if done.ungraded:
        yield (
            f"Not graded, so their cells are blank: {count(len(done.ungraded), 'group')}: "
            f"{listed((case.group.key for case in done.ungraded), MOST)}"
        )
    waiting = Counter(key for case in done.ungraded for key in case.waiting)
    for key, groups in waiting.items():
        yield f"{title(key)} waits for a person in {count(groups, 'group')}."
    if done.accepted:
        yield "Marks on a replaced hand-in, or above what the line gives, that went out as they are:"
    yield from (line.strip() for line in done.accepted)
    by_why: dict[str, list[str]] = {}
    for one in done.skipped:
        by_why.setdefault(one.why, []).append(one.identifier)
    for why, names in by_why.items():
        yield f"The LMS will not change {count(len(names), 'grade')}: {why}: {listed(names)}"
    yield from done.notes
