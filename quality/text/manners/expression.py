"""One way of being rude: the tone, where it can stand, and what it looks like."""

from __future__ import annotations

import re
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

    def may_stand(self, text: str, words: set[str]) -> bool:
        """Whether the text, which has these words, can hold the expression."""
        return (
            not words.isdisjoint(self.words)
            or any(hint in text for hint in self.hints)
            or any(first in words and phrase in text for first, phrase in self.phrases)
        )


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


START = (
    r"(?:^|(?<=[.!?:;\n*_]) {0,3}|(?<=[.!?] )|\n[ \t]{0,8}|[,—–-] {0,2}|\b(?:and"
    r"|but|so|well|oh|look|honestly|seriously|just|please),? )"
)
"""Where a sentence or a clause that gives an order may start."""
