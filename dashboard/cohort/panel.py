"""What the page *Grades* shows of a group beside its lines, and the list of pages under a long table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, cast

import streamlit as st

from dashboard import shown
from dashboard.site import Site
from grading.book import history, moments
from grading.book.history import Entry
from grading.course.model import Course
from grading.exporting import days
from grading.exporting.cohort import Case
from grading.feedback import hand_in
from grading.feedback.bodies import Body, body, entries
from grading.feedback.titles import NO_DEADLINE, NOT_GRADED, flips, moment, number, points, sentence
from quality.reports.escape import visible
from quality.wording import count

PAGE = 50
"""Rows of a table that are sent at once."""
MAX_HISTORY = 200
UNKNOWN = "–"


def paged(rows: int, key: str) -> slice:
    """Which of the rows are shown; a choice of pages where there are more than fit.

    Args:
        key: Of the widget; another one for other rows, so that no page is asked for that is not there.
    """
    pages = -(-rows // PAGE)
    if pages < 2:
        return slice(0, PAGE)
    page = st.number_input(f"Page, of {pages:,}", 1, pages, key=key, width=160)
    return slice((page - 1) * PAGE, page * PAGE)


def grid(
    rows: Sequence[Mapping[str, str]],
    *,
    key: str | None = None,
    on_select: Callable[[], None] | None = None,
    wide: Collection[str] = (),
) -> list[int]:
    """Shows a table of short cells, which are text and nothing else; the places of the rows that are chosen.

    Args:
        key: Of a table in which a row can be chosen: another one for other rows, so that no choice outlives them.
        on_select: Is called when a row is chosen.
        wide: Columns that are never cut short.
    """
    import pandas

    table = cast("Any", st).dataframe
    frame = pandas.DataFrame([{name: shown.label(cell, 300) for name, cell in row.items()} for row in rows])
    if key is None:
        table(frame, hide_index=True, width="stretch")
        return []
    event = table(
        frame,
        hide_index=True,
        width="stretch",
        column_config={name: st.column_config.TextColumn(width="medium") for name in wide},
        key=key,
        on_select=on_select or "rerun",
        selection_mode="single-row",
    )
    return [place for place in event["selection"]["rows"] if 0 <= place < len(rows)]


def beside(course: Course, case: Case) -> None:
    """How firmly the grade stands, lateness, troubles and records."""
    _stability(case)
    _lateness(case, course)
    _troubles(case, course.zone)
    _records(body(case.documents, "examined"))


def _stability(case: Case) -> None:
    st.markdown("#### How firmly the grade stands")
    known = case.stability
    if known.get("low") is None:
        st.text("Not measured for the points as they are now; `grading run` looks at it again.")
        return
    low, high, level = number(known["low"]), number(known["high"]), 100 * known["level"]
    st.text(f"With other rows of the same kind, {level:.0f}% of the grades lie from {low} to {high} points.")
    if case.flips:
        st.text(f"It {flips(case.flips)}.")
    if without := entries(known, "without")[:5]:
        grid([{"without rule": str(one["code"]), "points": f"{one['points']:+.2f}"} for one in without])


def _lateness(case: Case, course: Course) -> None:
    st.markdown("#### Lateness")
    if course.deadline is None:
        st.text(sentence(NO_DEADLINE))
        return
    begun = days.evidence(case).get("begun_days")
    st.text(f"{NOT_GRADED if begun is None else count(begun, 'day') + ' begun after the deadline'}")
    members = days.of_members(case, course)
    if members:
        grid(
            [
                {
                    "member": one.person.name or one.person.key,
                    "days used": _or_unknown(one.used),
                    "days left": _or_unknown(one.left),
                    "points off": number(one.points_off),
                }
                for one in members
            ]
        )


def _or_unknown(value: float | None) -> str:
    return UNKNOWN if value is None else number(value)


def _troubles(case: Case, zone: str) -> None:
    st.markdown("#### The hand-in")
    if case.hand_in is None:
        st.text("Only the points are left." if case.purged else "Nothing was handed in.")
        return
    received = case.hand_in.received
    when = UNKNOWN if received is None else moment(received, zone)
    files = ", ".join(sorted(case.hand_in.files)) or "no usable file"
    st.text(
        f"received {when}, version {case.hand_in.version[:16]}, {count(case.hand_ins, 'hand-in')} in all: {files}"
    )
    for one in hand_in.troubles(case.troubles):
        place = f"{one.file}: " if one.file else ""
        remedy = f"\n→ {one.remedy}" if one.remedy else ""
        shown.text(f"{one.level}: {place}{one.what}{remedy}")
    for said in hand_in.predictions(body(case.documents, "predictions")):
        st.text(visible(said))


def _records(examined: Body) -> None:
    st.markdown("#### Records of the training")
    state, meaning = hand_in.lineage(examined)
    if not state:
        st.text("Not looked at.")
        return
    st.text(f"{visible(state)}: {visible(meaning)}")
    links = entries(body(examined, "lineage"), "links")
    if links:
        grid([{name: str(one[name]) for name in ("name", "state", "detail")} for one in links])


def past(site: Site, course: Course, group: str) -> None:
    """Who did what to the group's grade, when and why."""
    st.markdown("#### History")
    with site.book.reading() as db:
        told = history.entries(db, group)
    if not told:
        st.text("Nothing was done yet.")
        return
    st.text(f"{count(len(told), 'entry', 'entries')}, the newest first, times of {visible(course.zone)}")
    grid([_entry(one, course.zone) for one in reversed(told[-MAX_HISTORY:])])


def _entry(entry: Entry, zone: str) -> dict[str, str]:
    change = "" if entry.line is None else f"{_points(entry.before)} → {_points(entry.after)}"
    return {
        "when": moments.local(entry.at, zone),
        "who": entry.who,
        "what": entry.what,
        "line": entry.line or "",
        "version": "" if entry.version is None else str(entry.version),
        "points": change,
        "why": entry.why or "",
    }


def _points(value: Any) -> str:
    """Of a mark in the history; a dash where there was none, or it was taken back."""
    given = cast("Mapping[str, Any]", value).get("points") if isinstance(value, Mapping) else None
    return UNKNOWN if given is None else points(given)
