"""Rows of two versions of a file → which row became which, by id and in any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quality.model import Row


@dataclass(frozen=True, slots=True)
class Pairs:
    """The rows of two versions, told apart.

    Attributes:
        both: Earlier and later version of a row, in the order of the later file.
        added: Rows of the later file alone.
        removed: Rows of the earlier file alone.
        duplicates: Ids that stand more than once in one of the files, each once.
    """

    both: tuple[tuple[Row, Row], ...]
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    duplicates: tuple[str, ...]


def pairs(before: Sequence[Row], after: Sequence[Row]) -> Pairs:
    """The rows aligned by id; rows that share an id by equal text first, then in their order."""
    was, now = _by_id(before), _by_id(after)
    partner: dict[int, Row] = {}
    for id_, rows in now.items():
        for old, new in _aligned(was.get(id_, []), rows):
            partner[new.row] = old
    taken = {old.row for old in partner.values()}
    return Pairs(
        both=tuple((partner[row.row], row) for row in after if row.row in partner),
        added=tuple(row for row in after if row.row not in partner),
        removed=tuple(row for row in before if row.row not in taken),
        duplicates=tuple(id_ for id_ in dict.fromkeys((*was, *now)) if max(len(was[id_]), len(now[id_])) > 1),
    )


def _by_id(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    known: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        known[row.id].append(row)
    return known


def _aligned(was: Sequence[Row], now: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Rows of one id."""
    if len(was) == len(now) == 1:
        return [(was[0], now[0])]
    same: defaultdict[tuple[object, ...], list[Row]] = defaultdict(list)
    for old in was:
        same[old.texts].append(old)
    equal = [(same[new.texts].pop(0), new) for new in now if same[new.texts]]
    old_taken, new_taken = (
        ({row.row for row in side} for side in zip(*equal, strict=True)) if equal else ((), ())
    )
    rest = zip(
        [row for row in was if row.row not in old_taken],
        [row for row in now if row.row not in new_taken],
        strict=False,  # what is left over on one side was added or removed
    )
    return [*equal, *rest]
