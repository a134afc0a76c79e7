r"""How a text speaks to its reader: phrases of insult, condescension, slang, brush-off, apology and flattery.

Each expression is one way of being rude. It is tried only where one of its hints stands, so a polite text costs few
patterns. Texts are in lower case with others' words masked (`voice`). Every repetition is bounded.

Source: written for this project from what style guides for customer service and for chat assistants forbid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.text.manners import slang
from quality.text.manners.brush_offs import BRUSH_OFFS
from quality.text.manners.condescension import CONDESCENSION
from quality.text.manners.expression import Index
from quality.text.manners.fawning import APOLOGIES, FLATTERY
from quality.text.manners.insults import COARSE, INSULTS

_TOKENS = re.compile(r"[a-z0-9'][a-z0-9'-]*")
EXPRESSIONS = (*INSULTS, *COARSE, *CONDESCENSION, *slang.PHRASES, *BRUSH_OFFS, *APOLOGIES, *FLATTERY)
_INDEX = Index(EXPRESSIONS)


def expressions(text: str) -> Iterator[tuple[str, int, int]]:
    """Every expression found, as (tone, start, end), in the order of the table."""
    words = set(_TOKENS.findall(text))
    chat = slang.WORDS & words
    if chat:
        pattern = re.compile(rf"(?<![\w'])(?:{'|'.join(map(re.escape, sorted(chat)))})(?!\w)")
        yield from (("slang", *match.span()) for match in pattern.finditer(text))
    for place in sorted(_INDEX.places(text, words)):
        expression = EXPRESSIONS[place]
        for match in expression.pattern.finditer(text):
            start, end = _trimmed(text, *match.span())
            yield expression.tone, start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the marks and spaces that only say where it may start."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


_CAPS = re.compile(r"(?<![\w'])[A-Z][A-Z']{0,20}(?:[ ,]{1,2}[A-Z][A-Z']{0,20}){2,60}(?![\w'])[^\w\n]{0,4}")
_MARKS = re.compile(r"!{3,}|(?:\?!|!\?)[?!]{1,40}|(?:! ){2,40}!")
_LEAST_EVERYDAY = 2
_EVERYDAY = frozenset(
    str.split(
        "AN THE AND OR BUT IS ARE WAS YOU YOUR IT THIS THAT NOT NO NEVER DO DON'T"
        " CAN CAN'T WILL WON'T MUST SHOULD TO OF IN"
        " ON FOR WITH HAVE HAS JUST SO STOP HOW WHY WHAT ALL VERY MY WE THEY BE GET"
        " WHO WHEN IF ME PLEASE ALWAYS EVERY"
    )
)


def shouting(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Words in capitals that run on like a sentence, and rows of exclamation marks, as (which, start, end, how many).

    A line in capitals alone is a heading, unless it ends as a sentence; names and abbreviations hold no everyday words.

    Args:
        text: In its own letter case.
    """
    for match in _CAPS.finditer(text):
        words = re.findall(r"[A-Z']+", match.group())
        if sum(word in _EVERYDAY for word in words) >= _LEAST_EVERYDAY and not _is_heading(text, match):
            yield "capitals", match.start(), match.start() + len(match.group().rstrip()), len(words)
    for match in _MARKS.finditer(text):
        yield "marks", match.start(), match.end(), len(match.group().replace(" ", ""))


def _is_heading(text: str, match: re.Match[str]) -> bool:
    start = max(text.rfind("\n", max(0, match.start() - _LINE), match.start()), match.start() - _LINE - 1) + 1
    end = text.find("\n", match.end(), match.end() + _LINE)
    line = text[start : end if end >= 0 else match.end() + _LINE]
    return "!" not in line and not any(c.islower() for c in line)


_LINE = 120
"""Code points on either side that are looked at."""
