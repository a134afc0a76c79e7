"""Tuned against base, by the quality rules' reports on the answers of both to the same instructions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from quality.model import Report

CONFIDENCE = 0.95
Z = 1.959963984540054
"""Quantile of the normal distribution that leaves 2.5% on either side."""
METHOD = (
    "share of the rows that score differently in which the tuned model scores higher; Wilson score interval; "
    "two-sided exact sign test"
)


def compare(tuned: Report, base: Report) -> dict[str, Any]:
    """How much better the tuned answers are, as JSON values; both reports have the same rows in the same order.

    Shares and criteria are 0..1, scores 0..100.
    """
    pairs = list(zip(tuned.rows, base.rows, strict=True))
    better = sum(ours.score > theirs.score for ours, theirs in pairs)
    worse = sum(ours.score < theirs.score for ours, theirs in pairs)
    sides = {"tuned": tuned, "base": base}
    return {
        "rows": len(pairs),
        "passing": {who: report.dataset["passing"] for who, report in sides.items()},
        "passing_share": {
            who: round(report.dataset["passing"] / len(pairs), 4) if pairs else None
            for who, report in sides.items()
        },
        "mean_score": {who: report.dataset["mean_score"] for who, report in sides.items()},
        "criteria": {
            key: {who: report.dataset["criteria"][key] for who, report in sides.items()}
            for key in tuned.dataset["criteria"]
        },
        "better": better,
        "worse": worse,
        "equal": len(pairs) - better - worse,
        "win_rate": win_rate(better, worse),
        "findings": dict(_findings(tuned, base)),
    }


def win_rate(better: int, worse: int) -> dict[str, Any] | None:
    """Share of wins among the rows that differ, with its interval; None where none differs."""
    differing = better + worse
    if not differing:
        return None
    low, high = wilson(better, differing)
    return {
        "value": round(better / differing, 4),
        "interval": [round(low, 4), round(high, 4)],
        "confidence": CONFIDENCE,
        "sign_test_p": round(sign_test(better, worse), 6),
        "method": METHOD,
    }


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95% interval of a share, 0..1.

    Source: Wilson 1927, Probable inference, the law of succession, and statistical inference.
    """
    share, spread = successes / trials, Z * Z / trials
    centre = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)


def sign_test(better: int, worse: int) -> float:
    """Two-sided exact p: how likely so uneven a count is where neither side is better, 0..1."""
    trials, fewer = better + worse, min(better, worse)
    tail = sum(math.comb(trials, k) for k in range(fewer + 1))
    return min(1.0, 2 * tail / 2**trials)


def _findings(tuned: Report, base: Report) -> Iterator[tuple[str, dict[str, int]]]:
    """Code → open findings on either side; what differs most first."""
    ours, theirs = (Counter(f.code for f in report.findings if f.is_open) for report in (tuned, base))
    for code in sorted({*ours, *theirs}, key=lambda code: (-abs(ours[code] - theirs[code]), code)):
        yield code, {"tuned": ours[code], "base": theirs[code]}
