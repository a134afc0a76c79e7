"""Which grades decisions change, by the functions that grade: the rows scored anew, the means, the lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy.engine import Connection

from dashboard.dismissing.places import same_id
from dashboard.dismissing.touched import Touched
from dashboard.index.decoding import finding
from dashboard.model import Entry
from dashboard.site import Site
from grading.book import documents
from grading.book.marks import Mark, all_marks
from grading.course.inputs import Inputs, inputs
from grading.course.model import DATA_QUALITY, Course
from grading.feedback.bodies import body, entries
from grading.scoring import asking, dismissed, report, row_marks
from grading.scoring.grade import letter, passes
from grading.scoring.regrading import regraded
from quality.dismissals import Decision, Places, matched
from quality.dismissals.dismissing import marked
from quality.guide import StyleGuide
from quality.model import RowScore

_NEEDED = ("quality", "consensus", "predictions", "row_marks")


@dataclass(frozen=True, slots=True)
class GradeChange:
    """One group's grade now, and then; of a grade that is still open the points for the data's quality alone.

    Attributes:
        whole: Whether it is the whole grade; letter and pass mark are of whole ones alone.
    """

    group: str
    label: str
    whole: bool
    points: float
    points_then: float
    letter: str | None = None
    letter_then: str | None = None
    passes: bool = False
    passes_then: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """What changes in a course; see `impact.Impact`."""

    grades: tuple[GradeChange, ...]
    unknown: int
    without_sheet: bool


def changed(site: Site, course: Course, rows: Sequence[Touched], decisions: Sequence[Decision]) -> Changed:
    """The grades that change where these rows and the sheet itself are scored without what the decisions dismiss.

    Raises:
        ProofgateError: The course's own files or the book cannot be read.
    """
    held = inputs(course)
    guide = asking.of_data(held, held.sheet).guide
    scores: dict[str, dict[str, float]] = {}
    for group, of in _by_group(rows).items():
        scores[group] = _lowest(site, group, of, guide)
    with site.book.reading() as db:
        kept = body(documents.get(db, documents.COURSE, "sheet") or {}, "report")
        sheet = _of_sheet(kept, held, guide, decisions)
        given = all_marks(db)
        labels = {one.key: one.label for one in site.index.groups()}
        asked = [key for key in labels if key in scores or sheet]
        found = [
            _change(db, key, labels[key], scores.get(key, {}), sheet, given.get(key, ()), course)
            for key in asked
        ]
    known = [one for one in found if one is not None and one.points != one.points_then]
    known.sort(key=lambda one: (-abs(one.points_then - one.points), one.label))
    return Changed(tuple(known), sum(one is None for one in found), not kept)


def marks(entry: Entry) -> RowScore:
    """The row's marks as the report gave them."""
    row = entry.row
    score = 0.0 if entry.score is None else entry.score
    return RowScore(row.row, row.line, row.id, score, entry.passed, entry.criteria, entry.unmeasured)


def _by_group(rows: Iterable[Touched]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for one in rows:
        found.setdefault(one.entry.key.group, []).append(one.entry)
    return found


def _lowest(site: Site, group: str, rows: Sequence[Entry], guide: StyleGuide) -> dict[str, float]:
    """Id → what the grade takes from it then: of several rows with one id the lowest."""
    new = {one.number: dismissed.of_row(marks(one), one.findings, one.row, guide).score for one in rows}
    found: dict[str, float] = {}
    for id in {one.row.id for one in rows}:
        twins = same_id(site, group, id)
        found[id] = min(new.get(one.number, one.score or 0.0) for one in twins)
    return found


def _of_sheet(
    kept: Mapping[str, Any], held: Inputs, guide: StyleGuide, decisions: Sequence[Decision]
) -> dict[str, float]:
    """Id → what the sheet's own row scores then, of those that change."""
    findings = [finding(one) for one in entries(kept, "findings") if one["row"] is not None]
    found = matched(findings, decisions, Places(held.sheet.rows, {}))
    hit = {one.row for one, by in zip(findings, found, strict=True) if by is not None}
    rows = {row.row: row for row in held.sheet.rows}
    after = [marked(one, by) if by else one for one, by in zip(findings, found, strict=True)]
    return {
        one["id"]: dismissed.of_row(
            _score(one), [of for of in after if of.row == one["row"]], rows[one["row"]], guide
        ).score
        for one in entries(kept, "rows")
        if one["row"] in hit and one["row"] in rows
    }


def _score(one: Mapping[str, Any]) -> RowScore:
    return RowScore(
        one["row"], one["line"], one["id"], one["score"], one["passed"], one["criteria"], one["unmeasured"]
    )


def _change(
    db: Connection,
    group: str,
    label: str,
    own: Mapping[str, float],
    sheet: Mapping[str, float],
    given: Sequence[Mark],
    course: Course,
) -> GradeChange | None:
    """The group's grade before and after; None where nothing is known of it."""
    bodies: dict[str, Any] = {name: documents.get(db, group, name) or {} for name in _NEEDED}
    rows = row_marks.from_json(bodies["row_marks"])
    means = {
        name: report.mean(
            of.get(row.id, row.values[name]) for row in rows if row.values.get(name) is not None
        )
        for name, of in ((row_marks.QUALITY, own), (row_marks.SHEET, sheet))
    }
    points = {mark.key: mark.effective for mark in given}
    manual = frozenset(mark.key for mark in given if mark.manual)
    before, after = (regraded(bodies, points, manual, course)(one) for one in (_AS_IT_IS, means))
    if before is None or after is None:
        line = replace(course, rubric={DATA_QUALITY: course.rubric.get(DATA_QUALITY, 0.0)}, deadline=None)
        before, after = (regraded(bodies, points, manual, line)(one) for one in (_AS_IT_IS, means))
        return None if before is None or after is None else GradeChange(group, label, False, before, after)
    letters = letter(before, course), letter(after, course)
    passing = passes(before, course), passes(after, course)
    return GradeChange(group, label, True, before, after, *letters, *passing)


_AS_IT_IS: Mapping[str, float | None] = MappingProxyType({})
