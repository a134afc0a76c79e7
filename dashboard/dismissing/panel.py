"""The buttons that dismiss a finding, say beforehand what that changes, and take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from dashboard import shown
from dashboard.dismissing import impact, saving, words
from dashboard.dismissing.impact import Impact
from dashboard.dismissing.overlay import overlay
from dashboard.dismissing.places import scopes
from dashboard.model import Entry
from dashboard.shown.grid import grid
from dashboard.site import Site
from grading.book.dismissals import Dismissal
from quality.baseline.file import MAX_REASON, reason_fault
from quality.dismissals import Decision, Scope
from quality.errors import InputError, ProofgateError
from quality.model import Finding

_TROUBLE, _SEEN = "dismiss_trouble", "dismiss_seen"
"""Where a tab keeps what went wrong last, and the preview that was looked at last."""


def panel(site: Site, entry: Entry, *, blind: bool = False) -> None:
    """What can be decided about the row's findings, what was, and all decisions; folded away until somebody opens it.

    Args:
        entry: With the overlay or without.
        blind: Without the names of groups.
    """
    seen = overlay(site, entry)
    can = any(one.is_open for one in seen.findings)
    if trouble := st.session_state.pop(_TROUBLE, None):
        shown.trouble(trouble)
    if can or any(one.is_dismissed for one in seen.findings):
        title = "Dismiss a finding" if can else "Dismissed findings"
        box = st.expander(title, key="dismiss_box", on_change="rerun")
        if box.open:
            with box:
                _row(site, seen, blind=blind)
    box = st.expander("All decisions", key="dismiss_all_box", on_change="rerun")
    if box.open:
        with box:
            _everything(site, saving.everything(site), blind=blind)


def _row(site: Site, entry: Entry, *, blind: bool) -> None:
    known = saving.everything(site)
    # ends with every decision, so that no key outlives what was on the screen when it was made
    version = f"{entry.key.alias}_{len(known)}_{sum(one.holds for one in known)}"
    if findings := words.findings(entry):
        _form(site, entry, findings, version, blind=blind)
    _of_row(site, entry, known)


def _form(site: Site, entry: Entry, findings: Mapping[str, Finding], version: str, *, blind: bool) -> None:
    name = st.selectbox("Finding", list(findings), key=f"dismiss_finding_{version}")
    number, chosen = list(findings).index(name), findings[name]
    possible = scopes(site, entry, chosen)
    if not possible:
        st.caption(
            "Only the beginning of this row's text is kept here, so its findings cannot be dismissed one by one."
        )
        return
    key = f"{version}_{number}"
    scope = _scope(site, possible, key)
    if marked := words.words(entry.row, chosen):
        st.text(f"Words: {marked}")
    st.text_input("Why it is mistaken", key=f"dismiss_why_{key}", max_chars=MAX_REASON)
    st.button(
        "Show what it changes",
        key=f"dismiss_preview_{key}_{scope}",
        on_click=partial(_look, site, entry, chosen, scope, f"{key}_{scope}"),
    )
    looked: tuple[str, Impact] | None = st.session_state.get(_SEEN)
    if looked is not None and looked[0] == f"{key}_{scope}":
        preview(site, looked[1], blind=blind)
        st.button(
            "Dismiss",
            type="primary",
            key=f"dismiss_save_{key}_{scope}",
            on_click=partial(_dismiss, site, entry, chosen, scope, f"dismiss_why_{key}"),
        )


def _scope(site: Site, possible: Sequence[Scope], key: str) -> Scope:
    """How far the decision goes, as somebody chose it."""
    titles = words.SCOPES if site.of_course else words.ALONE
    scope = st.radio(
        "The finding is mistaken in",
        possible,
        format_func=lambda one: titles[one],
        key=f"dismiss_scope_{key}",
        horizontal=True,
    )
    if site.of_course and scope is Scope.ROW:
        st.caption(
            "A row of another group that has the same texts is treated alike, and so is the sheet's own."
        )
    return scope


def preview(site: Site, of: Impact, *, blind: bool = False) -> None:
    """What decisions change; without the names of groups where they are hidden."""
    st.text(words.reach(of, of_course=site.of_course))
    st.text(words.effect(of, of_course=site.of_course))
    if of.grades:
        points = st.column_config.NumberColumn(format="%.2f")
        grid(
            words.grades(of.grades, blind=blind),
            alt="The grades that change, now and then.",
            config={"Points now": points, "Points then": points},
        )


def _of_row(site: Site, entry: Entry, known: tuple[Dismissal, ...]) -> None:
    """The decisions that hold for findings of the row, each with the button that takes it back."""
    told = {one.accepted for one in entry.findings if one.is_dismissed}
    codes = {one.code for one in entry.findings if one.is_dismissed}
    for one in known:
        if one.holds and one.decision.accepted in told and one.decision.code in codes:
            words_, button = st.columns([4, 1], vertical_alignment="center")
            words_.text(words.taken(one, site.book.zone))
            button.button(
                "Take back", key=f"dismiss_undo_{one.id}", on_click=partial(_take_back, site, one.id)
            )


def _everything(site: Site, known: tuple[Dismissal, ...], *, blind: bool) -> None:
    if not known:
        st.caption("Nobody has dismissed a finding yet.")
        return
    grid(words.table(known, site.book.zone), alt="All decisions, the last one first.")
    holding = [one for one in known if one.holds]
    if not holding:
        return
    number = st.selectbox(
        "Take one back",
        [None, *(one.id for one in holding)],
        format_func=lambda id: "–" if id is None else f"Number {id}",
        key=f"dismiss_any_{len(known)}_{len(holding)}",
    )
    if number is not None:
        st.button(
            "Take it back", key=f"dismiss_undo_any_{number}", on_click=partial(_take_back, site, number)
        )
    every = tuple(one.decision for one in holding)
    key = f"all_{holding[-1].id}_{len(holding)}"
    st.button(
        "Show what they change together",
        key=f"dismiss_{key}",
        on_click=partial(_look_at_all, site, every, key),
    )
    looked: tuple[str, Impact] | None = st.session_state.get(_SEEN)
    if looked is not None and looked[0] == key:
        preview(site, looked[1], blind=blind)
    st.download_button(
        "Download decisions.json",
        lambda: saving.exported(site),
        saving.FILE,
        "application/json",
        key="dismiss_export",
        on_click="ignore",
    )
    st.caption("They count only where the file is named:")
    st.code(saving.commands(site), language=None)


def _look(site: Site, entry: Entry, finding: Finding, scope: Scope, key: str) -> None:
    _kept(lambda: impact.impact(site, [saving.decision(site, entry, finding, scope, "")]), key)


def _look_at_all(site: Site, decisions: tuple[Decision, ...], key: str) -> None:
    _kept(lambda: impact.impact(site, decisions), key)


def _kept(look: Callable[[], Impact], key: str) -> None:
    try:
        st.session_state[_SEEN] = (key, look())
    except ProofgateError as error:
        st.session_state[_TROUBLE] = error


def _dismiss(site: Site, entry: Entry, finding: Finding, scope: Scope, reason: str) -> None:
    why = str(st.session_state.get(reason) or "").strip()
    try:
        if fault := reason_fault(why):
            raise InputError(f"the reason {fault}", remedy="say in one line why the finding is mistaken")
        saving.dismiss(site, entry, finding, scope, why)
        st.session_state.pop(_SEEN, None)
    except ProofgateError as error:
        st.session_state[_TROUBLE] = error


def _take_back(site: Site, number: int) -> None:
    try:
        saving.take_back(site, number)
        st.session_state.pop(_SEEN, None)
    except ProofgateError as error:
        st.session_state[_TROUBLE] = error
