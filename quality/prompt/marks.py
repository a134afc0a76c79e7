"""Bullets, highlighted parts and placeholders that an answer is to have, by number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Ask
from quality.prompt import numbers
from quality.prompt.numbers import COUNT, LATER
from quality.prompt.polarity import forbidden
from quality.prompt.scope import Scoped, trimmed

_GIVEN = re.compile(
    r"\b(?:the|these|those|my|both|first|last|next|each of the|all of the|previous|above|following)\s*$"
    r"|\b(?:i|he|she|they|we) (?:\w+ )?(?:wrote|had|said|got|made)\b[^.?!\n]*$"
)
"""Words before a count of things that are there already."""
BEHIND = rf"(?:,?\s(?P<later>{LATER})(?!\w))?"
"""What may stand behind the counted thing: `or more`; read by `counted`."""


def is_given(low: str, start: int) -> bool:
    """Whether the count that begins at `start` speaks of what is there already: `the 3 sections`."""
    return _GIVEN.search(low, max(0, start - 60), start) is not None


def counted(text: Scoped, match: re.Match[str], kind: str, unit: str, default: str = "=") -> tuple[Ask, ...]:
    """The asks of a match with `COUNT` and `BEHIND` in its pattern; two of a range."""
    start, end = trimmed(text.low, *match.span())
    pairs = numbers.bounds(match, default, match["later"])
    return tuple(Ask(kind, relation, number, unit, start, end) for relation, number in pairs)


_SORT = (
    r"(?:(?:very|short|different|distinct|concise|markdown|main|key|separate|brief|single|simple|unique|"
    r"important|well-written|long) ){0,3}"
)
_BULLETS = re.compile(rf"{COUNT}[\s-]{_SORT}bullet(?:ed)?(?:[ -](?:points?|items?))?s?\b(?! lists){BEHIND}")
_BULLET_LIST = (
    r"\b(?:bullet(?:ed)?(?:[ -]points?)? list|list (?:of|in|as|with) bullet(?:ed)?(?: points?)?|"
    r"bullet[ -]?points?|bullets)\b"
)
_ITEMS = r"(?:items?|points?|entries|elements|things|facts|ideas|names)"
_LIST_OF = re.compile(
    rf"{_BULLET_LIST}[^.?!\n]{{0,30}}?\b(?:of|with|containing|has|have|contains?|including|limited to|"
    r"number|be)\s"
    rf"{COUNT}(?:\s(?:(?!bullet|words?\b|sentences?\b|times\b|paragraphs?\b)[\w-]+\s){{0,2}}?{_ITEMS})?"
    rf"(?=[ .,;:!?\n)]|$)(?!\s?(?:words?|sentences?|times|paragraphs?|sections|lines)\b){BEHIND}"
)


_AS_BULLETS = re.compile(
    rf"{COUNT} (?P<noun>(?!words?\b|sentences?\b|paragraphs?\b|sections?\b|times\b|parts?\b|years?\b|days?\b|"
    rf"minutes?\b"
    r"|different (?:responses|answers)|[\w-]+ (?:words|sentences|paragraphs)\b)[\w-]+)(?: (?!each\b|words?\b|"
    r"sentences?\b)[\w'-]+){0,8}?,? "
    r"(?:as|in|using|with|in the form of|formatted as|written as|presented as|listed as)(?: an?|"
    r" the)?(?: markdown| simple| short| separate)*"
    rf" bullet(?:ed)?[ -]?(?:points?|lists?|form(?:at)?|items?)?s?\b{BEHIND}"
)
"""A count of things each of which is to be a bullet: `10 names as bullet points`."""


def bullets(text: Scoped) -> Iterator[Ask]:
    """How many bullet points the answer is to have."""
    for pattern in (_BULLETS, _LIST_OF, _AS_BULLETS):
        for match in pattern.finditer(text.low):
            if not is_given(text.low, match.start()):
                yield from counted(text, match, "detectable_format:number_bullet_lists", "bullets")
                return
    yield from _listed_before(text)


_PUT = re.compile(
    r"\b(?:put|present|list|give|format|write|show|provide|arrange|organi[sz]e) (?:all )?(?:the|these|those|your) "
    r"(?P<noun>[a-z]{3,20}s) (?:in|into|as|using|with|in the form of)(?: an?)?(?: markdown)? bullet"
)


def _listed_before(text: Scoped) -> Iterator[Ask]:
    """Bullets for things counted in a sentence before: `List 10 names. … Put the names into bullet points.`."""
    put = _PUT.search(text.low)
    if put is None or forbidden(text.low, put.start()):
        return
    things = re.compile(rf"{COUNT} (?:[\w-]+ ){{0,3}}?{re.escape(put['noun'])}\b{BEHIND}")
    match = things.search(text.low, 0, put.start())
    if match and not is_given(text.low, match.start()):
        yield from counted(text, match, "detectable_format:number_bullet_lists", "bullets")


_MARK = (
    r"(?:highlight(?:ed|s|ing)?|italici[sz](?:e|ed|ing)?|italics?|bold(?:ed|ing|face|s)?|"
    r"emphasi[sz](?:e|ed|ing)?|mark(?:ed)? up)"
)
_SIZED = (
    r"(?:(?:most|text|of|the|short|different|separate|distinct|important|key|main|non-overlapping) ){0,3}"
)
_PIECES = (
    r"sections?|parts?|pieces?|phrases?|segments?|portions?|words?|sentences?|passages?|spans?|keywords?|"
    r"key ?points?|areas?|items?|texts?|highlights?|terms?|points?|snippets?"
)
_PIECE = rf"{_SIZED}(?:{_PIECES})"
_ANY_PIECE = (
    rf"{_SIZED}(?:{_PIECES}|lines?|verses?|headings?|headers?|titles?|names?|quotes?|ideas?|facts?|bits?|"
    r"elements?|concepts?|arguments?|statements?|details?|places?|spots?|reasons?|chunks?)"
)
_BETWEEN = (
    r"(?: (?:and|by|in|with|using|markdown|the|text|to|emphasize|or|should|be|must"
    r"|sections|of|for|on|at)){0,5}?"
)
_HIGHLIGHTS = (
    re.compile(
        rf"\b{_MARK}\b{_BETWEEN} ?{COUNT} (?:of (?:the|your) (?:\w+ )?(?:\w+s\b)|{_ANY_PIECE})\b{BEHIND}"
    ),
    re.compile(
        rf"{COUNT} (?:\w+ ){{0,3}}?\*{{0,2}}{_MARK}\*{{0,2}}(?: (?:text|markdown|font|in|"
        rf"and))* ?(?:{_PIECE})?\b{BEHIND}"
    ),
    re.compile(
        rf"{COUNT} (?!words?\b|sentences?\b){_PIECE} [^.?!\n]{{0,60}}?\b(?:{_MARK}|asterisks?|"
        rf"in markdown)\b{BEHIND}"
    ),
)
_NO_HIGHLIGHT = re.compile(r"\b(?:capital|caps|times|separat\w+|divid\w+|bullet)\b")


_ONE_DOES = re.compile(r"\b(?:do|does|can|could|should|would|may|must) one\b")
"""The pronoun: `how does one highlight …`."""


def highlights(text: Scoped) -> Iterator[Ask]:
    """How many parts of the answer are to be highlighted, in italics or bold."""
    low = text.low
    for pattern in _HIGHLIGHTS:
        for match in pattern.finditer(low):
            outside = (
                is_given(low, match.start())
                or forbidden(low, match.start())
                or _ONE_DOES.search(low, max(0, match.start() - 8), match.start() + 4)
            )
            if not outside and not _NO_HIGHLIGHT.search(match.group()):
                yield from counted(text, match, "detectable_format:number_highlighted_sections", "highlights")
                return


_HOLDER = r"place ?-?holders?"
_PLACEHOLDERS = (
    re.compile(
        rf"\b{_HOLDER}\b\W{{0,3}}\. (?:please )?(?:use|include|have|add|insert|put) {COUNT}(?: of (?:them|these|"
        rf"those))?"
        rf"(?=[.,;!?\n]|$){BEHIND}"
    ),
    re.compile(rf"{COUNT} (?:[\w-]+ ){{0,3}}?\[?(?:{_HOLDER}|bracketed (?:fields|blanks))\b{BEHIND}"),
    re.compile(
        rf"\b{_HOLDER}\b[^.?!\n]{{0,60}}?, {COUNT}(?: of (?:them|these|those))?(?=[.,;!?\n]|$)(?P<later>(?!))?"
    ),
    re.compile(
        rf"\b{_HOLDER}\b[^.?!\n]{{0,40}}?(?:\(|\b(?:appear|used?|times|number|count|be)\b[^.?!\n]{{0,15}}?)"
        rf"{COUNT}(?: times)?{BEHIND}"
    ),
)


def placeholders(text: Scoped) -> Iterator[Ask]:
    """How many placeholders such as `[name]` the answer is to have; a bare number means that many or more."""
    for pattern in _PLACEHOLDERS:
        for match in pattern.finditer(text.low):
            if not is_given(text.low, match.start()):
                yield from counted(
                    text, match, "detectable_content:number_placeholders", "placeholders", ">="
                )
                return
