"""Which rows have outputs that are alike, and may be held against one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from quality.similarity.join import Limits, similar_pairs
from quality.similarity.texts import SHINGLE, Ints, Texts, identical, shingles

Key: TypeAlias = tuple[int, str]
"""A row: its record number and id."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Other rows with one text that is like a row's.

    Attributes:
        first: The first of them in the table.
        ids: Some of their ids, the first's among them.
        count: How many they are.
        similarity: 0..1; 1 for the same words.
    """

    first: Key
    ids: tuple[str, ...]
    count: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Twins:
    """Rows with twins, and rows that could not be compared with all others, with the reason.

    `statistics` counts pairs of different outputs, groups of equal ones, and rows with twins.
    """

    of_row: Mapping[Key, tuple[Twin, ...]]
    unmeasured: Mapping[Key, str]
    statistics: Mapping[str, int]


def find(
    outputs: Texts, prompts: Texts, keys: Sequence[Key], min_similarity: float, min_words: int, limits: Limits
) -> Twins:
    """The twins of every row at or above `min_similarity`, above 0 and at most 1; the arguments are parallel.

    An output with fewer than `min_words` words that its prompt did not supply is held only against the answers to
    the same prompt.
    """
    group_of = identical(outputs)
    distinct = np.flatnonzero(group_of == np.arange(len(outputs)))
    groups = _Groups(outputs, prompts, group_of, min_words)
    pairs: dict[tuple[int, int], float] = {}
    incomplete: set[int] = set()
    for some in (
        distinct[outputs.lengths()[distinct] >= min_words],
        *groups.under_one_prompt(min_similarity),
    ):
        found = similar_pairs(outputs.take(some), min_similarity, limits)
        sides = zip(some[found.left].tolist(), some[found.right].tolist(), strict=True)
        pairs.update(zip(sides, found.similarity.tolist(), strict=True))
        incomplete.update(some[found.incomplete].tolist())
    twins = _twins_of_groups(groups, pairs, keys, limits.pairs)
    too_like = f"it is like more rows than {limits.comparisons} comparisons can tell apart"
    unmeasured = {
        keys[row]: too_like
        for group in sorted(incomplete)
        for row in groups.members(group)
        if groups.matters(row)
    }
    too_many = f"more than {limits.pairs} different outputs are like it, and only so many are listed"
    unmeasured |= {
        key: too_many for key, some in twins.items() if len(some) >= limits.pairs and key in unmeasured
    }
    unmeasured |= {key: too_many for key, some in twins.items() if len(some) > limits.pairs}
    statistics = {
        "near_duplicate_pairs": len(pairs),
        "identical_groups": int((np.bincount(group_of, minlength=1) > 1).sum()),
        "rows_with_twins": len(twins),
    }
    return Twins({key: some[: limits.pairs] for key, some in twins.items()}, unmeasured, statistics)


class _Groups:
    """The rows in groups of equal outputs, and which of them may be held against which."""

    def __init__(self, outputs: Texts, prompts: Texts, group_of: Ints, min_words: int) -> None:
        self._order = np.argsort(group_of, kind="stable")
        self._sorted = group_of[self._order]
        self._prompt_of = identical(prompts)
        self._outputs = outputs
        self._prompts = prompts
        self._min_words = min_words
        self._wordy: dict[tuple[int, int], bool] = {}
        self._group_of = group_of

    def members(self, group: int) -> list[int]:
        """The rows of a group, in the table's order; none for the group of empty outputs."""
        if not len(self._outputs.text(group)):
            return []
        begin, end = np.searchsorted(self._sorted, [group, group + 1])
        return self._order[begin:end].tolist()

    def several(self) -> list[int]:
        """The groups of more than one row."""
        groups, count = np.unique(self._sorted, return_counts=True)
        return groups[count > 1].tolist()

    def comparable(
        self, row: int, members: Sequence[int], by_prompt: Mapping[int, Sequence[int]]
    ) -> Sequence[int]:
        """Those members of a group that the row may have been copied from, or they from it."""
        return members if self.wordy(row) else by_prompt.get(self.prompt(row), ())

    def prompt(self, row: int) -> int:
        """The first row with the same prompt."""
        return int(self._prompt_of[row])

    def under_one_prompt(self, min_similarity: float) -> Iterator[Ints]:
        """The outputs that answer one prompt, one of them short and none too long to be like a short one."""
        lengths = self._outputs.lengths()
        reach = self._min_words * (2.0 - min_similarity) / min_similarity
        order = np.argsort(self._prompt_of, kind="stable")
        cuts = np.flatnonzero(np.diff(self._prompt_of[order])) + 1
        for rows in np.split(order, cuts):
            outputs = np.unique(self._group_of[rows])
            outputs = outputs[lengths[outputs] <= reach]
            if len(outputs) > 1 and lengths[outputs].min() < self._min_words:
                yield outputs

    def matters(self, row: int) -> bool:
        """Whether the row can have a twin at all."""
        return self.wordy(row) or int((self._prompt_of == self._prompt_of[row]).sum()) > 1

    def by_prompt(self, rows: Sequence[int]) -> dict[int, list[int]]:
        """The rows by their prompt."""
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(self.prompt(row), []).append(row)
        return found

    def wordy(self, row: int) -> bool:
        """Whether the output has `min_words` words that its prompt did not supply."""
        key = (int(self._group_of[row]), self.prompt(row))
        if key not in self._wordy:
            self._wordy[key] = self._own_words(row) >= self._min_words
        return self._wordy[key]

    def _own_words(self, row: int) -> int:
        output = self._outputs.take(np.array([row]))
        _, mine = shingles(output)
        _, given = shingles(self._prompts.take(np.array([row])))
        own = np.ones(len(output.words), np.bool_)
        for at in np.flatnonzero(np.isin(mine, given)):
            own[at : at + SHINGLE] = False
        return int(own.sum())


def _twins_of_groups(
    groups: _Groups, pairs: Mapping[tuple[int, int], float], keys: Sequence[Key], most: int
) -> dict[Key, tuple[Twin, ...]]:
    """For each row its twins, equal ones first, then the most similar; no more than one above `most`."""
    like: dict[int, list[tuple[int, float]]] = {group: [(group, 1.0)] for group in groups.several()}
    for (left, right), similarity in pairs.items():
        like.setdefault(left, []).append((right, similarity))
        like.setdefault(right, []).append((left, similarity))
    found: dict[int, list[Twin]] = {}
    for group, others in like.items():
        rows = groups.members(group)
        others.sort(key=lambda other: (-other[1], other[0]))
        for other, similarity in others:
            rows = [row for row in rows if len(found.get(row, ())) <= most]
            if not rows:
                break
            for row, twin in _twins_in(groups, rows, groups.members(other), similarity, keys, most):
                found.setdefault(row, []).append(twin)
    return {keys[row]: tuple(twins) for row, twins in found.items()}


def _twins_in(
    groups: _Groups,
    rows: Sequence[int],
    others: Sequence[int],
    similarity: float,
    keys: Sequence[Key],
    most: int,
) -> Iterator[tuple[int, Twin]]:
    """For each of the rows its twin among the others, a group of equal outputs."""
    wordy = [other for other in others if groups.wordy(other)]
    same_prompt = groups.by_prompt(others)
    curt = groups.by_prompt([other for other in others if not groups.wordy(other)])
    for row in rows:
        prompt = groups.prompt(row)
        members = wordy + curt.get(prompt, []) if groups.wordy(row) else same_prompt.get(prompt, [])
        some = [other for other in members[: most + 1] if other != row][:most]
        count = len(members) - (similarity == 1.0)
        if some:
            yield row, Twin(keys[some[0]], tuple(keys[other][1] for other in some), count, similarity)
