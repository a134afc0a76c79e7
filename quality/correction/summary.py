"""The corrections of all rows → what was changed in the table, and what that was worth, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quality.model import Correction, EditKind, Finding, RowScore


def statistics(rows: Sequence[RowScore]) -> dict[str, Any]:
    """The corrections in numbers, JSON values; {} where no row has an original.

    `fixed`, `left` and `introduced` count findings by criterion; `value` is the net worth by criterion, in errors;
    `edits` counts edits by kind; `unknown` counts the rows whose original could not be measured, by criterion. The
    inferred fail modes are no part of it.
    """
    known = [row.correction for row in rows if row.correction is not None]
    uncompared = sum(row.correction is None and "correction" in row.unmeasured for row in rows)
    if not known:
        return {}
    return {
        "rows": {
            "edited": sum(bool(one.edits) for one in known),
            "untouched": sum(not one.edits for one in known),
            "uncompared": uncompared,
            "without_original": len(rows) - len(known) - uncompared,
        },
        "fixed": _by_criterion(one.fixed for one in known),
        "left": _by_criterion(one.left for one in known),
        "introduced": _by_criterion(one.introduced for one in known),
        "unexplained_edits": sum(len(one.unexplained) for one in known),
        "edits": _by_kind(known),
        "value": _value(known),
        "unknown": dict(sorted(Counter(key for one in known for key in one.unknown).items())),
    }


def _by_criterion(findings: Iterable[Sequence[Finding]]) -> dict[str, int]:
    return dict(sorted(Counter(finding.criterion for some in findings for finding in some).items()))


def _by_kind(corrections: Sequence[Correction]) -> Mapping[str, int]:
    counts = Counter(edit.kind for one in corrections for edit in one.edits)
    return {str(kind): counts[kind] for kind in EditKind if counts[kind]}


def _value(corrections: Sequence[Correction]) -> Mapping[str, float]:
    worth: dict[str, float] = {}
    for one in corrections:
        for key, value in one.value.items():
            worth[key] = worth.get(key, 0.0) + value
    return {key: round(value, 3) for key, value in sorted(worth.items())}
