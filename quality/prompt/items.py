"""How many things an answer is to name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Ask
from quality.prompt import numbers
from quality.prompt.numbers import NUMBER
from quality.prompt.scope import Scoped

_LISTING = (
    r"(?:list|ask(?: me)?|give(?: me)?|suggest|name|write|generate|create|provide|brainstorm|come up with|"
    r"recommend|"
    r"make|tell me|share|offer|propose|choose|find|describe|create a list of|a list of|list of|need|want|"
    r"identify|mention|include|think of|show me)"
)
_FILLER = (
    r"(?: (?:me|us|the|of|exactly|about|at least|up to|top|a list of|some|out|around|roughly|only|just|at most|"
    r"precisely))*"
)
_COUNTED_ELSEWHERE = (
    r"(?!words?\b|bullets?\b|bullet|points?\b|times\b|characters?\b|letters?\b|minutes?\b|hours?\b|days?\b|"
    r"years?\b|"
    r"year[- ]|week|month|more\b|reasons? why\b|of the (?:following|above)|highlighted|italic|keywords?|"
    r"capital|seconds?|percent|asterisk|"
    r"(?:\w+ )?(?:responses|answers|versions|replies|sections?|paragraphs?|sentences?|parts|stanzas?|"
    r"verses?|words|placeholders?|lines?)\b)"
)
_ITEMS = re.compile(
    rf"\b{_LISTING}{_FILLER} (?P<number>{NUMBER})(?P<plus>\+)?(?: or (?P<high>{NUMBER}))? "
    rf"{_COUNTED_ELSEWHERE}(?P<noun>(?:[\w'-]+ ){{0,3}}?(?:[\w-]+s|people|children)\b)"
)


def items(text: Scoped) -> Iterator[Ask]:
    """How many things are to be named: `give me 5 tips`; how many questions to ask."""
    match = _ITEMS.search(text.low)
    if match is None or match["number"] in ("one", "1", "single", "a hundred"):
        return
    is_questions = match["noun"].endswith("questions")
    kind, unit = ("length:questions", "questions") if is_questions else ("length:items", "items")
    for relation, number in _bounds(match):
        yield Ask(kind, relation, str(numbers.value(number)), unit, *match.span())


def _bounds(match: re.Match[str]) -> tuple[tuple[str, str], ...]:
    if match["high"]:
        return (">=", match["number"]), ("<=", match["high"])
    words = match.group()
    if match["plus"] or "at least" in words:
        return ((">=", match["number"]),)
    return (("<=" if re.search("up to|at most", words) else "=", match["number"]),)
