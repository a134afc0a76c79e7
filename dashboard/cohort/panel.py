"""Parts of the pages *Grades* and *Copying*: tables and their pages, what stands beside a grade, a shared row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import streamlit as st

from dashboard import shown
from dashboard.cohort.shared_rows import SharedRow, Text
from dashboard.site import Site
from grading.book import history, moments, reviews
from grading.book.history import Entry
from grading.course.model import Course
from grading.exporting import days
from grading.exporting.cohort import Case
from grading.feedback import hand_in
from grading.feedback.bodies import Body, body, entries
from grading.feedback.titles import NO_DEADLINE, NOT_GRADED, flips, moment, number, points, sentence
from quality.reports.escape import visible
from quality.reports.mask import masked_text
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
    rows: Sequence[Mapping[str, str | float | None]],
    *,
    key: str | None = None,
    on_select: Callable[[], None] | None = None,
    chosen: int | None = None,
    config: Mapping[str, Any] | None = None,
) -> list[int]:
    """Shows a table of short cells, text or numbers (None reads “–”); the places of the rows that are chosen.

    Args:
        key: Of a table in which a row can be chosen: another one for other rows, so that no choice outlives them.
        on_select: Is called when a row is chosen.
        chosen: Place of the row that is chosen at first.
        config: Of columns, as Streamlit takes it.
    """
    import pandas

    table = cast("Any", st).dataframe
    frame = pandas.DataFrame([{name: _cell(cell) for name, cell in row.items()} for row in rows])
    look = {"hide_index": True, "width": "stretch", "placeholder": UNKNOWN, "column_config": config}
    if key is None:
        table(frame, **look)
        return []
    event = table(
        frame,
        **look,
        key=key,
        on_select=on_select or "rerun",
        selection_mode="single-row",
        selection_default=None if chosen is None else {"selection": {"rows": [chosen]}},
    )
    return [place for place in event["selection"]["rows"] if 0 <= place < len(rows)]


def _cell(cell: str | float | None) -> str | float:
    """Numbers stay numbers, so that a click on the head sorts them as such."""
    return shown.label(cell, 300) if isinstance(cell, str) else float("nan") if cell is None else cell


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
        shown.note(_unmeasured(case))
        return
    low, high, level = number(known["low"]), number(known["high"]), 100 * known["level"]
    st.text(f"With other rows of the same kind, {level:.0f}% of the grades lie from {low} to {high} points.")
    if case.flips:
        st.text(f"It {flips(case.flips)}.")
    if without := entries(known, "without")[:5]:
        grid([{"Without rule": str(one["code"]), "Points": f"{one['points']:+.2f}"} for one in without])


def _unmeasured(case: Case) -> str:
    if case.grade.points is None:
        return "Not measured: a line is not graded."
    if case.documents.get("stability", {}).get("points") == case.grade.points:
        return "Not measured: too few rows."
    return "Not measured for the points as they are now: `grading run` looks at it again."


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
                    "Member": one.person.name or one.person.key,
                    "Days used": one.used,
                    "Days left": one.left,
                    "Points off": one.points_off,
                }
                for one in members
            ]
        )


def _troubles(case: Case, zone: str) -> None:
    st.markdown("#### The hand-in")
    if case.hand_in is None:
        st.text("Only the points are left." if case.purged else "Nothing was handed in.")
        return
    received = case.hand_in.received
    when = UNKNOWN if received is None else moment(received, zone)
    files = ", ".join(sorted(case.hand_in.files)) or "no usable file"
    st.text(f"Received {when}, {count(case.hand_ins, 'hand-in')} in all: {files}")
    for one in hand_in.troubles(case.troubles):
        place = f"{one.file}: " if one.file else ""
        remedy = f"\n→ {one.remedy}" if one.remedy else ""
        shown.note(f"{one.level.capitalize()}: {place}{one.what}{remedy}")
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
        grid([{name.capitalize(): str(one[name]) for name in ("name", "state", "detail")} for one in links])


def shared_row(row: SharedRow, a: str, b: str) -> None:
    """A row that two groups changed alike: the sheet's text, both of theirs, and the shared edits."""
    with st.container(border=True):
        st.text(f"Row {shown.label(masked_text(row.id))}")
        for name, text, at in zip(("The sheet", a, b), (row.sheet, row.a, row.b), st.columns(3), strict=True):
            with at:
                st.text(name)
                _text(text)
        grid(
            [
                {
                    "In the sheet": masked_text(edit["before"]),
                    "Both wrote": masked_text(edit["after"]),
                    "Groups with it": edit["groups"],
                    "Weight": round(edit["weight"], 1),
                }
                for edit in row.edits
            ]
        )


def _text(text: Text) -> None:
    if text.text is None:
        st.text("not in the book")
    else:
        shown.marked(masked_text(text.text), text.spans)


def past(site: Site, course: Course, group: str) -> None:
    """Who did what to the group's grade, when and why."""
    st.markdown("#### History")
    with site.book.reading() as db:
        told = history.entries(db, group)
        rows = {
            one.line: found.row_id
            for one in told[-MAX_HISTORY:]
            if one.what == reviews.WHAT and one.line and (found := reviews.of_line(db, group, one.line))
        }
    if not told:
        st.text("Nothing was done yet.")
        return
    st.text(f"{count(len(told), 'entry', 'entries')}, the newest first, times of {visible(course.zone)}")
    grid([_entry(one, course.zone, rows) for one in reversed(told[-MAX_HISTORY:])])


def _entry(entry: Entry, zone: str, rows: Mapping[str, str]) -> dict[str, str]:
    before, after = _points(entry.before), _points(entry.after)
    change = "" if before == after == UNKNOWN else f"{before} → {after}"
    return {
        "When": moments.local(entry.at, zone),
        "Who": entry.who,
        "What": entry.what,
        "Line": f"row {rows[line]}" if (line := entry.line or "") in rows else line,
        "Version": "" if entry.version is None else str(entry.version),
        "Points": change,
        "Why": entry.why or "",
    }


def _points(value: Any) -> str:
    """Of a mark in the history; a dash where there was none, or it was taken back."""
    given = cast("Mapping[str, Any]", value).get("points") if isinstance(value, Mapping) else None
    return UNKNOWN if given is None else points(given)
