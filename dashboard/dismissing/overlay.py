"""A row with the findings marked that are dismissed now, though the report does not know it yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.dismissing.places import places
from dashboard.model import Entry
from dashboard.site import Site
from grading.book import dismissals
from quality.dismissals import Decision, matched
from quality.dismissals.dismissing import marked


def overlay(site: Site, entry: Entry) -> Entry:
    """The row whose open findings carry the decisions of the book that hold for them; scores stay as they are."""
    with site.book.reading() as db:
        known = dismissals.decisions(db)
    return under(site, entry, known)


def under(site: Site, entry: Entry, decisions: Sequence[Decision]) -> Entry:
    """The row as it is under these decisions."""
    codes = {one.code for one in decisions}
    asked = [one for one in entry.findings if one.is_open and one.code in codes]
    if not asked:
        return entry
    held = matched(entry.findings, decisions, places(site, entry, asked))
    findings = (
        marked(one, by) if by is not None and one.is_open else one
        for one, by in zip(entry.findings, held, strict=True)
    )
    return replace(entry, findings=tuple(findings)) if any(held) else entry
