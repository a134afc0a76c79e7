"""The page *Review*: the next row that nobody has decided about, and the keys that decide."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import shown
from dashboard.dismissing import overlay
from dashboard.dismissing.panel import panel as dismissing
from dashboard.editing.overlay import contents
from dashboard.editing.overlay import overlay as corrected
from dashboard.editing.panel import panel as editing
from dashboard.reviewing import panel
from dashboard.reviewing.desk import current
from dashboard.reviewing.looking import Look
from dashboard.site import Site
from quality.errors import ProofgateError


def page(site: Site) -> None:
    """Shows it."""
    st.title("Review")
    if not site.index.count():
        shown.nothing(site)
        return
    _queue(site)


@st.fragment
def _queue(site: Site) -> None:
    """On its own, so that a decision leaves the rest of the page as it is."""
    site = current(site)
    try:
        choice = panel.choice(site)
        look = panel.look(site, choice, contents)
        panel.progress(site, choice, look.progress)
        if look.desk.conflict is not None:
            panel.conflict(site, look)
        elif look.entry is None:
            panel.status(look.desk)
            panel.nothing_left(site, look)
        else:
            _row(site, replace(look, entry=corrected(site, look.entry)))
        panel.details(site, look.progress)
    except ProofgateError as error:
        shown.trouble(error)
        return
    panel.on_screen()


def _row(site: Site, look: Look) -> None:
    """The row, and beside it what can be decided."""
    if look.entry is None:
        return
    entry, blind = overlay(site, look.entry), panel.blind(site)
    if blind and entry.row.original is None:  # an id of the group's own could tell whose row it is
        entry = replace(entry, row=replace(entry.row, id="not in the sheet"))
    row, decision = st.columns([2, 1], gap="medium")
    with decision:
        panel.status(look.desk)
        panel.earlier(site, look)
        panel.form(site, look)
    with row:
        shown.entry(site, entry, blind=blind)
    dismissing(site, look.entry, blind=blind)
    if not site.of_course:
        editing(site, look.entry)
