"""Two ways of working in one course: those who correct by hand, say, and those who have a tool write anew.

Those of one way agree more with each other than with the others, on both sides: each way is then held against itself.
In a ring only the ring does; the others agree with it as much as among themselves.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MIN_GROUPS = 4
"""Groups of a style: fewer have too few pairs to be held against."""
CLOSER = 1.2
"""How many times more groups of a style agree with each other than with those of the other, in the middle."""
FAR = 1.3
"""How many times closer than the others groups must be to be held against themselves alone."""
MOST = 3.0
"""Times the middle agreement above which more says nothing further: that is copying, not a style."""
_TURNS = 10


def second_style(ratio: Floats, error: Floats) -> Bools:
    """Which groups work in the second style, [groups]; none where there is one style.

    Args:
        ratio: How much more than the rows lead to expect each pair agrees, [groups, groups]; NaN where untold.
        error: Its standard error.
    """
    size = len(ratio)
    none = np.zeros(size, np.bool_)
    told = ~np.isnan(ratio)
    if size < 2 * MIN_GROUPS or not told.any():
        return none
    middle = float(np.median(ratio[told]))
    known = np.minimum(np.where(told, ratio, middle), MOST * middle)
    split = _settled(known, told, _first(known))
    if min(split.sum(), (~split).sum()) < MIN_GROUPS:
        return none
    across = _median(ratio, split, ~split)
    for one in (split, ~split):
        within = _median(ratio, one, one)
        pairs = one.sum() * (one.sum() - 1) / 2
        sure = 3 * float(np.median(error[told])) / np.sqrt(pairs)
        if not within > max(CLOSER * across, across + sure):
            return none
    return split


def far_apart(factors: Floats, own_way: Bools) -> Bools:
    """The other side of a gulf in closeness with a style's number of groups on both sides, [groups]; none without.

    Who works freely agrees in fewer rows and in part of a row: no one scale makes that the agreement of the others.
    """
    kept = np.flatnonzero(~own_way)
    order = kept[np.argsort(factors[kept], kind="stable")]
    best, cut = FAR, 0
    for at in range(MIN_GROUPS, len(order) - MIN_GROUPS + 1):
        far = float(np.mean(factors[order[at:]]) / np.mean(factors[order[:at]]))
        if far > best:
            best, cut = far, at
    low = np.zeros(len(factors), np.bool_)
    if cut:
        low[order[:cut]] = low[own_way] = True
    return low ^ low[0] if cut else low


def _first(known: Floats) -> Bools:
    """The side of each group along the direction in which pairs differ most, once each group's level is taken off."""
    off = known.copy()
    np.fill_diagonal(off, np.nan)
    level = np.nanmean(off, axis=1)
    rest = known - (level[:, None] + level[None, :] - level.mean())
    np.fill_diagonal(rest, 0.0)
    vector = np.linalg.eigh(rest)[1][:, -1]
    return vector > 0


def _settled(known: Floats, told: Bools, split: Bools) -> Bools:
    """Each group on the side with whose groups it agrees more."""
    for _ in range(_TURNS):
        sides: list[Floats] = []
        for side in (split, ~split):
            by = told & side[None, :]
            sides.append((known * by).sum(axis=1) / np.maximum(by.sum(axis=1), 1))
        now = sides[0] > sides[1]
        if (now == split).all():
            break
        split = now
    # the side of the first group is the first style, whatever the direction's sign
    return split ^ split[0]


def _median(ratio: Floats, ones: Bools, others: Bools) -> float:
    block = ratio[np.ix_(ones, others)]
    told = block[~np.isnan(block)]
    return float(np.median(told)) if len(told) else 0.0
