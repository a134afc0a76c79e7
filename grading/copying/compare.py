"""Compares what the groups changed in the sheet: all pairs, with the chance that independent groups agree as much.

outputs ─ rows ─ agreement ─ null ─ calibration → p ─ Benjamini-Hochberg → q ─ average linkage → clusters
             └──────── again with each cluster as one vote, until the clusters stay ────────┘

Groups of one voice (`voices.py`) are a cluster whatever their p. Among the four correctors of JFLEG a copied tenth,
fifth and three tenths of 100 rows are found (69, 100 and 100 in 100 at 1% false positives); with a word exchanged in
every copied row 24, 73 and 92. Among 24 groups a quarter of whose rows are alike anyway it hides: 1 of 10 is found
at 30% of the rows, 5 at 60%, all at 90% (benchmarks/cohort_copying.py).
Evidence for a person, never a penalty: two groups who shared a tool or a tutor may stand here too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from grading.copying.agreement import agreement, pair_weights
from grading.copying.calibration import calibration, corrected, leanings
from grading.copying.closeness import Closeness, alike_in_ways, closeness
from grading.copying.clusters import clusters, q_values
from grading.copying.evidence import evidence
from grading.copying.likeness import Likeness, likeness
from grading.copying.model import Calibration, Copying, Pair, SharedEdit
from grading.copying.null import deviations, excess, null
from grading.copying.rows import Row, rows
from grading.copying.voices import alike, voices

__all__ = ["Calibration", "Copying", "Pair", "SharedEdit", "compare"]

WORTH_A_LOOK = 0.01
"""p values up to which a pair's shared changes are listed though it is no candidate."""
MIN_GROUPS = 3
"""Two groups alone have nobody to be held against."""
_TRIANGLE = 0.2
"""Over the number of groups: the p value up to which pairs may form a ring that gets one vote.

Looser than for candidates, because a ring hides itself until it has one vote; a ring takes most of its pairs, and among
independent groups three pairs that close fall together once in 750 courses of any size."""
_MAX_ROUNDS = 4
_SMALLEST = -690.0
"""Logarithm of the smallest p value that is told from zero."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Course:
    """What is compared: the rows of so many groups, and which of them are one voice."""

    rows: Sequence[Row]
    size: int
    most: float
    one_voice: Sequence[Sequence[int]]
    ways: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison with given votes says; matrices are [groups, groups]."""

    votes: Floats
    like: Likeness
    z: Floats
    p: Floats
    q: Floats
    clusters: tuple[tuple[int, ...], ...]
    spread: float
    close: Closeness


def compare(sheet: Mapping[str, str], outputs: Mapping[str, Mapping[str, str]], *, q: float) -> Copying:
    """All pairs of groups, the clusters of candidates, and how the other pairs' p values are distributed.

    Neither the groups' nor the rows' order matters. p is None for a pair without a row that both changed, or where
    nothing tells one pair from another: two groups alone, or all groups alike.

    Args:
        sheet: Id → text before correction.
        outputs: Group → id → text after it; ids that the sheet has not are left out.
        q: Pairs up to this false discovery rate are candidates.
    """
    groups = sorted(outputs)
    texts = [outputs[group] for group in groups]
    in_order = {id_: sheet[id_] for id_ in sorted(sheet)}
    changed = rows(in_order, texts)
    last = compared(changed, len(groups), q, ways=True)
    a, b = np.triu_indices(len(groups), 1)
    listed = np.flatnonzero((last.q[a, b] <= q) | (last.p[a, b] <= WORTH_A_LOOK)).tolist()
    known = evidence(changed, last.votes) if listed else None
    shown = {
        pair: known.shared(int(a[pair]), int(b[pair]), sheet, texts[int(a[pair])]) for pair in listed if known
    }
    places = enumerate(zip(a.tolist(), b.tolist(), strict=True))
    return Copying(
        tuple(_pair(last, groups, i, j, shown.get(at, ())) for at, (i, j) in places),
        tuple(tuple(groups[one] for one in cluster) for cluster in last.clusters),
        calibration(last.z[a, b], last.q[a, b] <= q, last.spread, groups, last.close),
    )


def compared(changed: Sequence[Row], size: int, most: float, *, ways: bool) -> Compared:
    """The comparison in which the rings that it finds are the ones that had one vote each.

    Args:
        most: Pairs up to this q value make clusters.
        ways: Whether groups are told apart by how they work; labels tell only how many are right.
    """
    one_voice = voices(alike(changed, size))
    close = None if ways else alike_in_ways(size)
    course = Course(changed, size, most, one_voice, ways)
    rings = tuple(voice for voice in one_voice if len(voice) > 2)
    done = _round(course, rings, close)
    for _ in range(_MAX_ROUNDS):
        now = tuple(ring for ring in _together(done.p, _TRIANGLE / max(size, 1), one_voice) if len(ring) > 2)
        if now == rings:
            break
        rings = now
        # rings weigh on no group's closeness: it goes by quantiles
        done = _round(course, rings, done.close)
    return done


def _round(of: Course, rings: Sequence[Sequence[int]], known: Closeness | None) -> Compared:
    size = of.size
    votes, apart = np.ones(size), ~_within(size, (*rings, *of.one_voice))
    for ring in rings:
        votes[list(ring)] = 1.0 / len(ring)
    like, weights = likeness(of.rows, votes), pair_weights(size, rings)
    close = known or closeness(like, weights, apart)
    found = agreement(like, weights, close)
    expected = null(found)
    raw = excess(found, expected) if size >= MIN_GROUPS else np.full((size, size), np.nan)
    outside = np.where(apart, raw, np.nan)
    milder, spread = corrected(raw, np.zeros(size) if of.ways else leanings(outside), outside)
    z = deviations(milder, expected)
    a, b = np.triu_indices(size, 1)
    p, q = np.full((size, size), np.nan), np.full((size, size), np.nan)
    p[a, b] = p[b, a] = np.exp(np.maximum(log_ndtr(-z[a, b]), _SMALLEST))
    q[a, b] = q[b, a] = q_values(p[a, b])
    if of.one_voice:  # a finding without a test: no other pair stands in a longer list for it
        tested = np.where(_within(size, of.one_voice)[a, b], np.nan, p[a, b])
        others = q_values(tested)
        q[a, b] = q[b, a] = np.where(np.isnan(others), q[a, b], others)
    return Compared(votes, like, z, p, q, _together(q, of.most, of.one_voice), spread, close)


def _within(size: int, sets: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
    """Which pairs are within one of the sets, [groups, groups]."""
    within = np.zeros((size, size), np.bool_)
    for one in sets:
        within[np.ix_(one, one)] = True
    return within


def _together(value: Floats, most: float, one_voice: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """The clusters of the pairs up to a p or q value; groups of one voice are such pairs without one."""
    value = value.copy()
    for voice in one_voice:
        value[np.ix_(voice, voice)] = 0.0
    return clusters(value, most)


def _pair(of: Compared, groups: Sequence[str], a: int, b: int, evidence: tuple[SharedEdit, ...]) -> Pair:
    shared = float(of.like.shared[a, b])
    mine, other = float(of.like.surprise[a, b]), float(of.like.surprise[b, a])
    smaller, either = min(mine, other), mine + other - shared
    p, q = float(of.p[a, b]), float(of.q[a, b])
    told = not np.isnan(p)
    return Pair(
        groups[a],
        groups[b],
        score=min(round(shared / either, 9), 1.0) if either > 0 else 0.0,
        containment=min(round(shared / smaller, 9), 1.0) if smaller > 0 else 0.0,
        p=p if told else None,
        q=q if told else None,
        shared_edits=int(of.like.count[a, b]),
        evidence=evidence,
    )
