"""The list of rows that a view looks at: page by page, as a table, as a CSV file. Plain Python."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.model import Brief, Order
from dashboard.shown.address import View
from dashboard.shown.words import label
from dashboard.site import Site
from grading.book import reviews
from quality.reports.mask import masked_text
from quality.reports.spreadsheet import spreadsheet

SIZE = 50
"""Rows on a page."""
OPENING = 120
"""Characters of a response in the list."""
_BATCH = 1_000
"""Rows that are read at once for a file."""
HEADER = ("group", "row", "id", "score", "passes", "fail_mode", "rules", "response_begins")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list.

    Attributes:
        total: Rows on all pages.
        number: Of the page, from 1.
        pages: How many there are, at least 1.
    """

    rows: tuple[Brief, ...]
    total: int
    number: int
    pages: int


def page(site: Site, view: View) -> Page:
    """The page that the view asks for, or the last where there are fewer."""
    numbers = _of_state(site, view) if view.state else None
    total = site.index.count(view.where) if numbers is None else len(numbers)
    pages = max(math.ceil(total / SIZE), 1)
    number = min(view.page, pages)
    return Page(_slice(site, view, numbers, (number - 1) * SIZE, SIZE), total, number, pages)


def _slice(site: Site, view: View, numbers: Sequence[int] | None, start: int, size: int) -> tuple[Brief, ...]:
    if numbers is None:
        return site.index.page(view.where, start=start, size=size, order=view.order)
    return site.index.briefs(numbers[start : start + size])


def _of_state(site: Site, view: View) -> list[int]:
    """Numbers of the rows whose review is in the wanted state, in the wanted order."""
    with site.book.reading() as db:
        states = {key: one.state or "none" for key, one in reviews.all_reviews(db).items()}
    wanted = [
        number
        for number, key in site.index.keys(view.where)
        if states.get((key.group, key.ref), "none") == view.state
    ]
    if view.order is Order.TABLE:
        return wanted
    scores = {one.number: one.score for one in site.index.briefs(wanted)}
    sign = -1 if view.order is Order.BEST else 1
    return sorted(wanted, key=lambda one: ((s := scores[one]) is None, sign * (s or 0.0), one))


def table(rows: Sequence[Brief], groups: Mapping[str, str]) -> dict[str, list[object]]:
    """Head → cells of the list; every text in it is one visible line, personal data masked.

    Args:
        groups: Key → name; empty for a file alone.
    """
    columns: dict[str, list[object]] = {
        "Group": [label(groups.get(one.key.group, one.key.group), 30) for one in rows],
        "Row": [one.row for one in rows],
        "Id": [label(masked_text(one.id), 30) for one in rows],
        "Score": [one.score for one in rows],
        "Passes": ["yes" if one.passed else "no" for one in rows],
        "Label": [label(one.fail_mode, 30) for one in rows],
        "Rules": [", ".join(one.codes) for one in rows],
        "Response": [label(masked_text(one.opening), OPENING) for one in rows],
    }
    if not groups:
        del columns["Group"]
    return columns


def as_csv(site: Site, view: View) -> bytes:
    """The whole list for a spreadsheet, UTF-8 with its mark; no cell is a formula, personal data is masked."""
    names = {one.key: one.label for one in site.index.groups()} if site.of_course else {}
    lines = (_line(one, names.get(one.key.group, one.key.group)) for one in _all(site, view))
    return spreadsheet(HEADER, lines).encode("utf-8")


def _line(one: Brief, group: str) -> tuple[str, ...]:
    return (
        group,
        str(one.row),
        masked_text(one.id),
        "" if one.score is None else f"{one.score:.1f}",
        "yes" if one.passed else "no",
        one.fail_mode,
        " ".join(one.codes),
        masked_text(one.opening),
    )


def _all(site: Site, view: View) -> Iterator[Brief]:
    numbers = _of_state(site, view) if view.state else None
    start = 0
    while rows := _slice(site, view, numbers, start, _BATCH):
        yield from rows
        start += len(rows)
