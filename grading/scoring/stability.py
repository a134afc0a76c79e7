"""How much of a grade hangs on which rows the sheet happened to have, and on single rules. Pure.

The rows are drawn anew with replacement, 1,000 times, from a seed that is the content's own, and each time the grade is
made again from the means; the middle 95% of these grades is the interval. Rows and answers are drawn apart. A rule is
left out by scoring its rows without its findings. A grade whose letter or pass mark is not the same all over the
interval, or without one of the rules, is for a person to look at first.

Known limit: where one row in twenty carries the whole loss, 20 rows show it too seldom, and the interval is too narrow
until there are about 200 (`benchmarks/cohort_consensus.py`).

Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13; widened for few rows after
T. Hesterberg, What Teachers Should Know About the Bootstrap (2015), section 5.3.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from grading.course.model import Course
from grading.model import NOTHING, rounded
from grading.scoring.grade import LOWEST, letter, passes

RESAMPLES = 1_000
LEVEL = 0.95
FEWEST_ROWS = 5
"""Rows of a sample below which no interval is given: they say too little about what other rows would have been."""
FEWEST_GRADED = 0.9
"""Share of the resamples that must give a grade."""
MOST_RULES = 30
"""Rules of which the effect is kept, the largest first."""
BORDER = "pass"
"""What a flip of the pass mark is called."""
_AT_ONCE = 2_000_000
"""Rows drawn at once, so that a long sheet takes no more memory than a short one."""

Means = Mapping[str, float | None]
"""Name of a value → its mean over the rows that have it; None where none has."""
Total = Callable[[Means], float | None]
"""Means → the whole grade's points, None where it is open; what does not depend on rows stays as it is."""


@dataclass(frozen=True, slots=True)
class RowMarks:
    """What a grade takes from one row, or from one answer.

    Attributes:
        values: Name → value; None where the row was not judged by it.
        without: Rule → those values that would be others without its findings.
    """

    id: str
    values: Mapping[str, float | None]
    without: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Effect:
    """What leaving a rule out would add to the grade, in points."""

    code: str
    points: float


@dataclass(frozen=True, slots=True)
class Stability:
    """How firmly a grade stands.

    Attributes:
        level: Of the interval, 0..1.
        low: Its lower end in points; None where the grade is open or there are too few rows.
        high: Its upper end.
        points: The grade that the rows give.
        flips: The letters that the grade could as well have, and `pass` where it could pass or fail.
        without: Each rule's effect, the largest first; those that change nothing are left out.
        nearest: Points from the grade to the nearest letter or pass mark; None without one.
    """

    level: float
    low: float | None
    high: float | None
    points: float | None
    flips: tuple[str, ...] = ()
    without: tuple[Effect, ...] = ()
    nearest: float | None = None

    def as_json(self) -> dict[str, Any]:
        """JSON values."""
        return {
            **asdict(self),
            "flips": list(self.flips),
            "without": [asdict(effect) for effect in self.without],
        }


def stability(samples: Sequence[Sequence[RowMarks]], total: Total, course: Course) -> Stability:
    """How firmly the grade that `total` makes of the means stands.

    Args:
        samples: Rows that are drawn from one another's place: the data's rows, the test file's answers. A value has its
            name in one of them alone.
    """
    drawn = [_Sample.of(rows) for rows in samples if rows]
    means = _merged([sample.means(np.ones((1, sample.rows))) for sample in drawn])
    points = _rounded(total(_at(means, 0)))
    if points is None:
        return Stability(LEVEL, None, None, None)
    without = tuple(_effects(samples, _at(means, 0), total, points))
    low, high = _interval(drawn, total)
    ends = [points, *(effect.points + points for effect in without)]
    ends += [end for end in (low, high) if end is not None]
    kept = sorted((one for one in without if one.points), key=lambda one: (-abs(one.points), one.code))
    return Stability(
        LEVEL,
        low,
        high,
        points,
        flips=_flips(points, min(ends), max(ends), course),
        without=tuple(kept[:MOST_RULES]),
        nearest=_nearest(points, course),
    )


def for_review(stabilities: Mapping[str, Stability]) -> tuple[str, ...]:
    """All groups in the order in which a person should look at them.

    First grades that could flip, those nearest to a letter or the pass mark before the others; then grades without an
    interval, of which nothing is known; then firm ones, again the nearest first.
    """

    def rank(group: str) -> tuple[int, float, str]:
        one = stabilities[group]
        kind = 0 if one.flips else 1 if one.low is None else 2
        return kind, float("inf") if one.nearest is None else one.nearest, group

    return tuple(sorted(stabilities, key=rank))


@dataclass(frozen=True, slots=True)
class _Sample:
    """Rows as arrays.

    Attributes:
        values: [rows, names], 0 where a row was not judged.
        judged: [rows, names] 1 or 0.
        seed: Of the content, whatever its order.
    """

    names: tuple[str, ...]
    values: npt.NDArray[np.float64]
    judged: npt.NDArray[np.float64]
    seed: int

    @property
    def rows(self) -> int:
        return len(self.values)

    @classmethod
    def of(cls, rows: Sequence[RowMarks]) -> _Sample:
        ordered = sorted(rows, key=lambda row: (row.id, sorted(row.values.items(), key=str)))
        names = tuple(sorted({name for row in rows for name in row.values}))
        table = [[row.values.get(name) for name in names] for row in ordered]
        known = np.array([[value is not None for value in row] for row in table], dtype=np.float64)
        values = np.array([[value or 0.0 for value in row] for row in table], dtype=np.float64)
        digest = hashlib.sha256(
            repr([(row.id, cells) for row, cells in zip(ordered, table, strict=True)]).encode()
        )
        shape = len(rows), len(names)
        return cls(
            names, values.reshape(shape), known.reshape(shape), int.from_bytes(digest.digest()[:8], "big")
        )

    def means(self, times: npt.NDArray[np.float64]) -> dict[str, npt.NDArray[np.float64]]:
        """Name → its mean in each resample, NaN where no row was judged.

        Args:
            times: [resamples, rows] how often each row was drawn.
        """
        sums, judged = times @ self.values, times @ self.judged
        means = np.divide(sums, judged, out=np.full_like(sums, np.nan), where=judged > 0)
        return dict(zip(self.names, means.T, strict=True))

    def resampled(self) -> dict[str, npt.NDArray[np.float64]]:
        """Name → its mean in each of the resamples."""
        rng = np.random.default_rng(self.seed)
        step = max(1, _AT_ONCE // self.rows)
        parts: list[dict[str, npt.NDArray[np.float64]]] = []
        for at in range(0, RESAMPLES, step):
            size = min(step, RESAMPLES - at)
            drawn = rng.integers(0, self.rows, (size, self.rows)) + np.arange(size)[:, None] * self.rows
            times = np.bincount(drawn.ravel(), minlength=size * self.rows).reshape(size, self.rows)
            parts.append(self.means(times.astype(np.float64)))
        return {name: np.concatenate([part[name] for part in parts]) for name in self.names}


def _merged(of: Sequence[Mapping[str, npt.NDArray[np.float64]]]) -> dict[str, list[float]]:
    return {name: means.tolist() for one in of for name, means in one.items()}


def _at(means: Mapping[str, Sequence[float]], place: int) -> dict[str, float | None]:
    return {name: None if np.isnan(of[place]) else of[place] for name, of in means.items()}


def _rounded(points: float | None) -> float | None:
    """As grades are: letters are given by the rounded points."""
    return None if points is None or not np.isfinite(points) else rounded(points)


def _interval(drawn: Sequence[_Sample], total: Total) -> tuple[float | None, float | None]:
    """Both ends; None where a sample is too small, or too many resamples give no grade."""
    fewest = min((sample.rows for sample in drawn), default=0)
    if fewest < FEWEST_ROWS:
        return None, None
    means = _merged([sample.resampled() for sample in drawn])
    grades = [_rounded(total(_at(means, place))) for place in range(RESAMPLES)]
    known = [grade for grade in grades if grade is not None]
    if len(known) < FEWEST_GRADED * RESAMPLES:
        return None, None
    tail = _tail(fewest)
    low, high = np.quantile(known, (tail, 1 - tail)).tolist()
    return rounded(low), rounded(high)


def _tail(rows: int) -> float:
    """The share of resamples beyond each end: less than 2.5%, for a bootstrap of few rows is too narrow."""
    from scipy.special import ndtr, stdtrit  # here, for most commands need none of it

    return float(ndtr(sqrt(rows / (rows - 1)) * stdtrit(rows - 1, (1 - LEVEL) / 2)))


def _effects(
    samples: Sequence[Sequence[RowMarks]], means: Means, total: Total, points: float
) -> list[Effect]:
    """Each rule's effect on the grade, from the rows alone that have a finding of it."""
    judged: dict[str, int] = {}
    shift: dict[str, dict[str, float]] = {}
    for rows in samples:
        for row in rows:
            for name, value in row.values.items():
                judged[name] = judged.get(name, 0) + (value is not None)
            for code, others in row.without.items():
                of_rule = shift.setdefault(code, {})
                for name, other in others.items():
                    value = row.values.get(name)
                    if value is not None:
                        of_rule[name] = of_rule.get(name, 0.0) + other - value
    found: list[Effect] = []
    for code, of_rule in shift.items():
        moved = {name: (means.get(name) or 0.0) + by / judged[name] for name, by in of_rule.items()}
        other = _rounded(total({**means, **moved}))
        if other is not None:
            found.append(Effect(code, rounded(other - points)))
    return found


def _flips(points: float, low: float, high: float, course: Course) -> tuple[str, ...]:
    """The other letters from `low` to `high`, the best first, and `pass` where one end passes and the other fails."""
    letters = [*course.letters, *((LOWEST,) if course.letters else ())]
    ends = [letter(max(0.0, end), course) for end in (high, low)]
    between = letters[letters.index(ends[0]) : letters.index(ends[1]) + 1] if ends[0] and ends[1] else []
    flips = [one for one in between if one != letter(points, course)]
    return (*flips, *((BORDER,) if passes(low, course) != passes(high, course) else ()))


def _nearest(points: float, course: Course) -> float | None:
    cuts = [*course.letters.values(), course.pass_mark]
    return rounded(min(abs(points - course.points * cut / 100) for cut in cuts))
