"""The chance that independent groups agree as much as a pair does: the tail of a sum of independent rows.

Saddlepoint approximation (Lugannani and Rice 1980, in Barndorff-Nielsen's form r*), exact enough at 1e-12, where no
permutation reaches. Each row has its own distribution, so this is a Poisson-binomial tail with scores for counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri_exp

from grading.copying.agreement import STEPS, Agreement

Floats = NDArray[np.float64]

_SLOPES = np.concatenate([-np.geomspace(400, 0.02, 60), [0.0], np.geomspace(0.02, 400, 130)])
"""Where the cumulant functions are worked out, up to where one step of 1/64 tells; between them Hermite's cubic is
exact to five digits."""
_ZERO = int(np.flatnonzero(_SLOPES == 0)[0])
"""Place of slope 0."""
_NOTHING = 1e-9
"""Variance of a sum below which it is the same for all pairs."""
_NEAR = 0.05
"""Standard deviations about the mean within which the saddlepoint formula is 0/0 and Cornish-Fisher's stands in."""

_HALF = 0.5
"""Steps taken off, because the sum goes by whole steps and the formula is for a continuous one."""


@dataclass(frozen=True, slots=True)
class Null:
    """What each pair's sum of agreement is distributed as among independent groups.

    Attributes:
        size: Number of groups; the pairs are those of `numpy.triu_indices(size, 1)`.
        value: Cumulant function at each slope, [pairs, slopes]; `first` and `second` are its derivatives.
        third: Third cumulant, [pairs].
    """

    size: int
    value: Floats
    first: Floats
    second: Floats
    third: Floats

    @property
    def mean(self) -> Floats:
        """Expected sum, [pairs]."""
        return self.first[:, _ZERO]

    @property
    def spread(self) -> Floats:
        """Standard deviation of the sum, [pairs]; NaN where nothing tells one pair from another."""
        variance = self.second[:, _ZERO]
        return np.sqrt(np.where(variance > _NOTHING, variance, np.nan))


def null(found: Agreement) -> Null:
    """The distribution of each pair's sum over the rows that both changed."""
    by_kind = [_cumulants(one) for one in found.null]
    changed = found.rows.astype(np.float64)
    size = changed.shape[1]
    a, b = np.triu_indices(size, 1)
    kind = found.kinds[a, b]

    def over_rows(part: int) -> Floats:
        whole = np.zeros((len(a), by_kind[0][part].shape[1]))
        for one, of in enumerate(by_kind):
            here = kind == one
            for at, column in enumerate(of[part].T):
                whole[here, at] = ((changed.T * column) @ changed)[a[here], b[here]]
        return whole

    return Null(size, over_rows(0), over_rows(1), over_rows(2), over_rows(3)[:, 0])


def excess(found: Agreement, of: Null) -> Floats:
    """How many standard deviations each pair's sum lies above its mean, [groups, groups].

    NaN where no row tells pairs apart that both groups changed: there is nothing to hold the pair against.
    """
    a, b = np.triu_indices(of.size, 1)
    return _matrix(((found.steps[a, b] - _HALF) / STEPS - of.mean) / of.spread, of.size)


def deviations(z: Floats, of: Null) -> Floats:
    """The normal score that has the tail probability of a sum so many standard deviations above the mean.

    Both [groups, groups]; NaN stays.
    """
    a, b = np.triu_indices(of.size, 1)
    return _matrix(_deviations(z[a, b], of), of.size)


def _matrix(pairs: Floats, size: int) -> Floats:
    a, b = np.triu_indices(size, 1)
    result = np.full((size, size), np.nan)
    result[a, b] = result[b, a] = pairs
    return result


def _cumulants(null: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Cumulant function of each row and its first two derivatives, [rows, slopes]; the third cumulant, [rows, 1]."""
    scale = np.arange(STEPS + 1) / STEPS
    tilted = np.exp(np.outer(scale, _SLOPES))  # [steps, slopes]
    total = null @ tilted
    mean = (null * scale) @ tilted / total
    square = (null * scale**2) @ tilted / total
    centre = (null @ scale)[:, None]
    third = (null * (scale - centre) ** 3).sum(axis=1)
    return np.log(total), mean, np.maximum(square - mean**2, 0.0), third[:, None]


def _deviations(z: Floats, of: Null) -> Floats:
    told = ~np.isnan(z)
    plain, spread = np.where(told, z, 0.0), np.where(told, of.spread, 1.0)
    scores = of.mean + plain * spread
    slope, cumulant, curve = _saddle(scores, of)
    gain = np.maximum(slope * scores - cumulant, 0.0)
    root = np.sign(slope) * np.sqrt(2.0 * gain)
    unit = slope * np.sqrt(curve)
    with np.errstate(divide="ignore", invalid="ignore"):
        exact = root + np.log(unit / root) / root
    near = plain - of.third / spread**3 * (plain**2 - 1.0) / 6.0
    # Chernoff's bound holds always; at the ends of the scale the formula breaks down
    bound = np.where(
        slope == 0, 0.0, -np.asarray(ndtri_exp(-np.where(slope == 0, 1.0, gain))) * np.sign(slope)
    )
    above = np.where(np.isfinite(exact), np.maximum(exact, bound), bound)
    below = np.where(np.isfinite(exact) & (exact < 0), exact, np.minimum(bound, 0.0))
    far = np.where(slope > 0, above, below)
    return np.where(told, np.where(np.abs(plain) < _NEAR, near, far), np.nan)


def _saddle(scores: Floats, of: Null) -> tuple[Floats, Floats, Floats]:
    """Slope at which each pair's cumulant function rises as its score, the function there and its curvature."""
    value, first, second = of.value, of.first, of.second
    last = len(_SLOPES) - 2
    at = np.minimum(np.maximum((first <= scores[:, None]).sum(axis=1) - 1, 0), last)
    pair = np.arange(len(scores))
    left, right = first[pair, at], first[pair, at + 1]
    width = _SLOPES[at + 1] - _SLOPES[at]
    rise = np.where(right > left, right - left, 1.0)
    part = np.clip((scores - left) / rise, 0.0, 1.0)
    slope = _SLOPES[at] + part * width
    square, cube = part**2, part**3
    cumulant = (
        (2 * cube - 3 * square + 1) * value[pair, at]
        + (cube - 2 * square + part) * width * left
        + (3 * square - 2 * cube) * value[pair, at + 1]
        + (cube - square) * width * right
    )
    curve = (1 - part) * second[pair, at] + part * second[pair, at + 1]
    return slope, cumulant, curve
