"""From p values to candidates and clusters: Benjamini and Hochberg's list, average linkage among its pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HALF = 0.5
"""Share of the pairs between two clusters, of which more must be candidates for the clusters to be one."""


def q_values(p: Floats) -> Floats:
    """For each p value the false discovery rate of the list up to it (Benjamini and Hochberg 1995); NaN stays."""
    q = np.full(len(p), np.nan)
    told = np.flatnonzero(~np.isnan(p))
    if not len(told):
        return q
    order = told[np.argsort(p[told], kind="stable")]
    raw = p[order] * len(order) / np.arange(1, len(order) + 1)
    # p * n / n may be a last bit below p
    q[order] = np.maximum(np.minimum(np.minimum.accumulate(raw[::-1])[::-1], 1.0), p[order])
    return q


def clusters(value: Floats, most: float) -> tuple[tuple[int, ...], ...]:
    """Groups that belong together, by average linkage; each sorted, in order of their first group.

    Args:
        value: p or q value of all pairs, [groups, groups], NaN where there is none.
        most: A pair up to this value is a candidate.
    """
    linked = np.nan_to_num(value, nan=2.0) <= most
    np.fill_diagonal(linked, False)
    if not linked.any():
        return ()
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    # any other pair is at 1, a candidate a little above 0 by its rank, so that the surest are joined first
    rank = np.searchsorted(np.unique(value[linked]), value) + 1
    distance = np.where(linked, rank * 1e-9, 1.0)
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), method="average")
    return _groups(fcluster(tree, HALF, criterion="distance"))


def _groups(labels: Sequence[int] | NDArray[np.int32]) -> tuple[tuple[int, ...], ...]:
    members: dict[int, list[int]] = {}
    for group, label in enumerate(labels):
        members.setdefault(int(label), []).append(group)
    return tuple(tuple(one) for one in members.values() if len(one) > 1)
