"""Decisions → the rows of the index that they hold for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.dismissing.overlay import under
from dashboard.dismissing.places import same_id
from dashboard.model import Entry, Filter
from dashboard.site import Site
from quality.dismissals import Decision, Scope


@dataclass(frozen=True, slots=True)
class Touched:
    """A row in which findings are dismissed.

    Attributes:
        entry: The row, those findings marked.
        findings: How many of them are open without the decisions; what only repeats others is not counted.
    """

    entry: Entry
    findings: int


def touched(site: Site, decisions: Sequence[Decision]) -> tuple[Touched, ...]:
    """Every row in which one of the decisions holds for an open finding, in the order of the index."""
    entries = {one.number: one for decision in decisions for one in _candidates(site, decision)}
    codes = {one.code for one in decisions}
    found: list[Touched] = []
    for number in sorted(entries):
        after = under(site, entries[number], decisions)
        new = sum(
            now.is_dismissed and was.is_open and now.code in codes
            for was, now in zip(entries[number].findings, after.findings, strict=True)
        )
        if new:
            found.append(Touched(after, new))
    return tuple(found)


def _searched(site: Site, decision: Decision) -> str:
    """Words that stand in all rows that the decision can hold for; "" where nothing is known of them."""
    if decision.column not in ("output", "instruction", "original"):
        return ""
    if decision.words:
        return max(decision.words.split("\n"), key=len)
    for group in site.index.groups():
        for entry in same_id(site, group.key, decision.row_id):
            if any(one.is_dismissed for one in under(site, entry, [decision]).findings):
                return max(entry.row.output.splitlines() or [""], key=len)
    return ""


def _candidates(site: Site, decision: Decision) -> Iterator[Entry]:
    """The rows that the decision can hold for, and some more."""
    if decision.scope is Scope.ROW:
        for group in site.index.groups():
            yield from same_id(site, group.key, decision.row_id)
        return
    # the index finds the rows with the words in one query; those that have them elsewhere are sorted out afterwards
    where = Filter(text=_searched(site, decision), codes=(decision.code,))
    yield from site.index.entries([number for number, _ in site.index.keys(where)])
