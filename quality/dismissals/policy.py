"""What decisions do at the gate, in words: each use with who, why and how many, and what found nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quality.model import Report
from quality.wording import count, cut, listed

_LISTED = 10
"""Decisions that are named before the rest is counted."""
_LONGEST = 40
"""Characters of words or of an id that are shown."""


def notes(report: Report) -> Iterator[str]:
    """Every use of the decisions, and those that found nothing."""
    known: Mapping[str, Any] | None = report.dataset.get("decisions")
    if known is None:
        return
    name, number = str(known["file"]), int(known["dismissed"])
    if number:
        are, them = ("is", "it") if number == 1 else ("are", "them")
        yield f"{count(number, 'finding')} {are} dismissed by {name}; the scores count {them}"
    for one in known["uses"][:_LISTED]:
        rows = "1 row" if one["rows"] == 1 else f"{one['rows']:,} rows"
        yield (
            f"{one['code']} is dismissed in {count(one['findings'], 'finding')} of {rows} "
            f"({told(one)}) by {one['who']}: {one['why']}"
        )
    if len(known["uses"]) > _LISTED:
        yield f"{count(len(known['uses']) - _LISTED, 'more decision')} stand in {name} and in the JSON report"
    stale = [f"{one['code']} {told(one)}" for one in known["stale"]]
    if stale:
        yield f"nothing is found here for {count(len(stale), 'decision')} of {name} ({listed(stale, _LISTED)})"


def told(one: Mapping[str, Any]) -> str:
    """What a decision is about, in a few words."""
    if one["scope"] == "word":
        return f"“{cut(one['words'], _LONGEST, '')}” everywhere"
    if one["scope"] == "text":
        return f"“{cut(one['words'], _LONGEST, '')}” in one line" if one["words"] else "rows of one text"
    words = f"“{cut(one['words'], _LONGEST, '')}” in " if one["words"] else ""
    return f"{words}row {cut(one['id'], _LONGEST, '')}"
