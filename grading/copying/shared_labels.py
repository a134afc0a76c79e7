"""Labels that two groups share against the others, more often than their rows' difficulty explains.

The same comparison as for changes: within a row any group could have given anybody's label; a label that few gave
weighs by its rarity. Where nearly all that two groups gave against the others is the same, beyond any doubt, they are
one voice (`one_voice` of the signal's detail): copied labels would outvote honest ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from grading.copying.compare import compared
from grading.copying.rows import Row, row
from grading.copying.signal import MOST, Signal, Signals, joined
from quality.wording import count

MOST_FALSE = 0.01
"""False discovery rate up to which pairs are named: few rows and few labels make the tail coarse."""
SURE = 1e-6
"""p value up to which copied labels are one voice for the consensus too."""
SURE_SHARED = 10
"""Labels against the others that two such groups must share, and"""
SURE_SHARE = 0.75
"""the share they must be of the labels against the others of the one that has fewer."""
MIN_SHARED = 3
"""Labels against the others that two groups must share."""
HALF = 0.5
"""Share of a row's labels below which a label stands against the others."""


def shared_labels(groups: Mapping[str, Signals]) -> Iterator[Signal]:
    """One signal for each set of groups whose pairs share rare labels beyond chance."""
    names = sorted(groups)
    labels = [groups[name].labels for name in names]
    ids = sorted({id_ for own in labels for id_ in own})
    found = compared([made for id_ in ids if (made := _row(id_, labels))], len(names), MOST_FALSE, ways=False)
    rare = {id_: _rare(id_, labels) for id_ in ids}
    listed, sure = list[tuple[str, str]](), list[tuple[str, str]]()
    for a, b in np.argwhere(np.triu(found.q <= MOST_FALSE, 1)).tolist():
        both = [id_ for id_ in ids if _same(labels[a], labels[b], id_) and labels[a][id_] in rare[id_]]
        if len(both) >= MIN_SHARED:
            listed.append((names[a], names[b]))
            against = min(_against(labels[one], rare) for one in (a, b))
            if found.p[a, b] <= SURE and len(both) >= max(SURE_SHARED, SURE_SHARE * against):
                sure.append((names[a], names[b]))
    voices = joined(sure)
    for together in joined(listed):
        signal = _signal(together, [groups[name].labels for name in together], rare)
        one_voice = [list(voice) for voice in voices if set(voice) <= set(together)]
        yield replace(signal, detail={**signal.detail, "one_voice": one_voice})


def _against(own: Mapping[str, str], rare: Mapping[str, frozenset[str]]) -> int:
    """How many of a group's labels stand against the others."""
    return sum(own.get(id_) in against for id_, against in rare.items())


def _row(id_: str, labels: Sequence[Mapping[str, str]]) -> Row | None:
    given = {group: (own[id_],) for group, own in enumerate(labels) if own.get(id_)}
    return row(id_, list(given), given) if len(given) > 1 else None


def _rare(id_: str, labels: Sequence[Mapping[str, str]]) -> frozenset[str]:
    """The labels that less than half of the groups gave in this row."""
    given = Counter(own[id_] for own in labels if own.get(id_))
    return frozenset(label for label, times in given.items() if times < HALF * given.total())


def _same(mine: Mapping[str, str], other: Mapping[str, str], id_: str) -> bool:
    return bool(mine.get(id_)) and mine.get(id_) == other.get(id_)


def _signal(
    together: tuple[str, ...], labels: Sequence[Mapping[str, str]], rare: Mapping[str, frozenset[str]]
) -> Signal:
    shared = [
        {
            "id": id_,
            "label": label,
            "groups": [g for g, own in zip(together, labels, strict=True) if own.get(id_) == label],
        }
        for id_, against in rare.items()
        for label in sorted(against)
        if sum(own.get(id_) == label for own in labels) > 1
    ]
    sentence = f"gave the same label against most others in {count(len(shared), 'row')}"
    return Signal("labels", together, sentence, len(shared), {"labels": shared[:MOST]})
