"""A group's documents → its grade as a function of the means over rows, by the very functions that made its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grading.course.model import DATA_QUALITY, FAIL_MODE, LATENESS, PREDICTIONS, Course
from grading.model import Trouble, rounded
from grading.scoring import lines
from grading.scoring.row_marks import ANSWER, OTHERS, OWN, QUALITY, SHEET, WIN
from grading.scoring.sentences import Documents
from grading.scoring.stability import Means, Total

BY_ROWS: Mapping[str, Callable[[Documents, Sequence[Trouble], Course], tuple[float | None, str, Any]]] = {
    DATA_QUALITY: lines.data_quality,
    FAIL_MODE: lines.fail_mode,
    PREDICTIONS: lines.predictions,
}
"""Lines that hang on rows → what makes them."""


def regraded(
    documents: Documents, points: Mapping[str, float | None], manual: frozenset[str], course: Course
) -> Total:
    """The whole grade for other means.

    Args:
        points: Line → the points that count now, lateness among them.
        manual: Lines that a person marked; these hang on no row, like all that are not in `BY_ROWS`.
    """
    by_rows = [
        key for key in BY_ROWS if key in course.rubric and key not in manual and points.get(key) is not None
    ]
    rest = [points.get(key) for key in course.rubric if key not in by_rows]
    rest.append(points.get(LATENESS) if course.deadline is not None else 0.0)
    fixed = None if any(one is None for one in rest) else sum(one or 0.0 for one in rest)

    def total(means: Means) -> float | None:
        if fixed is None:
            return None
        changed = _with_means(documents, means)
        earned = fixed
        for key in by_rows:
            value = BY_ROWS[key](changed, (), course)[0]
            if value is None:
                return None
            earned += rounded(min(1.0, max(0.0, value)) * course.rubric[key])
        return min(course.points, max(0.0, earned))

    return total


def _with_means(documents: Documents, means: Means) -> dict[str, Any]:
    """The documents as they would be with these means; what has none stays."""
    changed = dict(documents)
    quality, consensus, predictions = (
        dict(documents.get(name) or {}) for name in ("quality", "consensus", "predictions")
    )
    if quality:
        _put(quality, "mean_score", means.get(QUALITY))
        _put(quality, "sheet_mean_score", means.get(SHEET))
        quality["labels"] = _labels(quality["labels"], means.get(OWN))
        changed["quality"] = quality
    if consensus:
        _put(consensus, "share", means.get(OTHERS))
        changed["consensus"] = consensus
    if predictions:
        _put(predictions, "mean_value", means.get(ANSWER))
        _put(predictions, "win_rate", means.get(WIN))
        changed["predictions"] = predictions
    return changed


def _put(body: dict[str, Any], key: str, value: float | None) -> None:
    if value is not None:
        body[key] = value


def _labels(totals: Mapping[str, Any], own: float | None) -> dict[str, Any]:
    """The totals with that share of the judged labels agreed, as a fraction of a label where need be."""
    judged = totals["agreed"] + totals["plausible"] + totals["contradicted"]
    if own is None or not judged:
        return dict(totals)
    agreed = own * judged
    return {**totals, "agreed": agreed, "plausible": 0, "contradicted": judged - agreed}
