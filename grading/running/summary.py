"""What a run did, and what it leaves to people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grading.book import documents, marks
from grading.book.book import Book
from grading.book.marks import Mark
from grading.course.model import LATENESS, Course
from grading.feedback.bodies import body, entries
from grading.feedback.titles import NO_DEADLINE
from grading.model import HandIn
from grading.running import grading_lines
from quality.dismissals import Decisions
from quality.dismissals.decisions import in_order
from quality.dismissals.dismissing import decided


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    Attributes:
        groups: Groups with a hand-in.
        scored: Those that were scored now; the others were known.
        empty: Groups without a hand-in.
        failed: Group → where the program failed; these lines are open.
        open: Group → lines that nobody graded, those for people alone left out.
        waiting: Line for people alone → groups with a hand-in that nobody marked on it.
        above: Group → lines where a person gave more than the line can give now.
        notes: What the reader should know.
        dismissed: Each decision of the staff's with how many findings in how many rows and groups it dismissed; of one
            that found nothing, with zeros.
    """

    groups: int
    scored: int
    empty: tuple[str, ...]
    failed: Mapping[str, str]
    open: Mapping[str, tuple[str, ...]]
    waiting: Mapping[str, int]
    above: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]
    dismissed: tuple[Mapping[str, Any], ...] = ()


def summary(
    book: Book,
    course: Course,
    current: Mapping[str, HandIn],
    scored: int,
    notes: Sequence[str],
    decisions: Decisions | None = None,
) -> Summary:
    """What the book says now.

    Args:
        scored: Groups that were scored by this run.
        decisions: What the staff dismissed.
    """
    with book.reading() as db:
        dismissed = _dismissed(decisions, documents.get_all(db, "quality"), current) if decisions else ()
        failures = documents.get_all(db, "failures")
        given = {group: _of_rubric(of, course) for group, of in marks.all_marks(db).items()}
    ungraded = {group: [mark for mark in of if mark.effective is None] for group, of in given.items()}
    by_hand = Counter(
        mark.key for group, of in ungraded.items() if group in current for mark in of if _is_by_hand(mark)
    )
    return Summary(
        groups=len(current),
        scored=scored,
        empty=tuple(group for group in given if group not in current),
        failed={
            group: "; ".join(f"{name}: {why}" for name, why in body.items())
            for group, body in failures.items()
            if body and group in current
        },
        open=_keys({group: [mark for mark in of if not _is_by_hand(mark)] for group, of in ungraded.items()}),
        waiting=dict(by_hand),
        above=_keys({group: [mark for mark in of if _is_above(mark)] for group, of in given.items()}),
        notes=(*notes, *((NO_DEADLINE,) if course.deadline is None else ())),
        dismissed=dismissed,
    )


_COUNTS = ("findings", "rows", "groups")
_NONE: Counter[str] = Counter()


def _dismissed(
    decisions: Decisions, bodies: Mapping[str, Any], current: Mapping[str, HandIn]
) -> tuple[Mapping[str, Any], ...]:
    """What each decision did in all groups together."""
    found: dict[tuple[str, ...], Counter[str]] = {}
    for group in current:
        for one in entries(body(bodies, group), "dismissed"):
            counts = found.setdefault(_known_by(one), Counter())
            counts.update({"findings": int(one["findings"]), "rows": int(one["rows"]), "groups": 1})
    told = [decided(one) for one in in_order(decisions.decisions)]
    return tuple(one | {name: found.get(_known_by(one), _NONE)[name] for name in _COUNTS} for one in told)


def _known_by(one: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(one[name]) for name in ("scope", "code", "content", "id", "words", "who", "why", "at"))


def _of_rubric(given: Sequence[Mark], course: Course) -> list[Mark]:
    """The marks that count, in the rubric's order."""
    of = {mark.key: mark for mark in given}
    return [of[key] for key in (*course.rubric, LATENESS) if key in of]


def _is_by_hand(mark: Mark) -> bool:
    return mark.sentence == grading_lines.BY_HAND


def _is_above(mark: Mark) -> bool:
    return mark.key != LATENESS and mark.manual is not None and mark.manual.points > mark.most


def _keys(of: Mapping[str, Sequence[Mark]]) -> dict[str, tuple[str, ...]]:
    return {group: tuple(mark.key for mark in marks) for group, marks in of.items() if marks}
