"""Two versions of a row → what was changed, as values that are equal where two groups changed the same.

A change is a stretch of the sheet's words and what stands there now. Where little of a row is left, stretches say
little, because words are aligned by chance: then runs of words that the sheet's row has not count as well.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from grading.copying.folding import words

RUN = 4
"""Words of a run; three stand in two texts by chance more often than four (Dolos and JPlag use more)."""
KEPT = 0.5
"""Share of the longer version's words below which a row counts as written anew."""
MAX_CELLS = 40_000_000
"""Words of one version times words of the other that are aligned: a tenth of a second, 10 MB."""
MAX_RUNS = 5_000
"""Runs of one text that are kept; a longer text is judged by its first ones."""


class Change(NamedTuple):
    """The sheet's words `[start, end)` became `after`."""

    start: int
    end: int
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change's words stand now: words `[start, end)` of the output."""

    start: int
    end: int


def changes(before: Sequence[str], after: Sequence[str]) -> Mapping[Change, Place]:
    """The changed stretches in order; {} for equal texts and for ones too long and too unlike to be aligned."""
    made: list[tuple[int, int, int, int]] = []
    if len(before) * len(after) > MAX_CELLS:
        return {}
    for op in Levenshtein.opcodes(before, after):
        if op.tag == "equal":
            continue
        if made and made[-1][1] == op.src_start and made[-1][3] == op.dest_start:
            made[-1] = (made[-1][0], op.src_end, made[-1][2], op.dest_end)
        else:
            made.append((op.src_start, op.src_end, op.dest_start, op.dest_end))
    return {Change(i, j, tuple(after[x:y])): Place(x, y) for i, j, x, y in made}


def features(before: Sequence[str], output: str) -> tuple[Hashable, ...]:
    """What a group changed in a row, of which `before` are the sheet's words: changes, and runs where it wrote anew.

    Each once, in an order that the texts alone decide.
    """
    after = words(output)
    if after == before:
        return ()
    made = changes(before, after)
    kept = len(before) - sum(change.end - change.start for change in made)
    if made and kept >= KEPT * max(len(before), len(after)):
        return tuple(made)
    old = {tuple(before[at : at + RUN]) for at in range(len(before) - RUN + 1)}
    runs = (tuple(after[at : at + RUN]) for at in range(min(len(after) - RUN + 1, MAX_RUNS)))
    return (*made, *dict.fromkeys(run for run in runs if run not in old))
