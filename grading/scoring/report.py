"""What a quality report says of the rows that count, whichever table it is of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from statistics import fmean
from typing import Any

from quality import prompt
from quality.model import Report, RowScore, Status

UNRUN = frozenset({Status.CRASHED, Status.UNAVAILABLE})
MOST_UNMEASURED = 0.25
"""Share of rows that may go unmeasured, whatever the cause: beyond a quarter the mean would speak of other rows than
were asked for. (The gate's 5% asks whether to train on them, which is another question.)"""
MOST_NAMED = 20
"""Ids that are named; the others are counted."""


def by_id(report: Report, ids: Collection[str]) -> dict[str, RowScore]:
    """Id → its row's marks, for these ids; of several rows with one id the lowest, so that nobody gains by a copy."""
    found: dict[str, RowScore] = {}
    for score in report.rows:
        if score.id in ids and (score.id not in found or score.score < found[score.id].score):
            found[score.id] = score
    return found


def asks_for_it(instruction: str) -> bool:
    """Whether the prompt itself wants what no rule for English prose can read: code, or another language."""
    wants = prompt.read(instruction)
    return wants.kind in _NO_PROSE or any(ask.kind in _ASKS_NO_PROSE for ask in wants.asks)


_NO_PROSE = frozenset({"code", "translation"})
_ASKS_NO_PROSE = frozenset({"language:response_language", "task:translation", "format:code"})


def counted(scores: Mapping[str, RowScore], excused: Callable[[str], bool]) -> dict[str, RowScore]:
    """All but those that could not be measured for a reason that is not the group's.

    Where a group made a row unreadable it keeps the row's score, in which what was not measured earns nothing: else
    its worst rows would best be written in another language.

    Args:
        excused: Whether the row of that id could not have been measured whoever wrote it.
    """
    return {id: score for id, score in scores.items() if not score.unmeasured or not excused(id)}


def failed(report: Report, scores: Mapping[str, RowScore]) -> list[dict[str, Any]]:
    """Why the report is no ground for a grade: rules that crashed or did not run, and too much that went unmeasured."""
    said = [
        {"code": one.code, "status": str(one.status), "detail": one.detail}
        for one in report.outcomes
        if one.status in UNRUN
    ]
    if sum(bool(score.unmeasured) for score in scores.values()) <= MOST_UNMEASURED * len(scores):
        return said
    skipped: dict[str, list[str]] = {}
    for id, score in scores.items():
        for criterion in score.unmeasured:
            skipped.setdefault(criterion, []).append(id)
    return said + [
        {
            "code": criterion,
            "status": "unmeasured",
            "detail": f"{len(ids)} of {len(scores)} rows",
            "ids": ids[:MOST_NAMED],
        }
        for criterion, ids in sorted(skipped.items())
    ]


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of the values that are known, to four decimals; None where none is."""
    known = [value for value in values if value is not None]
    return round(fmean(known), 4) if known else None
