"""What is reviewed, in which order, and how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dashboard.index import Index
from dashboard.model import Filter, RowKey
from dashboard.reviewing.sample import ordered, sample, shuffled
from dashboard.reviewing.saving import MAX_NAME
from grading.book.review_changes import Known
from grading.book.reviews import FIRST, FLAGGED, SECOND, Review
from quality.reports.escape import visible
from quality.wording import cut

Contents = Callable[[RowKey], str | None]
"""Row → SHA-256 of its texts as they are now; None where it is no more."""


class Queue(StrEnum):
    """What is reviewed."""

    SAMPLE = "sample"
    ALL = "all"
    FAILING = "failing"
    FLAGGED = "flagged"
    CHANGED = "changed"
    SECOND = "second"


TITLES = {
    Queue.SAMPLE: "Sample of every group",
    Queue.ALL: "All rows",
    Queue.FAILING: "Rows that do not pass",
    Queue.FLAGGED: "Flagged rows",
    Queue.CHANGED: "Changed since their review",
    Queue.SECOND: "Second look at others' rows",
}
"""As they stand in the select box and in the page's address."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reviewer asked for.

    Attributes:
        per_group: Rows of each group in the sample.
        seed: Of the sample; reviewers with the same one review the same rows.
    """

    queue: Queue = Queue.SAMPLE
    per_group: int = 10
    seed: int = 1

    @property
    def look(self) -> int:
        """Which look at the rows it is, see `grading.book.reviews`."""
        return SECOND if self.queue is Queue.SECOND else FIRST


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a queue.

    Attributes:
        groups: Group → how many of them are its.
    """

    keys: tuple[RowKey, ...]
    members: frozenset[RowKey]
    groups: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a queue is.

    Attributes:
        groups: Group → rows that are decided, rows.
        people: Reviewer → rows of the queue that they decided last.
    """

    done: int
    total: int
    groups: Mapping[str, tuple[int, int]]
    people: Mapping[str, int]


def contents(index: Index, corrected: Mapping[RowKey, str]) -> Contents:
    """The texts of the index, but for those that were corrected since it was made."""
    return lambda key: corrected.get(key) or _content(index, key)


def queue(index: Index, choice: Choice, first: Known, reviewer: str, content: Contents) -> Rows:
    """Every row of the queue, decided ones too, in the reviewer's order.

    Args:
        first: The first looks.
    """
    match choice.queue:
        case Queue.SAMPLE:
            return _sample(index, choice.per_group, choice.seed, reviewer)
        case Queue.ALL:
            return _findings_first(index)
        case Queue.FAILING:
            return _failing(index)
        case Queue.FLAGGED:
            return _rows(_keys(one for one in first.values() if one.state == FLAGGED))
        case Queue.CHANGED:
            return _rows(tuple(key for key in _keys(first.values()) if changed(key, first, content)))
        case Queue.SECOND:
            others = _keys(one for one in first.values() if one.state and one.who != reviewer)
            return _rows(shuffled((key for key in others if not changed(key, first, content)), choice.seed))


def decided(choice: Choice, key: RowKey, known: Known, content: Contents) -> bool:
    """Whether the row needs nobody any more: somebody accepted or flagged it as it is now.

    Args:
        known: The looks that the choice is about.
    """
    review = known.get((key.group, key.ref))
    if review is None or review.state is None:
        return False
    match choice.queue:
        case Queue.FLAGGED:
            return review.state != FLAGGED
        case Queue.SAMPLE | Queue.CHANGED | Queue.SECOND:
            return not changed(key, known, content)
        case _:
            return True


def following(
    choice: Choice,
    rows: Iterable[RowKey],
    known: Known,
    content: Contents,
    *,
    passed: Collection[RowKey] = (),
    busy: Collection[RowKey] = (),
) -> RowKey | None:
    """The next row that needs somebody; None where none is left.

    Args:
        passed: Rows that this reviewer has put off.
        busy: Rows that others have before them; one of these only where nothing else is left.
    """
    waiting: RowKey | None = None
    for key in rows:
        if key in passed or decided(choice, key, known, content):
            continue
        if key not in busy:
            return key
        waiting = waiting or key
    return waiting


def progress(choice: Choice, rows: Rows, known: Known, content: Contents) -> Progress:
    """How many of these rows are decided, by group and by who decided them."""
    done = [
        (group, one.who)
        for (group, ref), one in known.items()
        if (key := RowKey(group, ref)) in rows.members and decided(choice, key, known, content)
    ]
    finished, people = Counter(group for group, _ in done), Counter(who for _, who in done)
    groups = {group: (finished[group], total) for group, total in rows.groups.items()}
    return Progress(len(done), len(rows.keys), groups, dict(people.most_common()))


def by_reviewer(known: Progress) -> list[dict[str, object]]:
    """A line for each reviewer; names are one visible line each."""
    return [{"reviewer": visible(cut(who, MAX_NAME)), "rows": number} for who, number in known.people.items()]


def by_group(known: Progress, labels: Mapping[str, str]) -> list[dict[str, object]]:
    """A line for each group, likewise.

    Args:
        labels: Key of a group → its name.
    """
    return [
        {"group": visible(cut(labels.get(key, key), MAX_NAME)), "reviewed": done, "of": total}
        for key, (done, total) in known.groups.items()
    ]


def changed(key: RowKey, known: Known, content: Contents) -> bool:
    """Whether the row was reviewed and its texts are others now; a row that is gone is not changed."""
    review = known.get((key.group, key.ref))
    if review is None or review.state is None:
        return False
    return content(key) not in (review.content, None)


@lru_cache(maxsize=200_000)
def _content(index: Index, key: RowKey) -> str | None:
    entry = index.find(key)
    return None if entry is None else entry.content


@lru_cache(maxsize=32)
def _sample(index: Index, per_group: int, seed: int, reviewer: str) -> Rows:
    passing = (key for _, key in index.keys(Filter(passed=True)))
    rounds = sample(_failing(index).keys, passing, per_group=per_group, seed=seed)
    return _rows(ordered(rounds, reviewer))


@lru_cache(maxsize=2)
def _failing(index: Index) -> Rows:
    return _rows(tuple(key for _, key in index.keys(Filter(passed=False))))


@lru_cache(maxsize=2)
def _findings_first(index: Index) -> Rows:
    first = tuple(key for _, key in index.keys(Filter(severities=("error", "warning"))))
    seen = frozenset(first)
    every = index.keys()
    return _rows((*first, *(key for _, key in every if key not in seen)))


def _rows(keys: tuple[RowKey, ...]) -> Rows:
    groups = Counter(key.group for key in keys)
    return Rows(keys, frozenset(keys), dict(sorted(groups.items())))


def _keys(reviews: Iterable[Review]) -> tuple[RowKey, ...]:
    keys = (RowKey(one.group, one.ref) for one in reviews)
    return tuple(sorted(keys, key=lambda key: (key.group, key.ref)))
