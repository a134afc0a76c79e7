"""How much of each text stands in one passage of a reference corpus: word 3-gram containment over an inverted index.

Only the 3-grams that the texts themselves contain are indexed, so that a corpus far larger than the table stays
cheap. A 3-gram that many passages share is a stock phrase ("it is important to"): it points to no one source, so it
counts only where so much of a text is covered that stock phrases alone do not explain it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from quality.similarity.texts import Ints, Keys, Texts, encode_known, shingles

Matrix: TypeAlias = Any
"""A `scipy.sparse.csr_array`; its stubs leave the product untyped."""

_CHUNK_TEXTS = 2000
_CHUNK_PRODUCTS = 5_000_000
"""References read, and products computed, at a time."""

_PRODUCTS_PER_TEXT = 50_000_000
_MIN_STOCK = 5
"""Passages that may share a 3-gram in the smallest corpus before it is a stock phrase."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a text counts as taken from a passage.

    Attributes:
        min_coverage: Share of its 3-grams, stock phrases left out of the hits, 0..1.
        min_full_coverage: Share of its 3-grams, stock phrases among the hits, 0..1.
        stock_share: Share of all passages above which a 3-gram is a stock phrase, 0..1.
        passage_words: Longer references are cut into overlapping passages, so that a book covers no text by chance.
    """

    min_coverage: float
    min_full_coverage: float
    stock_share: float
    passage_words: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The passage that covers each text best; arrays with one entry a text.

    Attributes:
        reference: Index of the reference; -1 where none reaches a threshold.
        share: Share of the text's own 3-grams that the passage has, 0..1.
        own: The text's different 3-grams that its prompt does not have.
        incomplete: The text's limit was reached.
    """

    reference: Ints
    share: NDArray[np.float64]
    own: Ints
    incomplete: NDArray[np.bool_]


def coverage(
    outputs: Texts,
    prompts: Texts,
    references: Sequence[str],
    vocabulary: Mapping[str, int],
    settings: Settings,
) -> Coverage:
    """What the references cover of each output, 3-grams of its own prompt left out.

    `vocabulary` numbers the words of `outputs` and `prompts`, which are parallel.
    """
    known, matrix = _own_shingles(outputs, prompts)
    passages, reference_of = _index(references, known, vocabulary, settings.passage_words)
    spread = np.bincount(passages.indices, minlength=len(known))
    stock = spread > max(_MIN_STOCK, settings.stock_share * passages.shape[0])
    own = np.diff(matrix.indptr).astype(np.int64)
    best = _Best(len(outputs))
    telling = passages.copy()
    telling.data = (~stock[passages.indices]).astype(np.int32)
    telling.eliminate_zeros()
    best.update(matrix, np.arange(len(outputs)), telling, own, settings.min_coverage)
    most_stock = matrix @ stock.astype(np.int32)
    needed = (settings.min_full_coverage - settings.min_coverage) * own
    by_stock = np.flatnonzero((most_stock > 0) & (most_stock >= needed))
    best.update(matrix, by_stock, passages, own, settings.min_full_coverage)
    found = best.passage >= 0
    reference = np.full(len(outputs), -1, np.int64)
    reference[found] = reference_of[best.passage[found]]
    return Coverage(reference, best.share, own, best.incomplete)


class _Best:
    """The best passage found so far for each text."""

    def __init__(self, texts: int) -> None:
        self.passage = np.full(texts, -1, np.int64)
        self.share = np.zeros(texts)
        self.incomplete = np.zeros(texts, np.bool_)

    def update(self, matrix: Matrix, rows: Ints, passages: Matrix, own: Ints, min_share: float) -> None:
        """Takes in the passages that cover at least `min_share` of a text; of equal ones the first stays."""
        spread = np.bincount(passages.indices, minlength=passages.shape[1])
        cost = (matrix @ spread)[rows]
        self.incomplete[rows[cost > _PRODUCTS_PER_TEXT]] = True
        rows, cost = rows[cost <= _PRODUCTS_PER_TEXT], cost[cost <= _PRODUCTS_PER_TEXT]
        turned = passages.T.tocsr()
        for some in _chunks(rows, cost):
            hits = (matrix[some] @ turned).tocoo()
            row = some[hits.row]
            share = hits.data / own[row]
            good = share >= min_share
            self._take(row[good], hits.col[good].astype(np.int64), share[good])

    def _take(self, row: Ints, passage: Ints, share: NDArray[np.float64]) -> None:
        order = np.lexsort((passage, -share, row))
        row, passage, share = row[order], passage[order], share[order]
        first = np.ones(len(row), np.bool_)
        first[1:] = row[1:] != row[:-1]
        better = first & (share > self.share[row])
        self.share[row[better]] = share[better]
        self.passage[row[better]] = passage[better]


def _chunks(rows: Ints, cost: Ints) -> Iterator[Ints]:
    """The rows in pieces of bounded cost."""
    piece = np.cumsum(cost) // _CHUNK_PRODUCTS
    cuts = np.flatnonzero(piece[1:] != piece[:-1]) + 1
    return (some for some in np.split(rows, cuts) if len(some))


def _own_shingles(outputs: Texts, prompts: Texts) -> tuple[Keys, Matrix]:
    """The different shingle keys of all outputs, sorted, and which output has which but for its prompt's."""
    owner, key = shingles(outputs)
    known, column = np.unique(key, return_inverse=True)
    cell = np.unique(owner * max(1, len(known)) + column)
    prompt_owner, prompt_key = shingles(prompts)
    at, present = _positions(known, prompt_key)
    quoted = prompt_owner[present] * max(1, len(known)) + at[present]
    cell = cell[~np.isin(cell, quoted)]
    return known, _incidence(cell, len(outputs), len(known))


def _index(
    references: Sequence[str], known: Keys, vocabulary: Mapping[str, int], passage_words: int
) -> tuple[Matrix, Ints]:
    """Which passage has which known shingle, and the reference of each passage."""
    cells = [np.empty(0, np.int64)]
    reference_of = [np.empty(0, np.int64)]
    passages = 0
    for begin in range(0, len(references), _CHUNK_TEXTS):
        texts, source = _passages(
            encode_known(references[begin : begin + _CHUNK_TEXTS], vocabulary), passage_words
        )
        owner, key = shingles(texts)
        at, present = _positions(known, key)
        cells.append(np.unique((owner[present] + passages) * max(1, len(known)) + at[present]))
        reference_of.append(source + begin)
        passages += len(texts)
    return _incidence(np.concatenate(cells), passages, len(known)), np.concatenate(reference_of)


def _passages(texts: Texts, passage_words: int) -> tuple[Texts, Ints]:
    """Each text cut into passages that overlap by half, and the text of each passage."""
    step = max(1, passage_words // 2)
    count = np.maximum(1, -(-(texts.lengths() - passage_words) // step) + 1)
    source = np.repeat(np.arange(len(texts)), count)
    number = np.arange(len(source)) - np.repeat(np.cumsum(count) - count, count)
    begin = texts.starts[source] + number * step
    length = np.minimum(texts.starts[source + 1] - begin, max(passage_words, 1))
    starts = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    at = np.repeat(begin - starts[:-1], length) + np.arange(int(starts[-1]))
    return Texts(texts.words[at], starts, texts.vocabulary), source


def _positions(known: Keys, key: Keys) -> tuple[Ints, NDArray[np.bool_]]:
    """Where each key stands among the sorted known ones, and whether it does."""
    if not len(known):
        return np.zeros(len(key), np.int64), np.zeros(len(key), np.bool_)
    at = np.searchsorted(known, key).clip(max=len(known) - 1)
    return at, known[at] == key


def _incidence(cells: Ints, rows: int, columns: int) -> Matrix:
    """The 0/1 matrix with ones at `row * columns + column`, given sorted and once each."""
    row, column = np.divmod(cells, max(1, columns))
    starts = np.searchsorted(row, np.arange(rows + 1))
    from scipy import sparse  # a quarter of a second that only runs with --against pay

    return sparse.csr_array((np.ones(len(cells), np.int32), column, starts), shape=(rows, columns))
