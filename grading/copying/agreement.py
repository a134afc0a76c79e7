"""How alike two groups' corrections of one row are, 0..1, and how alike those of independent groups would be.

Independent groups are exchangeable within a row: whoever corrected it could have made anybody's correction. So what a
pair scores in a row is, under the null, a draw from what all pairs score there that changed the row. That keeps what
makes a row easy (everybody makes the same correction), and that a correction's changes come together; it asks nothing
of groups which left the row alone, so that diligence alone makes no pair alike. Rows are independent.

A cluster of candidates has one vote, so that a ring does not pass for a custom of the course.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from grading.copying.rows import Row

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STEPS = 64
"""Steps of the scale of a row's agreement."""
ENOUGH = 4.0
"""Nats of surprise at which agreement in a row counts in full: a change that one group in 55 makes."""
UNSEEN = 0.5
"""Votes added for a change that nobody else made (Jeffreys)."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the rows say together. Matrices are [groups, groups], symmetric; their diagonals mean nothing.

    Attributes:
        steps: Sum of the rows' agreement, in `1 / STEPS`.
        shared: Surprise of the changes that both made, in nats.
        count: How many these are.
        surprise: Surprise of all that a group changed in rows that the other has too.
        given: Rows that a group changed and the other has too, [who changed, who has].
        rows: Which groups changed which rows, [rows, groups].
        null: What pairs scored in each row, as shares by step, [rows, STEPS + 1].
    """

    steps: Ints
    shared: Floats
    count: Ints
    surprise: Floats
    given: Ints
    rows: NDArray[np.bool_]
    null: Floats


def agreement(rows: Sequence[Row], votes: Floats, clusters: Sequence[Sequence[int]]) -> Agreement:
    """The agreement of all pairs of groups.

    Args:
        votes: How much each group counts among the others, [groups]; groups of one cluster share one vote.
        clusters: Their groups; the pairs within one count as one pair.
    """
    size = len(votes)
    weights = _pair_weights(size, clusters)
    found = Agreement(
        steps=np.zeros((size, size), np.int64),
        shared=np.zeros((size, size)),
        count=np.zeros((size, size), np.int64),
        surprise=np.zeros((size, size)),
        given=np.zeros((size, size), np.int64),
        rows=np.zeros((len(rows), size), np.bool_),
        null=np.zeros((len(rows), STEPS + 1)),
    )
    for at, row in enumerate(rows):
        _add(found, at, row, votes, weights)
    return found


def surprise(others: Floats, total: float) -> Floats:
    """Nats for changes that so many votes outside the pair made, of so many with the pair."""
    return -np.log((np.maximum(others, 0.0) + UNSEEN) / (max(total - 2.0, 0.0) + 2 * UNSEEN))


def values(row: Row, votes: Floats) -> tuple[Floats, float]:
    """The surprise of each change that two groups and more made, and that of one that nobody else made."""
    by = votes[row.changed[row.made[:, 0]]]
    votes_for = np.bincount(row.made[:, 1], by, len(row.changes)).astype(np.float64)
    total = float(votes[row.given].sum())
    return surprise(votes_for - 2.0, total), float(surprise(np.zeros(1), total)[0])


def _add(found: Agreement, at: int, row: Row, votes: Floats, weights: Floats) -> None:
    """One row's part."""
    here = row.changed
    found.rows[at, here] = True
    value, unseen = values(row, votes)
    member, change = row.made.T
    shape = len(here), len(value)
    whole = np.bincount(member, value[change], len(here)) + unseen * row.alone
    made = sparse.csr_array((np.ones(len(member)), (member, change)), shape=shape)
    shared = _dense((made * value) @ made.T)
    both = np.ix_(here, here)
    found.surprise[np.ix_(here, row.given)] += whole[:, None]
    found.given[np.ix_(here, row.given)] += 1
    found.shared[both] += shared
    stretch = np.array([one is not None for one in row.changes], np.float64)
    found.count[both] += _dense((made * stretch) @ made.T).astype(np.int64)
    alike = shared / (whole[:, None] + whole[None, :] - shared)
    # rounded first, so that no last bit decides a step
    steps = np.rint(np.round(STEPS * alike * np.minimum(shared / ENOUGH, 1.0), 9)).astype(np.int64)
    found.steps[both] += steps
    upper = np.triu_indices(len(here), 1)
    counted = np.bincount(steps[upper], weights[both][upper], STEPS + 1)
    found.null[at] = counted / counted.sum()


def _dense(matrix: Any) -> Floats:
    return np.asarray(matrix.todense(), np.float64)


def _pair_weights(size: int, clusters: Sequence[Sequence[int]]) -> Floats:
    """How much each pair counts in the null; all pairs within a cluster count as one."""
    weights = np.ones((size, size))
    for cluster in clusters:
        weights[np.ix_(cluster, cluster)] = 2.0 / (len(cluster) * (len(cluster) - 1))
    return weights
