"""Which rows are reviewed where nobody can review all: the same few of every group, whoever asks.

A hash decides, not a generator: the choice stays the same when other groups hand in, and on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from dashboard.model import RowKey

Round = tuple[RowKey, ...]
"""One row of each group."""


def sample(
    failing: Iterable[RowKey], passing: Iterable[RowKey], *, per_group: int, seed: int
) -> tuple[Round, ...]:
    """So many rows of each group, half of them failing where there are as many, in rounds of one row a group.

    Whoever stops early has seen something of every group.
    """
    sides = [_by_group(rows, seed) for rows in (failing, passing)]
    groups = sorted({group for side in sides for group in side})
    chosen = [_of_group([side.get(group, ()) for side in sides], per_group) for group in groups]
    rounds = max(map(len, chosen), default=0)
    return tuple(tuple(rows[at] for rows in chosen if at < len(rows)) for at in range(rounds))


def ordered(rounds: Sequence[Round], reviewer: str) -> tuple[RowKey, ...]:
    """The rows round by round; within a round each reviewer has an order of their own, so that they seldom meet."""
    return tuple(
        key for one in rounds for key in sorted(one, key=lambda key: _rank(reviewer, key.group, key.ref))
    )


def shuffled(keys: Iterable[RowKey], seed: int) -> tuple[RowKey, ...]:
    """The rows in an order that only the seed decides, so that the first of them are a fair sample of all."""
    return tuple(sorted(keys, key=lambda key: _rank(seed, key.group, key.ref)))


def _by_group(rows: Iterable[RowKey], seed: int) -> Mapping[str, Sequence[RowKey]]:
    found: dict[str, list[RowKey]] = {}
    for key in rows:
        found.setdefault(key.group, []).append(key)
    return {
        group: sorted(keys, key=lambda key: _rank(seed, key.group, key.ref)) for group, keys in found.items()
    }


def _of_group(sides: Sequence[Sequence[RowKey]], number: int) -> list[RowKey]:
    """Failing and passing in turns; where one side ends, the other goes on."""
    failing, passing = sides
    pairs = [
        key
        for at in range(max(len(failing), len(passing)))
        for key in (*failing[at : at + 1], *passing[at : at + 1])
    ]
    return pairs[:number]


def _rank(*parts: object) -> bytes:
    return hashlib.sha256("\n".join(map(str, parts)).encode("utf-8", "surrogatepass")).digest()
