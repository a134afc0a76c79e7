"""Pairs of groups: which are listed, how they are distributed, and what honest groups would look like beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.cohort.known import Known
from grading.book.pairs import PairRow

BINS = 30
HIGHEST = 15.0
"""-log10 from which all is in the last bar."""


class Measure(StrEnum):
    """What the histogram counts pairs by."""

    Q = "chance (q value)"
    P = "p value"
    SCORE = "similarity"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the histogram.

    Attributes:
        low: Where it begins, on the axis of the measure.
        high: Where it ends.
        others: Pairs that are no candidates.
        candidates: Pairs up to the course's q value.
        honest: How many pairs of independent groups would be expected there; None where that is not known.
    """

    low: float
    high: float
    others: int
    candidates: int
    honest: float | None


@dataclass(frozen=True, slots=True)
class Histogram:
    """All pairs by one measure.

    Attributes:
        threshold: Where candidates begin on the axis; None where the measure has no such place.
        unmeasured: Pairs without a value.
    """

    measure: Measure
    bars: tuple[Bar, ...]
    threshold: float | None
    unmeasured: int


def listed(known: Known, *, group: str | None = None, candidates: bool = False) -> tuple[PairRow, ...]:
    """The pairs, the least likely between honest groups first.

    Args:
        group: Only this one's.
        candidates: Only those up to the course's q value.
    """
    return tuple(
        pair
        for pair in known.pairs
        if (group is None or group in (pair.a, pair.b)) and (not candidates or known.is_candidate(pair))
    )


def histogram(known: Known, measure: Measure) -> Histogram:
    """How many pairs lie where."""
    values = [(_value(pair, measure), known.is_candidate(pair)) for pair in known.pairs]
    told = [(value, candidate) for value, candidate in values if value is not None]
    top = 1.0 if measure is Measure.SCORE else _top(told, known.course.copying_q)
    counts = [[0, 0] for _ in range(BINS)]
    for value, candidate in told:
        counts[min(int(value / top * BINS), BINS - 1)][candidate] += 1
    bars = tuple(
        Bar(at * top / BINS, (at + 1) * top / BINS, others, found, _honest(measure, at, top, len(told)))
        for at, (others, found) in enumerate(counts)
    )
    return Histogram(measure, bars, _threshold(known, measure), len(values) - len(told))


def _value(pair: PairRow, measure: Measure) -> float | None:
    if measure is Measure.SCORE:
        return min(max(pair.score, 0.0), 1.0)
    value = pair.q if measure is Measure.Q else pair.p
    return None if value is None else surprise(value)


def surprise(value: float) -> float:
    """-log10 of it, at most `HIGHEST`."""
    return HIGHEST if value <= 0 else min(max(-math.log10(value), 0.0), HIGHEST) + 0.0


def _top(told: Sequence[tuple[float, bool]], limit: float) -> float:
    return float(max(3, math.ceil(surprise(limit)), *(math.ceil(value) for value, _ in told)))


def _honest(measure: Measure, at: int, top: float, tested: int) -> float | None:
    """Of independent groups p is uniform, so 10^-x of the pairs lie above x."""
    if measure is not Measure.P:
        return None
    above = 0.0 if at == BINS - 1 else 10 ** (-(at + 1) * top / BINS)
    return tested * (10 ** (-at * top / BINS) - above)


def _threshold(known: Known, measure: Measure) -> float | None:
    """For p the place between the last candidate and the first other pair that was tested."""
    if measure is Measure.SCORE:
        return None
    if measure is Measure.Q:
        return surprise(known.course.copying_q)
    found = [pair.p for pair in known.candidate_pairs if pair.p is not None]
    return surprise(max(found)) if found else None
