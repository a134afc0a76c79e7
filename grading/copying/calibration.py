"""What the pairs among themselves say about the null: most are honest, so their scores show what it leaves out.

Two groups may agree more than their rows' difficulty says because both follow the guide closely, or use one grammar
checker. Efron (2004), *Large-scale simultaneous hypothesis testing*: with many tests the null's location and spread
are read off the bulk of the scores. Here that is done in standard deviations of the sum, before its tail is taken, as
the variance of overdispersed counts is inflated. Only what makes a pair less surprising is taken from it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from grading.copying.closeness import Closeness
from grading.copying.model import Calibration

Floats = NDArray[np.float64]

MIN_GROUPS = 10
"""Groups from which pairs are many enough to show a spread."""
MIN_PAIRS = 30
"""Pairs outside rings that it takes."""
_MEDIAN_ERROR = 1.2533
"""Standard error of a normal sample's median, times the root of its size."""
_ONE_BELOW = 0.158655
"""Share of a normal distribution that lies more than a standard deviation below its centre."""
_SHARES = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9)


def leanings(z: Floats) -> Floats:
    """How much more each group agrees with everybody than the null says, [groups]; 0 up to a standard error.

    For labels, where a group's accuracy shifts all its pairs; of corrections `closeness` tells more. A median, so that
    neither a partner nor a ring of less than half the course counts as a leaning.
    """
    size = len(z)
    if size < MIN_GROUPS:
        return np.zeros(size)
    middle = np.array([_median(row) for row in z])
    told = (~np.isnan(z)).sum(axis=1)
    error = _MEDIAN_ERROR / np.sqrt(np.maximum(told, 1))
    return np.maximum(np.nan_to_num(middle - max(_median(z), 0.0)) - error, 0.0)


def corrected(z: Floats, leaning: Floats, outside: Floats) -> tuple[Floats, float]:
    """The excesses without the leanings, the common shift and the spread beyond 1; and the spread, 1 or more.

    Args:
        z: Excess of all pairs in standard deviations, [groups, groups].
        leaning: Of each group, taken from `outside` too.
        outside: The same as `z`, NaN for pairs within rings, which say nothing about honest ones.
    """
    size = len(z)
    if size < MIN_GROUPS:
        return z, 1.0
    lean = leaning[:, None] + leaning[None, :]
    pairs = (outside - lean)[np.triu_indices(size, 1)]
    pairs = pairs[~np.isnan(pairs)]
    if len(pairs) < MIN_PAIRS:
        return z, 1.0
    centre = float(np.median(pairs))
    # from the lower half, where no copying is
    spread = max(1.0, centre - float(np.quantile(pairs, _ONE_BELOW)))
    return (z - lean - max(centre, 0.0)) / spread, spread


def calibration(
    z: Floats, candidates: NDArray[np.bool_], spread: float, groups: Sequence[str], close: Closeness
) -> Calibration:
    """The account of it, given the normal scores of all pairs and which are candidates, both [pairs]."""
    told = ~np.isnan(z)
    p = np.sort(ndtr(-z[told & ~candidates]))
    even = (np.arange(len(p)) + 1) / max(len(p), 1)
    ks = max(float(np.max(even - p)), float(np.max(p - even + 1 / len(p)))) if len(p) else None
    factors = (close.factors * close.unit).tolist()
    return Calibration(
        tested=int(told.sum()),
        candidates=int((told & candidates).sum()),
        spread=round(spread, 4),
        leanings={group: round(by, 4) for group, by in zip(groups, factors, strict=True) if by != 1},
        own_way=tuple(group for group, own in zip(groups, close.own_way.tolist(), strict=True) if own),
        quantiles={f"{share:g}": round(float(np.quantile(p, share)), 6) for share in _SHARES if len(p)},
        ks=None if ks is None else round(ks, 6),
    )


def _median(values: Floats) -> float:
    told = values[~np.isnan(values)]
    return float(np.median(told)) if len(told) else float("nan")
