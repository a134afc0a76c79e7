"""Words that an ask names: quoted, or bare in a list with commas; in the instruction's own letter case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from quality.prompt.masks import MASK, MASKED
from quality.prompt.numbers import NUMBER
from quality.prompt.scope import Scoped

Span: TypeAlias = tuple[int, int]
"""Half-open, in code points of the instruction."""

_BULLET = r"\n[ \t]*(?:[-*•+]|\d{1,2}[.)])[ \t]*"
_OPEN = re.compile(rf"[ \t]{{0,4}}(?::|=|-|–|—)?[ \t]{{0,4}}(?:\n?{_BULLET}|\n\n?[ \t]*)?[(\[{{<]{{0,2}}")
_JOIN = re.compile(
    rf"[ \t]{{0,4}}(?:[,;/][ \t]*\n?[ \t]*(?:(?:and|or|nor|&|and also)[ \t])?|(?:and|or|nor|&|\+|"
    rf"as well as)[ \t]|{_BULLET})(?:the (?:word )?)?"
)
_LINE = re.compile(rf"[ \t]*[,;]?(?:{_BULLET}|\n[ \t]*(?=\S))")
"""Between the items of a list with one on each line."""
_SPACED = re.compile(rf"[ \t]{{1,4}}(?={MASK})|(?={MASK})")
_JOINING = (
    "in on at to for as of that which with within from by when while is are was were be must should shall "
    "will can "
    "could would may has have had appear appears appearing occur occurs exactly without but because if so "
    "then once "
    "twice more less no not the this these each every throughout somewhere anywhere during into before "
    "after using "
    "include includes make please your you i it they and or nor do does also only just too all both "
    "respectively etc "
    "out a an cannot can't don't doesn't shouldn't mustn't isn't aren't"
)
"""Words that end a bare value: it is a noun or a name, and the sentence goes on behind it."""
_IMPERATIVE = (
    r"(?!(?:write|compose|create|tell|give|explain|describe|make|generate|draft|provide|answer|respond|discuss|"
    r"list|summari[sz]e"
    r"|produce|develop|invent|craft|come up) (?:an?|the|me|us|your|my|some|about|at|in|two|three|this|how|why|"
    r"what|\d)\b)"
)
"""The task that follows a list of words: `using the words a and b, write a poem`."""
_WORD = re.compile(
    rf"\*{{0,2}}(?!(?:{'|'.join(_JOINING.split())})\b){_IMPERATIVE}[\w#@$&][\w'&@#$.-]{{0,40}}(?<![.])\*{{0,2}}"
)
_MOST_WORDS = 4
_MOST_ITEMS = 40


def listed(text: Scoped, at: int, *, many: bool) -> tuple[list[Span], int]:
    """The spans of the values listed from `at`, and where the list ends.

    Args:
        text: The scoped text.
        at: One past the noun or verb that names them.
        many: Whether bare words may be several: after `keywords`, not after `the word`.
    """
    low = text.low
    opened = _OPEN.match(low, at)
    here = opened.end() if opened else at
    quoted = MASKED.match(low, here) is not None
    lines = opened is not None and "\n" in opened.group()
    items = _quoted(low, here) if quoted else _bare(low, here, many, _LINE if lines else _JOIN)
    return items, items[-1][1] if items else at


def _quoted(low: str, here: int) -> list[Span]:
    """Quotations one after another, with commas or without."""
    items: list[Span] = []
    while len(items) < _MOST_ITEMS and (item := MASKED.match(low, here)):
        items.append(item.span())
        joined = _JOIN.match(low, item.end()) or _SPACED.match(low, item.end())
        if not joined:
            break
        here = joined.end()
    return items


def _bare(low: str, here: int, many: bool, join: re.Pattern[str]) -> list[Span]:
    """Words without quotation marks: one alone, or a list with delimiters whose items are short."""
    items: list[Span] = []
    while len(items) < _MOST_ITEMS and (item := _item(low, here)):
        items.append(item)
        joined = join.match(low, item[1]) if many else None
        if not joined:
            break
        here = joined.end()
    if not items:
        return _any_words(low, here, many)
    if len(items) != 1:
        return items
    start, end = items[0]
    is_closed = end >= len(low) or low[end] in ".,;!?)]}\n"
    first = _WORD.match(low, start)
    return [(start, end if many and is_closed else first.end() if first else end)]


_ANY_LIST = re.compile(
    r"[a-z'-]{1,20}(?:, [a-z'-]{1,20}){0,12},? (?:and|or|&) [a-z'-]{1,20}(?=[.!?,;\n]|$| (?:in|at|should|must|"
    r"anywhere|somewhere)\b)"
)
_ANY_WORD = re.compile(
    r"[a-z'-]{2,20}(?=[.!?;\n]|$| (?:(?:fewer|less|more|no more|no less|no fewer) than |at (?:least|most) |"
    r"exactly |only )?"
    rf"(?:{NUMBER} times|twice|once|thrice)\b)"
)
_LISTED = re.compile(r"\b(?!(?:and|or)\b)[a-z'-]+")


def _any_words(low: str, here: int, many: bool) -> list[Span]:
    """Values that are joining words themselves: `the words may and can`, `the word once.`."""
    found = (_ANY_LIST if many else _ANY_WORD).match(low, here)
    return [word.span() for word in _LISTED.finditer(low, here, found.end())] if found else []


def _item(low: str, at: int) -> Span | None:
    """Up to four words that no joining word ends."""
    end, here = at, at
    for _ in range(_MOST_WORDS):
        word = _WORD.match(low, here)
        if word is None:
            break
        end = word.end()
        here = end + 1 if low[end : end + 1] == " " else len(low)
    return (at, end) if end > at else None


def values(text: Scoped, spans: list[Span]) -> Iterator[str]:
    """The words at the spans as written."""
    for start, end in spans:
        word = text.quoted(start, end).rstrip(",").strip("*")
        if word:
            yield word
