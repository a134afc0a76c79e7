"""Compares what the groups changed in the sheet: all pairs, with the chance that independent groups agree as much.

outputs ─ rows ─ agreement ─ null ─ calibration → p ─ Benjamini-Hochberg → q ─ average linkage → clusters
             └──────── again with each cluster as one vote, until the clusters stay ────────┘

Evidence for a person, never a penalty: two groups who shared a tool or a tutor may stand here too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from grading.copying.agreement import STEPS, Agreement, agreement
from grading.copying.calibration import calibration, corrected, leanings
from grading.copying.clusters import clusters, q_values
from grading.copying.evidence import evidence
from grading.copying.model import Calibration, Copying, Pair, SharedEdit
from grading.copying.null import deviations, excess, null
from grading.copying.rows import Row, rows

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
class Compared:
    """What a comparison with given votes says; matrices are [groups, groups]."""

    votes: Floats
    found: Agreement
    z: Floats
    p: Floats
    q: Floats
    clusters: tuple[tuple[int, ...], ...]
    spread: float
    leaning: Floats


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
    last = compared(changed, len(groups), q)
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
        calibration(last.z[a, b], last.q[a, b] <= q, last.spread, groups, last.leaning),
    )


def compared(changed: Sequence[Row], size: int, most: float) -> Compared:
    """The comparison in which the rings that it finds are the ones that had one vote each."""
    done = _round(changed, size, most, ())
    rings: tuple[tuple[int, ...], ...] = ()
    for _ in range(_MAX_ROUNDS):
        now = tuple(ring for ring in clusters(done.p, _TRIANGLE / max(size, 1)) if len(ring) > 2)
        if now == rings:
            break
        rings = now
        done = _round(changed, size, most, rings)
    return done


def _round(changed: Sequence[Row], size: int, most: float, rings: Sequence[Sequence[int]]) -> Compared:
    votes = np.ones(size)
    for ring in rings:
        votes[list(ring)] = 1.0 / len(ring)
    found = agreement(changed, votes, rings)
    expected = null(found)
    raw = excess(found, expected) if size >= MIN_GROUPS else np.full((size, size), np.nan)
    outside = raw.copy()
    for ring in rings:
        outside[np.ix_(ring, ring)] = np.nan
    leaning = leanings(outside)
    milder, spread = corrected(raw, leaning, outside)
    z = deviations(milder, expected)
    a, b = np.triu_indices(size, 1)
    p, q = np.full((size, size), np.nan), np.full((size, size), np.nan)
    p[a, b] = p[b, a] = np.exp(np.maximum(log_ndtr(-z[a, b]), _SMALLEST))
    q[a, b] = q[b, a] = q_values(p[a, b])
    return Compared(votes, found, z, p, q, clusters(q, most), spread, leaning)


def _pair(of: Compared, groups: Sequence[str], a: int, b: int, evidence: tuple[SharedEdit, ...]) -> Pair:
    shared = float(of.found.shared[a, b])
    mine, other = float(of.found.surprise[a, b]), float(of.found.surprise[b, a])
    smaller = min(mine, other)
    both = int(np.count_nonzero(of.found.rows[:, a] & of.found.rows[:, b]))
    either = int(of.found.given[a, b]) + int(of.found.given[b, a]) - both
    p, q = float(of.p[a, b]), float(of.q[a, b])
    told = not np.isnan(p)
    return Pair(
        groups[a],
        groups[b],
        score=int(of.found.steps[a, b]) / STEPS / either if either else 0.0,
        containment=min(shared / smaller, 1.0) if smaller > 0 else 0.0,
        p=p if told else None,
        q=q if told else None,
        shared_edits=int(of.found.count[a, b]),
        evidence=evidence,
    )
