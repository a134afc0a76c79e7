"""How close each group stays to what the others make of the rows, relative to the course: 1 is the course's own way.

Two groups agree in a row as much as the row is easy and as each of them does what others do: row × a × b, a rank-one
model. One who rewrites freely, or has a model do it, agrees less with everybody; two who keep to the guide agree more
with each other without having met. Fitted to the pairs' sums by weighted quantiles below the middle, so that neither
a partner nor a ring of half the course passes for closeness.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grading.copying.likeness import Likeness, pairs
from grading.copying.styles import far_apart, second_style

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LOWER = 0.4
"""Quantile of a group's ratios that is taken: with a ring of up to six groups in ten it is still an honest one."""
OWN_WAY = 0.25
"""Factor below which a group goes a way of its own: blank cells, one sentence for all rows, everything anew."""
ALIKE = 0.5
"""Factor from which a group counts in full for those of the others."""
_SURE = 0.6
"""The same with the error added: few rows tell no ways."""
_MEDIAN_ERROR = 1.2533
"""Standard error of a normal sample's median, times the root of its size."""
_CAUTION = 2.0
_TURNS = 40
_WAYS = 3


@dataclass(frozen=True, slots=True)
class Closeness:
    """Of each group, [groups].

    Attributes:
        factors: Two groups are expected to agree by the product of theirs times what the course's middle does;
            1 up to a standard error, never below `OWN_WAY`; divided by `unit`.
        own_way: Groups that agree with nobody and say nothing about those that do.
        counts: How much each group counts in what others are held against, 0..1.
        second: Groups of the second style, where there are two (`styles.py`); each is held against itself.
        unit: The factor that a likeness is taken whole at, so that those of free groups keep their scale.
    """

    factors: Floats
    own_way: Bools
    counts: Floats
    second: Bools
    unit: float = 1.0


def alike_in_ways(size: int) -> Closeness:
    """So many groups of which nothing is known."""
    none = np.zeros(size, np.bool_)
    return Closeness(np.ones(size), none, np.ones(size), none)


def closeness(like: Likeness, weights: Floats, apart: Bools) -> Closeness:
    """The groups' closeness.

    Args:
        weights: How much each pair counts, [groups, groups].
        apart: Pairs that are not within a ring, [groups, groups].
    """
    size = len(weights)
    if not size:
        return alike_in_ways(0)
    own: Bools = np.zeros(size, np.bool_)
    second: Bools = np.zeros(size, np.bool_)
    raw: Floats = np.ones(size)
    factors: Floats = np.ones(size)
    sure: Floats = np.ones(size)
    for _ in range(_WAYS):
        ratio, error = _ratios(like, weights * np.outer(~own, ~own), apart)
        second = second_style(np.where(np.outer(~own, ~own), ratio, np.nan), error)
        level = _levels(ratio, second)
        raw = np.where(strangers(ratio), 0.0, _fitted(ratio / level))
        off = _MEDIAN_ERROR * _middle(error) / np.sqrt(np.maximum((~np.isnan(ratio[:, ~own])).sum(axis=1), 1))
        # what would make pairs more suspicious has to be surer
        closer, freer = np.maximum(raw - off, 1.0), np.minimum(raw + _CAUTION * off, 1.0)
        factors = np.asarray(np.where(raw > 1.0, closer, freer), np.float64)
        sure = np.minimum(raw + off, 1.0)
        now = np.asarray(own | ((raw < OWN_WAY) & (factors < _SURE)), np.bool_)
        if np.array_equal(now, own):
            break
        own = now
    factors = np.where(own, OWN_WAY, np.maximum(factors, OWN_WAY))
    kept = factors[~own] if not own.all() else np.ones(1)
    unit = float(max(kept.min(), kept.max() / 2))
    counts = np.where(own, 0.0, sure**2)
    if not second.any():
        second = far_apart(factors, own)
    return Closeness(factors / unit, own, counts, second, unit)


def _levels(ratio: Floats, second: Bools) -> Floats:
    """The middle ratio within each style and between the two, for each pair, [groups, groups]."""
    levels = np.ones(ratio.shape)
    if second.any():
        kind = second[:, None].astype(np.int64) + second[None, :]
        for one in range(3):
            told = ratio[(kind == one) & ~np.isnan(ratio)]
            levels[kind == one] = max(float(np.median(told)), 1e-9) if len(told) else 1.0
    return levels


def _ratios(like: Likeness, weights: Floats, apart: Bools) -> tuple[Floats, Floats]:
    """Of each pair, its likeness over what the rows lead to expect, and that one's standard error; NaN if untold."""
    size = len(weights)
    total = np.zeros((size, size))
    mean, square = np.zeros(len(like.members)), np.zeros(len(like.members))
    for at, (here, alike) in enumerate(zip(like.members, like.plain, strict=True)):
        a, b = pairs(len(here))
        a, b = here[a], here[b]
        counting = weights[a, b]
        whole = counting.sum()
        if whole > 0:
            total[a, b] += alike
            mean[at], square[at] = (counting @ alike) / whole, (counting @ alike**2) / whole
    changed = like.changed.astype(np.float64)
    expected = (changed.T * mean) @ changed
    variance = (changed.T * np.maximum(square - mean**2, 0.0)) @ changed
    told = apart & (expected > 0)
    np.fill_diagonal(told, False)
    safe = np.where(told, expected, 1.0)
    ratio = np.where(told, (total + total.T) / safe, np.nan)
    return ratio, np.where(told, np.sqrt(variance) / safe, np.nan)


def strangers(ratio: Floats) -> Bools:
    """Groups that agree with hardly anybody, beside three and more who do (two, of three groups), [groups]."""
    told = ~np.isnan(ratio)
    size = len(ratio)
    none = np.zeros(size, np.bool_)
    if size < 3 or not told.any():
        return none
    known = np.where(told, ratio, 0.0)
    low = _turned(known, told, known.sum(axis=1) / np.maximum(told.sum(axis=1), 1)) < OWN_WAY
    among = ratio[np.ix_(~low, ~low)]
    if (~low).sum() < min(3, size - 1) or not (~np.isnan(among)).any():
        return none
    bar = OWN_WAY * float(np.nanmedian(among))
    # all but a partner in five
    most = [
        np.quantile(one[~np.isnan(one)], 0.8, method="higher") if (~np.isnan(one)).any() else bar
        for one in ratio
    ]
    return low & (np.asarray(most) < bar)


def _fitted(ratio: Floats) -> Floats:
    """Factors whose products the ratios are, robustly; 1 is the middle of those that agree at all."""
    told = ~np.isnan(ratio)
    known = np.where(told, ratio, 0.0)
    size = len(ratio)
    found = _turned(known, told, np.ones(size))
    if not np.median(found) > 0:  # most agree with nobody: those who do stand out by their means
        found = _turned(known, told, known.sum(axis=1) / np.maximum(told.sum(axis=1), 1))
    return np.where(told.any(axis=1) & (found > 0).any(), found, 1.0)


def _turned(known: Floats, told: Bools, now: Floats) -> Floats:
    """The factors that the given ones lead to; all 0 where they lead nowhere."""
    for _ in range(_TURNS):
        if not (now > 0).any():
            break
        now = now / _weighted(now[None, :], now[None, :], 0.5)[0]
        by = np.where(told & (now > 0), np.minimum(now / ALIKE, 1.0)[None, :], 0.0)
        each = np.where(by > 0, known / np.where(now > 0, now, 1.0)[None, :], 0.0)
        now = np.sqrt(now * _weighted(each, by, LOWER))
    middle = _weighted(now[None, :], now[None, :], 0.5)[0]
    return now / middle if middle > 0 else now


def _weighted(values: Floats, weights: Floats, share: float) -> Floats:
    """The weighted quantile of each line; 0 without weights."""
    order = np.argsort(values, axis=1, kind="stable")
    sorted_, by = np.take_along_axis(values, order, 1), np.take_along_axis(weights, order, 1)
    summed = np.cumsum(by, axis=1)
    at = (summed < share * summed[:, -1:] - 1e-12).sum(axis=1)
    found = sorted_[np.arange(len(values)), np.minimum(at, values.shape[1] - 1)]
    return np.where(summed[:, -1] > 0, found, 0.0)


def _middle(error: Floats) -> Floats:
    """The median of each group's errors; 0 where it has none."""
    return np.array(
        [float(np.median(one[~np.isnan(one)])) if (~np.isnan(one)).any() else 0.0 for one in error]
    )
