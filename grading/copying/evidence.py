"""The changes that both groups of a pair made, side by side with the sheet: rarest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grading.copying.changes import Change, changes
from grading.copying.folding import Words, placed_words
from grading.copying.likeness import values
from grading.copying.model import SharedEdit
from grading.copying.rows import Row

MOST = 20
"""Changes of a pair that are shown."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All changes that two groups and more made, numbered through the rows.

    Attributes:
        made: By group, the numbers of the changes it made, rising.
        row: By change, the place of its row.
        change: By change, what it is.
        weight: By change, its surprise in nats.
        groups: By change, how many made it.
    """

    rows: Sequence[Row]
    made: Sequence[Ints]
    row: Ints
    change: Sequence[Change]
    weight: NDArray[np.float64]
    groups: Ints

    def shared(
        self, a: int, b: int, sheet: Mapping[str, str], outputs: Mapping[str, str]
    ) -> tuple[SharedEdit, ...]:
        """The rarest changes that both groups made, at most `MOST`; `outputs` are those of `a`."""
        both = np.intersect1d(self.made[a], self.made[b], assume_unique=True)
        first = both[np.argsort(-np.round(self.weight[both], 9), kind="stable")][:MOST]
        return tuple(self._shown(int(one), sheet, outputs) for one in first)

    def _shown(self, one: int, sheet: Mapping[str, str], outputs: Mapping[str, str]) -> SharedEdit:
        id_, change = self.rows[int(self.row[one])].id, self.change[one]
        before, after = placed_words(sheet[id_]), placed_words(outputs[id_])
        place = changes(before.texts, after.texts)[change]
        start, end = _span(before, change.start, change.end)
        first, last = _span(after, place.start, place.end)
        return SharedEdit(
            id_,
            start,
            end,
            sheet[id_][start:end],
            outputs[id_][first:last],
            float(self.weight[one]),
            int(self.groups[one]),
        )


def evidence(rows: Sequence[Row], votes: NDArray[np.float64]) -> Evidence:
    """The changes of all rows; `votes` say how much each group counts among the others, [groups]."""
    none = np.zeros(0, np.int64)
    maker, number, place, groups = [none], [none], [none], [none]
    weight = [np.zeros(0)]
    kinds: list[Change] = []
    for at, row in enumerate(rows):
        stretch = np.array([one is not None for one in row.changes], np.bool_)
        member, change = row.made[stretch[row.made[:, 1]]].T
        maker.append(row.changed[member])
        number.append(len(kinds) + (np.cumsum(stretch) - 1)[change])
        kinds += [one for one in row.changes if one is not None]
        place.append(np.full(int(stretch.sum()), at))
        weight.append(values(row, votes)[0][stretch])
        groups.append(np.bincount(row.made[:, 1], minlength=len(row.changes))[stretch])
    return Evidence(
        rows,
        _by_group(np.concatenate(maker), np.concatenate(number), len(votes)),
        np.concatenate(place),
        kinds,
        np.concatenate(weight),
        np.concatenate(groups),
    )


def _by_group(maker: Ints, number: Ints, size: int) -> list[Ints]:
    order = np.lexsort((number, maker))
    return np.split(number[order], np.searchsorted(maker[order], np.arange(1, size)))


def _span(words: Words, start: int, end: int) -> tuple[int, int]:
    """Code points of the words `[start, end)`; where there is none, the end of the word before."""
    if start == end:
        at = words.ends[start - 1] if start else 0
        return at, at
    return words.starts[start], words.ends[end - 1]
