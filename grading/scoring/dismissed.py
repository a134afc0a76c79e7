"""A report as the course grades it: without what the course's staff dismissed.

A dismissal by the user of a check lowers and raises nothing; in a course the staff's word counts. So the rows with a
dismissed finding are scored anew without it, and all that the report says of scores is made from these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from quality import statistics
from quality.guide import StyleGuide
from quality.model import Correction, Finding, Prompt, Report, Row, RowScore
from quality.score import row_score

_OPEN = Prompt("open")


def rescored(report: Report, rows: Sequence[Row], guide: StyleGuide) -> Report:
    """The report with its rows scored without their dismissed findings, which stay in it as dismissed."""
    found: dict[int, list[Finding]] = {}
    for finding in report.findings:
        if finding.row is not None:
            found.setdefault(finding.row, []).append(finding)
    touched = {number: of for number, of in found.items() if any(one.is_dismissed for one in of)}
    if not touched:
        return report
    by_number = {row.row: row for row in rows}
    scores = tuple(
        of_row(score, touched[score.row], by_number[score.row], guide) if score.row in touched else score
        for score in report.rows
    )
    return replace(report, rows=scores, dataset={**report.dataset, **statistics.of_scores(guide, scores)})


def of_row(score: RowScore, findings: Iterable[Finding], row: Row, guide: StyleGuide) -> RowScore:
    """The row's marks without the dismissed among its findings.

    Args:
        findings: All of the row's.
    """
    findings = tuple(findings)
    applicable = [
        key for key, value in score.criteria.items() if value is not None or key in score.unmeasured
    ]
    again = row_score(
        row,
        _OPEN,
        [one for one in findings if not one.is_dismissed],
        applicable=applicable,
        unmeasured=score.unmeasured,
        guide=guide,
    )
    gone = {_place(one) for one in findings if one.is_dismissed}
    return replace(
        score,
        score=again.score,
        passed=again.passed,
        criteria=again.criteria,
        correction=_without(score.correction, gone) if score.correction else None,
    )


def _without(correction: Correction, gone: set[tuple[Any, ...]]) -> Correction:
    """The correction, which brought in no fault that is none."""
    left, introduced = (
        tuple(one for one in of if _place(one) not in gone) for of in (correction.left, correction.introduced)
    )
    return replace(correction, left=left, introduced=introduced)


def _place(finding: Finding) -> tuple[Any, ...]:
    return finding.code, finding.column, finding.start, finding.end, finding.message


def told(report: Report) -> dict[str, Any]:
    """What the document says of decisions: `dismissed`, where the course has a file of them; else nothing."""
    known = report.dataset.get("decisions")
    return {} if known is None else {"dismissed": [dict(one) for one in known["uses"]]}


def findings(body: Mapping[str, Any]) -> int:
    """How many findings the document says were dismissed."""
    return sum(int(one["findings"]) for one in body.get("dismissed", ()))
