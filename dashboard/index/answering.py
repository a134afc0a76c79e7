"""Which rows a filter leaves, and these rows in numbers; the last answers are remembered, as no index ever changes."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dashboard.index import storage
from dashboard.index.cells import folded
from dashboard.index.columns import Columns, Names, columns, names
from dashboard.model import ALL, Filter, Order, RuleCount, Totals

BINS = 10
T = TypeVar("T")


@lru_cache(maxsize=16)
def numbers(path: Path, where: Filter = ALL, order: Order = Order.TABLE) -> NDArray[np.uint32]:
    """The numbers of the rows looked at, in that order; rows without a score come last, neither best nor worst."""
    of = columns(path)
    chosen = np.flatnonzero(_chosen(path, where))
    if order is not Order.TABLE:
        scores = of.score[chosen] if order is Order.WORST else -of.score[chosen]
        chosen = chosen[np.argsort(scores, kind="stable")]  # NaN is last in either order
    return (chosen + 1).astype(np.uint32)


@lru_cache(maxsize=16)
def totals(path: Path, where: Filter = ALL) -> Totals:
    """The rows looked at, in numbers."""
    of, known = columns(path), names(path)
    chosen = _chosen(path, where)
    scores = of.score[chosen]
    scored = scores[~np.isnan(scores)]
    bins = np.bincount(np.clip(scored // BINS, 0, BINS - 1).astype(np.intp), minlength=BINS)
    labels, modes = _modes(of, known, chosen)
    return Totals(
        rows=len(scores),
        passing=int(of.passed[chosen].sum()),
        mean_score=float(scored.mean()) if len(scored) else None,
        bins=tuple(bins.tolist()),
        unscored=len(scores) - len(scored),
        rules=_rules(of, known, chosen),
        modes=modes,
        labels=labels,
    )


def _rules(of: Columns, known: Names, chosen: NDArray[np.bool_]) -> tuple[RuleCount, ...]:
    looked_at = chosen[of.finding_row - 1]
    rules = of.finding_rule[looked_at]
    rows = np.bincount(rules)
    findings = np.bincount(rules, weights=of.findings[looked_at])
    counted = [
        RuleCount(*known.rules[id], findings=int(findings[id]), rows=int(rows[id]))
        for id in np.flatnonzero(rows).tolist()
    ]
    return tuple(sorted(counted, key=lambda one: (-one.findings, one.code, one.criterion, one.severity)))


def _modes(
    of: Columns, known: Names, chosen: NDArray[np.bool_]
) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """Rows by label, and by label and criterion with an open finding."""
    labels: dict[str, int] = {}
    modes: dict[tuple[str, str], int] = {}
    wide = max(known.kinds, default=0) + 1
    pairs, counts = np.unique(of.label[chosen].astype(np.uint64) * wide + of.kind[chosen], return_counts=True)
    for pair, rows in zip(pairs.tolist(), counts.tolist(), strict=True):
        text, criteria = known.labels[pair // wide], known.kinds[pair % wide]
        labels[text] = labels.get(text, 0) + rows
        for criterion in criteria or ("",):
            modes[text, criterion] = modes.get((text, criterion), 0) + rows
    return labels, modes


@lru_cache(maxsize=16)
def _chosen(path: Path, where: Filter) -> NDArray[np.bool_]:
    """[rows] Whether the row is looked at."""
    of, known = columns(path), names(path)
    chosen = np.ones(len(of.group), np.bool_)
    if where.passed is not None:
        chosen &= of.passed == where.passed
    if where.lowest > ALL.lowest:  # a row without a score is no row of any score
        chosen &= of.score >= where.lowest
    if where.highest < ALL.highest:
        chosen &= of.score <= where.highest
    if where.groups:
        chosen &= np.isin(of.group, _ids(known.groups, where.groups))
    if where.fail_modes:
        chosen &= np.isin(of.label, _ids(known.labels, where.fail_modes))
    if where.codes or where.criteria or where.severities:
        found = np.zeros_like(chosen)
        found[of.finding_row[np.isin(of.finding_rule, list(_asked_rules(known, where)))] - 1] = True
        chosen &= found
    if where.text:
        chosen &= _with_text(path, folded(where.text), chosen)
    return chosen


def _ids(known: Mapping[int, T], wanted: Iterable[T]) -> list[int]:
    wanted = frozenset(wanted)
    return [id for id, name in known.items() if name in wanted]


def _asked_rules(known: Names, where: Filter) -> Iterator[int]:
    """The rules of which one finding is enough."""
    lists = (where.codes, where.criteria, where.severities)
    for id, rule in known.rules.items():
        if all(not wanted or one in wanted for one, wanted in zip(rule, lists, strict=True)):
            yield id


def _with_text(path: Path, wanted: bytes, among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """[rows] Whether the folded text stands in the row; only those `among` are looked at."""
    found = np.zeros_like(among)
    with storage.reading(path) as db:
        for first, starts, text in db.execute("SELECT first, starts, text FROM folded ORDER BY first"):
            rows = array("I", starts)
            if among[first - 1 : first - 1 + len(rows)].any():
                found[[first - 1 + row for row in _places(text, rows, wanted)]] = True
    return found


def _places(text: bytes, starts: array[int], wanted: bytes) -> Iterator[int]:
    """Which of the rows that begin at `starts` hold the text; a separator in it keeps it from standing in two."""
    at = text.find(wanted)
    while at >= 0:
        row = bisect_right(starts, at) - 1
        yield row
        if row + 1 == len(starts):
            return
        at = text.find(wanted, starts[row + 1])
