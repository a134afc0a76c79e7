"""Groups that are one voice: nearly all rows of several changes word for word alike, and others are not like them.

Independent correctors make the same correction of a row of four changes and more in 1.8% of such rows (JFLEG's four,
747 sentences); so groups that do in nearly all of them need no null, and have none where they are most of the course.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grading.copying.clusters import clusters
from grading.copying.rows import Row

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SEVERAL = 4
"""Changes of a row from which the same correction is no chance."""
NEARLY = 0.9
"""Share of such rows in which groups of one voice are alike."""
MIN_ROWS = 5
"""Such rows that must be alike."""
EASY = 0.35
"""Share of the rows in which others are like the voice too, above which the sheet is easy, not the voice one."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Of rows that two groups changed, one of them `SEVERAL` times, [groups, groups]: how many, how many alike."""

    both: Ints
    same: Ints


def alike(rows: Sequence[Row], size: int) -> Alike:
    """How many rows of several changes each two groups made alike."""
    found = Alike(np.zeros((size, size), np.int64), np.zeros((size, size), np.int64))
    for row in rows:
        here = row.changed
        count = np.bincount(row.made[:, 0], minlength=len(here)) + row.alone
        many = count >= SEVERAL
        if not many.any():
            continue
        found.both[np.ix_(here, here)] += many[:, None] | many[None, :]
        for version in versions(row):
            if many[version[0]]:
                found.same[np.ix_(here[version], here[version])] += 1
    return found


def versions(row: Row) -> list[Ints]:
    """Places in `row.changed` of groups that made the same changes, two and more each."""
    order = np.lexsort((row.made[:, 1], row.made[:, 0]))
    member, change = row.made[order].T
    each = np.split(change, np.searchsorted(member, np.arange(1, len(row.changed))))
    by: dict[bytes, list[int]] = {}
    for place, made in enumerate(each):
        if not row.alone[place]:
            by.setdefault(made.tobytes(), []).append(place)
    return [np.asarray(places, np.int64) for places in by.values() if len(places) > 1]


def voices(found: Alike) -> tuple[tuple[int, ...], ...]:
    """The voices, each sorted, in order of their first group."""
    near = (found.same >= MIN_ROWS) & (found.same >= NEARLY * found.both)
    if len(near) < 2:
        return ()
    return tuple(voice for voice in clusters(np.where(near, 0.0, 1.0), 0.0) if not easy(found, voice))


def easy(found: Alike, voice: Sequence[int]) -> bool:
    """Whether the middle one of the others corrects such rows like the voice too."""
    others = [one for one in range(len(found.both)) if one not in voice]
    both = found.both[np.ix_(others, list(voice))].sum(axis=1)
    same = found.same[np.ix_(others, list(voice))].sum(axis=1)
    return bool((both > 0).any()) and float(np.median(same[both > 0] / both[both > 0])) > EASY
