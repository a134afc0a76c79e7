"""The report as JSON: format 1 of the contract in `schema.json`.

Keys may be added, never taken away or changed. One row, finding or outcome a line, so that `diff` and `grep`
work. Pure ASCII: what is not ASCII is escaped, lone surrogates too, so any console and any file can hold it.
Numbers that JSON does not know (NaN, infinity) become null.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, cast

import quality
from quality.model import Ask, AskResult, Correction, Finding, Outcome, RowScore, Verdict
from quality.reports.document import Document

FORMAT = 1


def render(document: Document) -> str:
    """The whole report, with a line end at its end."""
    lists = {
        "rows": (_row(row, explain=document.explain) for row in document.report.rows),
        "findings": map(as_json, document.report.findings),
        "outcomes": map(outcome, document.report.outcomes),
    }
    parts = [f'"{key}": {dumps(value)}' for key, value in head(document).items()]
    parts += [f'"{key}": {_lines(items)}' for key, items in lists.items()]
    parts += [f'"dataset": {dumps(plain(document.report.dataset))}', f'"notes": {dumps(document.notes)}']
    return "{\n" + ",\n".join(parts) + "\n}\n"


def head(document: Document) -> dict[str, Any]:
    """What the report is about and what the gate says, without rows and findings."""
    return {
        "format": FORMAT,
        "tool": {"name": "proofgate", "version": quality.__version__},
        "data": {
            "path": document.path,
            "sha256": document.report.fingerprint.file,
            "rows": len(document.report.rows),
        },
        "fingerprint": asdict(document.report.fingerprint),
        "verdict": verdict(document.verdict),
    }


def verdict(of: Verdict) -> dict[str, Any]:
    """The gate's word, as the contract has it."""
    return {
        "passed": of.passed,
        "reasons": list(of.reasons),
        "passing_rows": list(of.passing_rows),
        "notes": list(of.notes),
    }


def _row(row: RowScore, *, explain: bool) -> dict[str, Any]:
    held = row.ask_results or (None,) * len(row.asks)
    return {
        "row": row.row,
        "line": row.line,
        "id": row.id,
        "score": _number(row.score),
        "passed": row.passed,
        "criteria": {key: _number(value) for key, value in row.criteria.items()},
        "unmeasured": dict(row.unmeasured),
        "asks": [_ask(ask, result) for ask, result in zip(row.asks, held, strict=True)],
        "correction": _correction(row.correction, explain=explain) if row.correction else None,
    }


def _correction(correction: Correction, *, explain: bool) -> dict[str, Any]:
    return {
        "edits": [asdict(edit) for edit in correction.edits],
        "fixed": [as_json(finding) for finding in correction.fixed],
        "left": [_place(finding) for finding in correction.left],
        "introduced": [_place(finding) for finding in correction.introduced],
        "unexplained": list(correction.unexplained),
        "value": {key: _number(worth) for key, worth in correction.value.items()},
        "unknown": list(correction.unknown),
        "inferred": [asdict(mode) for mode in correction.inferred] if explain else None,
    }


def _place(finding: Finding) -> dict[str, Any]:
    """Enough to know the finding among the report's own."""
    return {key: getattr(finding, key) for key in ("code", "column", "start", "end")}


def _ask(ask: Ask, held: AskResult | None) -> dict[str, Any]:
    return {
        "kind": ask.kind,
        "relation": ask.relation,
        "value": ask.value,
        "unit": ask.unit,
        "start": ask.start,
        "end": ask.end,
        "part": ask.part,
        "result": str(held.result) if held else None,
        "given": held.given if held else "",
    }


def as_json(finding: Finding) -> dict[str, Any]:
    """One finding, as the contract has it."""
    fix = finding.fix
    return {
        "code": finding.code,
        "criterion": finding.criterion,
        "severity": str(finding.severity),
        "row": finding.row,
        "row_id": finding.row_id,
        "column": finding.column,
        "start": finding.start,
        "end": finding.end,
        "message": finding.message,
        "fix": {"start": fix.start, "end": fix.end, "text": fix.text, "safe": fix.safe} if fix else None,
        "related": list(finding.related),
        "waived": finding.waived,
        "accepted": finding.accepted,
        "detail": plain(finding.detail),
    }


def outcome(of: Outcome) -> dict[str, Any]:
    """What became of a rule, as the contract has it."""
    return {
        "code": of.code,
        "status": str(of.status),
        "measured": of.measured,
        "unmeasured": of.unmeasured,
        "failed": list(of.failed),
        "seconds": _number(of.seconds),
        "detail": of.detail,
    }


def plain(value: Any) -> Any:
    """Plain JSON values, keys in alphabetical order, whatever mappings and tuples it came as."""
    if isinstance(value, Mapping):
        items = cast(Mapping[Any, Any], value)
        return {str(key): plain(items[key]) for key in sorted(items, key=str)}
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast(Iterable[Any], value)]
    return _number(value) if isinstance(value, float) else value


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _lines(items: Iterable[dict[str, Any]]) -> str:
    lines = [dumps(item) for item in items]
    return "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"


def dumps(value: Any) -> str:
    """The value in ASCII, on one line.

    Raises:
        ValueError: It holds a number that JSON does not know; see `plain`.
    """
    return json.dumps(value, ensure_ascii=True, allow_nan=False)
