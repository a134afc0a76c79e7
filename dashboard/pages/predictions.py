"""The page *Predictions*: both models' answers beside one another, a blind vote on them, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import shown
from dashboard.answers import cohort, judging, model, origins, panel, sources, totals
from dashboard.answers.model import Better, Given, Pair, Which
from dashboard.answers.origins import Chain
from dashboard.answers.voting import panel as voting
from dashboard.model import ALONE
from dashboard.site import Site
from quality.errors import ProofgateError
from quality.wording import count

COMPARE, VOTE, LINEAGE = "Compare", "Blind vote", "Lineage"
PAGE_ROWS = 50
MOST_AT_ONCE = 100
"""Texts that are judged without a word on how far it is."""
BADGES = {
    origins.CONSISTENT: "lineage: consistent",
    origins.BROKEN: "lineage: broken",
    origins.NOT_GIVEN: "lineage: not given",
}
COLOURS: Mapping[str, Any] = {"consistent": "green", "broken": "red"}


def page(site: Site) -> None:
    """Shows it."""
    st.title("Predictions")
    if not site.of_course and site.named.predictions is None:
        _nothing_named(site)
        return
    try:
        _page(site)
    except ProofgateError as error:
        shown.trouble(error)


def _page(site: Site) -> None:
    group = _group(site)
    if group is None:
        shown.empty("No group has handed anything in yet.", "grading import submissions.zip")
        return
    chain = origins.chain(site, group)
    st.badge(BADGES[chain.state], color=COLOURS.get(chain.state, "gray"))
    view = st.segmented_control(
        "View",
        (COMPARE, VOTE, LINEAGE),
        default=COMPARE,
        required=True,
        key="answers_view",
        bind="query-params",
    )
    if view == LINEAGE:
        _lineage(chain)
        return
    given = sources.given(site, group)
    pairs = _judged(given)
    for note in given.notes:
        st.text(note)
    if given.missing:
        shown.empty(f"Only the tuned model's answers are at hand: {given.missing}.")
    if view == VOTE:
        voting.vote(site, group, pairs)
    else:
        _compare(site, group, pairs)


def _judged(given: Given) -> tuple[Pair, ...]:
    """The pairs; how far the judging is stands there meanwhile."""
    place = st.empty()

    def tell(done: int, total: int) -> None:
        # so that a few do not flash a bar
        if total >= MOST_AT_ONCE and done % (total // 50) == 0:
            place.progress(done / total, f"Judging the answers: {done:,} of {total:,} texts")

    with st.spinner("Judging the answers…"):
        pairs = judging.judged(given, tell)
    place.empty()
    return pairs


def _nothing_named(site: Site) -> None:
    data = sources.file_name(site)
    shown.empty(
        "No predictions are named. Answer the test file, with the base model beside, and name what comes out."
    )
    st.code(
        "finetune predict test.csv --run RUN --compare-base -o predictions.csv\n"
        f"dashboard {data} --predictions predictions.csv --test test.csv",
        language=None,
    )


def _group(site: Site) -> str | None:
    """The group that is looked at; None where there is none."""
    keys = sources.groups(site)
    if not site.of_course:
        return ALONE
    if not keys:
        return None
    names = cohort.names(site, keys)
    wanted = st.query_params.get("group", "")
    group = st.selectbox(
        "Group", keys, index=keys.index(wanted) if wanted in keys else 0, format_func=names.__getitem__
    )
    with st.expander("All groups, as graded"):
        panel.table(cohort.as_graded(site, names), alt="What was graded in each group's predictions.")
        st.caption(
            "From the last `grading run`, whose win rate counts ties as halves and spoilt answers as nothing."
        )
    return group


def _compare(site: Site, group: str, pairs: tuple[Pair, ...]) -> None:
    found = totals.totals(pairs)
    _totals(found)
    which = _which(found)
    left = model.chosen(pairs, which)
    st.caption(f"{count(len(left), 'prompt')} of {len(pairs):,}")
    if not left:
        return
    last = -(-len(left) // PAGE_ROWS)
    at = int(st.number_input("Page", 1, last, 1, key=f"answers_page_{hash(which)}")) if last > 1 else 1
    here = left[(at - 1) * PAGE_ROWS : at * PAGE_ROWS]
    row = panel.table(
        [_line(pair) for pair in here],
        alt="Prompts with both scores. Choose one to read it below.",
        key=f"answers_{group}_{at}_{hash(which)}",
        height=320,
    )
    panel.pair(site, here[row or 0])


def _totals(found: totals.Totals) -> None:
    sides = {"tuned": found.tuned, **({"base": found.base} if found.base else {})}
    lines: list[dict[str, str]] = [
        {"": name, **{who: read(side) for who, side in sides.items()}} for name, read in panel.FIGURES
    ]
    left, right = st.columns(2)
    with left:
        panel.table(lines, alt="Both models' answers in numbers.")
    with right:
        if found.base is None:
            return
        panel.wins("Prompts that the tuned model wins, by the rules", found.wins)
        better = found.better
        st.caption(
            f"Better in {better[Better.TUNED]:,}, worse in {better[Better.BASE]:,}, equal in "
            f"{better[Better.EQUAL]:,}, not comparable in {better[Better.UNKNOWN]:,}. Equal and not comparable ones "
            "are left out of the share; the interval is Wilson's, 95%. No answer and an empty one score 0."
        )


def _which(found: totals.Totals) -> Which:
    search, better, rule = st.columns(3)
    ways = ("", *Better) if found.base else ("",)
    codes = {code: f"{code}: tuned {ours}, base {theirs}" for code, ours, theirs in found.rules}
    return Which(
        text=search.text_input(
            "Search", key="answers_text", placeholder="in ids, prompts and answers", bind="query-params"
        ),
        better=better.selectbox(
            "Outcome",
            ways,
            format_func=lambda one: one or "all",
            key="answers_better",
            bind="query-params",
        ),
        code=rule.selectbox(
            "Rule",
            ("", *codes),
            format_func=lambda one: codes.get(one, "all"),
            key="answers_rule",
            bind="query-params",
        ),
    )


def _line(pair: Pair) -> dict[str, Any]:
    tuned, base = pair.tuned.score, pair.base.score if pair.base else None
    return {
        "id": shown.label(pair.id, 24),
        "prompt": shown.label(pair.instruction, 60),
        "tuned": _rounded(tuned),
        "base": _rounded(base),
        "difference": None if tuned is None or base is None else _rounded(tuned - base),
        "rules": " ".join(sorted(model.codes(pair))),
    }


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 1)


def _lineage(chain: Chain) -> None:
    st.caption(origins.MEANING)
    if chain.why:
        shown.note(shown.label(chain.why, 600))
    if chain.links:
        st.caption(f"{count(len(chain.links), 'link')}: {shown.plain(chain.words)}")
        lines = [
            {
                "link": shown.label(one.name, 80),
                "state": str(one.state),
                "detail": shown.label(one.detail, 300),
            }
            for one in chain.links
        ]
        panel.table(lines, alt="The links of the chain, from the data to the predictions.")
