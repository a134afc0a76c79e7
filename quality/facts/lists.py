"""The lists that an answer announces with a number (`Here are five tips:`), and how many items they have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quality.text import number_words
from quality.text.blocks import all_lines
from quality.text.prose import Span

_COUNT = rf"(?P<count>\d{{1,2}}|{number_words.pattern(2, 90)})"
_ADJECTIVES = r"(?:[A-Za-z][\w'’,/-]{1,20}\s){0,5}?"
_NOUN = (
    r"(?P<noun>(?!is\b|as\b|was\b|has\b|this\b|its\b|less\b|hours?\b|minutes?\b|days?\b|weeks?\b|months?\b|years?\b"
    r"|seconds?\b|times\b|words\b|euros\b|dollars\b|percent\b|miles\b|meters\b)[A-Za-z][\w-]{1,20}s(?<!ous)(?<!ss)|people|criteria"
    r"|phenomena|women|men|children|series|countries|hypotheses)"
)
_HERE = re.compile(
    rf"\b(?:here(?:\sare|['’]re|\sis|['’]s)|below\s(?:are|is)|these\sare|(?:the\s)?following(?:\sare)?)\s"
    rf"(?:the\s|a\slist\sof\s|my\s|your\s|some\s|just\s|these\s){{0,2}}{_COUNT}\s{_ADJECTIVES}{_NOUN}\b"
    r"(?P<rest>[^\n]{0,160})$",
    re.IGNORECASE,
)
"""Announces a list even without a colon."""
_LISTED = (
    r"(?P<noun>tips|ways|reasons|steps|types|kinds|categories|components|forms|methods|examples|stages|phases|benefits"
    r"|advantages|disadvantages|factors|principles|mechanisms|processes|options|strategies|ideas|suggestions|rules"
    r"|elements|features|parts|things|aspects|layers|pillars|characteristics|sections|errors|mistakes|techniques"
    r"|approaches|causes|goals|criteria|groups|classes|branches|schools|levels|functions|roles|laws|questions|facts)"
)
_COLON = re.compile(
    r"\b(?:there\sare|(?:divided|broken\sdown|split|categori[sz]ed|classified|grouped)\sinto|(?:consists?|composed)\sof"
    r"|follow|outlines?|highlights?|take|includes?|involves?|has|have|identify|list|share|offer|through|comprises?)\s"
    rf"(?:the\s|these\s|some\s)?(?:top\s|main\s|key\s)?{_COUNT}\s{_ADJECTIVES}{_LISTED}\b"
    r"(?P<rest>[^\n:,]{0,60}:[*_]{0,3}\s{0,3})$",
    re.IGNORECASE,
)
"""Announces one only where the line ends in a colon behind it."""
_OPEN = re.compile(
    r"\b(?:at\sleast|up\sto|more|over|about|around|another|additional|first|last|next|of\sthe|out\sof|each|every|per"
    r"|sets?|groups?|pairs?|parts?|categories|sections|versions?|types\sof)\b|\d[-–]\d|\bor\b\s\w{1,6}\s",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[ \t]{0,12}(?:[-*•+–]|\(?\d{1,3}[.):])\s")
_NUMBERED = re.compile(
    r"(?P<indent>[ \t]{0,12})(?P<mark>[#*_> \t]{0,8}\(?)(?P<number>\d{1,3})(?P<end>[.):])(?:[*_]{0,3}\s|\*\*)"
)
_BULLET = re.compile(r"(?P<indent>[ \t]{0,12})(?P<mark>[-*•+–])[ \t]{1,6}(?=\S)")
MOST_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Announced:
    """A list with the number that announces it.

    Attributes:
        start: First code point of the number.
        end: One past the noun that is counted.
        text: That stretch: `five tips`.
        stated: The number announced.
        items: How many items follow.
    """

    start: int
    end: int
    text: str
    stated: int
    items: int


def announced(text: str) -> Iterator[Announced]:
    """The announcements right before a list whose items can be counted with certainty."""
    lines = [line for line in all_lines(text) if line.text.strip()]
    for at, line in enumerate(lines[:-1]):
        found = _announcement(line)
        if found is None:
            continue
        stated, start, end = found
        items = _items(lines[at + 1 :])
        if items is not None and items > 1:
            yield Announced(start, end, text[start:end], stated, items)


def _announcement(line: Span) -> tuple[int, int, int] | None:
    """The number that the line announces with its place, when the line ends in a colon or is a whole sentence."""
    if (
        len(line.text) > 400
        or _ITEM.match(line.text)
        or not line.text.rstrip(" *_").endswith((":", ".", "!"))
    ):
        return None
    match = _HERE.search(line.text) or _COLON.search(line.text)
    if match is None or _OPEN.search(_around(line.text, match)):
        return None
    if re.search(r"\d|[.:][^*_]*[.:]|\.\s", match["rest"]):  # another number, or a list in the line itself
        return None
    count = match["count"].lower()
    stated = int(count) if count.isdigit() else number_words.VALUES[count]
    return (stated, line.start + match.start("count"), line.start + match.end("noun")) if stated > 1 else None


def _around(line: str, match: re.Match[str]) -> str:
    """The words of an announcement and some before it, without what is counted."""
    noun = match.start("noun")
    return f"{line[max(0, match.start() - 20) : noun]}{match['rest']}"


def _items(lines: Sequence[Span]) -> int | None:
    """How many items the list at the head of the lines has; None where that is not certain."""
    first = _NUMBERED.match(lines[0].text)
    if first:
        return _numbered(lines, first) if first["number"] == "1" else None
    bullet = _BULLET.match(lines[0].text)
    return _bulleted(lines, bullet) if bullet else None


def _numbered(lines: Sequence[Span], first: re.Match[str]) -> int | None:
    """The last number of a list that counts 1, 2, 3; None where it starts anew or skips."""
    last = 1
    for line in lines[1:]:
        match = _NUMBERED.match(line.text)
        if match is None or len(match["indent"]) > len(first["indent"]) + 1:
            continue
        if int(match["number"]) != last + 1 or last >= MOST_ITEMS:
            return None
        last += 1
    return last


def _bulleted(lines: Sequence[Span], first: re.Match[str]) -> int | None:
    """The bullets in a row; None where others come later."""
    items = 0
    ended = False
    for line in lines:
        match = _BULLET.match(line.text)
        indent = len(line.text) - len(line.text.lstrip())
        if match is None:
            ended = ended or indent <= len(first["indent"])
        elif len(match["indent"]) <= len(first["indent"]):
            if ended or match["mark"] != first["mark"] or items >= MOST_ITEMS:
                return None
            items += 1
    return items
