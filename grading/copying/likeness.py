"""How alike two groups' corrections of each row are, and how surprising what they share is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from grading.copying.rows import Row

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ENOUGH = 4.0
"""Nats of surprise at which agreement in a row counts in full: a change that one group in 55 makes."""
UNSEEN = 0.5
"""Votes added for a change that nobody else made (Jeffreys)."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the rows say together. Matrices are [groups, groups], symmetric; their diagonals mean nothing.

    Attributes:
        members: By row, the groups that changed it, rising.
        alike: By row, how alike each two of these changed it, 0..1, as `pairs` has them: the Jaccard
            similarity of their changes, weighted by surprise, in full from `ENOUGH` that they share.
        plain: The same without weights: the share of their changes that both made.
        shared: Surprise of the changes that both made, in nats.
        count: How many these are.
        surprise: Surprise of all that a group changed in rows that the other has too.
        changed: Which groups changed which rows, [rows, groups].
    """

    members: Sequence[Ints]
    alike: Sequence[Floats]
    plain: Sequence[Floats]
    shared: Floats
    count: Ints
    surprise: Floats
    changed: NDArray[np.bool_]


def likeness(rows: Sequence[Row], votes: Floats) -> Likeness:
    """The likeness of all pairs; `votes` say how much each group counts among the others, [groups]."""
    size = len(votes)
    alike, plain = list[Floats](), list[Floats]()
    found = Likeness(
        members=[row.changed for row in rows],
        alike=alike,
        plain=plain,
        shared=np.zeros((size, size)),
        count=np.zeros((size, size), np.int64),
        surprise=np.zeros((size, size)),
        changed=np.zeros((len(rows), size), np.bool_),
    )
    for at, row in enumerate(rows):
        found.changed[at, row.changed] = True
        one, other = _add(found, row, votes)
        alike.append(one)
        plain.append(other)
    return found


@lru_cache(maxsize=64)
def pairs(size: int) -> tuple[Ints, Ints]:
    """The pairs of so many, as `numpy.triu_indices` has them."""
    a, b = np.triu_indices(size, 1)
    return a, b


def surprise(others: Floats, total: float) -> Floats:
    """Nats for changes that so many votes outside the pair made, of so many with the pair."""
    return -np.log((np.maximum(others, 0.0) + UNSEEN) / (max(total - 2.0, 0.0) + 2 * UNSEEN))


def values(row: Row, votes: Floats) -> tuple[Floats, float]:
    """The surprise of each change that two groups and more made, and that of one that nobody else made."""
    by = votes[row.changed[row.made[:, 0]]]
    votes_for = np.bincount(row.made[:, 1], by, len(row.changes)).astype(np.float64)
    total = float(votes[row.given].sum())
    return surprise(votes_for - 2.0, total), float(surprise(np.zeros(1), total)[0])


def _add(found: Likeness, row: Row, votes: Floats) -> tuple[Floats, Floats]:
    """Adds one row's part; how alike each pair is in it, with weights and without."""
    here = row.changed
    value, unseen = values(row, votes)
    member, change = row.made.T
    shape = len(here), len(value)
    whole = np.bincount(member, value[change], len(here)) + unseen * row.alone
    made = sparse.csr_array((np.ones(len(member)), (member, change)), shape=shape)
    shared = _dense((made * value) @ made.T)
    both = np.ix_(here, here)
    found.surprise[np.ix_(here, row.given)] += whole[:, None]
    found.shared[both] += shared
    stretch = np.array([one is not None for one in row.changes], np.bool_)
    number = _dense(made @ made.T)
    stretches = number if stretch.all() else _dense((made * stretch) @ made.T)
    found.count[both] += stretches.astype(np.int64)
    a, b = pairs(len(here))
    common = shared[a, b]
    many = number.diagonal() + row.alone
    plain = number[a, b] / (many[a] + many[b] - number[a, b])
    return common / (whole[a] + whole[b] - common) * np.minimum(common / ENOUGH, 1.0), plain


def _dense(matrix: Any) -> Floats:
    return np.asarray(matrix.todense(), np.float64)
