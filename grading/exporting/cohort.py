"""All that export and `show` tell, read from the book at one moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from grading.book import consensus_rows, documents, hand_ins, pairs, people, settings
from grading.book.book import Book
from grading.book.consensus_rows import ConsensusRow
from grading.book.marks import Mark, all_marks
from grading.book.pairs import PairRow
from grading.book.people import Group
from grading.book.tables import document, identity
from grading.course.model import LATENESS, Course
from grading.feedback.bodies import Body, body, entries
from grading.model import NOTHING, HandIn
from grading.scoring.grade import Grade, grade
from grading.scoring.lines import BY_HAND

DOCUMENTS = ("examined", "quality", "predictions", "consensus", "facts", "signals", "stability")


@dataclass(frozen=True, slots=True)
class Case:
    """One group with all that is known of it.

    Attributes:
        label: What tables call it: its name, with its key where several have that name.
        marks: In the rubric's order, then lateness.
        former: A person's marks on lines that the rubric has no longer; they count for nothing.
        hand_in: The one that counts; None: nothing was handed in.
        hand_ins: How many the group handed in.
        documents: Name → body.
    """

    group: Group
    label: str
    marks: tuple[Mark, ...]
    former: tuple[Mark, ...]
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
        if self.hand_in is None:
            return ()
        now = self.hand_in.version
        return tuple(mark for mark in self.marks if mark.manual and mark.manual.hand_in_version != now)

    @property
    def above(self) -> tuple[Mark, ...]:
        """A person's marks above what their line can give, as after a change of the rubric."""
        return tuple(one for one in self.marks if one.manual and one.manual.points > one.most)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Lines that only a person can grade, and nobody has."""
        return tuple(one.key for one in self.marks if one.effective is None and one.sentence == BY_HAND)

    @property
    def purged(self) -> bool:
        """Whether nothing but the points is left of it."""
        return not (self.group.name or self.group.identifier or self.group.members or self.hand_in)

    @property
    def troubles(self) -> tuple[Body, ...]:
        """What was seen when the hand-in was unpacked and when its files were read, each thing once."""
        found: list[Body] = [one.as_json() for one in self.hand_in.troubles] if self.hand_in else []
        found += [one for one in entries(body(self.documents, "examined"), "troubles") if one not in found]
        return tuple(found)

    @property
    def stability(self) -> Body:
        """How firmly the grade stands; empty where the grade has been another since that was looked at."""
        known = body(self.documents, "stability")
        return known if known.get("points") == self.grade.points else NOTHING

    @property
    def flips(self) -> tuple[str, ...]:
        """Letters, or `pass`, that the grade could as well have."""
        flips: list[str] = self.stability.get("flips") or []
        return tuple(flips)


@dataclass(frozen=True, slots=True)
class Cohort:
    """The whole course.

    Attributes:
        versions: (Group, line) → version of its mark, of all that the book holds.
        cut_off: Whether the last run was, so that lines and documents are of two times.
        compared: Whether what the groups show beside one another is known of all whose answers are.
        layout: Of the worksheet that was imported; None without one.
        rows: Key of a person → their cells of the worksheet, members of no group among them.
    """

    course: Course
    cases: tuple[Case, ...]
    pairs: tuple[PairRow, ...]
    consensus: tuple[ConsensusRow, ...]
    versions: Mapping[tuple[str, str], int]
    cut_off: bool
    compared: bool
    layout: Mapping[str, Any] | None
    rows: Mapping[str, tuple[str, ...]]


def read(book: Book, course: Course) -> Cohort:
    """The course as the book has it now."""
    with book.reading() as db:
        groups, marks, current = known_groups(db), all_marks(db), hand_ins.current(db)
        bodies = {name: documents.get_all(db, name) for name in DOCUMENTS}
        names, layout = labels(groups), settings.get(db, settings.WORKSHEET)
        return Cohort(
            course=course,
            cases=tuple(
                case(
                    course,
                    group,
                    names[group.key],
                    marks.get(group.key, ()),
                    current.get(group.key),
                    len(hand_ins.of_group(db, group.key)),
                    {name: bodies[name][group.key] for name in DOCUMENTS if group.key in bodies[name]},
                )
                for group in groups
            ),
            pairs=pairs.get_all(db),
            consensus=consensus_rows.get_all(db),
            versions=versions(db),
            cut_off=bool(settings.get(db, settings.CUT_OFF_RUN)),
            compared=_compared(db),
            layout=layout,
            rows=_rows(db, layout),
        )


def known_groups(db: Connection) -> tuple[Group, ...]:
    """Every group, those of which a purge left the points alone among them, under their keys."""
    found = {group.key: group for group in people.groups(db)}
    kept = {key: Group(key, None, "", ()) for key in all_marks(db) if key not in found}
    return tuple(sorted((*found.values(), *kept.values()), key=lambda one: (len(one.key), one.key)))


def find_group(db: Connection, text: str) -> Group:
    """The group with that key, number or name.

    Raises:
        InputError: There is none, or several.
    """
    named = next((group for group in known_groups(db) if group.key == text), None)
    return named or people.find_group(db, text)


def versions(db: Connection) -> dict[tuple[str, str], int]:
    """(Group, line) → version of its mark."""
    return {(group, mark.key): mark.version for group, of in all_marks(db).items() for mark in of}


def _compared(db: Connection) -> bool:
    """Every run ends with a comparison of all groups; `forget` and `purge` take it away with a group."""
    known = documents.inputs(db, "signals")
    query = select(document.c.grp).where(document.c.name == "answers", document.c.body != {})
    answers = set(db.scalars(query))
    return not answers or (documents.COURSE in documents.inputs(db, "clusters") and answers <= set(known))


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
    known = {mark.key: mark for mark in marks}
    ordered = tuple(_ordered(course, group.key, known))
    former = tuple(known.values())
    return Case(group, label, ordered, former, grade(ordered, course), hand_in, hand_ins, bodies)


def _ordered(course: Course, group: str, known: dict[str, Mark]) -> Iterator[Mark]:
    """The rubric's lines whether or not anything was said on them, then lateness; `known` keeps the others."""
    for key, most in course.rubric.items():
        yield known.pop(key, None) or Mark(group, key, None, None, most, "", {}, None, 0)
    late = known.pop(LATENESS, None)
    if late is None and course.deadline is not None:
        late = Mark(group, LATENESS, None, None, 0.0, "", {}, None, 0)
    if late is not None:
        yield late


def labels(groups: Iterable[Group]) -> dict[str, str]:
    """Key → what tables call the group: its name, with its key where several have that name."""
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
