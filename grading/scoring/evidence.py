"""Which findings and corrections of a report are worth showing to a group: few, and unlike one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quality.model import Finding, Report, Row, RowScore, Severity
from quality.rule import Rule

MOST_EXAMPLES = 12
MOST_IMPROVED = 3
MOST_TEXT = 2_000
"""Characters of a cell that an example carries; a longer one is cut around its finding."""


def examples(
    report: Report, rows: Mapping[int, Row], rules: Mapping[str, Rule], *, column: str = ""
) -> list[dict[str, Any]]:
    """Up to a dozen findings: errors before warnings, the most frequent rules first, one row seldom twice.

    Args:
        rows: Record number → row as judged.
        column: What the answers' column is called, where it is not `output`.
    """
    found = [f for f in report.findings if f.is_open and f.row is not None]
    times = Counter(f.code for f in found)
    seen_codes: Counter[str] = Counter()
    seen_rows: Counter[int] = Counter()
    chosen: list[Finding] = []
    rounds: dict[tuple[int, int, int, int, str], list[Finding]] = {}
    for finding in found:
        seen_codes[finding.code] += 1
        seen_rows[finding.row or 0] += 1
        again = seen_rows[finding.row or 0] > 1
        key = (
            seen_codes[finding.code],
            int(finding.severity is not Severity.ERROR),
            int(again),
            -times[finding.code],
            finding.code,
        )
        rounds.setdefault(key, []).append(finding)
    for key in sorted(rounds):
        chosen += rounds[key]
        if len(chosen) >= MOST_EXAMPLES:
            break
    return [_example(f, rows, rules, column) for f in chosen[:MOST_EXAMPLES]]


def _example(
    finding: Finding, rows: Mapping[int, Row], rules: Mapping[str, Rule], column: str
) -> dict[str, Any]:
    row = rows[finding.row or 0]
    text = str(getattr(row, finding.column, "")) if finding.column else ""
    cell, start, end = _window(text, finding.start, finding.end)
    return {
        "row": finding.row,
        "id": finding.row_id,
        "code": finding.code,
        "criterion": finding.criterion,
        "severity": str(finding.severity),
        "column": column if column and finding.column == "output" else finding.column,
        "message": finding.message,
        "start": start,
        "end": end,
        "cell": cell,
        "instruction": row.instruction[:MOST_TEXT],
        "fix": rules[finding.code].remedy if finding.code in rules else "",
    }


def _window(text: str, start: int | None, end: int | None) -> tuple[str, int | None, int | None]:
    """The text, or the part of it around the span, which moves with it."""
    if len(text) <= MOST_TEXT:
        return text, start, end
    if start is None:
        return f"{text[:MOST_TEXT]}…", None, None
    stop = start if end is None else end
    first = max(0, start - MOST_TEXT // 2)
    cell = text[first : first + MOST_TEXT]
    before = "…" if first else ""
    moved = len(before) - first
    return (
        f"{before}{cell}{'…' if first + MOST_TEXT < len(text) else ''}",
        start + moved,
        min(stop, first + MOST_TEXT) + moved,
    )


def improved(scores: Sequence[RowScore], rows: Mapping[int, Row]) -> list[dict[str, Any]]:
    """Up to three corrections that mended most and broke nothing, the clearest first."""
    good = [
        (score, score.correction)
        for score in scores
        if score.passed
        and score.correction
        and score.correction.fixed
        and not score.correction.introduced
        and len(rows[score.row].output) <= MOST_TEXT
        and len(rows[score.row].original or "") <= MOST_TEXT
    ]
    best = sorted(good, key=lambda one: (-sum(one[1].value.values()), one[0].row))[:MOST_IMPROVED]
    return [
        {
            "id": score.id,
            "before": rows[score.row].original,
            "after": rows[score.row].output,
            "fixed": sorted({finding.code for finding in correction.fixed}),
        }
        for score, correction in best
    ]


def tallied(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Each rule with its open errors and warnings, the most frequent first."""
    counts: dict[tuple[str, str], Counter[Severity]] = {}
    for finding in findings:
        if finding.is_open:
            counts.setdefault((finding.code, finding.criterion), Counter())[finding.severity] += 1
    return [
        {
            "code": code,
            "criterion": criterion,
            "errors": by[Severity.ERROR],
            "warnings": by[Severity.WARNING],
        }
        for (code, criterion), by in sorted(counts.items(), key=lambda one: (-one[1].total(), one[0]))
    ]
