"""Groups that handed in the same corrected rows, of several changes each: seen without any null, for two groups too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from grading.copying.rows import Row, rows
from grading.copying.signal import MOST, Signal, Signals, joined
from grading.copying.voices import MIN_ROWS, SEVERAL, alike, easy, versions
from quality.wording import count, percent

SHARE = 0.5
"""Share of the rows of several changes that two groups must have alike; independent correctors have 1.8%."""


def same_outputs(groups: Mapping[str, Signals], sheet: Mapping[str, str]) -> Iterator[Signal]:
    """One signal for each set of groups whose pairs have half of such rows word for word alike, and others have not."""
    names = sorted(groups)
    changed = rows({id_: sheet[id_] for id_ in sorted(sheet)}, [groups[name].outputs for name in names])
    found = alike(changed, len(names))
    near = np.triu((found.same >= MIN_ROWS) & (found.same >= SHARE * found.both), 1)
    place = {name: at for at, name in enumerate(names)}
    for together in joined((names[a], names[b]) for a, b in np.argwhere(near).tolist()):
        members = [place[name] for name in together]
        if not easy(found, members):
            yield _signal(together, members, changed)


def _signal(together: tuple[str, ...], members: Sequence[int], changed: Sequence[Row]) -> Signal:
    several = [row for row in changed if _several(row, members, whole=False)]
    ids = [row.id for row in several if _several(row, members, whole=True)]
    of = percent(len(ids), len(several))
    sentence = (
        f"have {count(len(ids), 'row')} of {len(several):,} ({of}) that they changed in {SEVERAL} places and more "
        "word for word alike"
    )
    if all(np.isin(row.changed, members).all() for row in several):
        sentence += "; no other group corrected these rows, so chance has no measure here"
    return Signal("outputs", together, sentence, len(ids), {"ids": ids[:MOST], "rows": len(several)})


def _several(row: Row, members: Sequence[int], *, whole: bool) -> bool:
    """Whether two of the groups changed the row, one in several places; `whole`: both in the same ones."""
    here = np.isin(row.changed, members)
    many = here & (np.bincount(row.made[:, 0], minlength=len(here)) + row.alone >= SEVERAL)
    if not whole:
        return bool(many.any()) and int(here.sum()) > 1
    return any(int(many[version].sum()) > 1 for version in versions(row))
