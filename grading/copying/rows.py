"""Sheet and outputs → who made which change in which row, as numbers: what one group alone made is only counted."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from grading.copying.changes import Change, features
from grading.copying.folding import words

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet. Groups are numbers.

    Attributes:
        given: Groups that have it.
        changed: Those of them that changed it.
        alone: For each of `changed`, how many of its changes nobody else made.
        made: Pairs of a place in `changed` and the number of a change that two groups and more made, [pairs, 2].
        changes: What these are; None for a run of new words, which is no stretch of the sheet's.
    """

    id: str
    given: Ints
    changed: Ints
    alone: Ints
    made: Ints
    changes: tuple[Change | None, ...]


def rows(sheet: Mapping[str, str], outputs: Sequence[Mapping[str, str]]) -> tuple[Row, ...]:
    """The rows that two groups and more changed, in the sheet's order; ids that the sheet has not are left out."""
    found: list[Row] = []
    for id_, text in sheet.items():
        given = [group for group, output in enumerate(outputs) if id_ in output]
        changed = _changed(text, {group: outputs[group][id_] for group in given})
        if len(changed) > 1:
            found.append(row(id_, given, changed))
    return tuple(found)


def _changed(text: str, outputs: Mapping[int, str]) -> dict[int, tuple[Hashable, ...]]:
    """Group → what it changed; equal texts are worked out once."""
    before = words(text)
    known: dict[str, tuple[Hashable, ...]] = {text: ()}
    made: dict[int, tuple[Hashable, ...]] = {}
    for group, output in outputs.items():
        if output not in known:
            known[output] = features(before, output)
        if known[output]:
            made[group] = known[output]
    return made


def row(id_: str, given: Sequence[int], changed: Mapping[int, tuple[Hashable, ...]]) -> Row:
    """A row that `given` have and of which `changed` say who changed what, each change once, groups rising."""
    numbers: dict[Hashable, int] = {}
    feature = np.asarray(
        [numbers.setdefault(one, len(numbers)) for one in chain.from_iterable(changed.values())], np.int64
    )
    member = np.repeat(np.arange(len(changed)), [len(made) for made in changed.values()])
    often = np.bincount(feature, minlength=len(numbers)) > 1
    keep = often[feature]
    renumbered = np.cumsum(often) - 1
    shared = (one for one, twice in zip(numbers, often.tolist(), strict=True) if twice)
    return Row(
        id_,
        np.asarray(given, np.int64),
        np.fromiter(changed, np.int64, len(changed)),
        np.bincount(member[~keep], minlength=len(changed)),
        np.stack([member[keep], renumbered[feature[keep]]], axis=1),
        tuple(one if isinstance(one, Change) else None for one in shared),
    )
