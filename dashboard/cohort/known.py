"""The course as the book has it now, read once for each state of the book."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, func, select, type_coerce
from sqlalchemy.engine import Connection

from grading.book import documents, settings
from grading.book.book import Book
from grading.book.pairs import PairRow
from grading.book.tables import document, grade_line, hand_in, history, identity, member
from grading.course.model import Course
from grading.exporting import cohort
from grading.exporting.cohort import Case, Cohort
from grading.exporting.tables import candidates
from grading.feedback.bodies import Body, body

OF_COURSE = ("calibration", "clusters", "signals")
MOST_COURSES = 4
"""Courses whose last state is remembered."""


@dataclass(frozen=True, slots=True)
class Known:
    """One state of the course.

    Attributes:
        state: Equal for equal contents of the book, as far as grades and copying go.
        cases: Key of a group → all that is known of it.
        pairs: The least likely between honest groups first.
        candidates: Groups in a pair up to the course's q value.
        documents: Of the whole course; empty where the comparison was not made, or failed.
    """

    state: str
    course: Course
    cohort: Cohort
    cases: Mapping[str, Case]
    pairs: tuple[PairRow, ...]
    candidates: frozenset[str]
    documents: Mapping[str, Any]

    @property
    def candidate_pairs(self) -> tuple[PairRow, ...]:
        """The pairs up to the course's q value."""
        return tuple(pair for pair in self.pairs if self.is_candidate(pair))

    def is_candidate(self, pair: PairRow) -> bool:
        """Whether the pair's q value is up to the course's."""
        return pair.q is not None and pair.q <= self.course.copying_q

    @property
    def calibration(self) -> Body:
        """How far the p values can be trusted; empty where nothing was compared."""
        return body(self.documents, "calibration")


_lock = threading.Lock()
_remembered: dict[str, Known] = {}


def known(book: Book, course: Course) -> Known:
    """The course now; what was read before is given again while nothing in it changed.

    Raises:
        ProofgateError: The book cannot be read.
    """
    with _lock:  # ten browser tabs that open at once read it once
        with book.reading() as db:
            now = _state(db)
        before = _remembered.get(book.name)
        if before is not None and before.state == now and before.course == course:
            return before
        found = _read(book, course, now)
        _remembered.pop(book.name, None)
        _remembered[book.name] = found
        while len(_remembered) > MOST_COURSES:
            del _remembered[next(iter(_remembered))]
        return found


def _read(book: Book, course: Course, state: str) -> Known:
    read = cohort.read(book, course)
    with book.reading() as db:
        bodies = {name: documents.get(db, documents.COURSE, name) for name in OF_COURSE}
    return Known(
        state=state,
        course=course,
        cohort=read,
        cases={case.group.key: case for case in read.cases},
        pairs=tuple(sorted(read.pairs, key=_likelihood)),
        candidates=candidates(read),
        documents=bodies,
    )


def _likelihood(pair: PairRow) -> tuple[float, float, float, str, str]:
    infinity = float("inf")
    q, p = (infinity if value is None else value for value in (pair.q, pair.p))
    return q, p, -pair.score, pair.a, pair.b


def _state(db: Connection) -> str:
    """SHA-256 over all in the book that `Known` is made from, in hex; documents by what they were made from."""
    found = hashlib.sha256()
    for query in _queries():
        for row in db.execute(query):
            found.update(repr(tuple(row)).encode())
        found.update(b"\n")
    found.update(repr(settings.get(db, settings.CUT_OFF_RUN)).encode())
    return found.hexdigest()


def _queries() -> Iterator[Any]:
    lines, who = grade_line.c, identity.c
    # JSON stays text here: nothing of it is looked at
    raw = [type_coerce(one, Text) for one in (lines.sentence, lines.evidence, lines.manual_why)]
    names = [type_coerce(one, Text) for one in (who.identifier, who.name, who.email)]
    yield select(func.max(history.c.id))
    yield select(lines.grp, lines.key, lines.version, lines.most, *raw).order_by(lines.grp, lines.key)
    yield select(document.c.grp, document.c.name, document.c.inputs).order_by(document.c.grp, document.c.name)
    yield select(hand_in.c.id, hand_in.c.received, type_coerce(hand_in.c.troubles, Text)).order_by(
        hand_in.c.id
    )
    yield select(who.subject, *names).order_by(who.subject)
    yield select(member.c.person, member.c.grp, member.c.days_left).order_by(member.c.person)
