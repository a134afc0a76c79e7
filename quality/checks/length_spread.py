"""How long the answers of each kind are in this file, and which lie far outside: the facts behind LEN003."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quality import prompt as prompts
from quality.guide import StyleGuide
from quality.model import Measures, Row
from quality.rule import Inputs

Counts = dict[str, Counter[int]]
"""Kind → number of words → rows."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle half of the answers of one kind in this file, in words."""

    rows: int
    low: float
    median: float
    high: float


def kind_of(row: Row, kind: str) -> str:
    """The kind that a row's answer is held to."""
    return "open" if row.context else kind


def collect(rows: Sequence[Row], measures: Sequence[Mapping[str, Measures]], inputs: Inputs) -> Counts:
    """How many answers of each kind have how many words."""
    counts: Counts = {}
    for row, measured in zip(rows, measures, strict=True):
        words = measured.get("output", {}).get("words")
        if words:
            counts.setdefault(kind_of(row, prompts.read(row.instruction).kind), Counter())[words] += 1
    return counts


def merge(one: Counts, other: Counts) -> Counts:
    """Both together; exact, whatever the shards."""
    return {kind: one.get(kind, Counter()) + other.get(kind, Counter()) for kind in {**one, **other}}


def finish(counts: Counts, inputs: Inputs) -> dict[str, Spread]:
    """The spread of each kind that the file has enough answers of."""
    least = inputs.guide.threshold("length.file_rows")
    return {kind: _spread(found) for kind, found in sorted(counts.items()) if found.total() >= least}


def statistics(facts: dict[str, Spread]) -> dict[str, Any]:
    """Median and middle half of the answers' words by kind."""
    return {
        f"words_{kind}": {"rows": s.rows, "quarter": s.low, "median": s.median, "three_quarters": s.high}
        for kind, s in facts.items()
    }


def _spread(counts: Counter[int]) -> Spread:
    ordered = sorted(counts.items())
    total = counts.total()

    def at(share: float) -> float:
        seen = 0
        for words, rows in ordered:
            seen += rows
            if seen >= share * total:
                return float(words)
        return float(ordered[-1][0])

    return Spread(total, at(0.25), at(0.5), at(0.75))


def outlier(words: int, spread: Spread, guide: StyleGuide) -> str | None:
    """Whether that many words are "short" or "long" beside the file's answers; None where they are neither."""
    reach = guide.threshold("length.file_reach")
    width = max(math.log(spread.high / spread.low), math.log(guide.threshold("length.file_least_ratio")))
    below = math.log(spread.low) - reach * width
    above = math.log(spread.high) + reach * width
    if below <= math.log(words) <= above:
        return None
    return "short" if math.log(words) < below else "long"
