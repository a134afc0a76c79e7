"""The page *Overview*: how many rows pass, why the others do not, and where to look first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import LiteralString

import streamlit as st

from dashboard.cohort import table
from dashboard.cohort.known import known
from dashboard.model import ALL, About, Filter, Totals
from dashboard.shown import blocks, charts, filters, row, unmeasured
from dashboard.shown.address import View
from dashboard.shown.charts import Bar, Cell
from dashboard.shown.grid import ROW_HEIGHT, grid, selected
from dashboard.shown.nothing import nothing
from dashboard.shown.words import label, labels, plain
from dashboard.site import Site
from quality.wording import count, percent

MAX_MODES = 15
"""Labels in the matrix, the most frequent ones; the list has all, as many in sight."""
STEP = 0.01  # between two scores, which have two decimals
LEAVING = "leaving"
"""In the session: the rows that a table's selection asks for."""
GROUPS, LABELS = "groups_table", "labels_table"


def page(site: Site) -> None:
    """Shows it."""
    asked = st.session_state.pop(LEAVING, None)
    if asked is not None:
        filters.to_rows(asked)
    st.title("Overview")
    view = filters.looked_at(site)
    where = Filter(groups=view.where.groups)
    if site.of_course:
        filters.groups(site, view)
    totals = site.index.totals(where)
    if totals.rows:
        _sections(site, view, where, totals)
    else:
        nothing(site)


def _sections(site: Site, view: View, where: Filter, totals: Totals) -> None:
    _numbers(site.index.about(), totals)
    _verdict(site)
    _beside(site, totals)
    left, right = st.columns(2, gap="large")
    with left:
        _scores(totals, where)
        _labels(totals, where)
    with right:
        _rules(totals, where)
    _matrix(site, totals, where)
    if site.of_course:
        _groups(site, view)


def _numbers(about: About, totals: Totals) -> None:
    mean = "–" if totals.mean_score is None else f"{totals.mean_score:.1f}"
    with st.container(horizontal=True, gap="large"):
        st.metric("Rows", plain(f"{totals.rows:,}"), width="content")
        st.metric("Rows that pass", plain(percent(totals.passing, totals.rows)), width="content")
        st.metric("Mean score of 100", plain(mean), width="content")
        st.metric("Errors", plain(f"{findings(about, totals, 'error'):,}"), width="content")
        st.metric("Warnings", plain(f"{findings(about, totals, 'warning'):,}"), width="content")


def findings(about: About, totals: Totals, severity: str) -> int:
    """How many are open, in the rows and about the table as a whole."""
    of_table = sum(one.is_open and one.severity == severity for one in about.findings)
    return of_table + sum(one.findings for one in totals.rules if one.severity == severity)


def _verdict(site: Site) -> None:
    """The gate's word on a single file, and what the reader should know."""
    about = site.index.about()
    if about.verdict:
        blocks.show("verdict", bool(about.verdict["passed"]), list(about.verdict["reasons"]))
    if about.notes:
        blocks.show("things", [(note, "") for note in about.notes])


def _beside(site: Site, totals: Totals) -> None:
    """What was found about the table as a whole; what crashed or did not see its rows is never taken for good."""
    about = site.index.about()
    missed = unmeasured.troubles(about.outcomes)
    if totals.unscored:
        missed.append((f"{count(totals.unscored, 'row')} without a score", "they do not count as passing"))
    places = iter(st.columns(max(bool(about.findings) + bool(missed), 1), gap="large"))
    if about.findings:
        with next(places):
            st.subheader("About the whole table")
            blocks.show("findings", row.finding_views(site.guide, about.findings))
    if missed:
        with next(places):
            st.subheader("What was not measured")
            blocks.show("things", missed)


def _scores(totals: Totals, where: Filter) -> None:
    st.subheader("Scores of the rows")
    bins = [(10.0 * place, 10.0 * (place + 1), number) for place, number in enumerate(totals.bins)]
    names = {
        str(place): f"{low:.0f} to {'below ' if high < ALL.highest else ''}{high:.0f}: {count(number, 'row')}"
        for place, (low, high, number) in enumerate(bins)
        if number
    }
    alt = f"Rows by score. {', '.join(names.values())}"
    chosen = charts.histogram(bins, alt=alt, title="score", unit="rows", key="scores")
    if place := _choice("Rows with a score", "score", names):
        chosen = bins[int(place)][:2]
    if chosen:
        _leave(of_bin(where, *chosen))


def of_bin(where: Filter, low: float, high: float) -> Filter:
    """The rows of a bar: its upper end is the next one's, but for the last."""
    return replace(where, lowest=low, highest=high if high == ALL.highest else high - STEP)


def _rules(totals: Totals, where: Filter) -> None:
    st.subheader("Findings by rule")
    if not totals.codes:
        blocks.empty("No rule found anything.")
        return
    names = filters.named_rules(one.code for one in totals.codes)
    bars = [Bar(one.code, names.get(one.code, one.code), one.findings, one.severity) for one in totals.codes]
    said = {
        one.code: f"{names.get(one.code, one.code)}: {one.findings:,} in {count(one.rows, 'row')}"
        for one in totals.codes
    }
    alt = f"Findings by rule. {', '.join(said.values())}"
    blocks.show("legend", (("error", "error"), ("warning", "warning")))
    code = charts.bars(bars, alt=alt, unit="findings", key="rules") or _choice("Rows with", "rule", said)
    if code:
        _leave(replace(where, codes=(code,)))


def _labels(totals: Totals, where: Filter) -> None:
    st.subheader("Labels")
    modes = sorted(totals.labels, key=lambda one: (-totals.labels[one], one))
    names = labels(modes)
    columns = {
        "Label": [names[one] for one in modes],
        "Rows": [totals.labels[one] for one in modes],
        "Rows without a finding": [totals.modes.get((one, ""), 0) for one in modes],
    }
    asked = [View(where=replace(where, fail_modes=(one,))) for one in modes]
    grid(
        columns,
        alt="How many rows have each label. Choose one to see its rows.",
        key=LABELS,
        on_select=_select(LABELS, asked, partial(st.session_state.__setitem__, LEAVING)),
        height=ROW_HEIGHT * (MAX_MODES + 2),
    )


def _select(key: str, asked: list[View], follow: Callable[[View], None]) -> Callable[[], None]:
    """What a selection does: it follows the view of that line."""

    def select() -> None:
        place = selected(key, len(asked))
        if place is not None:
            follow(asked[place])

    return select


def _matrix(site: Site, totals: Totals, where: Filter) -> None:
    """Rows by label and by the criterion in which something was found."""
    found = {pair: number for pair, number in totals.modes.items() if pair[1]}
    if not found:
        return
    st.subheader("What was found, by label")
    modes = sorted({mode for mode, _ in found}, key=lambda one: (-totals.labels[one], one))[:MAX_MODES]
    titles = {key: one.title for key, one in site.guide.criteria.items()}
    criteria = {
        key: titles.get(key, key) for key in [*titles, *sorted({key for _, key in found} - {*titles})]
    }
    criteria = {key: title for key, title in criteria.items() if any((mode, key) in found for mode in modes)}
    cells = [Cell(mode, key, found.get((mode, key), 0)) for mode in modes for key in criteria]
    alt = f"Rows by label and criterion: {count(len(modes), 'label')}, {count(len(criteria), 'criterion', 'criteria')}."
    chosen = charts.matrix(cells, {one: one for one in modes}, criteria, alt=alt, unit="rows", key="matrix")
    if chosen:
        _leave(replace(where, fail_modes=(chosen[0],), criteria=(chosen[1],)))
    names = labels(modes)
    pairs = sorted((one for one in found if one[0] in names), key=lambda one: -found[one])
    said = {
        str(place): f"{names[mode]} · {criteria[key]}: {count(found[mode, key], 'row')}"
        for place, (mode, key) in enumerate(pairs)
    }
    place = _choice("Rows with", "matrix", said)
    if place:
        mode, key = pairs[int(place)]
        _leave(replace(where, fail_modes=(mode,), criteria=(key,)))


def _groups(site: Site, view: View) -> None:
    st.subheader("Groups")
    groups = site.index.groups()
    asked = [replace(view, where=replace(view.where, groups=(one.key,)), page=1, row=0) for one in groups]
    needs = _needs(site)
    grid(
        {
            "Group": [label(one.label, 40) for one in groups],
            "Rows": [one.rows for one in groups],
            "Pass": [percent(one.passing, one.rows) for one in groups],
            "Mean score": [one.mean_score for one in groups],
            "For a person to look at": [needs.pop(one.key, "") for one in groups],
        },
        alt="The groups with their rows. Choose one to see its numbers alone.",
        key=GROUPS,
        on_select=_select(GROUPS, asked, filters.go),
        config={"Mean score": st.column_config.NumberColumn(format="%.1f")},
        height=ROW_HEIGHT * (MAX_MODES + 2),
    )
    for key, why in needs.items():
        st.text(f"{key} has no rows here: {why}")


def _needs(site: Site) -> dict[str, str]:
    """Key of every group of the course → why a person should look at it."""
    lines = table.lines(known(site.book, site.course)) if site.course else ()
    return {one.key: ", ".join((*one.needs, *one.notes)) for one in lines}


def _choice(head: LiteralString, key: str, names: Mapping[str, str]) -> str:
    """The same as a click into the chart, without a mouse; "" as long as nothing was asked for."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(head, list(names), key=f"choose_{key}", format_func=lambda one: names[one])
        return chosen if st.button("Show rows", key=f"show_{key}") and chosen else ""


def _leave(where: Filter) -> None:
    filters.to_rows(View(where=where))
