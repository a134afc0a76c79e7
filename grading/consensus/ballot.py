"""Labels as groups typed them → one vote a voice and row. A copy cluster is one voice, however many groups it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grading.consensus.voices import voices
from quality.correction.labels import read_labels
from quality.guide import StyleGuide

ABSTAINS = -1
"""In place of a mode: an empty or unknown label, a missing row, or a cluster that does not agree with itself."""

Labels = Mapping[str, Mapping[str, str]]
"""Group → id → the cell as typed."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """Who votes for what.

    Attributes:
        ids: Of all rows, in the order of the sheet where it was given; those without a vote are kept.
        modes: Fail modes that may be voted for, in the guide's order.
        voices: The groups of each voice, sorted.
        votes: [voices, ids] place in `modes`, or `ABSTAINS`.
        named: Group → id → the modes that its cell names, in its order, each once; rows that name none are left out.
        unknown: Cells with text that names no mode of the guide.
    """

    ids: tuple[str, ...]
    modes: tuple[str, ...]
    voices: tuple[tuple[str, ...], ...]
    votes: npt.NDArray[np.int64]
    named: Mapping[str, Mapping[str, tuple[str, ...]]]
    unknown: int

    def counts(self) -> npt.NDArray[np.int64]:
        """[ids, modes] votes."""
        return np.stack([(self.votes == at).sum(axis=0) for at in range(len(self.modes))], axis=1)


def ballot(
    labels: Labels, clusters: Iterable[Sequence[str]], guide: StyleGuide, ids: Iterable[str] = ()
) -> Ballot:
    """Every group's labels as votes, with each copy cluster as one voice.

    A cell that names several modes votes for the first. A cluster votes for what most of its members that vote name,
    and abstains where they are even: a copy is no second opinion, and which member copied is not known.

    Args:
        clusters: Groups that copied from one another; those that overlap are one, unknown groups are left out.
        ids: That must be there, voted on or not.
    """
    named, unknown = _named(labels, guide)
    every = tuple(dict.fromkeys((*ids, *(id for rows in labels.values() for id in rows))))
    modes = tuple(mode.name for mode in guide.fail_modes.values())
    place = {id: at for at, id in enumerate(every)}
    code = {mode: at for at, mode in enumerate(modes)}
    speaking = voices(labels, clusters)
    votes = np.full((len(speaking), len(every)), ABSTAINS, dtype=np.int64)
    for at, groups in enumerate(speaking):
        for id, mode in _spoken([named[group] for group in groups]).items():
            votes[at, place[id]] = code[mode]
    return Ballot(every, modes, speaking, votes, named, unknown)


def modes_of(cell: str, guide: StyleGuide) -> tuple[str, ...]:
    """The fail modes that a cell names, in its order, each once."""
    return tuple(dict.fromkeys(mode.name for mode in read_labels(cell, guide)[0]))


def _named(labels: Labels, guide: StyleGuide) -> tuple[dict[str, dict[str, tuple[str, ...]]], int]:
    """What every cell names, and how many cells name nothing that is known."""
    read: dict[str, tuple[str, ...]] = {}
    named: dict[str, dict[str, tuple[str, ...]]] = {}
    unknown = 0
    for group, rows in labels.items():
        mine = named[group] = {}
        for id, cell in rows.items():
            if cell not in read:
                read[cell] = modes_of(cell, guide)
            if read[cell]:
                mine[id] = read[cell]
            elif cell.strip():
                unknown += 1
    return named, unknown


def _spoken(members: Sequence[Mapping[str, tuple[str, ...]]]) -> dict[str, str]:
    """Id → the mode that a voice votes for; ids on which its members are even are left out."""
    if len(members) == 1:
        return {id: modes[0] for id, modes in members[0].items()}
    spoken: dict[str, str] = {}
    for id in dict.fromkeys(id for rows in members for id in rows):
        (mode, most), *others = Counter(rows[id][0] for rows in members if id in rows).most_common(2)
        if not others or others[0][1] < most:
            spoken[id] = mode
    return spoken
