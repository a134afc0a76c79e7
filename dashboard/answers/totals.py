"""All pairs in numbers: who answers better by the rules, and how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from dashboard.answers.model import Answer, Better, Pair
from finetune.prediction import comparison


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95% interval, each 0..1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Side:
    """One model's answers in numbers.

    Attributes:
        mean_score: 0..100, over all prompts that were measured; no answer counts as 0. None without any.
        unmeasured: Answers without a score.
    """

    asked: int
    answered: int
    empty: int
    loops: int
    passing: int
    unmeasured: int
    mean_score: float | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Both sides, and how often either is better.

    Attributes:
        better: How it went → prompts.
        wins: How often the tuned model scores higher among the prompts where the scores differ; None where none does.
        rules: Code → open findings (tuned, base), what differs most first.
    """

    tuned: Side
    base: Side | None
    better: dict[Better, int]
    wins: Share | None
    rules: tuple[tuple[str, int, int], ...]


def totals(pairs: Sequence[Pair]) -> Totals:
    """The pairs in numbers."""
    base = [pair.base for pair in pairs if pair.base is not None]
    better = Counter(pair.better for pair in pairs)
    ours, theirs = _codes(pair.tuned for pair in pairs), _codes(base)
    order = sorted({*ours, *theirs}, key=lambda code: (-abs(ours[code] - theirs[code]), -ours[code], code))
    return Totals(
        tuned=_side([pair.tuned for pair in pairs]),
        base=_side(base) if base else None,
        better={one: better[one] for one in Better},
        wins=share(better[Better.TUNED], better[Better.BASE]),
        rules=tuple((code, ours[code], theirs[code]) for code in order),
    )


def share(wins: int, losses: int) -> Share | None:
    """Wins among what was not tied, with Wilson's interval, as `finetune predict` reports it; None without any."""
    told = comparison.win_rate(wins, losses)
    return None if told is None else Share(told["value"], *told["interval"])


def _side(answers: Sequence[Answer]) -> Side:
    scores = [one.score for one in answers if one.score is not None]
    given = [one for one in answers if one.text is not None]
    return Side(
        asked=len(answers),
        answered=sum(not one.is_empty for one in given),
        empty=sum(one.is_empty for one in given),
        loops=sum(one.loops for one in given),
        passing=sum(one.passed for one in answers),
        unmeasured=len(answers) - len(scores),
        mean_score=fmean(scores) if scores else None,
    )


def _codes(answers: Iterable[Answer]) -> Counter[str]:
    return Counter(f.code for one in answers for f in one.findings if f.is_open)
