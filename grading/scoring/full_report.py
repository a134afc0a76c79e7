"""The quality report on a group's data as the dashboard shows it: each row's marks, each finding, and spare texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grading.course.inputs import Inputs
from quality.model import Report, Row
from quality.reports import json as contract
from quality.table import Table

MOST_TEXT = 20_000
"""Characters of a text that is kept, as of the answers that are compared with the other groups'."""


def document(of: Report, data: Table, inputs: Inputs) -> dict[str, Any]:
    """JSON values: rows and findings in the form of the JSON report, without asks and corrections.

    `others` holds `[instruction, output, fail_mode]` by record number of the rows that the document `answers` leaves
    out: those whose id is not the sheet's, and all but the first with one id. `cut` holds the record numbers of the
    rows with a text longer than is kept.
    """
    others = _others(data.rows, {row.id for row in inputs.sheet.rows})
    marks = [
        {
            "row": row.row,
            "line": row.line,
            "id": row.id,
            "score": row.score,
            "passed": row.passed,
            "criteria": dict(row.criteria),
            "unmeasured": dict(row.unmeasured),
        }
        for row in of.rows
    ]
    return {
        "rows": contract.plain(marks),
        "findings": [contract.as_json(finding) for finding in of.findings],
        "others": {str(row.row): [text[:MOST_TEXT] for text in _texts(row)] for row in others},
        "cut": [row.row for row in data.rows if max(map(len, _texts(row))) > MOST_TEXT],
    }


def _others(rows: Iterable[Row], of_sheet: set[str]) -> list[Row]:
    seen: set[str] = set()
    others: list[Row] = []
    for row in rows:
        if row.id not in of_sheet or row.id in seen:
            others.append(row)
        seen.add(row.id)
    return others


def _texts(row: Row) -> tuple[str, str, str]:
    return row.instruction, row.output, row.fail_mode
