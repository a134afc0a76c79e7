"""The form that exports the course, and the files that came of it."""

from __future__ import annotations

import streamlit as st

from dashboard import shown
from dashboard.outgoing import files
from dashboard.site import Site
from grading.book import dismissals, moments
from grading.course.model import Course
from quality.errors import ProofgateError
from quality.reports.escape import visible
from quality.wording import count

TOLD = "grades_exported"
"""In the session: what the last export of this session said; shown until the next one."""


def panel(site: Site, course: Course) -> None:
    """Makes what `grading export` makes, shows what it says, and offers its files."""
    shown.note(
        "Writes the worksheet, the feedback pages and the tables as `grading export` does, into the course's folder "
        f"{files.FOLDER}/. What nobody graded stays blank."
    )
    with site.book.reading() as db:
        dismissed = len(dismissals.holding(db))
    if dismissed:
        shown.note(
            f"{count(dismissed, 'decision')} in this course {'dismisses' if dismissed == 1 else 'dismiss'} findings. "
            "Grades honour them only after `grading run --decisions decisions.json` with the file that the page "
            "Rows exports."
        )
    with st.form("grades_export"):
        superseded = st.checkbox(
            "Marks that a person gave to a replaced hand-in go out as they are (--accept-superseded)"
        )
        above = st.checkbox("So do a person's marks above what their line gives (--accept-above)")
        force = st.checkbox("Put the folder aside if it holds other files (--force)")
        pressed = st.form_submit_button("Export", type="primary")
    if pressed:
        _make(site, course, superseded, above, force)
    outcome: tuple[str, ...] | ProofgateError | None = st.session_state.get(TOLD)
    if isinstance(outcome, ProofgateError):
        shown.trouble(outcome)
    elif outcome is not None:
        st.success("Exported.")
        for line in outcome:
            st.text(visible(line))
    _offered(site, course)


def _make(site: Site, course: Course, superseded: bool, above: bool, force: bool) -> None:
    try:
        with st.spinner("Exporting"):
            done = files.make(
                course,
                site.book,
                who=site.who(),
                accept_superseded=superseded,
                accept_above=above,
                force=force,
            )
    except ProofgateError as error:
        st.session_state[TOLD] = error
    else:
        st.session_state[TOLD] = tuple(files.told(done))


def _offered(site: Site, course: Course) -> None:
    st.markdown("#### The last export")
    last = files.last(site.book, course)
    if last is None:
        st.text("Nothing was exported yet.")
        return
    st.text(f"by {visible(last.who)} at {moments.local(last.at, course.zone)}, {visible(course.zone)}")
    if last.since:
        st.warning(
            f"Since then {count(last.since, 'change')} of points: export again before you hand grades out."
        )
    if not last.files:
        st.text(
            f"Its files are not in the course's folder {files.FOLDER}/, or were edited there since, so none is offered."
        )
        return
    with st.container(horizontal=True):
        for name, content in last.files.items():
            st.download_button(
                shown.plain(name),
                content,
                file_name=name,
                mime=files.OFFERED[name],
                key=f"grades_get_{name}",
                on_click="ignore",
            )
