"""One way of being rude: the tone, where it can stand, and what it looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """One way of saying it.

    Attributes:
        words: Whole words of which one stands in every match, unless a hint or a phrase does.
        hints: Substrings.
        phrases: Substrings of several words, each after its first word, which is whole.
    """

    tone: str
    pattern: re.Pattern[str]
    words: frozenset[str]
    hints: tuple[str, ...]
    phrases: tuple[tuple[str, str], ...]


def expression(tone: str, hints: str, pattern: str) -> Expression:
    """The expression with its hints sorted: they are split at `|`, and `=word` is a whole word."""
    each = hints.split("|")
    phrases = [hint for hint in each if _PHRASE.match(hint)]
    return Expression(
        tone,
        re.compile(pattern),
        words=frozenset(hint[1:] for hint in each if hint[0] == "="),
        hints=tuple(hint for hint in each if hint[0] != "=" and hint not in phrases),
        phrases=tuple((hint.split(" ")[0], hint) for hint in phrases),
    )


_PHRASE = re.compile(r"[a-z0-9'-]+ \S")


class Index:
    """Which of several expressions a text can hold, found by a look at each of its words rather than at each hint."""

    def __init__(self, expressions: Sequence[Expression]) -> None:
        words: dict[str, set[int]] = {}
        hints: dict[str, set[int]] = {}
        phrases: dict[str, list[tuple[str, int]]] = {}
        for place, one in enumerate(expressions):
            for word in one.words:
                words.setdefault(word, set()).add(place)
            for hint in one.hints:
                hints.setdefault(hint, set()).add(place)
            for first, phrase in one.phrases:
                phrases.setdefault(first, []).append((phrase, place))
        self._words, self._hints, self._phrases = words, tuple(hints.items()), phrases
        self._known = frozenset(words) | frozenset(phrases)

    def places(self, text: str, words: set[str]) -> set[int]:
        """Places of the expressions that the text, which has these words, can hold."""
        found: set[int] = set()
        for hint, places in self._hints:
            if hint in text:
                found |= places
        for word in words & self._known:
            found |= self._words.get(word, _NONE)
            found.update(place for phrase, place in self._phrases.get(word, ()) if phrase in text)
        return found


_NONE: frozenset[int] = frozenset()


START = (
    r"(?:^|(?<=[.!?:;\n*_]) {0,3}|(?<=[.!?] )|\n[ \t]{0,8}|[,—–-] {0,2}|\b(?:and"
    r"|but|so|well|oh|look|honestly|seriously|just|please),? )"
)
"""Where a sentence or a clause that gives an order may start."""
