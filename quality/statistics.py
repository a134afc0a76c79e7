"""What a table is like as a whole, in JSON values: the report's `dataset`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from quality.correction import labels, summary
from quality.guide import StyleGuide
from quality.judge import Facts
from quality.model import Result, Row, RowScore


def of_table(
    guide: StyleGuide, rows: Sequence[Row], scores: Sequence[RowScore], facts: Mapping[str, Facts]
) -> dict[str, Any]:
    """Rows, passing rows, mean scores, asks by result, corrections, and what each family says of the table.

    Args:
        rows: The table's rows, in the order of the scores.
        facts: Family → what it knows of the table.
    """
    statistics: dict[str, Any] = {
        "rows": len(scores),
        **of_scores(guide, scores),
        "asks": _asks(scores),
    }
    corrections = summary.statistics(scores)
    if corrections:
        pairs = [(row, score.correction) for row, score in zip(rows, scores, strict=True)]
        statistics["corrections"] = {**corrections, "labels": labels.totals(pairs, guide)}
    return statistics | {
        family: dict(known.statistics) for family, known in facts.items() if known.statistics
    }


def of_scores(guide: StyleGuide, scores: Sequence[RowScore]) -> dict[str, Any]:
    """Passing rows and mean scores."""
    return {
        "passing": sum(row.passed for row in scores),
        "mean_score": round(fmean(row.score for row in scores), 2) if scores else None,
        "criteria": _means(guide, scores),
    }


def _means(guide: StyleGuide, scores: Sequence[RowScore]) -> dict[str, float | None]:
    means: dict[str, float | None] = {}
    for key in guide.criteria:
        known = [value for row in scores if (value := row.criteria[key]) is not None]
        means[key] = round(fmean(known), 4) if known else None
    return means


def _asks(scores: Sequence[RowScore]) -> dict[str, dict[str, int]]:
    """How many asks of each kind came out satisfied, violated and unverifiable."""
    counts = Counter((one.ask.kind, one.result) for row in scores for one in row.ask_results)
    kinds = sorted({kind for kind, _ in counts})
    return {kind: {str(result): counts[kind, result] for result in Result} for kind in kinds}
