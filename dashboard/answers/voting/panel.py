"""The blind vote on a pair of answers, and what the votes say so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard import shown
from dashboard.answers import blind, panel
from dashboard.answers.blind import Tally
from dashboard.answers.model import Pair
from dashboard.site import Site
from grading.book import votes
from grading.book.votes import Vote
from quality.errors import ProofgateError
from quality.wording import count

CHOICES = (("A", "A is better", "a"), ("B", "B is better", "b"), ("tie", "Tie", "t"))
"""What is said, the words of the button and its key."""
LAST, TROUBLE = "vote_last", "vote_trouble"
"""In the session: the vote that can be taken back, and why one was not kept."""


@dataclass(frozen=True, slots=True)
class Last:
    """The vote before, as long as it can be taken back.

    Attributes:
        said: `A`, `B` or `tie`.
        revealed: Whether the voter has seen whose answers they were; from then on it stays.
    """

    group: str
    pair: Pair
    said: str
    tuned_left: bool
    revealed: bool = False


def vote(site: Site, group: str, pairs: Sequence[Pair]) -> None:
    """The next pair without names, and what the votes say so far."""
    who = site.who()
    with site.book.reading() as db:
        seed, found = votes.seed(db), votes.of_group(db, group)
    if seed is None:
        with site.book.writing() as db:
            seed = votes.drawn_seed(db)
    if not any(one.can_be_voted for one in pairs):
        shown.empty("There are no two answers that differ, so there is nothing to vote on.")
        return
    error = st.session_state.pop(TROUBLE, None)
    if isinstance(error, ProofgateError):
        shown.trouble(error)
    waiting = blind.queue(pairs, found, seed=seed, group=group, who=who)
    total = sum(one.can_be_voted for one in pairs)
    st.progress(
        (total - len(waiting)) / total, text=f"You have voted on {total - len(waiting):,} of {total:,}"
    )
    open_vote = _last(site, group)
    if waiting:
        _next(site, group, waiting[0], blind.tuned_is_left(seed, group, waiting[0].ref))
    else:
        shown.empty("You have voted on all of them.")
    if not open_vote:  # what has just been voted would show in the numbers, and could be taken back then
        _tally(group, pairs, found)


def _next(site: Site, group: str, one: Pair, tuned_left: bool) -> None:
    """A and B: nothing on the page tells whose they are, neither score nor order nor the key of a button."""
    st.subheader("Which answers the prompt better?")
    shown.text(one.instruction)
    texts = blind.sides(one, tuned_left=tuned_left)
    a, b = st.columns(2)
    with a:
        st.subheader("A")
        shown.text(texts[0])
    with b:
        st.subheader("B")
        shown.text(texts[1])
    with st.container(horizontal=True):
        for said, label, key in CHOICES:
            st.button(
                label,
                key=f"vote_{said}_{group}_{one.ref}_{one.content[:16]}",
                shortcut=key,
                width="stretch",
                on_click=_save,
                args=(site, Last(group, one, said, tuned_left)),
            )


def _save(site: Site, cast: Last) -> None:
    choice = blind.meant(cast.said, tuned_left=cast.tuned_left)
    try:
        with site.book.writing() as db:
            votes.save(
                db, cast.group, cast.pair.ref, content=cast.pair.content, choice=choice, who=site.who()
            )
    except ProofgateError as error:
        st.session_state[TROUBLE] = error
    else:
        st.session_state[LAST] = cast


def _last(site: Site, group: str) -> bool:
    """The vote before; gives whether it can still be taken back, which ends when its answers are named."""
    cast = st.session_state.get(LAST)
    if not isinstance(cast, Last) or cast.group != group:
        return False
    words = {"A": "A is better", "B": "B is better"}.get(cast.said, "tie")
    with st.container(border=True):
        st.text(f"Your vote on {shown.label(cast.pair.id, 40)}: {words}")
        if cast.revealed:
            whose = ("tuned", "base") if cast.tuned_left else ("base", "tuned")
            st.text(f"A was the {whose[0]} model, B was the {whose[1]} model")
            return False
        undo, reveal = st.columns(2)
        key = f"{group}_{cast.pair.ref}_{cast.pair.content[:16]}"
        undo.button("Take it back", key=f"undo_{key}", shortcut="u", on_click=_undo, args=(site, cast))
        reveal.button(
            "Show whose they were", key=f"reveal_{key}", shortcut="s", on_click=_reveal, args=(cast,)
        )
    return True


def _undo(site: Site, cast: Last) -> None:
    try:
        with site.book.writing() as db:
            votes.take_back(db, cast.group, cast.pair.ref, who=site.who())
    except ProofgateError as error:
        st.session_state[TROUBLE] = error
    else:
        st.session_state.pop(LAST, None)


def _reveal(cast: Last) -> None:
    st.session_state[LAST] = Last(cast.group, cast.pair, cast.said, cast.tuned_left, revealed=True)


def _tally(group: str, pairs: Sequence[Pair], found: Sequence[Vote]) -> None:
    if not found:
        return
    st.subheader("The votes so far")
    told = blind.tally(found, {one.ref: one.content for one in pairs})
    panel.wins("Prompts that the tuned model wins, by the votes", told.wins)
    st.caption(shown.plain(_in_words(told)))
    lines = [
        {
            "voter": shown.label(one.who, 40),
            "tuned": one.tuned,
            "base": one.base,
            "tie": one.ties,
            "tuned wins": panel.share(one.wins),
        }
        for one in told.voters
    ]
    panel.table(lines, alt="The votes of each voter.")
    st.download_button(
        "votes.csv",
        partial(blind.as_csv, found, pairs),
        f"votes{'-' + group if group else ''}.csv",
        "text/csv",
        on_click="ignore",
    )


def _in_words(told: Tally) -> str:
    said = (
        f"{count(told.rows, 'prompt')} with votes: tuned {told.tuned:,}, base {told.base:,}, tie {told.ties:,}. Ties "
        "are left out of the share; a prompt counts once, for what most said; the interval is Wilson's, 95%."
    )
    if told.twice:
        alpha = "–" if told.alpha is None else f"{told.alpha:.2f}"
        said += f" Two or more voted on {told.twice:,}: they agree on {told.agreed:,} (Krippendorff's alpha {alpha})."
    if told.stale:
        said += f" {count(told.stale, 'vote')} on answers that have changed since count for nothing."
    return said
