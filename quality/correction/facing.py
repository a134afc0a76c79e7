"""Does a word face its own corrected form: mistyped, inflected, or written as two?"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from quality.correction.words import is_function, is_inflection, is_negation, is_slip


def facing(old: Sequence[str], new: Sequence[str]) -> tuple[int, int] | None:
    """How many of the first two words on each side are forms of each other."""
    if not (old[0][0].isalpha() and new[0][0].isalpha()):
        return None
    near = _is_near(old[0], new[0])
    if len(old) > 1 and old[1].isalpha() and _is_split(new[0], old, near):
        return 2, 1
    if len(new) > 1 and new[1].isalpha() and _is_split(old[0], new, near):
        return 1, 2
    return (1, 1) if near else None


def _is_split(word: str, parts: Sequence[str], near: bool) -> bool:
    """Whether the two parts are the word written as two, rather than the first part a form of it."""
    joined = "".join(parts).casefold()
    if abs(len(joined) - len(word)) > 2 or len(word) < 3 or (is_negation(word) and is_negation(parts[1])):
        return False
    if not is_slip(word, joined) and not is_slip(joined, word):
        return False
    whole = word.casefold()
    return not near or OSA.distance(whole, joined) < OSA.distance(whole, parts[0].casefold())


def _is_near(word: str, other: str) -> bool:
    if is_function(word) and is_function(other):
        return word.casefold() == other.casefold()
    if word[0].casefold() != other[0].casefold() and abs(len(word) - len(other)) > 1:
        return is_inflection(word, other)
    return is_slip(word, other) or is_inflection(word, other)
