"""Points into one assignment's column of Canvas's gradebook; every other byte stays as it was."""

from __future__ import annotations

import math
from collections.abc import Mapping

from grading.lms.gradebook import AGAIN, Assignment, Gradebook, Student, parse, read
from grading.lms.localisation import decimal
from grading.lms.reconcile import Skipped
from quality.errors import ConfigError, InputError
from quality.reports.escape import shown_id, visible
from quality.table import delimited
from quality.wording import count, cut, listed

__all__ = ["Assignment", "Gradebook", "Student", "assignment", "filled", "foreseen", "parse", "read"]

EXCUSED = "EX"
NOT_ASSIGNED = "N/A"


def assignment(gradebook: Gradebook, wanted: str = "") -> Assignment:
    """The assignment's column: by its number, its header or its title; unnamed, the only one there is.

    Raises:
        ConfigError: None or several fit; the message lists what is there.
    """
    every, plain = gradebook.assignments, wanted.strip()
    fitting = every
    if plain:
        by_id = [one for one in every if one.id == plain]
        fitting = by_id or [one for one in every if plain in (one.header, one.title)]
    if len(fitting) == 1:
        return fitting[0]
    named = f"`{visible(cut(plain, 60))}` names" if plain else "the gradebook has"
    there = listed(f"`{visible(cut(one.header, 60))}`" for one in every) or "none"
    raise ConfigError(
        f"{named} {count(len(fitting), 'assignment')}, and one must be filled",
        where=str(gradebook.path),
        remedy=f"name one by the number in brackets; there: {there}",
    )


def filled(gradebook: Gradebook, to: Assignment, marks: Mapping[str, float | None]) -> bytes:
    """The gradebook's bytes with those points in that assignment's column; all else is the same to the byte.

    `EX` and `N/A` stay: `foreseen` lists them.

    Args:
        marks: Canvas's number of a student → points; None leaves the cell as it is.

    Raises:
        InputError: A student is not there or there twice, or points are no number, negative or above those possible.
    """
    rows: dict[str, list[Student]] = {}
    for student in gradebook.students:
        rows.setdefault(student.id, []).append(student)
    given = {name: points for name, points in marks.items() if points is not None}
    limit = math.inf if to.most is None else to.most
    for why, wrong in (
        ("that it does not have", [name for name in marks if name not in rows]),
        ("that it has more than once", [name for name, found in rows.items() if len(found) > 1]),
        ("without points of at least 0", [n for n, points in given.items() if not 0 <= points < math.inf]),
        ("with more points than are possible", [n for n, points in given.items() if points > limit]),
    ):
        if wrong:
            shown = listed(shown_id(name) for name in wrong)
            what = f"the gradebook is not filled, for {count(len(wrong), 'student')} {why}: {shown}"
            raise InputError(what, where=str(gradebook.path), remedy=AGAIN)
    cells = {
        rows[name][0].row: {to.column: decimal(points, gradebook.language)}
        for name, points in given.items()
        if not _fixed(rows[name][0].cells[to.column])
    }
    text = gradebook.source[len(gradebook.dialect.bom) :].decode("utf-8")
    new = delimited.replace_cells(text, gradebook.dialect.delimiter, gradebook.dialect.quoted, cells)
    return gradebook.dialect.bom + new.encode("utf-8")


def foreseen(gradebook: Gradebook, to: Assignment, marks: Mapping[str, float | None]) -> tuple[Skipped, ...]:
    """The students whose cell stays as it is, with the reason, in the gradebook's order."""
    return tuple(
        Skipped(student.id, marks.get(student.id), None, why)
        for student in gradebook.students
        if (why := _why_not(student.cells[to.column], marks.get(student.id)))
    )


def _fixed(cell: str) -> bool:
    return cell.strip().upper() in (EXCUSED, NOT_ASSIGNED)


def _why_not(cell: str, points: float | None) -> str:
    if points is None:
        return "no points are given"
    if cell.strip().upper() == EXCUSED:
        return "the student is excused in Canvas: take that back there, then export the gradebook again"
    if _fixed(cell):
        return "the assignment is not assigned to the student in Canvas"
    return ""
