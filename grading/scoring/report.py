"""What a quality report says of the rows that count, whichever table it is of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from quality.guide import StyleGuide
from quality.model import Report, RowScore, Status

UNRUN = frozenset({Status.CRASHED, Status.UNAVAILABLE})


def by_id(report: Report, ids: Collection[str]) -> dict[str, RowScore]:
    """Id → its row's marks, for these ids; of several rows with one id the lowest, so that nobody gains by a copy."""
    found: dict[str, RowScore] = {}
    for score in report.rows:
        if score.id in ids and (score.id not in found or score.score < found[score.id].score):
            found[score.id] = score
    return found


def failed(report: Report, scores: Mapping[str, RowScore], guide: StyleGuide) -> list[dict[str, Any]]:
    """Why the report is no ground for a grade: rules that crashed or did not run, and too much that went unmeasured."""
    said = [
        {"code": one.code, "status": str(one.status), "detail": one.detail}
        for one in report.outcomes
        if one.status in UNRUN
    ]
    most = guide.gate.max_unmeasured_share
    unmeasured: dict[str, int] = {}
    for score in scores.values():
        for criterion in score.unmeasured:
            unmeasured[criterion] = unmeasured.get(criterion, 0) + 1
    return said + [
        {"code": criterion, "status": "unmeasured", "detail": f"{rows} of {len(scores)} rows"}
        for criterion, rows in sorted(unmeasured.items())
        if rows > most * len(scores)
    ]
