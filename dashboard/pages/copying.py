"""The page *Copying*: how much the groups' corrections agree beyond chance. Evidence, never a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import shown
from dashboard.cohort import charts, graph, pairs
from dashboard.cohort.known import Known, known
from dashboard.cohort.pairs import Measure
from dashboard.cohort.panel import PAGE, UNKNOWN, grid, paged, shared_row
from dashboard.cohort.shared_rows import shared_rows
from dashboard.shown.charts import COLOURS, theme
from dashboard.site import Site
from grading.book.pairs import PairRow
from grading.course.model import Course
from grading.feedback.bodies import entries
from quality.errors import ProofgateError
from quality.wording import count

GROUP = "copying_group"
"""In the session: key of the group whose pairs are listed."""
PAIR = "pair"
"""In the address: the keys of the pair that is looked at."""
MAX_SIGNALS = 60
GRAPH_LABEL = 16
MOST_ROWS = 5
"""Rows of a pair that are shown at first."""
INK = {"light": "#31333f", "dark": "#e6e7eb"}
"""Of names in the graph, by theme: no one colour has contrast enough to both grounds."""


def page(site: Site) -> None:
    """Pairs of groups, their clusters, what a pair shares, and other signals."""
    st.title("Copying")
    if site.course is None:
        shown.empty(
            "This page compares what the groups of a course changed in one sheet, and shows who agrees beyond chance. "
            "What is open now is a single file. With a course:",
            "grading init COURSE --sheet SHEET --test TEST\ndashboard COURSE",
        )
        return
    try:
        _course(site, site.course)
    except ProofgateError as error:
        shown.trouble(error)


def _course(site: Site, course: Course) -> None:
    found = known(site.book, course)
    if not found.pairs and not found.documents.get("signals"):
        shown.empty(
            "The groups were not compared with one another yet. Import and grade first:", "grading run"
        )
        return
    st.text(
        "Evidence for a person, never a verdict: groups that shared a tool or a tutor stand here too, and an easy "
        "sheet that all correct alike looks like copying. Nothing here costs a point."
    )
    if not found.cohort.compared:
        st.warning("The groups as they are now were not compared with one another: `grading run`")
    named = st.toggle("Show names", key="copying_named")
    names = {
        key: f"{key} {shown.label(case.label, 20)}" if named else key for key, case in found.cases.items()
    }
    _distribution(found)
    _clusters(found, names)
    _pairs(site, found, names)
    _signals(found, names)


def _distribution(found: Known) -> None:
    st.subheader("All pairs")
    limit, candidates = found.course.copying_q, len(found.candidate_pairs)
    st.text(
        f"{count(len(found.pairs), 'pair')}, {count(candidates, 'candidate')}: q value up to {limit:g}, so that about "
        f"{100 * limit:g}% of such a list are expected to be honest"
    )
    by = (
        st.segmented_control(
            "Pairs by", list(Measure), default=Measure.Q, key="copying_by", bind="query-params"
        )
        or Measure.Q
    )
    bars = pairs.histogram(found, by)
    alt = f"{len(found.pairs)} pairs of groups by {by.value}, of which {candidates} are candidates"
    st.altair_chart(charts.histogram(bars, COLOURS, alt), width="stretch")
    if bars.unmeasured:
        st.text(f"{count(bars.unmeasured, 'pair')} without a value: nothing to hold them against")
    if by is Measure.P:
        st.text("The line is where pairs of independent groups would lie.")
    _calibration(found)


def _calibration(found: Known) -> None:
    told = found.calibration
    if not told:
        return
    with st.expander("How far the p values can be trusted"):
        ks = UNKNOWN if told.get("ks") is None else f"{told['ks']:.3f}"
        st.text(
            f"{count(told['tested'], 'pair')} tested. Among those that are no candidates p should be uniform: the "
            f"largest distance from that is {ks} (0 is none), their spread {told['spread']:.2f} (1 is as expected; "
            "what is above was divided out)."
        )
        if quantiles := told.get("quantiles"):
            grid([{"Share of pairs": share, "Lies below p": f"{p:.3g}"} for share, p in quantiles.items()])
        if own := told.get("own_way"):
            st.text(f"Agree with nobody, so they are held against nobody: {', '.join(own)}")


def _clusters(found: Known, names: Mapping[str, str]) -> None:
    st.subheader("Clusters")
    candidates = found.candidate_pairs
    labels = {key: shown.label(name, GRAPH_LABEL) for key, name in names.items()}
    letters = max((len(labels[key]) for pair in candidates for key in (pair.a, pair.b)), default=0)
    drawn = graph.graph(candidates, letters)
    if not drawn.nodes:
        st.text("No pair is a candidate.")
        return
    st.text("A line is a candidate pair, the wider the more alike. Click a group to list its pairs below.")
    alt = f"{len(drawn.nodes)} groups joined by {len(drawn.edges)} candidate pairs"
    st.altair_chart(
        charts.clusters(drawn, names, {**COLOURS, "text": INK[theme()]}, alt),
        width=int(graph.WIDTH),
        key="copying_graph",
        on_select=_clicked,
        selection_mode=charts.NODE,
    )


def _clicked() -> None:
    """Callback: the group that was clicked is the one whose pairs are listed."""
    state: Any = st.session_state.get("copying_graph")
    chosen: Sequence[Mapping[str, str]] = state["selection"].get(charts.NODE) or () if state else ()
    st.session_state[GROUP] = chosen[0].get("group") if chosen else None


def _pairs(site: Site, found: Known, names: Mapping[str, str]) -> None:
    st.subheader("Pairs")
    if not found.pairs:
        st.text("No pair was compared.")
        return
    group_at, only_at = st.columns(2, vertical_alignment="bottom")
    if st.session_state.get(GROUP) not in names:
        st.session_state[GROUP] = None
    group = group_at.selectbox(
        "Pairs of group", list(names), format_func=lambda key: names[key], key=GROUP, placeholder="all groups"
    )
    only = only_at.toggle("Only candidates", key="copying_only", bind="query-params")
    rows = pairs.listed(found, group=group, candidates=only)
    state = f"{found.state[:12]}_{group}_{only}"
    page_at = paged(len(rows), f"copying_page_{state}")
    here = rows[page_at]
    chosen = _table(found, here, names, f"copying_table_{state}_{page_at.start // PAGE}")
    if chosen is None:
        st.text("Choose a row to see what the two groups share.")
    else:
        _pair(site, found.course, chosen, names)


def _table(found: Known, here: Sequence[PairRow], names: Mapping[str, str], key: str) -> PairRow | None:
    """The pairs of this page; the one that is chosen."""
    if not here:
        st.text("No pair is like that.")
        return None
    rows = [
        {
            "Group": names.get(pair.a, pair.a),
            "And group": names.get(pair.b, pair.b),
            "Candidate": "candidate" if found.is_candidate(pair) else "",
            "Similarity": pair.score,
            "p value": pair.p,
            "q value": pair.q,
            "Shared edits": pair.shared_edits,
            "Containment": pair.containment,
        }
        for pair in here
    ]
    asked = st.query_params.get(PAIR, "")
    named = any(name != group for group, name in names.items())
    chosen = grid(
        rows,
        key=key,
        chosen=next((at for at, pair in enumerate(here) if f"{pair.a} {pair.b}" == asked), None),
        config={
            **{name: st.column_config.NumberColumn(format="%.3f") for name in ("Similarity", "Containment")},
            **{name: st.column_config.NumberColumn(format="%.2g") for name in ("p value", "q value")},
            **{name: st.column_config.TextColumn(width="medium") for name in ("Group", "And group") if named},
        },
    )
    if not chosen:
        st.query_params.pop(PAIR, None)
        return None
    pair = here[chosen[0]]
    st.query_params[PAIR] = f"{pair.a} {pair.b}"
    return pair


def _chance(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.2g}"


def _pair(site: Site, course: Course, pair: PairRow, names: Mapping[str, str]) -> None:
    a, b = (names.get(key, key) for key in (pair.a, pair.b))
    st.text(
        f"{a} and {b}: similarity {pair.score:.3f}, p {_chance(pair.p)}, q {_chance(pair.q)}, "
        f"{count(pair.shared_edits, 'shared edit')}"
    )
    rows = shared_rows(site.book, course, pair)
    if not rows:
        st.text("Which edits they share is listed only for pairs that are unlikely by chance.")
        return
    st.text(
        f"The rarest shared edits, in {count(len(rows), 'row')}. Highlighted: what both changed alike, with how many "
        "groups did. Grey: what comes from the sheet itself."
    )
    every = len(rows) <= MOST_ROWS or st.toggle("All rows", key=f"copying_rows_{pair.a}_{pair.b}")
    for row in rows if every else rows[:MOST_ROWS]:
        shared_row(row, a, b)


def _signals(found: Known, names: Mapping[str, str]) -> None:
    st.subheader("Other signals")
    signals = entries(found.documents, "signals")
    if not signals:
        st.text("None was seen, or none could be looked for.")
        return
    for one in signals[:MAX_SIGNALS]:
        who = ", ".join(names.get(key, key) for key in one["groups"])
        with st.container(border=True):
            st.text(f"{shown.label(one['kind'])} · {who}")
            st.text(shown.label(one["sentence"], 400))
            if len(one["groups"]) > len(found.cases) / 2:
                st.text(
                    "More than half of the groups share this: an easy task that all do alike looks so too."
                )
    if len(signals) > MAX_SIGNALS:
        shown.note(
            f"and {count(len(signals) - MAX_SIGNALS, 'more signal', 'more signals')}: `grading show GROUP`"
        )
