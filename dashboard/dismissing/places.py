"""A row of the index → the places of its findings, as `quality check` and `grading run` would see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from dashboard.model import Entry, RowKey, ref
from dashboard.site import Site
from quality import config
from quality.dismissals import Places, Scope
from quality.model import Finding, Row


def places(site: Site, entry: Entry, findings: Iterable[Finding]) -> Places:
    """Of these findings of the row."""
    named = {name for finding in findings for name in finding.related}
    others = [one for name in sorted(named) for one in same_id(site, entry.key.group, name)]
    rows = {one.row.row: one.row for one in (*others, entry)}
    return Places([rows[number] for number in sorted(rows)], _sheet(site, rows.values()))


def scopes(site: Site, entry: Entry, finding: Finding) -> tuple[Scope, ...]:
    """What can be decided of the finding here; of a text that is not all here, only words."""
    found = places(site, entry, [finding]).scopes(finding)
    return tuple(one for one in found if one is Scope.WORD) if entry.cut else found


def same_id(site: Site, group: str, id: str) -> Iterator[Entry]:
    """The group's rows of that id, in the order of its table."""
    nth = 1
    while (found := site.index.find(RowKey(group, ref(id, nth)))) is not None:
        yield found
        nth += 1


def _sheet(site: Site, rows: Iterable[Row]) -> Mapping[str, Row]:
    """The sheet's rows of these ids; a course's index has the sheet's instructions already."""
    if site.file is None or not _has_sheet(site):
        return {}
    sheet = site.file.resolved().request.sheet
    wanted = {row.id for row in rows}
    return {row.id: row for row in sheet.rows if row.id in wanted} if sheet else {}


def _has_sheet(site: Site) -> bool:
    """Whether the file is checked against a sheet; reads no table, which a long file takes seconds for."""
    if site.file is None:
        return False
    options = site.file.options
    return bool(options.original or config.load(options.config, start=Path.cwd()).original)
