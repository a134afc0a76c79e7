"""What a quality report says of the rows that count, whichever table it is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from quality.model import Report, RowScore, Status

UNRUN = frozenset({Status.CRASHED, Status.UNAVAILABLE})
MOST_UNMEASURED = 0.25
"""Share of rows that may go unmeasured: these count for nothing either way, and beyond a quarter the mean would speak
of other rows than were asked for. (The gate's 5% asks whether to train on them, which is another question.)"""


def by_id(report: Report, ids: Collection[str]) -> dict[str, RowScore]:
    """Id → its row's marks, for these ids; of several rows with one id the lowest, so that nobody gains by a copy."""
    found: dict[str, RowScore] = {}
    for score in report.rows:
        if score.id in ids and (score.id not in found or score.score < found[score.id].score):
            found[score.id] = score
    return found


def measured(scores: Mapping[str, RowScore]) -> dict[str, RowScore]:
    """Those in which nothing that applies went unmeasured; a score that lacks a criterion says nothing of the group."""
    return {id: score for id, score in scores.items() if not score.unmeasured}


def failed(report: Report, scores: Mapping[str, RowScore]) -> list[dict[str, Any]]:
    """Why the report is no ground for a grade: rules that crashed or did not run, and too much that went unmeasured."""
    said = [
        {"code": one.code, "status": str(one.status), "detail": one.detail}
        for one in report.outcomes
        if one.status in UNRUN
    ]
    if len(scores) - len(measured(scores)) <= MOST_UNMEASURED * len(scores):
        return said
    unmeasured = Counter(criterion for score in scores.values() for criterion in score.unmeasured)
    return said + [
        {"code": criterion, "status": "unmeasured", "detail": f"{rows} of {len(scores)} rows"}
        for criterion, rows in sorted(unmeasured.items())
    ]
