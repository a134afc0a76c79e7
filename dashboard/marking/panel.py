"""The lines of a group's grade: what the program says, what a person says, and the form in which they say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import streamlit as st

from dashboard import shown
from dashboard.marking import saving
from dashboard.marking.saving import Seen
from dashboard.site import Site
from grading.book import history, moments
from grading.book.mark import Conflict, Mark
from grading.exporting.cohort import Case
from grading.exporting.refusal import is_behind
from grading.feedback.titles import number, points, sentence, title
from quality.errors import ProofgateError
from quality.reports.escape import visible, visible_block

LOST = "grades_lost"
"""In the session: the person's mark that somebody else's came before, until they decide."""
SAID = "grades_said"
"""In the session: what became of the last save, shown once."""
MAX_WHY = 2_000


@dataclass(frozen=True, slots=True)
class Lost:
    """A mark that was not saved because the line had changed; `given` None: the mark was to be taken back."""

    on: Seen
    given: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a save; `error` None: it was saved."""

    on: Seen
    error: ProofgateError | None = None


def panel(site: Site, case: Case, zone: str) -> None:
    """All lines of the group's grade, each with a form for a person's mark."""
    if is_behind(case):
        st.warning(
            "This group handed in again since it was graded. Points and evidence are of the earlier hand-in, and a "
            "mark that you give now counts as one on it, until `grading run` has graded the new one."
        )
    said: Said | None = st.session_state.pop(SAID, None)
    for mark in case.marks:
        on = saving.seen(case, mark.key, mark.version)
        with st.container(border=True):
            _line(site, case, mark, zone)
            _outcome(said, on)
            _conflict(site, mark, on, zone)
            _evidence(mark)
            if mark.version:
                _form(site, mark, on, opened=_of(said, on) and said is not None and said.error is not None)
    if case.former:
        st.markdown("#### No longer in the rubric, so they count for nothing")
    for mark in case.former:
        st.text(f"{visible(mark.key)}: {points(mark.effective)}")


def _line(site: Site, case: Case, mark: Mark, zone: str) -> None:
    most = f" of {number(mark.most)}" if mark.most else ""
    counts = f"{points(mark.effective)}{most if mark.effective is not None else ''}"
    st.markdown(f"**{shown.plain(title(mark.key))}** · {shown.plain(counts)}")
    program = "" if mark.points is None else f"The program: {number(mark.points)}. "
    shown.note(f"{program}{sentence(mark.sentence)}")
    if mark.manual is None:
        return
    at = moments.local(mark.manual.at, zone)
    st.text(
        f"{visible(mark.manual.who)} gave {number(mark.manual.points)} on {at}: {visible_block(mark.manual.why)}"
    )
    if mark in case.superseded:
        st.warning(
            "This mark was given to a hand-in that has been replaced. It counts until somebody changes it."
        )
    if mark in case.above:
        st.warning("This mark is above what the line gives in course.toml.")


def _outcome(said: Said | None, on: Seen) -> None:
    if said is None or not _of(said, on):
        return
    if said.error is None:
        st.success("Saved.")
    else:
        shown.trouble(said.error)


def _of(said: Said | Lost | None, on: Seen) -> bool:
    return said is not None and (said.on.group, said.on.line) == (on.group, on.line)


def _evidence(mark: Mark) -> None:
    if mark.evidence:
        with st.expander("Evidence"):
            st.json(_readable(mark.evidence), expanded=1)


def _readable(value: Any) -> Any:
    """JSON values whose texts show what nobody can see."""
    if isinstance(value, str):
        return visible_block(value)
    if isinstance(value, Mapping):
        parts = cast("Mapping[str, Any]", value)
        return {visible(key): _readable(part) for key, part in parts.items()}
    if isinstance(value, list | tuple):
        return [_readable(one) for one in cast("list[Any]", value)]
    return value


def _form(site: Site, mark: Mark, on: Seen, *, opened: bool) -> None:
    start = "" if mark.effective is None else number(mark.effective)
    with st.expander("Mark by hand", expanded=opened), st.form(_key("form", on), border=False):
        st.text_input("Points", start, key=_key("points", on), width=160)
        st.text_area("Reason", key=_key("why", on), max_chars=MAX_WHY, height=80)
        with st.container(horizontal=True):
            st.form_submit_button("Save mark", key=_key("save", on), on_click=_saved, args=(site, on))
            if mark.manual is not None:
                st.form_submit_button(
                    "Take the mark back", key=_key("back", on), on_click=_saved, args=(site, on, True)
                )


def _key(what: str, on: Seen) -> str:
    """Of a widget that acts on one version of one line alone."""
    return f"grades_{what}_{on.group}_{on.line}_{on.version}"


def _saved(site: Site, on: Seen, back: bool = False) -> None:
    """Callback: saves what the form holds, or keeps why that could not be."""
    why = str(st.session_state.get(_key("why", on), ""))
    try:
        given = None if back else saving.points(str(st.session_state.get(_key("points", on), "")))
    except ProofgateError as error:
        st.session_state[SAID] = Said(on, error)
        return
    _save(site, Lost(on, given, why))


def _save(site: Site, wanted: Lost) -> None:
    try:
        saving.save(site.book, wanted.on, wanted.given, why=wanted.why, who=site.who())
    except Conflict:
        st.session_state[LOST] = wanted
        return
    except ProofgateError as error:
        st.session_state[SAID] = Said(wanted.on, error)
        return
    st.session_state.pop(LOST, None)
    st.session_state[SAID] = Said(wanted.on)


def _conflict(site: Site, mark: Mark, on: Seen, zone: str) -> None:
    """Both versions, as long as the person has not decided which is to count."""
    lost: Lost | None = st.session_state.get(LOST)
    if lost is None or not _of(lost, on):
        return
    st.warning(
        "Somebody saved on this line while you were writing. Yours was not saved; decide which counts."
    )
    theirs, yours = st.columns(2)
    with site.book.reading() as db:
        last = history.last(db, on.group, on.line)
    with theirs:
        st.markdown(
            f"**Theirs**, which counts now: {shown.plain(points(mark.effective))}, version {int(mark.version)}"
        )
        if last is not None:
            st.text(f"{visible(last.who)}, {visible(last.what)}, {moments.local(last.at, zone)}")
            st.text(visible_block(last.why or "without a reason"))
        st.button("Keep theirs", key=_key("theirs", on), on_click=_dropped)
    with yours:
        what = "take the mark back" if lost.given is None else number(lost.given)
        st.markdown(f"**Yours**, not saved: {shown.plain(what)}, on version {int(lost.on.version)}")
        st.text(visible_block(lost.why))
        again = replace(lost, on=on)
        st.button("Save mine over theirs", key=_key("mine", on), on_click=_save, args=(site, again))


def _dropped() -> None:
    st.session_state.pop(LOST, None)
