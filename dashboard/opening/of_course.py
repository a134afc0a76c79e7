"""A course: every group's rows out of the grade book's documents, as an index; groups that did not change are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from dashboard.index import building, storage
from dashboard.index.parts import Marked, Part, numbered
from dashboard.model import About
from dashboard.site import Opening
from grading.book import documents, hand_ins, people
from grading.book.book import Book
from grading.course.inputs import read_sheet
from grading.course.model import Course
from grading.exporting import cohort
from grading.model import HandIn
from grading.privacy import indexes
from grading.running import provenance
from grading.scoring.full_report import MOST_TEXT
from quality.errors import InputError
from quality.guide import StyleGuide
from quality.model import Row
from quality.wording import count, listed

Progress = Callable[[Opening], None]
_HOW = "`grading run`"


def index(course: Course, book: Book, guide: StyleGuide, progress: Progress) -> Path:
    """The index of the course as the book has it now: the last one, where nothing changed since.

    Raises:
        ProofgateError: The book or the sheet cannot be read, or the index cannot be written.
    """
    progress(Opening("groups"))
    sheet = {row.id: row for row in read_sheet(course.sheet, course).rows}
    with book.reading() as db:  # the book as it is at one moment, until all is read
        groups = people.groups(db)
        found = _parts(db, groups, sheet)
        kept = f"texts come from the grade book, {book.name}, which cuts them after {MOST_TEXT:,} characters"
        notes = (*course.notes, kept, *_notes(db, groups))
        about = About(str(course.folder), f"{guide.name} ({guide.sha256[:8]})", notes=notes)
        name = indexes.name(book)
        path = storage.folder() / f"course-{name}-{_generation(found, about)}{storage.SUFFIX}"
        if storage.used(path):
            return path
        earlier = _earlier(name)
        known = _known(earlier) if earlier else {}
        parts = [part if known.get(part.key) != part.inputs else _kept(part) for part in found]
        building.build(
            path, about, parts, earlier=earlier, progress=lambda done: progress(Opening("rows", done))
        )
    storage.used(path)
    storage.clear_old()
    return path


def _parts(db: Connection, groups: Sequence[people.Group], sheet: Mapping[str, Row]) -> list[Part]:
    """Each group whose data were read, in the order of their keys; its documents are read when their turn comes."""
    labels = cohort.labels(groups)
    reports, answers = documents.inputs(db, "report"), documents.inputs(db, "answers")
    seen = {key: body.get("hand_in", "") for key, body in documents.get_all(db, "examined").items()}

    def rows(key: str) -> Callable[[], list[Marked]]:
        return lambda: _rows_or_none(db, key, sheet)

    return [
        Part(
            key=group.key,
            label=labels[group.key],
            rows=rows(group.key),
            inputs=_made_from(reports[group.key], answers.get(group.key, "")),
            hand_in=seen.get(group.key, ""),
            unread=f"{group.key}: the grade book has no row of it: {_HOW}, then `grading show {group.key}` says why",
        )
        for group in groups
        if group.key in reports
    ]


def _made_from(*inputs: str) -> str:
    """What the documents were made from; "" where a run has yet to make them again."""
    return "" if provenance.NEVER in inputs else " ".join(inputs)


def _kept(part: Part) -> Part:
    return replace(part, rows=None)


def _generation(parts: list[Part], about: About) -> str:
    """Hash of all that the index would hold."""
    held = [[part.key, part.label, part.inputs, part.hand_in] for part in parts]
    text = json.dumps([held, about.guide, about.notes])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _earlier(name: str) -> Path | None:
    """The course's index that was opened last; from now on nobody clears it."""
    found = storage.folder().glob(f"course-{name}-*{storage.SUFFIX}")
    last = max(found, key=lambda path: path.stat().st_mtime, default=None)
    return last if last is not None and storage.used(last) else None


def _known(earlier: Path) -> dict[str, str]:
    """Group → what its rows in that index were made from; those of which it is not known are left out."""
    with storage.reading(earlier) as db:
        return {key: inputs for key, inputs in db.execute("SELECT key, inputs FROM grp") if inputs}


def _rows_or_none(db: Connection, group: str, sheet: Mapping[str, Row]) -> list[Marked]:
    """The group's rows; none where its documents are not of one run, which costs this group alone its place."""
    try:
        return list(_rows(db, group, sheet))
    except (KeyError, TypeError, ValueError, InputError):
        return []


def _rows(db: Connection, group: str, sheet: Mapping[str, Row]) -> Iterator[Marked]:
    report: Any = documents.get(db, group, "report") or {}
    answers: Any = documents.get(db, group, "answers") or {}
    others: dict[str, list[str]] = report.get("others", {})
    cut = frozenset(report.get("cut", ()))
    rows: list[dict[str, Any]] = report.get("rows", [])
    findings = numbered(report.get("findings", []), (one["row"] for one in rows))
    for one, of_row in zip(rows, findings, strict=True):
        row = _row(one, others.get(str(one["row"])), answers, sheet.get(one["id"]))
        yield Marked(row, one, of_row, cut=one["row"] in cut)


def _row(
    marks: Mapping[str, Any], own: list[str] | None, answers: Mapping[str, Any], asked: Row | None
) -> Row:
    id = marks["id"]
    if own is None:
        own = ["", answers["outputs"][id], answers["labels"][id]]
    instruction, output, fail_mode = own
    return Row(
        row=marks["row"],
        line=marks["line"],
        id=id,
        instruction=asked.instruction if asked else instruction,
        output=output,
        fail_mode=fail_mode,
        original=asked.output if asked else None,
    )


def _notes(db: Connection, groups: Sequence[people.Group]) -> Iterator[str]:
    """What is missing. Reports are not read for it: together they are larger than all texts."""
    current, examined = hand_ins.current(db), documents.get_all(db, "examined")
    judged, kept = documents.inputs(db, "quality"), documents.inputs(db, "report")
    for key in sorted(current, key=lambda key: (len(key), key)):
        said = _state(current[key], examined.get(key) or {}, key in judged, key in kept)
        if said:
            yield f"{key}: {said}"
    none = [group.key for group in groups if group.key not in current]
    if none:
        yield f"{count(len(none), 'group')} handed in nothing: {listed(none)}"


def _state(hand_in: HandIn, examined: Mapping[str, Any], judged: bool, kept: bool) -> str:
    if not examined:
        return f"the hand-in was not run yet: {_HOW}"
    if examined.get("hand_in") != hand_in.version:
        return f"a newer hand-in was not run yet: {_HOW}"
    if not judged:
        return _unread(hand_in.group)
    return "" if kept else f"was run by an earlier version, which kept no rows: {_HOW}"


def _unread(group: str) -> str:
    return f"no row of the hand-in could be read: `grading show {group}` says why"
