"""How often something is wanted: `at least 3 times`, `twice`, `no more than 2 mentions`."""

from __future__ import annotations

import re

from quality.prompt import numbers
from quality.prompt.numbers import COUNT, LATER, RELATION
from quality.prompt.scope import sentence_around

TIMES = re.compile(
    rf"(?:{COUNT}\s(?:more\s|different\s|separate\s|distinct\s)?"
    r"(?:times?|occurrences?|mentions|instances|uses|appearances)"
    rf"|(?:(?P<rel>{RELATION})\s)?(?P<adverb>once|twice|thrice))(?:\s(?P<later>{LATER}))?(?!\w)"
)
_OTHER_THING = re.compile(r"\b(?:letter|keyword|words?|include|mention|use|highlight\w*|repeat)\b|[;:]")
_JOINS = re.compile(r"[ ,]*(?:of|where|in which|you)?[ ,]*")
_BEHIND, _BEFORE = 70, 40


def times_of(low: str, start: int, end: int) -> re.Match[str] | None:
    """How often the words from `start` to `end` are wanted: between verb and words, behind them, or before them."""
    left, right = sentence_around(low, start, end)[1:]
    inside = TIMES.search(low, start, end)
    if inside:
        return inside
    behind = TIMES.search(low, end, min(right, end + _BEHIND))
    if behind and not _OTHER_THING.search(low, end, behind.start()):
        return behind
    before = TIMES.search(low, max(left, start - _BEFORE), min(end, start + 9))
    return before if before and _JOINS.fullmatch(low, min(before.end(), start), start) else None


def frequency(times: re.Match[str], banned: bool) -> tuple[tuple[str, str], ...]:
    """What a match of `TIMES` asks for, as (relation, value) pairs; `banned` turns `more than` round."""
    later = times["later"]
    if times["adverb"]:
        sign = numbers.relation(times["rel"]) or numbers.relation(later) or "="
        pairs: tuple[tuple[str, str], ...] = ((sign, str(numbers.value(times["adverb"]))),)
    else:
        pairs = numbers.bounds(times, "=", later)
    if banned and len(pairs) == 1 and pairs[0][0] in (">", ">="):
        return ((("<=" if pairs[0][0] == ">" else "<"), pairs[0][1]),)
    return pairs
