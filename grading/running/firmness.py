"""How firmly each group's grade stands: made anew only where what it is made from changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grading.book import documents, marks
from grading.book.book import Book
from grading.book.marks import Mark
from grading.course.model import Course
from grading.running.provenance import sha256
from quality import versions

OWN = ("quality", "predictions", "row_marks", "answer_marks")
OTHERS = ("consensus", "credits")
NEEDED = (*OWN, *OTHERS)
"""Documents that a grade's firmness is made from; the others' are made anew with every hand-in, mostly the same."""


def keep(
    book: Book, groups: Sequence[str], course: Course, progress: Callable[[str, int, int], None]
) -> None:
    """The document `stability` of each of these groups, as the marks in the book have it now.

    Each is kept as soon as it is there; the same command goes on where it was stopped.
    """
    names = versions.modules(frozenset({"grading.scoring.stability", "grading.scoring.regrading"}))
    source = [f"{name} {versions.source_sha256(name)}" for name in sorted(names)]
    with book.reading() as db:
        of_group = marks.all_marks(db)
        made = {name: documents.inputs(db, name) for name in OWN}
        of_others = {name: documents.get_all(db, name) for name in OTHERS}
        known = documents.inputs(db, "stability")
    rules = [source, _course(course)]
    wanted = {
        group: sha256(
            [
                rules,
                _points(of_group.get(group, ())),
                [made[name].get(group) for name in OWN],
                _others(of_others["consensus"].get(group) or {}),
                of_others["credits"].get(group),
            ]
        )
        for group in groups
    }
    stale = [group for group in groups if known.get(group) != wanted[group]]
    for done, group in enumerate(stale, 1):
        with book.reading() as db:
            bodies: dict[str, Any] = {name: documents.get(db, group, name) or {} for name in NEEDED}
        body = _stability(bodies, of_group.get(group, ()), course)
        with book.writing() as db:
            documents.put(db, group, "stability", wanted[group], body)
        progress("grades", done, len(stale))


def _stability(bodies: Mapping[str, Any], given: Sequence[Mark], course: Course) -> dict[str, Any]:
    from grading.scoring import regrading, row_marks
    from grading.scoring.grade import grade
    from grading.scoring.stability import stability

    rows = row_marks.joined(row_marks.from_json(bodies["row_marks"]), **{row_marks.OTHERS: bodies["credits"]})
    total = regrading.regraded(
        bodies,
        {mark.key: mark.effective for mark in given},
        frozenset(mark.key for mark in given if mark.manual),
        course,
    )
    body = stability([rows, row_marks.from_json(bodies["answer_marks"])], total, course).as_json()
    # means over rows may differ from the documents' in the last digit, and a cent with them: this is about the grade
    return body if body.get("points") is None else {**body, "points": grade(given, course).points}


def _others(consensus: Mapping[str, Any]) -> list[Any]:
    """What a grade takes from the others; how they voted row by row changes with every hand-in."""
    return [consensus.get("share"), consensus.get("judged")]


def _points(given: Sequence[Mark]) -> list[Any]:
    return [[mark.key, mark.effective, mark.most, mark.manual is not None] for mark in given]


def _course(course: Course) -> Any:
    kept = (course.rubric, course.letters, course.pass_mark, course.zero_at, course.deadline is not None)
    return [dict(one) if isinstance(one, Mapping) else one for one in kept]
