"""A row of the index → the row as it is corrected now. The lists lag until the whole file is checked anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from dashboard.editing import desks, recheck
from dashboard.editing.desk import seen
from dashboard.index import Index
from dashboard.model import Entry, RowKey, content
from dashboard.site import Site
from quality.errors import ProofgateError


def contents(site: Site) -> Mapping[RowKey, str]:
    """Row → SHA-256 of its texts as they are corrected, for the rows that were."""
    if not desks.is_begun(site):
        return {}
    try:
        desk = desks.desk_of(site)
    except ProofgateError:
        return {}
    found: dict[RowKey, str] = {}
    for number in {one.row for one in desk.answers}:
        row, at = desk.copy.row(number), desk.place(number)
        if row is not None and (made := _content(site.index, at, row.id, *seen(row))) is not None:
            found[made[0]] = made[1]
    return found


@lru_cache(maxsize=10_000)
def _content(index: Index, number: int, row_id: str, output: str, label: str) -> tuple[RowKey, str] | None:
    entry = index.entry(number)
    if entry is None or entry.row.id != row_id:
        return None
    return entry.key, content(replace(entry.row, output=output, fail_mode=label))


def overlay(site: Site, entry: Entry) -> Entry:
    """The entry with its row's corrections, checked again; itself where there are none."""
    if not desks.is_begun(site):
        return entry
    try:
        desk = desks.desk_of(site)
        row = desk.of(entry)
    except ProofgateError:  # the panel says what is wrong with the corrections; the file's own row stands
        return entry
    try:
        return desk.entry(entry)
    except ProofgateError as error:
        return recheck.unchecked(entry, row, error.what)
