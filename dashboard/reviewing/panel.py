"""The review page's parts: what is reviewed, how far it is, the form of one row. Decisions are made in `desk`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard import shown
from dashboard.model import RowKey
from dashboard.reviewing import desk as desks
from dashboard.reviewing import looking
from dashboard.reviewing import queue as queues
from dashboard.reviewing.agreement import agreement
from dashboard.reviewing.desk import Desk
from dashboard.reviewing.known import known as everything
from dashboard.reviewing.looking import Corrected, Look
from dashboard.reviewing.on_screen import SCREENS
from dashboard.reviewing.queue import TITLES, Choice, Progress, Queue
from dashboard.reviewing.saving import Decision
from dashboard.site import Site
from grading.book import moments
from grading.book.reviews import ACCEPTED, FLAGGED, MAX_COMMENT, Review
from quality.wording import count

DESK = "review_desk"
"""Where a tab's `Desk` is kept."""
DECISIONS = (("accept", ACCEPTED, "a"), ("flag", FLAGGED, "f"), ("note", None, "n"))
"""Button, state, key; Streamlit keeps C and R for itself."""
WORDS = {
    "accept": "Accept",
    "flag": "Flag",
    "note": "Save note, decide later",
    "theirs": "Take theirs",
    "mine": "Save mine instead",
    "anew": "Look again and write anew",
}
MAX_PER_GROUP = 500
MAX_SEED = 999_999


def choice(site: Site) -> Choice:
    """What the reviewer wants to review; it stands in the page's address."""
    usual = Queue.SAMPLE if site.of_course else Queue.ALL
    wide, left, right, names = st.columns([4, 2, 2, 3], vertical_alignment="bottom")
    every = list(Queue)
    queue = wide.selectbox(
        "What to review",
        every,
        index=every.index(usual),
        format_func=lambda one: TITLES[one],
        key="queue",
        bind="query-params",
    )
    given = Choice(queue)
    if queue is Queue.SAMPLE:
        number = left.number_input(
            "Rows of each group", 1, MAX_PER_GROUP, given.per_group, key="per_group", bind="query-params"
        )
        seed = right.number_input("Seed", 0, MAX_SEED, given.seed, key="seed", bind="query-params")
        given = Choice(queue, number, seed)
    if site.of_course:
        names.toggle("Show group names", key="review_names", persist_state="session")
    return given


def blind(site: Site) -> bool:
    """Whether nothing on the page may tell whose row it is."""
    return site.of_course and not st.session_state.get("review_names", False)


def look(site: Site, choice: Choice, contents: Corrected) -> Look:
    """Finds the row to show, and notes that this tab shows it."""
    desk: Desk = st.session_state.get(DESK) or Desk()
    found = looking.look(site, desks.chosen(desk, choice), choice, SCREENS, contents)
    st.session_state[DESK] = found.desk
    return found


def on_screen() -> None:
    """Notes that the whole page has been sent: from now on a key counts."""
    st.session_state[DESK] = desks.shown(st.session_state[DESK])


def progress(site: Site, choice: Choice, known: Progress) -> None:
    """How far the queue is, by group and by reviewer; without names where they are hidden."""
    if choice.queue in (Queue.FLAGGED, Queue.CHANGED):
        st.progress(0.0 if known.total else 1.0, f"{count(known.total - known.done, 'row')} to look at")
        return
    share = known.done / known.total if known.total else 1.0
    complete = sum(done == total for done, total in known.groups.values())
    groups = f" · {complete:,} of {len(known.groups):,} groups complete" if site.of_course else ""
    st.progress(share, f"{known.done:,} of {known.total:,} rows reviewed{groups}")


def details(site: Site, known: Progress) -> None:
    """Progress by group and by reviewer, and the export, folded away."""
    box = st.expander("Progress and export", on_change="rerun")
    if not box.open:
        return
    with box:
        people, groups = st.columns(2)
        _table(people, queues.by_reviewer(known))
        if site.of_course and not blind(site):
            _table(groups, queues.by_group(known, _labels(site)))
        st.text(agreement(everything(site.book)).words)
        st.download_button(
            "Download reviews.csv", lambda: _export(site), "reviews.csv", "text/csv", key="reviews_csv"
        )


def status(desk: Desk) -> None:
    """What happened last; the line is always there, so that nothing jumps."""
    st.text(desk.said or "Keys work unless you are writing.")
    if desk.trouble is not None:
        shown.trouble(desk.trouble)


def earlier(site: Site, look: Look) -> None:
    """What somebody decided about the row before."""
    review, entry = look.review, look.entry
    if review is None or entry is None or review.is_empty:
        return
    when = f"{moments.local(review.at, site.book.zone)} {site.book.zone}"
    what = (review.state or "open, with a note").capitalize()
    on = " an earlier version of this row" if review.content != entry.content else ""
    st.text(f"{what} by {shown.label(review.who)} at {when}{f', on{on}' if on else ''}")
    if review.label:
        st.text(f"Label given instead: {shown.label(review.label)}")
    if review.comment:
        shown.text(review.comment)


def form(site: Site, look: Look) -> None:
    """Label, comment and the buttons that decide; their keys are the row's and its version's."""
    entry, desk = look.entry, look.desk
    if entry is None:
        return
    row = f"{entry.key.alias}_{desk.version}"
    given = look.given
    modes = [None, *(mode.name for mode in site.guide.fail_modes.values())]
    names = {None: f"as in the file: {shown.label(entry.row.fail_mode) or '(none)'}"}
    with st.form(f"review_{row}", enter_to_submit=False, border=False):
        st.selectbox(
            "Label",
            modes,
            index=modes.index(given.label) if given.label in modes else 0,
            format_func=lambda one: names.get(one) or shown.label(str(one)),
            key=f"label_{row}",
        )
        st.text_area("Comment", given.comment, max_chars=MAX_COMMENT, height=100, key=f"comment_{row}")
        _decisions(site, look, row)
    left, right = st.columns(2, gap="small")
    left.button(
        "Skip",
        key=f"skip_{row}",
        shortcut="s",
        on_click=_change,
        args=(partial(desks.skip, entry.key),),
        width="stretch",
    )
    with right:
        _take_back(site, desk, row)


def _decisions(site: Site, look: Look, row: str) -> None:
    """The form's buttons."""
    left, right = st.columns(2, gap="small")
    for place, (name, state, key) in zip((left, right, st.container()), DECISIONS, strict=True):
        place.form_submit_button(
            WORDS[name],
            key=f"{name}_{row}",
            shortcut=key,
            type="primary" if state == ACCEPTED else "secondary",
            width="stretch",
            on_click=_decide,
            args=(site, look, row, state),
        )


def _take_back(site: Site, desk: Desk, row: str) -> None:
    """The button that takes the tab's last decision back."""
    last = desk.saved[-1].review.version if desk.saved else 0
    st.button(
        "Undo",
        key=f"undo_{row}_{len(desk.saved)}_{last}",
        shortcut="u",
        disabled=not desk.saved,
        on_click=_change,
        args=(partial(desks.undo, site),),
        width="stretch",
    )


def nothing_left(site: Site, look: Look) -> None:
    """The end of a queue."""
    desk = look.desk
    left = look.progress.total - look.progress.done
    if not look.progress.total:
        st.info("There is no row in this queue.")
    elif left:
        st.info("You have put the other rows off, or have just been through them.")
        st.button("Show them again", on_click=_change, args=(desks.restarted,))
    else:
        st.success("Every row of this queue is reviewed.")
    _take_back(site, desk, "end")


def conflict(site: Site, look: Look) -> None:
    """Both decisions side by side, and what can be done about them."""
    found = look.desk.conflict
    if found is None:
        return
    st.subheader("Somebody was faster")
    shown.trouble(found)
    mine, theirs = st.columns(2)
    with mine.container(border=True):
        st.markdown("**Yours, not saved**")
        _decision(site, found.wanted)
    with theirs.container(border=True):
        st.markdown("**Theirs, saved**")
        _decision(site, found.found)
    key = RowKey(found.wanted.group, found.wanted.ref)
    row = f"{key.alias}_{found.found.version if found.found else 0}"
    first, second, third = st.columns(3)
    for place, name, step in (
        (first, "theirs", desks.take_theirs),
        (second, "mine", partial(_keep_mine, site, look)),
        (third, "anew", desks.write_anew),
    ):
        place.button(WORDS[name], key=f"{name}_{row}", on_click=_change, args=(step,), width="stretch")


def _decision(site: Site, one: Review | None) -> None:
    if one is None:
        st.text("The review was removed.")
        return
    st.text(f"{one.state or 'open'} · {shown.label(one.who)}")
    st.text(f"{moments.local(one.at, site.book.zone)} {site.book.zone} · version {one.version}")
    st.text(f"Label: {shown.label(one.label) if one.label else 'as in the file'}")
    if one.comment:
        shown.text(one.comment)


def _keep_mine(site: Site, look: Look, desk: Desk) -> Desk:
    return desks.keep_mine(site, desk, look.contents(site))


def _decide(site: Site, look: Look, row: str, state: str | None) -> None:
    label, comment = st.session_state.get(f"label_{row}"), st.session_state.get(f"comment_{row}", "")
    desk, decision = st.session_state[DESK], Decision(state, label, comment)
    if look.entry is not None:
        st.session_state[DESK] = desks.decide(site, look.entry, decision, desk, corrected=look.contents(site))


def _change(step: Callable[[Desk], Desk]) -> None:
    st.session_state[DESK] = step(st.session_state[DESK])


def _table(place: Any, rows: Sequence[Mapping[str, object]]) -> None:
    place.dataframe(rows, hide_index=True, width="stretch")


def _labels(site: Site) -> Mapping[str, str]:
    return {one.key: one.label for one in site.index.groups()}


def _export(site: Site) -> str:
    from dashboard.reviewing.export import as_csv

    known = everything(site.book)
    return as_csv([*known.first.values(), *known.second.values()], _labels(site))
