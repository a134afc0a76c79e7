"""A quality report → what a grade takes from each row, and would take without each rule; and how it is kept.

Values are `quality` and `sheet` (0..100), `own` and `others` (labels, 0..1) for the data's rows, `answer` and `win`
(0..1) for the answers to the test prompts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from grading.scoring import report as reports
from grading.scoring.lines import PLAUSIBLE
from grading.scoring.stability import RowMarks
from quality.correction.labels import Agreement, agreement, read_labels
from quality.guide import StyleGuide
from quality.model import Correction, Finding, Prompt, Report, Row, RowScore
from quality.score import row_score

QUALITY, SHEET, OWN, OTHERS, ANSWER, WIN = "quality", "sheet", "own", "others", "answer", "win"
_AGREED = {Agreement.AGREED: 1.0, Agreement.PLAUSIBLE: PLAUSIBLE, Agreement.CONTRADICTED: 0.0}
"""What a label earns; one that was not judged earns nothing and costs nothing."""
_OPEN = Prompt("open")


def of_report(
    report: Report, guide: StyleGuide, ids: Collection[str], name: str = QUALITY
) -> tuple[RowMarks, ...]:
    """The score of each id's row, and its score without each rule that found something in it.

    Of several rows with one id the lowest counts, as in the grade.
    """
    scores = reports.by_id(report, ids)
    rows: set[int] = {score.row for score in scores.values()}
    found: dict[int, list[Finding]] = {}
    for finding in report.findings:
        if finding.is_open and finding.row is not None and finding.row in rows:
            found.setdefault(finding.row, []).append(finding)
    rescored: dict[Any, float] = {}
    return tuple(
        RowMarks(id, {name: score.score}, _without(score, found.get(score.row, ()), guide, name, rescored))
        for id, score in scores.items()
    )


def _without(
    score: RowScore, findings: Sequence[Finding], guide: StyleGuide, name: str, rescored: dict[Any, float]
) -> dict[str, dict[str, float]]:
    """Rule → the row's score without its findings; rules that leave it as it is are left out.

    Args:
        rescored: Scores by what they depend on, filled here: most rows have few findings, and the same ones.
    """
    applicable = tuple(
        key for key, value in score.criteria.items() if value is not None or key in score.unmeasured
    )
    without: dict[str, dict[str, float]] = {}
    for code in sorted({finding.code for finding in findings}):
        left = [finding for finding in findings if finding.code != code]
        counts = Counter((finding.criterion, finding.severity) for finding in left)
        key = applicable, tuple(sorted(score.unmeasured)), tuple(sorted(counts.items()))
        if key not in rescored:
            rescored[key] = _rescored(score, left, applicable, guide)
        if rescored[key] != score.score:
            without[code] = {name: rescored[key]}
    return without


def _rescored(
    score: RowScore, findings: Iterable[Finding], applicable: Collection[str], guide: StyleGuide
) -> float:
    # a score depends on findings and criteria alone; the row's texts only say whether it passes
    row = Row(score.row, score.line, score.id, "", "")
    return row_score(
        row, _OPEN, findings, applicable=applicable, unmeasured=score.unmeasured, guide=guide
    ).score


def of_labels(rows: Iterable[tuple[Row, Correction | None]], guide: StyleGuide) -> dict[str, float | None]:
    """Id → what the row's label earns beside the group's own correction; None where it was not judged.

    The first of several rows with one id counts.
    """
    values: dict[str, float | None] = {}
    for row, correction in rows:
        if row.id not in values:
            modes = read_labels(row.fail_mode, guide)[0]
            stands = agreement(row, modes, correction, guide) if correction else Agreement.NOT_JUDGED
            values[row.id] = _AGREED.get(stands)
    return values


def joined(rows: Iterable[RowMarks], **values: Mapping[str, float | None]) -> tuple[RowMarks, ...]:
    """The rows with more values by id, and rows of their own for ids that only these have."""
    known = {row.id: row for row in rows}
    for name, of in values.items():
        for id, value in of.items():
            row = known.get(id) or RowMarks(id, {})
            known[id] = replace(row, values={**row.values, name: value})
    return tuple(known.values())


def as_json(rows: Iterable[RowMarks]) -> dict[str, Any]:
    """JSON values, one short list a row."""
    return {row.id: [dict(row.values), {code: dict(of) for code, of in row.without.items()}] for row in rows}


def from_json(body: Mapping[str, Any]) -> tuple[RowMarks, ...]:
    """The rows again."""
    return tuple(RowMarks(id, values, without) for id, (values, without) in body.items())
