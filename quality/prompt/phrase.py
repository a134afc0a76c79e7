"""The mechanism for asks that a phrase makes on its own: what the words look like and what must not stand near them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from quality.model import Ask
from quality.prompt.polarity import forbidden
from quality.prompt.scope import Scoped, sentence_around, trimmed

Family: TypeAlias = Callable[[Scoped], Iterator[Ask]]
"""One group of asks: scoped text → asks."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of asking, for asks that hold at most once in a prompt.

    Attributes:
        hints: Substrings of which one must be in the text, so that an ordinary prompt costs few patterns.
        value: The ask's value; the first group of the pattern that matched where "".
        unless: A pattern that must not match in the same sentence.
        reach: Code points around the match, within its sentence, where `unless` is looked for.
        negated: What the ask becomes under a negation: "skip" (nothing is asked) or a relation.
    """

    kind: str
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    relation: str = ""
    value: str = ""
    unit: str = ""
    unless: re.Pattern[str] | None = None
    reach: int = 300
    negated: str = "skip"


def phrase(kind: str, hints: str, pattern: str, *, unless: str = "", reach: int = 300, **rest: str) -> Phrase:
    """A phrase from its sources; `hints` are divided by `|`."""
    excluded = re.compile(unless) if unless else None
    return Phrase(kind, tuple(hints.split("|")), re.compile(pattern), unless=excluded, reach=reach, **rest)


def first_of(phrases: tuple[Phrase, ...]) -> Family:
    """The family of those phrases, each giving its first ask."""

    def family(text: Scoped) -> Iterator[Ask]:
        for one in phrases:
            if text.has(one.hints):
                yield from _first(text, one)

    return family


def _first(text: Scoped, one: Phrase) -> Iterator[Ask]:
    low = text.low
    for match in one.pattern.finditer(low):
        if one.unless and one.unless.search(*_near(low, match, one.reach)):
            continue
        relation = one.relation
        if one.negated != "either" and forbidden(low, match.start()):
            if one.negated == "skip":
                continue
            relation = one.negated
        start, end = trimmed(low, match.start(), match.end())
        group = next((name for name, words in match.groupdict().items() if words), None)
        value = one.value or (text.quoted(*match.span(group)) if group else "")
        yield Ask(one.kind, relation, value, one.unit, start, end)
        return


def _near(low: str, match: re.Match[str], reach: int) -> tuple[str, int, int]:
    left, right = sentence_around(low, match.start(), match.end())[1:]
    return low, max(left, match.start() - reach), min(right, match.end() + reach)
