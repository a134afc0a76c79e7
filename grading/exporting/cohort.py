"""All that export and `show` tell, read from the book at one moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from grading.book import consensus_rows, documents, hand_ins, pairs, people, settings
from grading.book.book import Book
from grading.book.consensus_rows import ConsensusRow
from grading.book.marks import Mark, all_marks
from grading.book.pairs import PairRow
from grading.book.people import Group
from grading.book.tables import identity
from grading.course.model import LATENESS, Course
from grading.feedback.bodies import Body, body, entries
from grading.model import HandIn
from grading.scoring.grade import Grade, grade

DOCUMENTS = ("examined", "quality", "predictions", "consensus", "facts", "signals", "stability")
WORKSHEET = "worksheet"
"""Setting: the layout of the worksheet that was imported."""


@dataclass(frozen=True, slots=True)
class Case:
    """One group with all that is known of it.

    Attributes:
        label: What tables call it: its name, with its key where several have that name.
        marks: In the rubric's order, then lateness, then lines that the rubric has no longer.
        hand_in: The one that counts; None: nothing was handed in.
        hand_ins: How many the group handed in.
        documents: Name → body.
    """

    group: Group
    label: str
    marks: tuple[Mark, ...]
    grade: Grade
    hand_in: HandIn | None
    hand_ins: int
    documents: Mapping[str, Any]

    def mark(self, key: str) -> Mark | None:
        """The mark on that line."""
        return next((mark for mark in self.marks if mark.key == key), None)

    @property
    def superseded(self) -> tuple[Mark, ...]:
        """A person's marks on another hand-in than the one that counts now."""
        now = self.hand_in.version if self.hand_in else None
        return tuple(mark for mark in self.marks if mark.manual and self._is_older(mark, now))

    def _is_older(self, mark: Mark, now: str | None) -> bool:
        seen = mark.manual.hand_in_version if mark.manual else None
        return self.hand_ins > 1 if seen is None else seen != now

    @property
    def troubles(self) -> tuple[Body, ...]:
        """What was seen when the hand-in was unpacked and when its files were read, each thing once."""
        found: list[Body] = [asdict(one) for one in self.hand_in.troubles] if self.hand_in else []
        found += [one for one in entries(body(self.documents, "examined"), "troubles") if one not in found]
        return tuple(found)

    @property
    def flips(self) -> tuple[str, ...]:
        """Letters, or `pass`, that the grade could as well have."""
        flips: list[str] = body(self.documents, "stability").get("flips") or []
        return tuple(flips)


@dataclass(frozen=True, slots=True)
class Cohort:
    """The whole course.

    Attributes:
        layout: Of the worksheet that was imported; None without one.
        rows: Key of a person → their cells of the worksheet, members of no group among them.
    """

    course: Course
    cases: tuple[Case, ...]
    pairs: tuple[PairRow, ...]
    consensus: tuple[ConsensusRow, ...]
    layout: Mapping[str, Any] | None
    rows: Mapping[str, tuple[str, ...]]


def read(book: Book, course: Course) -> Cohort:
    """The course as the book has it now."""
    with book.reading() as db:
        groups = people.groups(db)
        marks, current = all_marks(db), hand_ins.current(db)
        bodies = {name: documents.get_all(db, name) for name in DOCUMENTS}
        labels, layout = _labels(groups), settings.get(db, WORKSHEET)
        return Cohort(
            course=course,
            cases=tuple(
                case(
                    course,
                    group,
                    labels[group.key],
                    marks.get(group.key, ()),
                    current.get(group.key),
                    len(hand_ins.of_group(db, group.key)),
                    {name: bodies[name][group.key] for name in DOCUMENTS if group.key in bodies[name]},
                )
                for group in groups
            ),
            pairs=pairs.get_all(db),
            consensus=consensus_rows.get_all(db),
            layout=layout,
            rows=_rows(db, layout),
        )


def case(
    course: Course,
    group: Group,
    label: str,
    marks: Iterable[Mark],
    hand_in: HandIn | None,
    hand_ins: int,
    bodies: Mapping[str, Any],
) -> Case:
    """One group, its marks in the order in which they are shown."""
    ordered = tuple(_ordered(course, group.key, marks))
    return Case(group, label, ordered, grade(ordered, course), hand_in, hand_ins, bodies)


def _ordered(course: Course, group: str, marks: Iterable[Mark]) -> Iterator[Mark]:
    """The rubric's lines whether or not anything was said on them, then what else is marked."""
    known = {mark.key: mark for mark in marks}
    for key, most in course.rubric.items():
        yield known.pop(key, None) or Mark(group, key, None, None, most, "", {}, None, 0)
    late = known.pop(LATENESS, None)
    if late is None and course.deadline is not None:
        late = Mark(group, LATENESS, None, None, 0.0, "", {}, None, 0)
    if late is not None:
        yield late
    yield from known.values()


def _labels(groups: Iterable[Group]) -> dict[str, str]:
    groups = tuple(groups)
    times = Counter(group.name for group in groups)
    return {
        group.key: group.key
        if not group.name
        else group.name
        if times[group.name] == 1
        else f"{group.name} ({group.key})"
        for group in groups
    }


def _rows(db: Connection, layout: Mapping[str, Any] | None) -> dict[str, tuple[str, ...]]:
    """Each person's row of the worksheet that was imported last, in its order, without those who were forgotten."""
    query = select(identity.c.subject, identity.c.worksheet).where(identity.c.kind == people.PERSON)
    known: dict[str, Any] = {row.subject: row.worksheet for row in db.execute(query)}
    order: list[str] = (layout or {}).get("order") or []
    return {subject: tuple(known[subject]) for subject in order if known.get(subject) is not None}
