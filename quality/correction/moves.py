"""What was cut at one place and put in at another has moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Indel

from quality.correction.words import is_function, is_negation
from quality.model import Edit, EditKind
from quality.text.prose import words

MOVED_WORDS = 4
"""Words from which a passage that is nearly the same elsewhere has moved."""
MOVED_SHARE = 0.8
"""Likeness of the passages, 0..1."""
SENTENCE_LENGTH = 400
"""Code points over which fewer words may move."""
_SENTENCE_END = re.compile(r"[.!?。！？](?=\s)|\n")
MAX_PAIRS = 2_000
"""Cuts times additions up to which they are compared."""
MAX_WORDS = 400
"""Words of a passage that are compared."""


def with_moves(found: Sequence[Edit], before: str) -> tuple[Edit, ...]:
    """The edits of `before`, in which a cut and an addition of nearly the same words are both a restructuring."""
    cuts = {n: _folded(one.before) for n, one in enumerate(found) if _may_move(one, one.before, one.after)}
    additions = {
        n: _folded(one.after) for n, one in enumerate(found) if _may_move(one, one.after, one.before)
    }
    moved: set[int] = set()
    if len(cuts) * len(additions) <= MAX_PAIRS:
        for number, cut in cuts.items():
            for other, addition in additions.items():
                near = len(cut) >= MOVED_WORDS or _in_one_sentence(found[number], found[other], before)
                if other not in moved and near and _same(cut, addition):
                    moved |= {number, other}
                    break
    moved |= _swapped(found)
    return tuple(
        replace(one, kind=EditKind.RESTRUCTURE) if number in moved else one
        for number, one in enumerate(found)
    )


def _swapped(found: Sequence[Edit]) -> set[int]:
    """Places of two edits that exchange the same words in opposite ways; values and names are told as such."""
    seen: dict[tuple[str, str], int] = {}
    swapped: set[int] = set()
    for number, one in enumerate(found):
        if one.kind is EditKind.WORDING and one.before.strip() and one.after.strip():
            other = seen.get((one.after.casefold(), one.before.casefold()))
            if other is not None:
                swapped |= {other, number}
            seen[one.before.casefold(), one.after.casefold()] = number
    return swapped


def _in_one_sentence(one: Edit, other: Edit, before: str) -> bool:
    start, end = sorted((one.end, other.end))
    return end - start <= SENTENCE_LENGTH and not _SENTENCE_END.search(before, start, end)


def _may_move(edit: Edit, text: str, other: str) -> bool:
    return bool(text.strip()) and not other.strip() and edit.kind is not EditKind.RESTRUCTURE


def _folded(text: str) -> list[str]:
    return [word.casefold() for word in words(text[: 20 * MAX_WORDS])[:MAX_WORDS]]


def _same(cut: list[str], addition: list[str]) -> bool:
    if cut == addition:
        return any(not is_function(word) and not is_negation(word) for word in cut)
    if min(len(cut), len(addition)) < MOVED_WORDS:
        return False
    return Indel.normalized_similarity(cut, addition, score_cutoff=MOVED_SHARE) >= MOVED_SHARE
