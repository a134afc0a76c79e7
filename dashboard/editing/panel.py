"""The form that corrects a row of a single file, and what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass

import streamlit as st

from dashboard import shown
from dashboard import site as sites
from dashboard.editing import checking, desks, offers, recheck
from dashboard.editing.cells import for_browser, from_browser, unsendable
from dashboard.editing.desk import Desk, Seen, Stale, seen
from dashboard.editing.overlay import overlay
from dashboard.editing.recheck import Change
from dashboard.model import Entry
from dashboard.site import Site
from quality.errors import ProofgateError
from quality.model import Finding
from quality.wording import count

RECORD = "edit_record"
"""Where a tab keeps how the last record of the corrections came out."""
MOST_FIXES = 8
MOST_LISTED = 20
"""Corrected rows that are shown at a time."""
_Told = Change | ProofgateError | str


@dataclass(frozen=True, slots=True)
class _Form:
    """One row's form in one tab.

    Attributes:
        entry: As it is corrected now.
        name: Of the row, in the keys of its widgets.
        pinned: The texts that the form began with.
    """

    desk: Desk
    entry: Entry
    name: str
    pinned: Seen

    def key(self, what: str) -> str:
        """Of a widget that speaks of these texts of this row, and of no others."""
        digest = hashlib.sha256("\0".join(self.pinned).encode("utf-8", "surrogatepass")).hexdigest()
        return f"edit_{what}_{self.name}_{digest[:16]}"


def panel(site: Site, entry: Entry) -> None:
    """The form for that row; nothing in a course, whose files are the students' own."""
    if site.file is None:
        return
    name = entry.key.alias
    if not st.toggle("Correct this row", key=f"edit_open_{name}", on_change=_unpin, args=(name,)):
        return
    try:
        desk = desks.desk_of(site)
        entry = overlay(site, entry)
        desk.of(entry)
    except ProofgateError as error:
        shown.trouble(error)
        return
    desk.warm(entry.row)
    pinned: Seen = st.session_state.setdefault(f"edit_pinned_{name}", seen(entry.row))
    form = _Form(desk, entry, name, pinned)
    _told(form)
    _conflict(form)
    _fixes(form)
    _form(form)
    _all(site, desk)


def _form(form: _Form) -> None:
    output, label = form.pinned
    if lost := unsendable(output):
        st.caption(
            f"{count(lost, 'character')} of this response cannot be shown here: \ufffd stands in its place."
        )
    with st.form(form.key("form")):
        st.text_area("Response", for_browser(output), height=260, key=form.key("output"))
        if form.desk.request.table.labelled:
            choices = shown.labels(offers.labels(form.desk.request.guide, label))
            st.selectbox(
                "Label: the fault before correction",
                list(choices),
                index=list(choices).index(label),
                format_func=choices.__getitem__,
                key=form.key("label"),
            )
        st.form_submit_button("Save and check the row", on_click=_saved, args=(form,), type="primary")
    st.caption(
        "Saved to a new file beside yours, which stays as it is. What hangs on other rows (copies, usual lengths, "
        "reference texts) and the lists are as of the last full check."
    )


def _saved(form: _Form) -> None:
    """Saves what the form holds."""
    state = st.session_state
    try:
        cells = {"output": from_browser(state[form.key("output")], form.pinned[0])}
    except ProofgateError as error:
        _tell(form, error)
        return
    if (label := state.get(form.key("label"))) is not None:
        cells["fail_mode"] = label
    changed = {column: text for column, text in cells.items() if text != _of(form.pinned)[column]}
    _save(form, form.pinned, changed)


def _save(
    form: _Form, as_seen: Seen, cells: Mapping[str, str], code: str = "", safe: bool | None = None
) -> None:
    desk, before = form.desk, form.entry
    try:
        if not desk.save(before.row.row, as_seen, cells, code=code, safe=safe):
            _tell(form, "Nothing was changed.")
            return
        _unpin(form.name)
        _tell(form, recheck.change(before, desk.entry(before)))
        _write_record(desk)
    except ProofgateError as error:
        _tell(form, error)


def _of(texts: Seen) -> dict[str, str]:
    return {"output": texts[0], "fail_mode": texts[1]}


def _tell(form: _Form, what: _Told) -> None:
    st.session_state[f"edit_told_{form.name}"] = what


def _unpin(name: str) -> None:
    """The form begins anew with the row as it is."""
    for what in ("pinned", "told"):
        st.session_state.pop(f"edit_{what}_{name}", None)


def _told(form: _Form) -> None:
    told: _Told | None = st.session_state.get(f"edit_told_{form.name}")
    if isinstance(told, ProofgateError) and not isinstance(told, Stale):
        shown.trouble(told)
    elif isinstance(told, str):
        st.info(shown.plain(told))
    elif isinstance(told, Change):
        marks = " → ".join("–" if score is None else f"{score:.1f}" for score in (told.before, told.after))
        numbers = f"{count(len(told.gone), 'finding')} gone, {len(told.new)} new"
        words = f"Saved. Score {marks}; {numbers}."
        st.warning(shown.plain(words)) if told.new else st.success(shown.plain(words))
        st.text(f"The corrected file: {shown.label(form.desk.places.target.name)}")
        for word, findings in (("gone", told.gone), ("new", told.new)):
            for one in findings[:MOST_FIXES]:
                st.text(f"{word}: {one.code} {shown.label(one.message, 300)}")


def _conflict(form: _Form) -> None:
    """Both versions, where the row was corrected since this tab began."""
    now, told = form.entry.row, st.session_state.get(f"edit_told_{form.name}")
    if seen(now) == form.pinned:
        return
    mine = {**_of(form.pinned), **(told.wanted if isinstance(told, Stale) else {})}
    shown.trouble(told if isinstance(told, Stale) else Stale(now, {}))
    shown.changed(now.output, mine["output"], heads=("As it is saved now", "Yours"))
    if now.fail_mode != mine["fail_mode"]:
        st.text(f"label: {shown.label(now.fail_mode)} | yours: {shown.label(mine['fail_mode'])}")
    left, right = st.columns(2)
    key = f"{form.key('over')}_{form.entry.content[:16]}"
    left.button("Keep what is saved", key=f"{key}_theirs", on_click=_unpin, args=(form.name,))
    if isinstance(told, Stale):
        over = (form, seen(now), told.wanted)
        right.button("Save mine over it", key=f"{key}_mine", on_click=_save, args=over)


def _fixes(form: _Form) -> None:
    found = offers.fixes(form.entry) if seen(form.entry.row) == form.pinned else []
    for number, one in enumerate(found[:MOST_FIXES]):
        assert one.fix is not None
        text, button = st.columns([3, 1], vertical_alignment="center")
        word = "fix" if one.fix.safe else "suggestion"
        change = f"“{shown.label(offers.old(form.entry, one))}” → “{shown.label(one.fix.text)}”"
        text.text(f"{one.code} {word}: {change}")
        button.button(
            f"Take this {word}",
            key=f"{form.key('fix')}_{number}_{one.code}",
            on_click=_taken,
            args=(form, one),
        )


def _taken(form: _Form, finding: Finding) -> None:
    safe = finding.fix is not None and finding.fix.safe
    _save(form, form.pinned, offers.applied(form.entry, finding), finding.code, safe)


def _all(site: Site, desk: Desk) -> None:
    """The corrections so far, and what can be done with all of them."""
    if not desk.answers or site.file is None:
        return
    record: Future[None] | None = st.session_state.get(RECORD)
    if record is not None and record.done() and isinstance(error := record.exception(), ProofgateError):
        shown.trouble(error)
    last, version = desk.answers[-1], desk.log_bytes
    st.button(
        f"Undo the last correction (row {last.row:,})",
        key=f"edit_undo_{version}",
        on_click=_undone,
        args=(desk,),
    )
    with st.expander(f"All corrections: {shown.plain(desks.summary(desk))}"):
        if desk.resumed:
            st.caption(f"{count(desk.resumed, 'correction')} were there when this dashboard was started.")
        st.text("The corrected file:")
        st.code(shown.label(str(desk.places.target), 400), language=None)
        for line in offers.commands(desk, site.file.options):
            st.code(line, language="bash")
        _whole(site, version)
        _in_place(site, desk, version)
        if st.checkbox("Set these corrections aside and start anew", key=f"edit_anew_{version}"):
            st.button("Start anew", key=f"edit_anew_do_{version}", on_click=_anew, args=(site, desk))
        _differences(desk)
    if told := st.session_state.pop("edit_said", None):
        shown.trouble(told) if isinstance(told, ProofgateError) else st.text(shown.label(told, 400))


def _differences(desk: Desk) -> None:
    changed = desk.changed()
    for old, new in changed[:MOST_LISTED]:
        st.text(f"row {old.row} · {shown.label(old.id)}")
        if old.fail_mode != new.fail_mode:
            st.text(f"label: {shown.label(old.fail_mode) or '–'} → {shown.label(new.fail_mode) or '–'}")
        if old.output != new.output:
            shown.changed(old.output, new.output)
    if len(changed) > MOST_LISTED:
        st.caption(f"The first {MOST_LISTED} of {len(changed):,} rows; quality diff shows all.")


def _undone(desk: Desk) -> None:
    try:
        last = desk.undo()
        st.session_state["edit_said"] = f"Taken back: row {last.row}." if last else "Nothing to take back."
        _write_record(desk)
    except ProofgateError as error:
        st.session_state["edit_said"] = error
    _unpin_all()


def _write_record(desk: Desk) -> None:
    """Beside what the person does next; the next look at the page tells what went wrong."""
    st.session_state[RECORD] = checking.submit(desk.write_record)


def _unpin_all() -> None:
    for key in [str(one) for one in st.session_state if str(one).startswith(("edit_pinned_", "edit_told_"))]:
        del st.session_state[key]


def _whole(site: Site, version: int) -> None:
    if st.button("Check the whole corrected file again", key=f"edit_whole_{version}"):
        _renew(site)


def _renew(site: Site) -> None:
    try:
        with st.spinner("Checking every row…"):
            sites.hold(site.renewed())
    except ProofgateError as error:
        shown.trouble(error)
    else:
        st.rerun()


def _in_place(site: Site, desk: Desk, version: int) -> None:
    """Writes into the user's own file once they say so."""
    st.text("Your own file is written only if you say so; a copy of it is kept beside it:")
    st.code(shown.label(str(desk.request.table.path), 400), language=None)
    sure = st.checkbox("Yes, replace this file", key=f"edit_sure_{version}")
    if st.button("Write the corrections into it", key=f"edit_place_{version}", disabled=not sure):
        try:
            kept = desk.put_in_place()
        except ProofgateError as error:
            shown.trouble(error)
            return
        desks.forget(desk.request.table.path)
        _unpin_all()
        st.session_state["edit_said"] = f"Written. The file as it was: {kept.name}"
        _renew(site)


def _anew(site: Site, desk: Desk) -> None:
    try:
        kept = desk.start_anew()
        st.session_state["edit_said"] = f"Set aside: {kept.name}"
    except ProofgateError as error:
        st.session_state["edit_said"] = error
    desks.forget(desk.request.table.path)
    _unpin_all()
