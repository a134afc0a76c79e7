"""How much each pair agrees in all rows, and how much pairs agree in each row: what independent groups are held to.

Independent groups are exchangeable within a row: whoever corrected it could have made anybody's correction. So what a
pair scores in a row is, under the null, a draw from what all pairs score there that changed the row. That keeps what
makes a row easy (everybody makes the same correction), and that a correction's changes come together; it asks nothing
of groups which left the row alone, so that diligence alone makes no pair alike. Rows are independent.

Groups differ in how close they stay to what the others do (`closeness.py`): a pair's likeness counts in units of what
its two groups' closeness leads to expect, and groups that go a way of their own are left out of the null.
A cluster of candidates has one vote, so that a ring does not pass for a custom of the course.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grading.copying.closeness import Closeness
from grading.copying.likeness import Likeness, pairs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STEPS = 64
"""Steps of the scale of a row's agreement."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the pairs score, and what pairs score.

    Attributes:
        steps: Sum of the rows' agreement, in `1 / STEPS`, [groups, groups], symmetric.
        rows: Which groups changed which rows, [rows, groups].
        kinds: Which null each pair is held against, [groups, groups]: 0 and 2 within a style, 1 between two.
        null: What pairs of a kind scored in each row, as shares by step, [kinds, rows, STEPS + 1].
    """

    steps: Ints
    rows: NDArray[np.bool_]
    kinds: Ints
    null: Floats


def agreement(like: Likeness, weights: Floats, close: Closeness) -> Agreement:
    """The agreement of all pairs; `weights` say how much each pair counts in the null, [groups, groups]."""
    size = len(weights)
    expected = np.outer(close.factors, close.factors)
    counting = weights * np.outer(close.counts, close.counts)
    second = close.second.astype(np.int64)
    kinds = second[:, None] + second[None, :]
    how_many = int(kinds.max(initial=0)) + 1
    sums = np.zeros((size, size), np.int64)
    null = np.zeros((how_many, len(like.members), STEPS + 1))
    for at, (here, alike) in enumerate(zip(like.members, like.alike, strict=True)):
        a, b = pairs(len(here))
        a, b = here[a], here[b]
        # rounded first, so that no last bit decides a step
        steps = np.rint(np.round(STEPS * np.minimum(alike / expected[a, b], 1.0), 9)).astype(np.int64)
        place = kinds[a, b] * (STEPS + 1) + steps
        counted = np.bincount(place, counting[a, b], how_many * (STEPS + 1)).reshape(how_many, -1)
        total = counted.sum(axis=1)
        # where nobody is to be held against, the row says nothing
        counted[total <= 0, 0] = 1.0
        null[:, at] = counted / counted.sum(axis=1)[:, None]
        sums[a, b] += np.where(total[kinds[a, b]] > 0, steps, 0)
    return Agreement(sums + sums.T, like.changed, kinds, null)


def pair_weights(size: int, clusters: Sequence[Sequence[int]]) -> Floats:
    """How much each pair counts in the null, [groups, groups]; all pairs within a cluster count as one."""
    weights = np.ones((size, size))
    for cluster in clusters:
        weights[np.ix_(cluster, cluster)] = 2.0 / (len(cluster) * (len(cluster) - 1))
    return weights
