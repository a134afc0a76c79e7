"""The page *Guide*: what the style guide demands, and each rule with its examples and how well it was measured."""

from __future__ import annotations

from typing import Any, LiteralString

import streamlit as st

from dashboard import shown
from dashboard.answers import panel, rules
from dashboard.answers.rules import Line
from dashboard.site import Site
from quality.guide import SEVERITIES, StyleGuide
from quality.model import Example
from quality.wording import count

RULES, GUIDE = "Rules", "Style guide"
ASKED = "rule"
"""Parameter of the address: the code of the rule that is read."""


def page(site: Site) -> None:
    """Shows it."""
    st.title("Guide")
    st.text(
        f"{shown.label(site.guide.title, 100)}, guide {shown.label(site.guide.name)}, sha256 {site.guide.sha256[:8]}"
    )
    view = st.segmented_control(
        "View",
        (RULES, GUIDE),
        default=RULES,
        required=True,
        key="guide_view",
        bind="query-params",
        on_change=_forget,
    )
    if view == GUIDE:
        _guide(site.guide)
        return
    asked = st.query_params.get(ASKED, "")
    lines = rules.lines(site.guide, site.index.totals().codes)
    if not _one(lines, asked):
        _list(site.guide, lines)


def _one(lines: tuple[Line, ...], asked: str) -> bool:
    """The rule that the address names; gives whether there is one."""
    if not asked:
        return False
    line = next((one for one in lines if one.rule.code == asked.strip().upper()), None)
    if line is None:
        shown.empty("There is no rule of that code. The list below has all of them.")
        return False
    st.button("Back to the list", on_click=_forget, key="guide_back", icon=":material/arrow_back:")
    _rule(line)
    return True


def _forget() -> None:
    st.query_params.pop(ASKED, None)


def _list(guide: StyleGuide, lines: tuple[Line, ...]) -> None:
    search, about, weight = st.columns(3)
    text = search.text_input("Search", key="guide_text", placeholder="in codes, names and explanations")
    criterion = about.selectbox(
        "Criterion",
        ("", *guide.criteria),
        format_func=lambda key: shown.label(guide.criteria[key].title) if key else "all",
        key="guide_criterion",
    )
    severity = weight.selectbox(
        "Severity", ("", *SEVERITIES), format_func=lambda one: one or "all", key="guide_severity"
    )
    fired = st.toggle("Only rules that found something here", key="guide_fired")
    left = rules.chosen(lines, text=text, criterion=criterion, severity=severity, fired=fired)
    st.caption(f"{count(len(left), 'rule')} of {len(lines):,}. Choose one to read it.")
    if not left:
        return
    key = f"guide_rules_{hash((text, criterion, severity, fired))}"
    row = panel.table(
        [_cells(line) for line in left],
        alt="The rules. Choose one to read it.",
        key=key,
        height=560,
    )
    if row is not None and st.query_params.get(ASKED) != left[row].rule.code:
        st.query_params[ASKED] = left[row].rule.code
        st.rerun()


def _cells(line: Line) -> dict[str, Any]:
    return {
        "rule": line.rule.code,
        "name": line.rule.name.replace("-", " "),
        "severity": line.severity,
        "findings here": line.findings,
        "rows": line.rows,
        "measured precision and recall": line.rule.measured,
        "section": shown.label(line.section),
    }


def _rule(line: Line) -> None:
    rule = line.rule
    st.header(shown.plain(f"{rule.code} {rule.name.replace('-', ' ')}"))
    fix = " · fixable with `quality fix`" if rule.fixable else ""
    st.caption(f"{shown.plain(line.severity)} · {shown.plain(line.section)}{fix}")
    here, measured = st.columns([1, 3])
    here.metric("Findings here", f"{line.findings:,}", help="Open ones, in all rows that were checked.")
    here.caption(f"in {count(line.rows, 'row')}")
    with measured:
        st.caption("Measured precision and recall")
        st.text(rule.measured)
    parts = (
        ("What it flags", rule.what),
        ("Why that is bad", rule.why),
        ("What to do", rule.remedy),
        ("Known limits", rule.limits),
        ("Source", rule.source),
    )
    for head, words in parts:
        if words:
            st.subheader(shown.plain(head))
            shown.note(" ".join(words.split()))
    _examples("Examples that it flags", rule.bad)
    _examples("Examples that it leaves", rule.good)


def _examples(head: LiteralString, examples: tuple[Example, ...]) -> None:
    st.subheader(head)
    for example in examples:
        with st.container(border=True):
            for one in rules.shown(example):
                st.caption(shown.plain(f"{one.head}, flagged" if one.flagged else one.head))
                for cell in one.cells:
                    st.caption(shown.plain(cell.column))
                    shown.text(cell.text)


def _guide(guide: StyleGuide) -> None:
    st.subheader("Criteria")
    for one in guide.criteria.values():
        with st.container(border=True):
            st.text(f"{shown.label(one.section, 40)}  {shown.label(one.title, 120)}")
            shown.text(one.text)
            st.caption(f"weight {one.weight:g} in a row's score" if one.weight else "off the score")
    st.subheader("Fail modes")
    panel.table(
        [
            {
                "label": shown.label(one.name),
                "criterion": shown.label(guide.section_of(one.criterion) if one.criterion else "–"),
                "also written": shown.label(", ".join(one.aliases), 200),
            }
            for one in guide.fail_modes.values()
        ],
        alt="The labels that an annotator may give.",
    )
    st.subheader("When a row passes, and when the gate opens")
    panel.table(
        [{"policy": name, "value": shown.label(value, 300)} for name, value in _policy(guide)],
        alt="The policies in numbers.",
    )


def _policy(guide: StyleGuide) -> list[tuple[str, str]]:
    gate, passing = guide.gate, guide.passing
    return [
        ("an error multiplies its criterion's score by", f"{guide.error_factor:g}"),
        ("a warning multiplies its criterion's score by", f"{guide.warning_factor:g}"),
        ("doubtful errors that a long answer may have and still pass", f"{passing.doubtful_errors}"),
        ("words from which an answer is long", f"{passing.doubtful_words}"),
        ("gate: least rows", f"{gate.min_rows:,}"),
        ("gate: least share of rows that pass", f"{gate.min_passing_share:.1%}"),
        ("gate: most rows unmeasured in one criterion", f"{gate.max_unmeasured_share:.1%}"),
        ("gate: most rows that pass by a baseline", f"{gate.max_accepted_share:.1%}"),
        ("gate: criteria that must be measured", ", ".join(gate.required)),
        ("gate: criteria without a single error", ", ".join(gate.clean)),
        ("gate: codes that may be left out", ", ".join(gate.ignorable) or "none"),
    ]
