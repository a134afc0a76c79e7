"""Exact similarity join: every pair of texts whose words are alike, without comparing every pair.

Similarity is the normalised Indel similarity of two word sequences, `2·LCS / (|a| + |b|)`: 1 for equal texts, and
what is left of 1 when each word that must be deleted or inserted to turn one into the other is taken from the sum
of both lengths.

The filter: each text becomes a row of ±1 signs, one a bucket, the parity of how many of its words fall into that
bucket. An inserted or deleted word turns one sign, so two texts at `d` edits differ in at most `d` signs; texts in
order of length are compared tile by tile as matrix products, and a pair that differs in more signs than its lengths
and the threshold allow is passed over. No pair at or above the threshold can be: a pair that stays is decided by the
similarity itself. The filter costs the same whatever the texts say; what they can make costly, the deciding, has a
limit for each text, and a text at its limit is reported as incomplete.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel

from quality.similarity.signs import Signs, features_of, ranks, signs_of
from quality.similarity.texts import Ints, Texts

Floats = NDArray[np.float64]

_TILE_CELLS = 1 << 20
"""Pairs in a tile: a few megabytes each of products and masks."""

_MIN_BUCKETS, _MAX_BUCKETS = 128, 1 << 15
_FINER = 8
"""How many times more buckets the second filter has, which sees only the pairs that the first one leaves."""

_COST_UNIT = 1e7
"""Word pairs of a comparison that count as one more comparison against a text's limit."""

_CODE_POINTS = 0x110000 - 0x800
"""Different words that fit into the code points of a string, surrogates left out."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one text may cost at most.

    Attributes:
        pairs: Pairs listed for it before the rest may be left out.
        comparisons: Comparisons that may come out below the threshold; texts of many words count for several.
    """

    pairs: int
    comparisons: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """What a join found: `left[k] < right[k]` are alike by `similarity[k]`; sorted by left, then right.

    Attributes:
        incomplete: Per text: its limit was reached, so it may have pairs that are not listed.
    """

    left: Ints
    right: Ints
    similarity: Floats
    incomplete: NDArray[np.bool_]


def similar_pairs(texts: Texts, min_similarity: float, limits: Limits) -> Pairs:
    """All pairs of different texts at or above `min_similarity`, which is above 0 and at most 1.

    Equal texts are to be left out by the caller (`texts.identical`); a text without words is like no other.
    """
    order = np.argsort(texts.lengths(), kind="stable").astype(np.int64)
    join = _Join(texts.take(order), min_similarity, limits)
    for tile in join.tiles():
        join.decide(*tile)
    left, right, similarity = join.found()
    left, right = order[left], order[right]
    left, right = np.minimum(left, right), np.maximum(left, right)
    by_left = np.lexsort((right, left))
    incomplete = np.zeros(len(texts), np.bool_)
    incomplete[order] = join.incomplete
    return Pairs(left[by_left], right[by_left], similarity[by_left], incomplete)


def max_edits(total: int, min_similarity: float) -> Ints:
    """For each sum of two lengths from 0 to `total`, the most edits at which they are alike enough."""
    sums = np.arange(total + 1, dtype=np.int64)
    edits = np.minimum(sums, np.floor((1.0 - min_similarity) * sums).astype(np.int64) + 1)
    for _ in range(2):  # decided by the very expression that the similarity is computed with
        edits -= 1.0 - edits / np.maximum(sums, 1) < min_similarity
    return edits


class _Join:
    """The state of one join over texts in order of length."""

    def __init__(self, texts: Texts, min_similarity: float, limits: Limits) -> None:
        self.texts = texts
        self.lengths = texts.lengths()
        self.min_similarity = min_similarity
        self.limits = limits
        longest = int(self.lengths[-1]) if len(texts) else 0
        self.edits = max_edits(2 * longest, min_similarity)
        self.pairs_of = np.zeros(len(texts), np.int64)
        self.spent = np.zeros(len(texts), np.float64)
        self.incomplete = np.zeros(len(texts), np.bool_)
        self.results: list[tuple[Ints, Ints, Floats]] = []
        self.features = features_of(texts)
        self.as_sequence = _sequences(texts)

    def found(self) -> tuple[Ints, Ints, Floats]:
        """Every pair found so far."""
        empty = np.empty(0, np.int64)
        columns = list(zip(*self.results, strict=True)) or [(empty,), (empty,), (np.empty(0),)]
        return np.concatenate(columns[0]), np.concatenate(columns[1]), np.concatenate(columns[2])

    def tiles(self) -> Iterator[tuple[Ints, Ints]]:
        """Pairs that the filter cannot rule out, a tile at a time, in an order set by the texts alone."""
        start = int(np.searchsorted(self.lengths, 1))
        while start < len(self.texts):
            buckets = self._buckets(int(self.lengths[start]))
            stop = int(
                np.searchsorted(self.lengths, max(buckets // self._per_word(), self.lengths[start]), "right")
            )
            reach = self._reach(stop - 1)
            coarse = signs_of(self.texts, self.features, start, reach, buckets)
            fine = signs_of(self.texts, self.features, start, reach, min(_MAX_BUCKETS, buckets * _FINER))
            for left, right in self._close(coarse, start, stop):
                left, right = self._still_open(left, right)
                kept = self._within_edits(fine, left, right)
                yield left[kept], right[kept]
            start = stop

    def _per_word(self) -> float:
        """Buckets for each word of the shorter text: enough to tell unrelated texts apart at this threshold."""
        return 1.5 if self.min_similarity >= 0.85 else 4.0

    def _buckets(self, length: int) -> int:
        wanted = max(_MIN_BUCKETS, int(length * self._per_word()))
        return min(_MAX_BUCKETS, 1 << (wanted - 1).bit_length())

    def _reach(self, index: int) -> int:
        """One past the longest text that can be alike enough to the text at `index`."""
        longest = float(self.lengths[index]) * (2.0 - self.min_similarity) / self.min_similarity
        return int(np.searchsorted(self.lengths, longest + 1e-6, "right"))

    def _close(self, signs: Signs, start: int, stop: int) -> Iterator[tuple[Ints, Ints]]:
        """Pairs of a text in `[start, stop)` with a later one that differ in few enough signs, tile by tile."""
        side = max(64, min(1024, _TILE_CELLS * 4 // signs.buckets))
        for top in range(start, stop, side):
            bottom = min(top + side, stop)
            reach = self._reach(bottom - 1)
            rows = signs.unpacked(top, bottom)
            for begin in range(top, reach, side):
                end = min(begin + side, reach)
                most = self.edits[self.lengths[bottom - 1] + self.lengths[end - 1]]
                if most == 0:
                    continue
                close = rows @ signs.unpacked(begin, end).T >= signs.buckets - 2.0 * most
                left, right = np.nonzero(close)
                left, right = left + top, right + begin
                ahead = left < right
                yield left[ahead], right[ahead]

    def _within_edits(self, signs: Signs, left: Ints, right: Ints) -> NDArray[np.bool_]:
        """Which pairs differ in no more signs than their own lengths allow."""
        kept = np.empty(len(left), np.bool_)
        step = max(1, _TILE_CELLS * 64 // signs.buckets)
        for begin in range(0, len(left), step):
            some = slice(begin, begin + step)
            most = self.edits[self.lengths[left[some]] + self.lengths[right[some]]]
            kept[some] = signs.differing(left[some], right[some]) <= most
        return kept

    def decide(self, left: Ints, right: Ints) -> None:
        """Computes the similarity of the pairs, but of no more than the limits allow."""
        quota = self.limits.pairs
        while len(left):
            left, right = self._within_limits(left, right)
            now = self._next(left, right, quota)
            self._compare(left[now], right[now])
            left, right = left[~now], right[~now]
            quota *= 2

    def _next(self, left: Ints, right: Ints, quota: int) -> NDArray[np.bool_]:
        """The first pairs, `quota` of them, of each text whose list is not full; `left` is sorted."""
        full = self.pairs_of >= self.limits.pairs
        by_right = np.argsort(right, kind="stable")
        rank = np.empty(len(right), np.int64)
        rank[by_right] = ranks(right[by_right])
        return (~full[left] & (ranks(left) < quota)) | (~full[right] & (rank < quota))

    def _still_open(self, left: Ints, right: Ints) -> tuple[Ints, Ints]:
        """The pairs of which at least one text has not reached its limits."""
        closed = (self.pairs_of >= self.limits.pairs) | (self.spent >= self.limits.comparisons)
        out = closed[left] & closed[right]
        self.incomplete[left[out]] = True
        self.incomplete[right[out]] = True
        return left[~out], right[~out]

    def _within_limits(self, left: Ints, right: Ints) -> tuple[Ints, Ints]:
        """The pairs still to be decided; those left out mark both texts as incomplete."""
        full = self.pairs_of >= self.limits.pairs
        spent = self.spent >= self.limits.comparisons
        out = (full[left] & full[right]) | spent[left] | spent[right]
        self.incomplete[left[out]] = True
        self.incomplete[right[out]] = True
        return left[~out], right[~out]

    def _compare(self, left: Ints, right: Ints) -> None:
        total = self.lengths[left] + self.lengths[right]
        # The distance, because a cutoff on the similarity loses pairs that stand at the threshold exactly.
        distance = process.cpdist(
            [self.as_sequence(i) for i in left],
            [self.as_sequence(i) for i in right],
            scorer=Indel.distance,
            score_cutoff=int(self.edits[total].max(initial=0)),
            dtype=np.int64,
        )
        similarity = 1.0 - distance / total
        alike = distance <= self.edits[total]
        np.add.at(self.pairs_of, left[alike], 1)
        np.add.at(self.pairs_of, right[alike], 1)
        cost = 1.0 + self.lengths[left[~alike]] * self.lengths[right[~alike]] / _COST_UNIT
        np.add.at(self.spent, left[~alike], cost)
        np.add.at(self.spent, right[~alike], cost)
        self.results.append((left[alike], right[alike], similarity[alike]))


def _sequences(texts: Texts) -> Callable[[int], Any]:
    """A function from a text's index to its words as a sequence that rapidfuzz reads without copying to Python."""
    known: dict[int, Any] = {}
    fits = texts.vocabulary <= _CODE_POINTS

    def sequence(index: int) -> Any:
        if index not in known:
            words = texts.text(index)
            if fits:
                points = (words + (words >= 0xD800) * np.uint32(0x800)).astype("<u4")
                known[index] = points.tobytes().decode("utf-32-le")
            else:
                known[index] = array("I", words.tobytes())
        return known[index]

    return sequence
