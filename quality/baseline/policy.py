"""What a baseline does at the gate: which rows the guide lets it let in, and all of its uses in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quality.guide import StyleGuide
from quality.model import Finding, Report, RowScore
from quality.wording import count, cut, listed

_LISTED = 10
"""Reasons, and rows for each, that are named before the rest is counted."""
_LONGEST = 40
"""Characters of an id that are shown."""


def excused(report: Report, guide: StyleGuide) -> Sequence[RowScore]:
    """The rows that count as passing because all of their errors are accepted: the best ones, up to the guide's share.

    A row that went unmeasured in anything is none of them, nor one with an error in a criterion of `gate.clean`.
    """
    most = math.floor(guide.gate.max_accepted_share * len(report.rows) + 1e-9)
    if most == 0:
        return ()
    by_row: dict[int | None, list[Finding]] = {}
    for finding in report.findings:
        if finding.is_error:
            by_row.setdefault(finding.row, []).append(finding)
    ready = [
        row
        for row in report.rows
        if not (row.passed or row.unmeasured) and math.isfinite(row.score) and row.row in by_row
        if all(f.accepted is not None and f.criterion not in guide.gate.clean for f in by_row[row.row])
    ]
    best = sorted(ready, key=lambda row: (-row.score, row.row))[:most]
    return sorted(best, key=lambda row: row.row)


def notes(report: Report, guide: StyleGuide, let_in: Sequence[RowScore]) -> Iterator[str]:
    """Every use of the baseline: what it accepts and why, the rows that it lets in, the entries that hold no more.

    The rows are those that it and a file of decisions let in together.
    """
    known: Mapping[str, Any] | None = report.dataset.get("baseline")
    if known is not None:
        found = [f for f in report.findings if f.accepted is not None and not f.is_dismissed]
        yield from _accepted(found, str(known["file"]))
    if let_in:
        yield (
            f"{len(let_in):,} of {len(report.rows):,} rows count as passing by {_files(report)}, at most "
            f"{guide.gate.max_accepted_share:.1%} as the guide permits: {_few([row.id for row in let_in])}"
        )
    if known is not None:
        yield from _gone(known)


def quieting(report: Report) -> str:
    """What can quiet findings in the report, in words; "" for nothing."""
    return " and ".join(f"the {name}" for name in _NAMES if name in report.dataset)


_NAMES = ("baseline", "decisions")


def _files(report: Report) -> str:
    return " and ".join(str(report.dataset[name]["file"]) for name in _NAMES if name in report.dataset)


def _gone(known: Mapping[str, Any]) -> Iterator[str]:
    name = str(known["file"])
    stale = [f"{one['id']} {one['code']}".strip() for one in known["stale"]]
    if stale:
        entries = count(len(stale), "entry", "entries")
        yield f"nothing is found any more for {entries} of {name} ({_few(stale)}): drop with --update-baseline"


def _accepted(findings: Sequence[Finding], name: str) -> Iterator[str]:
    if not findings:
        return
    are, them = ("is", "it") if len(findings) == 1 else ("are", "them")
    yield f"{count(len(findings), 'finding')} {are} accepted in {name}; the scores count {them}"
    places: dict[tuple[str, str], dict[str, None]] = {}
    for finding in findings:
        where = finding.row_id if finding.row is not None else "the table"
        places.setdefault((finding.code, finding.accepted or ""), {})[where] = None
    for (code, reason), ids in list(places.items())[:_LISTED]:
        yield f"{code} is accepted in {_few(list(ids))}: {reason}"
    if len(places) > _LISTED:
        yield f"{count(len(places) - _LISTED, 'more reason')} stand in {name} and in the JSON report"


def _few(names: Sequence[str]) -> str:
    return listed((cut(name, _LONGEST, "") for name in names), _LISTED)
