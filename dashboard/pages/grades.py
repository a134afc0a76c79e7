"""The page *Grades*: all groups, one group in full with marks by hand, and the export."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, cast

import streamlit as st

from dashboard import shown
from dashboard.cohort import table
from dashboard.cohort.known import Known, known
from dashboard.cohort.panel import PAGE, UNKNOWN, beside, grid, paged, past
from dashboard.cohort.table import Line, Order
from dashboard.marking.panel import panel as marking
from dashboard.outgoing.panel import panel as outgoing
from dashboard.site import Site
from grading.course.model import Course
from grading.exporting.cohort import Case
from grading.feedback.titles import NOT_GRADED, number, title
from quality.errors import ProofgateError
from quality.wording import count

GROUP = "grades_group"
"""In the session and in the address: key of the group that is looked at."""
PARTS = ("Groups", "Export")


def page(site: Site) -> None:
    """All groups of the course with their points; one of them in full; the export."""
    st.title("Grades")
    if site.course is None:
        shown.empty(
            "This page shows a course's grades: points line by line, where they come from, marks by hand, and the "
            "export for the LMS. What is open now is a single file. With a course:",
            "grading init COURSE --sheet SHEET --test TEST\ndashboard COURSE",
        )
        return
    try:
        _course(site, site.course)
    except ProofgateError as error:
        shown.trouble(error)


def _course(site: Site, course: Course) -> None:
    found = known(site.book, course)
    if not found.cases:
        shown.empty("The course has no groups yet. Import what they handed in:", "grading import FILE")
        return
    part = st.segmented_control(
        "Show",
        PARTS,
        default=PARTS[0],
        key="grades_part",
        label_visibility="collapsed",
        bind="query-params",
    )
    if part == PARTS[1]:
        outgoing(site, course)
        return
    if found.cohort.cut_off:
        st.warning(
            "The last run was cut off, or is still at work: the points are of two times. `grading run`"
        )
    lines = _wanted(found)
    _table(found, lines)
    case = _chosen(found, lines)
    if case is not None:
        _group(site, found, case)


def _wanted(found: Known) -> Sequence[Line]:
    every = table.lines(found)
    look = table.reasons(every)
    needing = sum(bool(line.needs) for line in every)
    st.text(f"{count(len(every), 'group')}, {needing:,} for a person to look at")
    text_at, reason_at, order_at = st.columns(3)
    text = text_at.text_input("Search groups and members", key="grades_text")
    options = ("", *look)
    reason = reason_at.selectbox(
        "For a person to look at",
        options,
        format_func=lambda one: f"{shown.label(one)} ({look[one]:,})" if one else "any reason, or none",
        key=f"grades_reason_{_hash(*options)}",
    )
    order = order_at.selectbox("Order", list(Order), format_func=lambda one: one.value, key="grades_order")
    alone = st.toggle("Only groups that a person should look at", key="grades_needing")
    return table.lines(found, text=text, needing=alone, reason=reason, order=order)


def _table(found: Known, lines: Sequence[Line]) -> None:
    if not lines:
        st.text("No group is like that.")
        return
    state = _hash(*(line.key for line in lines))
    page_at = paged(len(lines), f"grades_page_{state}")
    rows = lines[page_at]
    key = f"grades_table_{state}_{page_at.start // PAGE}"
    heads = {key: shown.label(title(key)) for key in table.columns(found)}
    grid([_row(line, heads) for line in rows], key=key, on_select=lambda: _pressed(key, rows))


def _row(line: Line, heads: dict[str, str]) -> dict[str, str | float | None]:
    return {
        "Key": line.key,
        "Group": line.label,
        "Points": line.points,
        "Of": line.most,
        "Letter": line.letter or UNKNOWN,
        "For a person to look at": ", ".join(line.needs),
        **{head: line.lines.get(key) for key, head in heads.items()},
        "Late days": line.late_days,
        "Notes": ", ".join(line.notes),
    }


def _pressed(key: str, rows: Sequence[Line]) -> None:
    """Callback: the row of the table that was clicked becomes the group that is looked at."""
    state: Any = st.session_state.get(key)
    chosen: list[int] = state["selection"]["rows"] if state else []
    if chosen and 0 <= chosen[0] < len(rows):
        st.session_state[GROUP] = rows[chosen[0]].key


def _chosen(found: Known, lines: Sequence[Line]) -> Case | None:
    """The group that is looked at, which stays when a save takes it out of the list."""
    wanted = str(st.session_state.get(GROUP) or st.query_params.get("group") or "")
    keys = [line.key for line in lines]
    if wanted in found.cases and wanted not in keys:
        keys.insert(0, wanted)
    names = {key: f"{key} {shown.label(found.cases[key].label)}" for key in keys}
    st.session_state[GROUP] = wanted if wanted in names else None
    chosen: str | None = cast("Any", st).selectbox(
        "Group",
        keys,
        format_func=names.__getitem__,
        key=GROUP,
        placeholder="choose one, here or in the table",
    )
    if chosen is None:
        st.query_params.pop("group", None)
        return None
    st.query_params["group"] = chosen
    return found.cases[chosen]


def _group(site: Site, found: Known, case: Case) -> None:
    st.subheader(f"Group {shown.plain(case.group.key)}")
    members = ", ".join(shown.label(one.name or one.key) for one in case.group.members)
    st.text(f"{shown.label(case.label, 200)}\n{f'Members: {members}' if members else 'No known member'}")
    grade = case.grade
    letter = f", {grade.letter}" if grade.letter else ""
    said = (
        f"{number(grade.points)} of {number(grade.most)} points{letter}"
        if grade.points is not None
        else NOT_GRADED
    )
    st.markdown(f"#### {shown.plain(said)}")
    if grade.ungraded:
        st.text(f"Open: {', '.join(map(title, grade.ungraded))}")
    for reason in table.needs(found, case):
        st.text(f"• {shown.label(reason)}")
    lines_at, beside_at = st.columns([3, 2], gap="large")
    with lines_at:
        marking(site, case, found.course.zone)
    with beside_at:
        beside(found.course, case)
    past(site, found.course, case.group.key)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
