"""All hand-ins of a course → lines in the grade book: the main path, from top to bottom.

inputs ─ hand-ins ─ measure each distinct text once ─ score each group ─ compare the groups ─ lines ─ firmness ─→ book

Each group's documents are in the book as soon as they are there, with a hash over all that they were made from: what is
there is not made again, so the same command goes on where it was stopped. A changed rubric makes lines alone anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection

from grading.book import consensus_rows, documents, hand_ins, marks, pairs, people, settings
from grading.book.book import Book
from grading.book.people import Group
from grading.course.inputs import Inputs, inputs
from grading.course.model import Course
from grading.hand_in.contents import Examined
from grading.model import HandIn, Line
from grading.running import firmness, grading_lines, pool, provenance, stored, together
from grading.running.summary import Summary, summary
from grading.scoring import asking, predictions, score
from quality import lock
from quality import run as checking
from quality.plan import Request
from quality.table import Table

OF_GROUP = (
    "examined",
    "quality",
    "completeness",
    "predictions",
    "row_marks",
    "answer_marks",
    "answers",
    "report",
    "failures",
)
"""Documents that a group's own files give."""
OF_ALL = ("consensus", "credits", "facts", "signals")
"""Documents of a group that the other groups have a part in."""
OF_COURSE = ("clusters", "calibration", "alpha", "signals")
LOCK = ".run.lock"
"""In the course folder while a run works there."""
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is, and of how much."""


def run(
    course: Course, book: Book, *, jobs: int = 0, progress: Progress, who: str, fresh: bool = False
) -> Summary:
    """Grades every group; the lines are in the book when it returns.

    Args:
        jobs: Worker processes; 0 means one for each core, 1 works in this process.
        who: For the history.
        fresh: Make everything anew.

    Raises:
        ProofgateError: The course's own files, the rules or the book are not usable, no process can be started, or
            another run works here; no group's files are a reason.
    """
    taken = "another `grading run` works here"
    with lock.held(course.folder / LOCK, where=course.folder, taken=taken):
        return _run(course, book, jobs or os.cpu_count() or 1, progress, who, fresh)


def _run(course: Course, book: Book, jobs: int, progress: Progress, who: str, fresh: bool) -> Summary:
    held = inputs(course)
    notes: list[str] = []
    with book.reading() as db:
        current, groups = hand_ins.current(db), people.groups(db)
        known = documents.inputs(db, "examined")
    stored.check(book, current)
    with book.writing() as db:
        settings.put(db, settings.CUT_OFF_RUN, True)
    of_course = provenance.of_course(held)
    wanted = {group: provenance.of_hand_in(one, of_course) for group, one in current.items()}
    stale = [one for group, one in current.items() if fresh or known.get(group) != wanted[group]]
    if stale:
        _measure(stale, held, progress, notes)
        bench = _bench(held, book, of_course, fresh)
        _score(pool.scored(stale, bench, of_course, jobs), len(stale), book, wanted, progress)
    _compare(held, book, current, fresh, progress, notes)
    lines = _lines(held, book, current, groups)
    with book.writing() as db:
        for group, of_group in lines.items():
            marks.put_automatic(db, group, of_group, who=who)
        settings.put(db, settings.CUT_OFF_RUN, False)
    firmness.keep(book, tuple(current), course, progress)
    return summary(book, course, current, len(stale), notes, held.decisions)


def _measure(stale: Sequence[HandIn], held: Inputs, progress: Progress, notes: list[str]) -> None:
    """Every distinct text of these hand-ins in the cache, each measured once, by all cores."""
    examined = [one for one in (_tables(hand_in, held) for hand_in in stale) if one is not None]
    data = (asking.of_data(held, one.data) for one in examined if one.data is not None)
    answers = (_answering(held, one) for one in examined if one.predictions is not None)
    said: dict[str, None] = {}
    for asked in (data, answers):
        checking.fill(
            asked, lambda done, total: progress("texts", done, total), lambda text: said.update({text: None})
        )
    notes += said


def _tables(hand_in: HandIn, held: Inputs) -> Examined | None:
    try:
        found = score.looked_at(hand_in, held)
    except Exception:  # the group's own scoring meets it again, and says so
        return None
    return replace(found, data=_rows_alone(found.data), predictions=_rows_alone(found.predictions))


def _rows_alone(of: Table | None) -> Table | None:
    """The table without the file behind it: all groups' tables are in memory at once."""
    return of and replace(of, cells=(), source=b"")


def _answering(held: Inputs, found: Examined) -> Request:
    assert found.predictions is not None
    rows = predictions.answers(held.test.rows, found.predictions.rows)
    return asking.of_predictions(held, replace(found.predictions, rows=tuple(rows)))


def _bench(held: Inputs, book: Book, of_course: str, fresh: bool) -> score.Bench:
    """What every hand-in is scored with; what the sheet itself scores is remembered."""
    with book.reading() as db:
        made_from = documents.inputs(db, "sheet").get(documents.COURSE)
        body = documents.get(db, documents.COURSE, "sheet") if made_from == of_course and not fresh else None
    if body is not None:
        return score.Bench(held, body["untouched"], body["base"])
    bench = score.bench(held)
    body = {"untouched": dict(bench.untouched), "base": bench.base, "report": dict(bench.sheet)}
    with book.writing() as db:
        documents.put(db, documents.COURSE, "sheet", of_course, body)
    return bench


def _score(
    scored: Generator[tuple[str, pool.Documents]],
    groups: int,
    book: Book,
    wanted: Mapping[str, str],
    progress: Progress,
) -> None:
    """Each group's documents into the book, as soon as they are there."""
    progress("groups", 0, groups)
    with closing(scored) as results:
        for done, (group, found) in enumerate(results, 1):
            made_from = provenance.NEVER if "failures" in found else wanted[group]
            with book.writing() as db:
                _keep(db, group, found, made_from)
            progress("groups", done, groups)


def _keep(db: Connection, group: str, found: Mapping[str, Any], made_from: str) -> None:
    """All documents of the group's own, in place of those of an earlier hand-in."""
    known = {"examined", *found, *documents.names(db, group)}
    for name in OF_GROUP:
        if name in known:
            documents.put(db, group, name, made_from, found.get(name, {}))


def _compare(
    held: Inputs, book: Book, current: Mapping[str, HandIn], fresh: bool, progress: Progress, notes: list[str]
) -> None:
    """What the groups show beside one another, made anew where any of them changed."""
    with book.reading() as db:
        keys = documents.inputs(db, "answers")
        made = {group: [one.version, keys[group]] for group, one in current.items() if group in keys}
        made_from = together.made_from(made, held)
        if not fresh and documents.inputs(db, "clusters").get(documents.COURSE) == made_from:
            return
        answers = {
            group: body for group, body in documents.get_all(db, "answers").items() if group in made and body
        }
    progress("comparison", 0, 1)
    found = together.compared(answers, held)
    notes += found.notes
    with book.writing() as db:
        pairs.put_all(db, found.pairs)
        consensus_rows.put_all(db, found.consensus)
        for name in (*OF_ALL, *OF_COURSE):
            for group in documents.inputs(db, name):
                found.documents.setdefault((group, name), {})
        for (group, name), body in found.documents.items():
            key = provenance.NEVER if found.notes and name == "clusters" else made_from
            documents.put(db, group, name, key, body)
    progress("comparison", 1, 1)


def _lines(
    held: Inputs, book: Book, current: Mapping[str, HandIn], groups: Sequence[Group]
) -> dict[str, tuple[Line, ...]]:
    """Each group's lines, from what is in the book."""
    with book.reading() as db:
        bodies = {name: documents.get_all(db, name) for name in grading_lines.NEEDED}
        extensions: dict[str, str] = settings.get(db, settings.EXTENSIONS) or {}
    return {
        group.key: grading_lines.of_group(
            group,
            current.get(group.key),
            {name: of[group.key] for name, of in bodies.items() if group.key in of},
            held.course,
            extensions,
        )
        for group in groups
    }
