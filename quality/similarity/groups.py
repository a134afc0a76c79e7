"""Groups of texts that are alike: one text, and every later one that is like it, each with its similarity.

A group hangs on its first text alone, so that nothing is chained: all its members are alike to the first, though not
to one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quality.similarity.join import Limits, similar_pairs
from quality.similarity.texts import Texts, identical
from quality.similarity.twins import Key


@dataclass(frozen=True, slots=True)
class Group:
    """The first of some texts that are alike, and the others in order with their similarity to it, 0..1."""

    first: Key
    others: tuple[tuple[Key, float], ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups, the largest first, no text in two; and how many texts could not be compared with all others."""

    groups: tuple[Group, ...]
    incomplete: int


def alike(texts: Texts, keys: Sequence[Key], min_similarity: float, min_words: int, limits: Limits) -> Groups:
    """The texts that are alike at `min_similarity`, above 0 and at most 1; shorter ones only where they are the same.

    A text with as many similar ones as `limits.pairs` may have more that are not in its group.
    """
    group_of = identical(texts)
    lengths = texts.lengths()
    long = np.flatnonzero((group_of == np.arange(len(texts))) & (lengths >= min_words))
    pairs = similar_pairs(texts.take(long), min_similarity, limits)
    near: dict[int, list[tuple[int, float]]] = {}
    for left, right, similarity in zip(
        long[pairs.left].tolist(), long[pairs.right].tolist(), pairs.similarity.tolist(), strict=True
    ):
        near.setdefault(left, []).append((right, similarity))
        near.setdefault(right, []).append((left, similarity))
    same: dict[int, list[int]] = {}
    for index, first in enumerate(group_of.tolist()):
        if lengths[index]:
            same.setdefault(first, []).append(index)
    groups: list[Group] = []
    taken: set[int] = set()
    for first, members in same.items():
        close = [(other, similarity) for other, similarity in near.get(first, []) if other not in taken]
        if first in taken or (len(members) == 1 and not close):
            continue
        taken |= {first, *(other for other, _ in close)}
        found = [(index, 1.0) for index in members[1:]]
        found += [(index, similarity) for other, similarity in close for index in same[other]]
        groups.append(Group(keys[first], tuple((keys[index], s) for index, s in sorted(found))))
    full = np.zeros(len(texts), np.bool_)
    full[[index for index, others in near.items() if len(others) >= limits.pairs]] = True
    incomplete = int((pairs.incomplete & ~full[long]).sum())
    return Groups(tuple(sorted(groups, key=lambda group: -len(group.others))), incomplete)
