"""A difference in numbers: findings by rule and by criterion, errors and warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import fmean

from quality.model import Finding, Severity
from quality.reports.document import Document
from quality.version_diff.difference import Difference


@dataclass(slots=True)
class Total:
    """Findings of one rule, criterion or severity: gone, still there, new."""

    fixed: int = 0
    left: int = 0
    introduced: int = 0


def by_rule(change: Difference) -> dict[str, Total]:
    """Code → its findings; what changed most first."""
    return _sorted(_totals(change, lambda finding: finding.code))


def by_criterion(change: Difference) -> dict[str, Total]:
    """Criterion → its findings, in the same order."""
    return _sorted(_totals(change, lambda finding: finding.criterion))


def by_severity(change: Difference) -> dict[str, Total]:
    """`error` and `warning`, both always there."""
    return {str(severity): Total() for severity in Severity} | _totals(change, lambda f: str(f.severity))


def mean_score(document: Document) -> float | None:
    """Of all rows of that version, 0 to 100; None without any."""
    scores = [row.score for row in document.report.rows]
    return fmean(scores) if scores else None


def _totals(change: Difference, key: Callable[[Finding], str]) -> dict[str, Total]:
    totals: dict[str, Total] = {}
    for found in change.compared():
        for name in ("fixed", "left", "introduced"):
            findings: Iterable[Finding] = getattr(found, name)
            for finding in findings:
                total = totals.setdefault(key(finding), Total())
                setattr(total, name, getattr(total, name) + 1)
    return totals


def _sorted(totals: dict[str, Total]) -> dict[str, Total]:
    def order(item: tuple[str, Total]) -> tuple[int, int, str]:
        name, total = item
        return -(total.fixed + total.introduced), -total.introduced, name

    return dict(sorted(totals.items(), key=order))
