"""Single words that are named without `the word` or quotation marks: never to be said, or said a number of times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Ask
from quality.prompt.scope import Scoped, trimmed
from quality.prompt.times import TIMES, frequency

_BARE_TIMES = re.compile(
    r"\b(?:mention|say|repeat|include)(?:ing)? (?!(?:it|this|that|these|those|them|me|you|yourself|italics|bold|"
    r"commas?|emojis?"
    rf"|hashtags?|humou?r)\b)(?P<word>[a-z][\w'-]{{1,30}}) (?={TIMES.pattern})"
)


def mentioned(text: Scoped) -> Iterator[Ask]:
    """One bare word with its number: `mention sugar less than 4 times`."""
    for match in _BARE_TIMES.finditer(text.low):
        times = TIMES.match(text.low, match.end())
        if times and match["word"] not in ("at", "no", "more", "less", "exactly", "the"):
            span = trimmed(text.low, match.start(), times.end())
            for relation, number in frequency(times, banned=False):
                yield Ask("keywords:frequency", relation, number, text.quoted(*match.span("word")), *span)


_UNSAID = re.compile(
    r"(?:\b(?:never|not)|n't) (?:say|mention|utter) "
    r"(?!(?:anything|it|this|that|these|those|them|me|you|more|names?|yourself|which|why|so|no|yes|hello|"
    r"goodbye|either)\b)"
    r"(?P<word>[a-z][\w'-]{2,30})(?=[.!;\n]|$| (?:anywhere|at all|in (?:your|the|it))\b)"
)
"""One bare word that must not be said: `never say basically`."""


def unsaid(text: Scoped) -> Iterator[Ask]:
    """A word that is never to be said."""
    for match in _UNSAID.finditer(text.low):
        word = text.quoted(*match.span("word"))
        yield Ask("keywords:forbidden_words", "not", word, "", *trimmed(text.low, *match.span()))
