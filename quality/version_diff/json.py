"""The difference as JSON: pure ASCII, one changed row a line; keys may be added, never taken away or changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from quality.correction.compare import Compared
from quality.model import Finding, Row, RowScore
from quality.reports import json as report
from quality.reports.document import Document, counts
from quality.version_diff.difference import CellChange, Difference, RowChange
from quality.version_diff.totals import Total, by_criterion, by_rule, by_severity, mean_score

FORMAT = 1


def render(change: Difference) -> str:
    """The whole difference, with a line end at its end."""
    parts = [f'"{key}": {report.dumps(value)}' for key, value in _head(change).items()]
    rows = [report.dumps(_row(row)) for row in change.rows]
    parts.append('"rows": ' + ("[\n" + ",\n".join(rows) + "\n]" if rows else "[]"))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _head(change: Difference) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "before": _version(change.before),
        "after": _version(change.after),
        "worse": change.worse,
        "new_errors": change.new_errors,
        "counts": _counts(change),
        "by_severity": _totals(by_severity(change)),
        "by_criterion": _totals(by_criterion(change)),
        "by_rule": _totals(by_rule(change)),
        "added": [_place(row) for row in change.added],
        "removed": [_place(row) for row in change.removed],
        "duplicates": list(change.duplicates),
        "table": _compared(change.table),
    }


def _version(document: Document) -> dict[str, Any]:
    head, numbers = report.head(document), counts(document)
    score = mean_score(document)
    return {
        "data": head["data"],
        "fingerprint": head["fingerprint"],
        "verdict": {key: head["verdict"][key] for key in ("passed", "reasons")},
        "passing": numbers.passing,
        "mean_score": None if score is None else round(score, 2),
        "errors": numbers.errors,
        "warnings": numbers.warnings,
    }


def _counts(change: Difference) -> dict[str, int]:
    return {
        "same": change.same,
        "changed": len(change.rows),
        "edited": len(change.edited),
        "outputs": change.changed("output"),
        "instructions": change.changed("instruction"),
        "labels": change.changed("fail_mode"),
        "added": len(change.added),
        "removed": len(change.removed),
        "rose": len(change.rose),
        "fell": len(change.fell),
        "added_errors": change.added_errors,
    }


def _totals(totals: Mapping[str, Total]) -> dict[str, Any]:
    return {name: asdict(total) for name, total in totals.items()}


def _place(row: Row) -> dict[str, Any]:
    return {"row": row.row, "id": row.id}


def _row(row: RowChange) -> dict[str, Any]:
    return {
        "id": row.id,
        "before": _score(row.before),
        "after": _score(row.after),
        "cells": [_cell(cell) for cell in row.cells],
        **_compared(row.findings),
    }


def _score(row: RowScore) -> dict[str, Any]:
    return {"row": row.row, "score": report.plain(row.score), "passed": row.passed}


def _cell(cell: CellChange) -> dict[str, Any]:
    return {"column": cell.column, "edits": [asdict(edit) for edit in cell.edits]}


def _compared(found: Compared) -> dict[str, Any]:
    def told(findings: Iterable[Finding]) -> list[dict[str, Any]]:
        return [report.as_json(finding) for finding in findings]

    return {
        "fixed": told(found.fixed),
        "left": told(found.left),
        "introduced": told(found.introduced),
    }
