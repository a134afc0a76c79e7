"""Turns of phrase that Harper does not know, found by patterns and word frequencies.

`numbers`, `verbs` and `words` hold the turns of phrase; each states a rule of grammar and was tried on the JFLEG
development half and on answers of strong models. Those that flagged corrections or strong answers as often as learners'
sentences were left out. Here they are looked for, and sentences that start with a small letter.
The whole set costs about a twenty-fifth of Harper's time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.engines import Match
from quality.engines.phrases import numbers, verbs, words
from quality.engines.phrases.phrase import Phrase

PHRASES = (*numbers.PHRASES, *verbs.PHRASES, *words.PHRASES)

_START = re.compile(
    r"(?:\A|\n\n|\n- |(?<=\w)[.!?]\s|(?<=\w)\.[\"”’)]\s)[^\w\n`]{0,9}(a|[a-z]{2,20})(?=[ ,'’])"
    r"(?! [-–—:=(]| \w?[a-z]{1,20}[A-Z])([^.!?\n]{0,2000}[.!?](?![\w,;:]))?"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:[a-z]|etc|vs|approx|inc|ltd|co|corp|no|fig|st|mr|mrs|ms|dr|prof|jr|sr|vol|ed|eds|al|cf|esp|min|max|ca|pp)"
    r"\.\W*$",
    re.IGNORECASE,
)
_MIN_WORDS = 3


def check(text: str) -> tuple[Match, ...]:
    """Every match, in the order of their spans."""
    folded = text.lower()
    likely = (p for p in PHRASES if not p.hints or any(hint in folded for hint in p.hints))
    found = [match for phrase in likely for match in _of(phrase, text)]
    return tuple(
        sorted((*found, *_small_starts(text)), key=lambda match: (match.start, match.end, match.rule))
    )


def _of(phrase: Phrase, text: str) -> Iterator[Match]:
    for match in phrase.pattern.finditer(text):
        word = match[1].casefold()
        if phrase.accepts(word):
            mended = phrase.mend(match[1])
            yield Match(*match.span(1), phrase.kind, phrase.rule, phrase.message, (mended,) if mended else ())


def _small_starts(text: str) -> Iterator[Match]:
    """Sentences that start with a small letter; one without a mark at its end may be a heading or a list item."""
    place = 0
    while match := _START.search(text, place):
        place = match.end(1)
        before = text[max(0, match.start() - 8) : match.start(1)]
        if match[2] and len(match[2].split()) >= _MIN_WORDS and not _ABBREVIATION.search(before):
            message = "A sentence starts with a capital letter."
            yield Match(*match.span(1), "Capitalization", "SentenceStart", message, (match[1].capitalize(),))
