"""A row of the index → the row as it is corrected now. The lists lag until the whole file is checked anew."""

from __future__ import annotations

from dashboard.editing import desks, recheck
from dashboard.model import Entry
from dashboard.site import Site
from quality.errors import ProofgateError


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
