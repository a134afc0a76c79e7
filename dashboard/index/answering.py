"""Which rows a filter leaves, and these rows in numbers; the last answers are remembered, as no index ever changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dashboard.index import searching
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
    rules = _rules(of, known, chosen)
    return Totals(
        rows=len(scores),
        passing=int(of.passed[chosen].sum()),
        mean_score=float(scored.mean()) if len(scored) else None,
        bins=tuple(bins.tolist()),
        unscored=len(scores) - len(scored),
        rules=rules,
        modes=modes,
        labels=labels,
        codes=_codes(of, known, chosen, rules),
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
    return tuple(sorted(counted, key=_most_first))


def _most_first(one: RuleCount) -> tuple[object, ...]:
    return -one.findings, one.code, one.criterion, one.severity


def _codes(
    of: Columns, known: Names, chosen: NDArray[np.bool_], rules: Iterable[RuleCount]
) -> tuple[RuleCount, ...]:
    """Each code once."""
    alike: dict[str, list[RuleCount]] = {}
    for one in rules:
        alike.setdefault(one.code, []).append(one)
    found: list[RuleCount] = []
    for code, each in alike.items():
        if len(each) > 1:  # a row may have findings of several of them
            ids = [id for id, rule in known.rules.items() if rule[0] == code]
            rows = np.unique(of.finding_row[np.isin(of.finding_rule, ids)])
            loudest = min(each, key=lambda one: one.severity)  # "error" comes before "warning"
            each = [
                replace(loudest, findings=sum(x.findings for x in each), rows=int(chosen[rows - 1].sum()))
            ]
        found += each
    return tuple(sorted(found, key=_most_first))


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
        wanted = folded(where.text)
        found = np.isin(of.beside, searching.found(path, searching.BESIDE, wanted))
        found[searching.found(path, searching.OUTPUT, wanted, chosen & ~found) - 1] = True
        chosen &= found
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
