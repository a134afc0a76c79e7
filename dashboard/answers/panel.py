"""Tables of the pages about answers, and one pair of answers as the page shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, LiteralString

import streamlit as st

from dashboard import shown
from dashboard.answers import rules
from dashboard.answers.model import Answer, Pair
from dashboard.answers.totals import Share, Side
from dashboard.site import Site
from quality.model import Finding
from quality.wording import count, percent

LINE_HEIGHT = 35
"""Of a table, in pixels."""
MOST_FINDINGS = 20
"""Findings of an answer that are shown."""
FIGURES: tuple[tuple[str, Callable[[Side], str]], ...] = (
    ("mean score", lambda side: "–" if side.mean_score is None else f"{side.mean_score:.1f}"),
    ("pass", lambda side: f"{side.passing:,} of {side.asked:,} ({percent(side.passing, side.asked)})"),
    ("answered", lambda side: f"{side.answered:,}"),
    ("empty", lambda side: f"{side.empty:,}"),
    ("loops", lambda side: f"{side.loops:,}"),
    ("not measured", lambda side: f"{side.unmeasured:,}"),
)


def table(
    lines: Sequence[Mapping[str, Any]], *, alt: LiteralString, key: str = "", height: int | None = None
) -> int | None:
    """Shows the lines; gives the place of the one that was chosen, from 0, where there is a key.

    Args:
        alt: What the table says, in our own words, for who cannot see it.
        key: Of the table; it must change with what is listed. "" for one in which nothing is chosen.
        height: Pixels at most; None: as high as it needs to be, up to ten lines.
    """
    screen: Any = st  # the table's own types name libraries that are not here
    shape: dict[str, Any] = {
        "hide_index": True,
        "width": "stretch",
        "height": min(height, LINE_HEIGHT * (len(lines) + 1) + 3) if height else "auto",
        "placeholder": "–",
        "alt": alt,
    }
    if not key:
        screen.dataframe(lines, **shape)
        return None
    event = screen.dataframe(lines, **shape, on_select="rerun", selection_mode="single-row", key=key)
    rows: list[int] = event["selection"]["rows"]
    return rows[0] if rows and 0 <= rows[0] < len(lines) else None


def share(of: Share | None) -> str:
    """`67% (45% to 83%)`; a dash where nothing can be told."""
    return "–" if of is None else f"{of.value:.0%} ({of.low:.0%} to {of.high:.0%})"


def wins(head: LiteralString, of: Share | None) -> None:
    """The same as a figure."""
    st.metric(head, "–" if of is None else f"{of.value:.0%} ({of.low:.0%} to {of.high:.0%})")


def pair(site: Site, one: Pair) -> None:
    """Both answers with their scores and findings."""
    st.subheader("Prompt")
    st.text(f"id {shown.label(one.id, 80)}")
    shown.text(one.instruction)
    columns = st.columns(2 if one.base else 1)
    with columns[0]:
        _answer(site, "Tuned", one.tuned)
    if one.base:
        with columns[1]:
            _answer(site, "Base", one.base)


def _answer(site: Site, name: LiteralString, answer: Answer) -> None:
    st.subheader(name)
    score = "not measured" if answer.score is None else f"{answer.score:.1f} of 100"
    st.caption(f"{score} · {'passes' if answer.passed else 'does not pass'}")
    if answer.text is None:
        shown.empty("No answer to this prompt.")
        return
    own = [one for one in answer.findings if one.column == "output"]
    shown.marked(
        answer.text,
        [(f.start, f.end or f.start, _kind(f), f"{f.code} {f.message}") for f in own if f.start is not None],
    )
    for criterion, why in answer.unmeasured.items():
        st.text(f"not measured: {criterion}: {why}")
    for finding in answer.findings[:MOST_FINDINGS]:
        _finding(site, finding)
    left = len(answer.findings) - MOST_FINDINGS
    if left > 0:
        st.caption(f"and {count(left, 'more finding')}")


def _kind(finding: Finding) -> str:
    return str(finding.severity) if finding.is_open else "waived"


def _finding(site: Site, finding: Finding) -> None:
    rule = rules.rule(finding.code)
    with st.container(border=True):
        st.text(finding.message if finding.is_open else f"{finding.message} (excused)")
        clause = shown.plain(f"{site.guide.section_of(finding.criterion)} · {finding.severity}")
        if rule is None:
            st.caption(f"{shown.plain(finding.code)} · {clause}")
            return
        link = shown.plain(rule.code)  # letters and digits, so it stays as it is
        st.caption(f"{shown.plain(rule.remedy)} [{link}](guide?rule={link}) · {clause}")
