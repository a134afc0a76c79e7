"""Fail modes across groups: what most voices say of each row, and how each group stands to what the others say.

Each voice has one vote, and a copy cluster is one voice (`ballot`). A teaching assistant's gold label is pinned. A tie
is shown, never broken. Majority was chosen by measurement (`benchmarks/cohort_consensus.py`): all that one-coin
Dawid-Skene gains on it for 20 groups is to decide ties, with a clique that nobody detected it is far worse, and full
Dawid-Skene fails where most rows are `none`. "8 of 11 groups say grammar" can be explained to a student, and leaving a
group out is exact: its vote is taken away.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from grading.consensus.agreement import alpha
from grading.consensus.ballot import ABSTAINS, Ballot, Labels, ballot, modes_of
from quality.guide import StyleGuide
from quality.wording import count, listed

FEWEST_VOICES = 2
"""Other voices that must say the same before a group is held against it: one alone is an opinion, no consensus."""


@dataclass(frozen=True, slots=True)
class Item:
    """What the voices say of one row.

    Attributes:
        label: The fail mode that most name, or the gold one; None for a tie and where nobody voted.
        share: Of the votes that it has, in a tie that each of the tied has, 0..1; None where nobody voted.
        tie: Whether several modes have the most votes.
        tied: Those, in the guide's order; () without a tie.
        votes: Mode → votes, the most first.
        gold: Whether a teaching assistant pinned the label.
    """

    label: str | None
    share: float | None
    tie: bool
    tied: tuple[str, ...] = ()
    votes: Mapping[str, int] = field(default_factory=dict[str, int])
    gold: bool = False


@dataclass(frozen=True, slots=True)
class Consensus:
    """What the voices say of all rows.

    Attributes:
        items: Id → its consensus; every id is there.
        alpha: Krippendorff's alpha of the voices over all rows; None where it is not defined.
        alpha_changed: The same over the rows whose label some group changed.
        voices: That could vote, each copy cluster once.
        notes: What the reader should know; raw text.
    """

    items: Mapping[str, Item]
    alpha: float | None
    alpha_changed: float | None
    voices: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """A row on which a group names another mode than the others.

    Attributes:
        label: The modes that the group names, with commas.
        share: Of the others' votes that the consensus has; None where it is gold that nobody voted for.
        credit: What the row still earns, 0 to below 1.
    """

    id: str
    label: str
    consensus: str
    share: float | None
    credit: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How a group's labels stand to the others' consensus and the gold.

    Attributes:
        share: Mean credit of the judged rows, 0..1: 1 for the consensus alone, 1/k where it is one of k modes named, so
            that naming more never pays; None where no row could be judged.
        judged: Rows that the group labelled and on which there is gold, or the others agree without a tie.
        credits: Id → credit, of the judged rows.
    """

    share: float | None
    judged: int
    differing: tuple[Differing, ...]
    credits: Mapping[str, float]


def consensus(
    labels: Labels,
    *,
    clusters: Iterable[Sequence[str]],
    gold: Mapping[str, str],
    changed: frozenset[str],
    guide: StyleGuide,
    ids: Iterable[str] = (),
) -> Consensus:
    """The consensus on every row.

    Args:
        labels: Cells as typed. Those that are empty or name no mode of the guide are no votes.
        clusters: Groups that copied from one another; each cluster is one voice.
        gold: Id → the teaching assistants' label, as typed.
        changed: Ids whose label some group changed against the sheet.
        ids: Of the sheet; those that nobody labelled are there, too.
    """
    pinned, notes = _pinned(gold, guide)
    cast = ballot(labels, clusters, guide, (*ids, *pinned))
    shares = _shares(cast)
    counts = cast.counts()
    on_changed = np.array([id in changed for id in cast.ids], dtype=np.bool_)
    return Consensus(
        items={id: _item(cast, at, counts, shares, pinned.get(id)) for at, id in enumerate(cast.ids)},
        alpha=alpha(counts),
        alpha_changed=alpha(counts[on_changed]),
        voices=len(cast.voices),
        notes=(*_notes(cast), *notes),
    )


def against_others(
    labels: Labels, clusters: Iterable[Sequence[str]], gold: Mapping[str, str], *, guide: StyleGuide
) -> dict[str, Standing]:
    """Each group against the gold and, where there is none, against what all voices but its own say.

    Its whole copy cluster is left out with it. Rows on which the others are tied, or on which fewer than
    `FEWEST_VOICES` name the first, count for nobody and against nobody.
    """
    pinned, _ = _pinned(gold, guide)
    cast = ballot(labels, clusters, guide)
    counts = cast.counts()
    found: dict[str, Standing] = {}
    for voice, groups in enumerate(cast.voices):
        others = _without(cast, counts, voice)
        for group in groups:
            found[group] = _standing(cast, cast.named[group], others, pinned)
    return {group: found[group] for group in labels}


def _pinned(gold: Mapping[str, str], guide: StyleGuide) -> tuple[dict[str, str], tuple[str, ...]]:
    """Id → gold mode, and what is said of those that cannot be pinned."""
    read = {id: modes_of(cell, guide) for id, cell in gold.items()}
    unclear = [id for id, modes in read.items() if len(modes) != 1 and gold[id].strip()]
    note = f"{count(len(unclear), 'gold label')} not pinned, for want of one mode that the guide knows: "
    return (
        {id: modes[0] for id, modes in read.items() if len(modes) == 1},
        (note + listed(unclear),) if unclear else (),
    )


def _shares(cast: Ballot) -> npt.NDArray[np.float64]:
    """[ids, modes] each mode's share of a row's votes, by crowd-kit; NaN for rows without a vote."""
    shares = np.full((len(cast.ids), len(cast.modes)), np.nan)
    voices, rows = np.nonzero(cast.votes != ABSTAINS)
    if not len(rows):
        return shares
    # takes a second and a half to import, and most commands have no use for it
    from crowdkit.aggregation import MajorityVote  # pyright: ignore[reportMissingTypeStubs]
    from pandas import DataFrame

    frame = DataFrame({"task": rows, "worker": voices, "label": cast.votes[voices, rows]})
    aggregator: Any = MajorityVote()
    with warnings.catch_warnings():
        # crowd-kit 1.4 calls pandas in a way that pandas 4 will not know
        warnings.filterwarnings("ignore", message="The inplace keyword in", category=Warning)
        found = aggregator.fit_predict_proba(frame)
    found = found.reindex(columns=range(len(cast.modes)), fill_value=0.0)
    # crowd-kit drops rows that nobody voted on
    shares[found.index.to_numpy()] = found.to_numpy()
    return shares


def _item(
    cast: Ballot,
    at: int,
    counts: npt.NDArray[np.int64],
    shares: npt.NDArray[np.float64],
    gold: str | None,
) -> Item:
    of_mode = {mode: number for mode, number in zip(cast.modes, counts[at].tolist(), strict=True) if number}
    votes = dict(sorted(of_mode.items(), key=lambda item: -item[1]))
    if gold is not None:
        share = float(shares[at, cast.modes.index(gold)]) if votes else None
        return Item(gold, share, tie=False, votes=votes, gold=True)
    if not votes:
        return Item(None, None, tie=False)
    first: list[str] = [mode for mode, number in of_mode.items() if number == max(votes.values())]
    share = float(np.nanmax(shares[at]))
    tie = len(first) > 1
    return Item(None if tie else first[0], share, tie, tied=tuple(first) if tie else (), votes=votes)


def _notes(cast: Ballot) -> list[str]:
    notes: list[str] = []
    joined = [groups for groups in cast.voices if len(groups) > 1]
    if joined:
        held = count(sum(map(len, joined)), "group")
        notes.append(f"{held} in {count(len(joined), 'copy cluster')} have one vote a cluster")
    if cast.unknown:
        notes.append(f"{count(cast.unknown, 'label')} that the guide does not know cast no vote")
    silent = int((cast.votes == ABSTAINS).all(axis=0).sum())
    if silent:
        notes.append(f"{count(silent, 'row')} without a vote")
    return notes


@dataclass(frozen=True, slots=True)
class _Others:
    """What all voices but one say: of each row the mode, None where unclear; [ids, modes] shares of its votes or 0."""

    modes: Sequence[str | None]
    shares: npt.NDArray[np.float64]


def _without(cast: Ballot, counts: npt.NDArray[np.int64], voice: int) -> _Others:
    own = cast.votes[voice]
    voted = np.flatnonzero(own != ABSTAINS)
    left = counts.copy()
    left[voted, own[voted]] -= 1
    most = left.max(axis=1, initial=0)
    is_first = left == most[:, None]
    clear = (is_first.sum(axis=1) == 1) & (most >= FEWEST_VOICES)
    first: list[int] = np.where(clear, is_first.argmax(axis=1), ABSTAINS).tolist()
    return _Others(
        [None if mode == ABSTAINS else cast.modes[mode] for mode in first],
        left / np.maximum(1, left.sum(axis=1, keepdims=True)),
    )


def _standing(
    cast: Ballot, named: Mapping[str, tuple[str, ...]], others: _Others, gold: Mapping[str, str]
) -> Standing:
    credits: dict[str, float] = {}
    differing: list[Differing] = []
    for at, id in enumerate(cast.ids):
        mine = named.get(id)
        right = gold.get(id, others.modes[at])
        if mine is None or right is None:
            continue
        credit = 1 / len(mine) if right in mine else 0.0
        credits[id] = credit
        if credit < 1:
            votes = others.shares[at]
            share = float(votes[cast.modes.index(right)]) if votes.any() else None
            differing.append(Differing(id, ", ".join(mine), right, share, credit))
    share = sum(credits.values()) / len(credits) if credits else None
    return Standing(share, len(credits), tuple(differing), credits)
