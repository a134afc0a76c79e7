"""The page *Rows*: find rows, read one in full, go on to the next."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.model import ALL, Entry
from dashboard.shown import address, blocks, filters, listing, row
from dashboard.shown.address import View
from dashboard.shown.grid import grid, selected
from dashboard.shown.listing import Page
from dashboard.shown.nothing import nothing
from dashboard.site import Site
from quality.errors import ProofgateError
from quality.wording import count


def page(site: Site) -> None:
    """Shows it."""
    st.title("Rows")
    filters.show(site, filters.looked_at(site))
    _rows(site)


@st.fragment
def _rows(site: Site) -> None:
    """List and row. On their own, so that going on to the next row leaves the rest of the page as it is."""
    view = filters.looked_at(site)
    listed = listing.page(site, view)
    if not listed.rows and not view.state and view.where == ALL:
        nothing(site)
        return
    if not listed.rows:
        blocks.empty("No row is like that. Take a filter away, or show all rows.")
        return
    numbers = [one.number for one in listed.rows]
    current = view.row or numbers[0]
    _steps(site, view, listed, numbers, current)
    _list(site, view, listed, numbers, current)
    entry = site.index.entry(current)
    if entry is None:
        blocks.empty("The row of this address is not there any more. Choose one from the list.")
        return
    _entry(site, entry)


def _steps(site: Site, view: View, listed: Page, numbers: Sequence[int], current: int) -> None:
    """How many rows there are, and the buttons that lead to others."""
    first = (listed.number - 1) * listing.SIZE
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = f" · rows {first + 1:,} to {first + len(numbers):,}" if listed.pages > 1 else ""
        st.text(f"{count(listed.total, 'row')}{place}", width="content")
        for words, step, shortcut in (("Previous row", -1, "k"), ("Next row", 1, "j")):
            last = listed.number == (listed.pages if step > 0 else 1)
            st.button(
                words,
                key=f"step_{step}",
                shortcut=shortcut,
                on_click=_step,
                args=(site, view, listed, current, step),
                disabled=last and current == numbers[-1 if step > 0 else 0],
            )
        if listed.pages > 1:
            _pages(view, listed)
        st.download_button(
            "Download list",
            data=partial(listing.as_csv, site, view),
            file_name="rows.csv",
            mime="text/csv",
            key="download_rows",
            on_click="ignore",
        )


def _pages(view: View, listed: Page) -> None:
    key = f"page_{_hashed(view)}"
    st.session_state[key] = listed.number
    st.number_input(
        f"Page of {listed.pages:,}",
        1,
        listed.pages,
        key=key,
        on_change=_turn,
        args=(view, key),
        width=160,
    )


def _list(site: Site, view: View, listed: Page, numbers: Sequence[int], current: int) -> None:
    names = {one.key: one.label for one in site.index.groups()} if site.of_course else {}
    key = f"rows_{_hashed(view)}_{listed.number}"
    grid(
        listing.table(listed.rows, names),
        alt="The rows of this page of the list. Choose one to read it below.",
        key=key,
        chosen=numbers.index(current) if current in numbers else None,
        on_select=partial(_select, view, key, tuple(numbers)),
        config={
            "Score": st.column_config.NumberColumn(format="%.1f", width="small"),
            "Row": st.column_config.NumberColumn(width="small"),
            "Rules": st.column_config.TextColumn(width="medium"),
            "Response": st.column_config.TextColumn(width="large"),
        },
    )


def _entry(site: Site, entry: Entry) -> None:
    """The row in full, and what can be done about it."""
    from dashboard.dismissing.overlay import overlay
    from dashboard.dismissing.panel import panel as dismissing
    from dashboard.editing.overlay import overlay as corrected
    from dashboard.editing.panel import panel as editing

    try:
        seen = overlay(site, corrected(site, entry))
        row.entry(site, seen)
        dismissing(site, seen)
        if not site.of_course:
            editing(site, seen)
    except ProofgateError as error:
        blocks.trouble(error)


def _step(site: Site, view: View, listed: Page, current: int, step: int) -> None:
    """The row before or after, on another page of the list where this one ends."""
    numbers = [one.number for one in listed.rows]
    place = numbers.index(current) + step if current in numbers else 0
    if 0 <= place < len(numbers):
        filters.go(replace(view, page=listed.number, row=numbers[place]))
        return
    number = listed.number + step
    if 1 <= number <= listed.pages:
        other = listing.page(site, replace(view, page=number)).rows
        if other:
            filters.go(replace(view, page=number, row=other[0 if step > 0 else -1].number))


def _turn(view: View, key: str) -> None:
    filters.go(replace(view, page=int(st.session_state[key]), row=0))


def _select(view: View, key: str, numbers: tuple[int, ...]) -> None:
    place = selected(key, len(numbers))
    if place is not None:
        filters.go(replace(view, row=numbers[place]))


def _hashed(view: View) -> str:
    """What is the same as long as the same rows are listed in the same order."""
    rows = repr(sorted(address.write(address.at_start(view)).items()))
    return hashlib.sha256(rows.encode("utf-8", "backslashreplace")).hexdigest()[:16]
