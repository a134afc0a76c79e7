"""Findings → scores.

A criterion scores `error_factor ** errors × warning_factor ** warnings` (0..1; waived findings do not count). A row
scores 100 × the mean of its criteria by the guide's weights. What does not apply to the row is left out of the mean;
what applies and went unmeasured stays in it and earns nothing. So one more finding, or one measurement less, never
raises a score. A criterion that only some rows can be measured by (the guide's `lowering`) counts where it lowers the
mean and is left out where it would lift it: a right sum that was put into a bad answer earns nothing.

The factors and weights are the guide's (`[score]`, `[criteria]`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from quality.guide import StyleGuide
from quality.model import AskResult, Correction, Finding, Prompt, Row, RowScore, Severity


def criterion_score(errors: int, warnings: int, guide: StyleGuide) -> float:
    """The score of one criterion, 0..1."""
    return guide.error_factor**errors * guide.warning_factor**warnings


def row_score(
    row: Row,
    prompt: Prompt,
    findings: Iterable[Finding],
    *,
    applicable: Collection[str],
    unmeasured: Mapping[str, str],
    guide: StyleGuide,
    ask_results: tuple[AskResult, ...] = (),
    correction: Correction | None = None,
) -> RowScore:
    """The row's marks.

    Args:
        findings: All findings on this row.
        applicable: Criteria that apply to it, measured or not.
        unmeasured: Those among them that could not be measured, with the reason.
    """
    left = [finding for finding in findings if finding.waived is None]
    counts = Counter((f.criterion, f.severity) for f in left)
    criteria: dict[str, float | None] = {}
    for key in guide.criteria:
        errors, warnings = counts[key, Severity.ERROR], counts[key, Severity.WARNING]
        known = key in applicable and key not in unmeasured
        criteria[key] = criterion_score(errors, warnings, guide) if known else None
    return RowScore(
        row=row.row,
        line=row.line,
        id=row.id,
        score=_weighted(criteria, applicable, guide),
        passed=not unmeasured and _may_pass(left, row, guide),
        criteria=criteria,
        unmeasured=dict(unmeasured),
        asks=prompt.asks,
        ask_results=ask_results,
        correction=correction,
    )


def _may_pass(left: Sequence[Finding], row: Row, guide: StyleGuide) -> bool:
    """Whether no error is left, or in a long answer none but a few doubtful ones."""
    errors = [finding for finding in left if finding.is_error]
    doubtful = sum(finding.detail.get("doubtful") is True for finding in errors)
    is_long = len(row.output.split()) >= guide.passing.doubtful_words
    return len(errors) == doubtful <= (guide.passing.doubtful_errors if is_long else 0)


def _weighted(criteria: Mapping[str, float | None], applicable: Collection[str], guide: StyleGuide) -> float:
    """100 × the weighted mean; a `lowering` criterion counts where it lies below the mean of the others that count."""
    counted = [key for key in guide.criteria if key in applicable and key not in guide.lowering]
    lowering = [key for key in guide.lowering if key in applicable]
    for key in sorted(
        lowering, key=lambda key: criteria[key] or 0.0
    ):  # the lowest first, or one would lift another's
        if (criteria[key] or 0.0) < _mean(counted, criteria, guide):
            counted.append(key)
    return round(100 * _mean(counted, criteria, guide), 2)


def _mean(keys: Sequence[str], criteria: Mapping[str, float | None], guide: StyleGuide) -> float:
    total = sum(guide.criteria[key].weight for key in keys)
    earned = sum(guide.criteria[key].weight * (criteria[key] or 0.0) for key in keys)
    return earned / total if total > 0 else 0.0
