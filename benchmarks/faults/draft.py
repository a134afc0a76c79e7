"""What a generator of faults takes and gives."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

_SENTENCE = re.compile(
    r"(?:^|(?<=\n)|(?<=[.!?:]\s)|(?<=[-*•]\s)|(?<=[.!?][\"”]\s))[A-Z\"“][^.!?\n]{15,400}[.!?](?=\s|$)"
)
_IN_COMMON = 0.04
"""Share of phrases that two texts on the same matter may share."""
_ITEM = re.compile(r"(?m)^[ \t]*(?:\d{1,2}[.)]|[-*•])[ \t]+(.+)$")


@dataclass(frozen=True, slots=True)
class Answer:
    """A prompt and a good answer to it."""

    instruction: str
    output: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A correction: what the sheet asked and gave, and what the annotator made of it."""

    instruction: str
    original: str
    output: str


@dataclass(frozen=True, slots=True)
class Pool:
    """What faults are made of, besides the answer itself.

    Attributes:
        siblings: Prompt → answers of other models to it; none of them is in the sheet.
        sources: Prompt → texts on the same matter that answers are copied from.
        concise: Prompts with a long and a short answer, both by one model.
        essays: Students' answers (task, how much is copied, text).
        names: Names of persons and things by their number of words.
        known: Words that are no misspellings.
        used: Sources that were copied from → their prompt; filled by the generators.
    """

    siblings: Mapping[str, Sequence[str]]
    sources: Mapping[str, Sequence[str]]
    concise: Sequence[tuple[str, str, str]]
    essays: Sequence[tuple[str, str, str]]
    names: Mapping[int, Sequence[str]]
    known: frozenset[str]
    used: dict[str, str] = field(default_factory=dict[str, str])


Fault: TypeAlias = Callable[[Answer, Pool, random.Random], Draft | None]
"""None: this answer offers no place for the fault."""

Spoil: TypeAlias = Callable[[str, Pool, random.Random], str | None]
"""A fault in a text alone."""

Change: TypeAlias = tuple[int, int, str]


def in_text(spoil: Spoil) -> Fault:
    """The fault that spoils the answer's text and leaves the prompt alone."""

    def fault(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
        spoilt = spoil(answer.output, pool, draw)
        if spoilt is None or spoilt == answer.output:
            return None
        return Draft(answer.instruction, spoilt, answer.output)

    return fault


def changed(text: str, changes: Sequence[Change]) -> str:
    """The text with the changes made, those that overlap an earlier one in the list left out."""
    kept: list[Change] = []
    for start, end, new in changes:
        if all(end < s - 1 or start > e + 1 for s, e, _ in kept):
            kept.append((start, end, new))
    for start, end, new in sorted(kept, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def some(changes: Sequence[Change], most: int, draw: random.Random) -> list[Change]:
    """Up to that many of the changes, at random."""
    return draw.sample(list(changes), min(len(changes), most))


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of whole sentences in running text."""
    return [m.span() for m in _SENTENCE.finditer(text)]


def items(text: str) -> list[str]:
    """What the entries of the text's list say, without their marks."""
    return [m.group(1).strip() for m in _ITEM.finditer(text)]


def phrases(text: str) -> set[tuple[str, ...]]:
    """The text's runs of three words."""
    words = re.findall(r"\w+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


def own_words(text: str, sources: Iterable[str]) -> bool:
    """Whether the text has hardly a phrase in common with any of the sources."""
    own = phrases(text)
    return all(len(own & phrases(source)) <= _IN_COMMON * len(own) for source in sources)


def listed(text: str) -> tuple[str, ...]:
    """The text's words."""
    return tuple(text.split())


def decapitalised(text: str) -> str:
    """The text with a small first letter, unless its first word is a name or I."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    plain = first.lower() in _STARTERS
    return text[:1].lower() + text[1:] if plain else text


_STARTERS = frozenset(
    listed(
        "the a an this that these those it they there you we he she in on at by for with from to if when while "
        "as however some many most each every once after before make use try keep add take place let start get "
        "its their your his her our one two another other such both all any and but so then also"
    )
)
