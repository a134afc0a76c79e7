"""The page *Overview*: how many rows pass, why the others do not, and where to look first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import LiteralString

import streamlit as st

from dashboard.model import Filter, GroupTotals, RuleCount, Totals
from dashboard.shown import blocks, charts, filters, row, unmeasured
from dashboard.shown.address import View
from dashboard.shown.charts import Bar, Cell
from dashboard.shown.grid import grid, selected
from dashboard.shown.words import label, labels, plain
from dashboard.site import Site
from quality.wording import count, percent

MAX_MODES = 15
"""Labels in the matrix, the most frequent ones; the list has all."""
LEAVING = "leaving"
"""In the session: the rows that a table's selection asks for."""
GROUPS = "groups_table"
LABELS = "labels_table"


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
    elif site.of_course:
        blocks.empty("No rows yet. Import the hand-ins and grade them:")
        st.code("grading import submissions.zip\ngrading run", language=None)
    else:
        blocks.empty("The file has no rows.")


def _sections(site: Site, view: View, where: Filter, totals: Totals) -> None:
    _numbers(totals)
    _verdict(site)
    _unmeasured(site, totals)
    left, right = st.columns(2, gap="large")
    with left:
        _scores(totals, where)
        _labels(totals, where)
    with right:
        _rules(totals, where)
    _matrix(site, totals, where)
    if site.of_course:
        _groups(site, view)


def _numbers(totals: Totals) -> None:
    mean = "–" if totals.mean_score is None else f"{totals.mean_score:.1f}"
    with st.container(horizontal=True, gap="large"):
        st.metric("Rows", plain(f"{totals.rows:,}"), width="content")
        st.metric("Rows that pass", plain(percent(totals.passing, totals.rows)), width="content")
        st.metric("Mean score of 100", plain(mean), width="content")
        st.metric("Errors", plain(f"{_findings(totals, 'error'):,}"), width="content")
        st.metric("Warnings", plain(f"{_findings(totals, 'warning'):,}"), width="content")


def _findings(totals: Totals, severity: str) -> int:
    return sum(one.findings for one in totals.rules if one.severity == severity)


def _verdict(site: Site) -> None:
    """The gate's word on a single file, and what was found about its table as a whole."""
    about = site.index.about()
    if about.verdict:
        blocks.show("verdict", bool(about.verdict["passed"]), list(about.verdict["reasons"]))
    if about.notes:
        blocks.show("things", [(note, "") for note in about.notes])
    if about.findings:
        st.subheader("About the whole table")
        blocks.show("findings", row.finding_views(site.guide, about.findings))


def _unmeasured(site: Site, totals: Totals) -> None:
    """What crashed, could not run or did not see its rows: never taken for good."""
    found = unmeasured.troubles(site.index.about().outcomes)
    if totals.unscored:
        found.append((f"{count(totals.unscored, 'row')} without a score", "they do not count as passing"))
    if found:
        st.subheader("What was not measured")
        blocks.show("things", found)


def _scores(totals: Totals, where: Filter) -> None:
    st.subheader("Scores of the rows")
    bins = [(10.0 * place, 10.0 * (place + 1), number) for place, number in enumerate(totals.bins)]
    names = {
        str(place): f"{low:.0f} to {high:.0f}: {count(number, 'row')}"
        for place, (low, high, number) in enumerate(bins)
        if number
    }
    alt = f"Rows by score. {', '.join(names.values())}"
    chosen = charts.histogram(bins, alt=alt, title="score", unit="rows", key="scores")
    if chosen:
        _leave(replace(where, lowest=chosen[0], highest=chosen[1]))
    bounds = _choice("Rows with a score", "score", names)
    if bounds:
        low, high, _ = bins[int(bounds)]
        _leave(replace(where, lowest=low, highest=high))


def _rules(totals: Totals, where: Filter) -> None:
    st.subheader("Findings by rule")
    rules = _each_once(totals)
    if not rules:
        blocks.empty("No rule found anything.")
        return
    names = filters.named_rules(one.code for one in rules)
    bars = [Bar(one.code, names.get(one.code, one.code), one.findings, one.severity) for one in rules]
    said = {
        one.code: f"{names.get(one.code, one.code)}: {one.findings:,} in {count(one.rows, 'row')}"
        for one in rules
    }
    alt = f"Findings by rule. {', '.join(said.values())}"
    blocks.show("legend", (("error", "error"), ("warning", "warning")))
    code = charts.bars(bars, alt=alt, unit="findings", key="rules") or _choice("Rows with", "rule", said)
    if code:
        _leave(replace(where, codes=(code,)))


def _each_once(totals: Totals) -> list[RuleCount]:
    """A rule with both errors and warnings is one bar, as loud as its errors; its rows are then counted at least."""
    found: dict[str, RuleCount] = {}
    for one in totals.rules:
        other = found.get(one.code, replace(one, findings=0, rows=0))
        found[one.code] = replace(
            one,
            severity=min(one.severity, other.severity),
            findings=one.findings + other.findings,
            rows=max(one.rows, other.rows),
        )
    return sorted(found.values(), key=lambda one: -one.findings)


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
        on_select=_select(LABELS, asked),
    )


def _select(key: str, asked: list[View]) -> Callable[[], None]:
    """What a selection does: the page is left for the rows of that line."""

    def select() -> None:
        place = selected(key, len(asked))
        if place is not None:
            st.session_state[LEAVING] = asked[place]

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

    def select() -> None:
        place = selected(GROUPS, len(asked))
        if place is not None:
            filters.go(asked[place])

    grid(
        _table(groups),
        alt="The groups with their rows. Choose one to see its numbers alone.",
        key=GROUPS,
        on_select=select,
        config={"Mean score": st.column_config.NumberColumn(format="%.1f")},
    )


def _table(groups: tuple[GroupTotals, ...]) -> Mapping[str, list[object]]:
    return {
        "Group": [label(one.label, 40) for one in groups],
        "Rows": [one.rows for one in groups],
        "Pass": [percent(one.passing, one.rows) for one in groups],
        "Mean score": [one.mean_score for one in groups],
    }


def _choice(head: LiteralString, key: str, names: Mapping[str, str]) -> str:
    """The same as a click into the chart, without a mouse; "" as long as nothing was asked for."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(head, list(names), key=f"choose_{key}", format_func=lambda one: names[one])
        return chosen if st.button("Show rows", key=f"show_{key}") and chosen else ""


def _leave(where: Filter) -> None:
    filters.to_rows(View(where=where))
