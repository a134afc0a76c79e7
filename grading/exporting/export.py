"""Everything that leaves the grade book, as one folder: worksheet, feedback, tables.

cohort ─ refusal ─→ people ─ pages ─ tables ─→ files ─→ folder and history, both or neither
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grading.book import history, settings
from grading.book.book import Book
from grading.book.settings import SENT
from grading.course.model import Course
from grading.exporting import cohort, folder, pages, people, refusal, tables
from grading.exporting.cohort import Case, Cohort
from grading.feedback.titles import NO_DEADLINE
from grading.lms import canvas
from grading.lms.reconcile import Skipped
from grading.lms.worksheet import Worksheet
from quality.wording import count, listed


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and what a person should look at.

    Attributes:
        files: Names below the folder.
        review: Groups whose letter or pass mark could flip, the least certain first.
        ungraded: Groups with an open line; their cells are blank.
        accepted: Marks on replaced hand-ins, and above what their line gives, that went out as they are, in words.
        skipped: Grades that the LMS will not take, with the reason; those of ungraded groups are not among them.
        notes: What else is to be known.
    """

    out: Path
    files: tuple[str, ...]
    groups: int
    review: tuple[Case, ...]
    ungraded: tuple[Case, ...]
    accepted: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gradebook:
    """Canvas's gradebook that is to be filled.

    Attributes:
        assignment: Number, header or title; "" for the only one.
    """

    path: Path
    assignment: str = ""


def export(
    course: Course,
    book: Book,
    out: Path,
    *,
    who: str,
    accept_superseded: bool = False,
    accept_above: bool = False,
    force: bool = False,
    gradebook: Gradebook | None = None,
) -> Exported:
    """Writes the folder, whole or not at all, and an entry in the history.

    Args:
        accept_superseded: Marks that a person gave to a replaced hand-in go out as they are.
        accept_above: So do those above what their line gives.
        force: A folder that holds other files is put aside; nothing of it is deleted.

    Raises:
        ExportRefused: A person must look at some grades first.
        InputError: There is nothing to export, a participant is unknown or doubled, or the folder is not export's.
        ConfigError: Canvas's assignment is not clear.
    """
    aside = folder.check(out, course.folder, force=force)
    known = cohort.read(book, course)
    refusal.check(known, accept_superseded=accept_superseded, accept_above=accept_above)
    everybody = people.members(known)
    files, skipped, notes = _files(known, everybody, gradebook)
    blank = {member.person.identifier for member in everybody if member.points is None}
    done = Exported(
        out=out,
        files=(*sorted(files), folder.MANIFEST),
        groups=len(known.cases),
        review=tuple(sorted((case for case in known.cases if case.flips), key=_margin)),
        ungraded=tuple(case for case in known.cases if case.grade.points is None),
        accepted=(*refusal.superseded(known.cases), *refusal.too_much(known.cases)),
        skipped=tuple(one for one in skipped if one.identifier not in blank),
        notes=(*notes, *([f"what was in {out} is now in {aside}"] if aside else [])),
    )
    with folder.ready(out, files, aside) as take_place, book.writing() as db:
        if cohort.versions(db) != known.versions:
            raise refusal.ExportRefused("marks were changed while they were exported", remedy="export again")
        settings.put(db, SENT, {member.person.key: member.points for member in everybody})
        history.append(db, who=who, what="export", after=_entry(done, files))
        take_place()  # taken back where the book cannot keep the entry
    return done


def _files(
    known: Cohort, everybody: Sequence[people.Member], gradebook: Gradebook | None
) -> tuple[dict[str, bytes], tuple[Skipped, ...], tuple[str, ...]]:
    sheet = people.worksheet(known)
    files: dict[str, bytes] = {}
    skipped: tuple[Skipped, ...] = ()
    if sheet is not None:
        files["worksheet.csv"], skipped = people.fill(sheet, tuple(everybody))
    if gradebook is not None:
        read = canvas.read(gradebook.path, known.course.language)
        files["canvas.csv"], left = people.fill_canvas(read, gradebook.assignment, tuple(everybody))
        skipped += left
    made = pages.pages(known)
    files["feedback.zip"], notes = pages.archive(known, made)
    files |= {f"feedback/{name}": page for name, page in made.items()}
    files["grades.csv"] = tables.grades(known)
    files["copying.csv"] = tables.copying(known)
    files["consensus.csv"] = tables.consensus(known)
    files["late_days.csv"] = tables.late_days(known)
    return files, skipped, (*_missing(known, sheet, gradebook), *notes)


def _missing(known: Cohort, sheet: Worksheet | None, gradebook: Gradebook | None) -> list[str]:
    """What is not written or not as it should be, and what to do."""
    notes: list[str] = []
    if known.course.lms == "moodle" and sheet is None:
        notes.append("no worksheet was imported, so none is filled: grading import FILE --worksheet CSV")
    if known.course.lms == "canvas" and gradebook is None:
        notes.append("to fill Canvas's gradebook, export it there and name the file with --canvas")
    maxima = {one.maximum for one in sheet.participants if one.maximum is not None} if sheet else set[float]()
    if maxima - {known.course.points}:
        notes.append(
            f"Moodle's maximum grade is {listed(f'{one:g}' for one in sorted(maxima))}, "
            f"and the rubric's points are {known.course.points:g}: make them the same"
        )
    if known.course.deadline is None:
        notes.append(NO_DEADLINE)
    purged = [case.group.key for case in known.cases if case.purged]
    if purged:
        notes.append(f"of {count(len(purged), 'group')} only the points are left: {listed(purged)}")
    without = [case.group.key for case in known.cases if not case.group.members and not case.purged]
    if without:
        notes.append(f"{count(len(without), 'group')} without any known member: nobody gets these points")
    return notes


def _margin(case: Case) -> tuple[float, str]:
    """Points to the nearest mark that the grade could cross."""
    nearest = case.stability.get("nearest")
    return (float("inf") if nearest is None else nearest), case.group.key


def _entry(done: Exported, files: Mapping[str, bytes]) -> dict[str, Any]:
    """What the history keeps: ids and hashes, no names."""
    return {
        "groups": done.groups,
        "ungraded": [case.group.key for case in done.ungraded],
        "accepted": len(done.accepted),
        "files": {
            name: hashlib.sha256(content).hexdigest()
            for name, content in sorted(files.items())
            if not name.startswith("feedback/")
        },
    }
