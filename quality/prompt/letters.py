"""Letters and signs to count (IFEval's `keywords:letter_frequency`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Ask
from quality.prompt.masks import MASK
from quality.prompt.numbers import COUNT
from quality.prompt.polarity import forbidden
from quality.prompt.scope import Scoped, sentence_around, trimmed
from quality.prompt.times import TIMES, frequency

_LETTER = re.compile(
    r"\b(?:letters?|characters?|symbols?|signs?|consonants?|vowels?|punctuation(?: mark)?s?) (?:of )?(?:the )?"
    rf"(?P<letter>{MASK}{{1,6}}|[b-z#!@$%&](?=(?:'?s)?(?![\w']))"
    r"|a(?='s\b|[.,;)]| (?:occurs?|shows?|used|needs|has|cannot|can|may|will|for|and|or|more|should|must|at|to|"
    r"appear|less|more|exactly|in|no|only|is|does)\b))"
    rf"|(?P<symbol>{MASK}{{3}}|[#!@$&]) (?:symbol|sign|character|letter)s?\b"
    r"|(?<![\w'])(?P<plural>[a-z])'s(?![\w'])"
    r"|\b(?:exclamation (?:mark|point)|question mark|hashtag)s?\b"
)
_NAMED = {"exclamation": "!", "question": "?", "hashtag": "#"}
_AFFIX = re.compile(r"(?:start\w*|begin\w*|end\w*)(?: with)?(?: the| a)?(?: same| capital)?\s*$")
_OWN_NUMBER = re.compile(rf"{COUNT}(?P<adverb>)(?P<rel>)(?P<later>)(?: (?:instances )?of(?: the)?)?\s$")
"""The number right before: `6 or more exclamation marks`; the empty groups are those that `TIMES` has."""
_REACH = 60


def letters(text: Scoped) -> Iterator[Ask]:
    """How often a letter or sign may or must stand in the answer."""
    low = text.low
    for match in _LETTER.finditer(low):
        left, right = sentence_around(low, match.start(), match.end())[1:]
        letter = _letter(text, match)
        if len(letter) != 1 or _AFFIX.search(low, left, match.start()):
            continue
        times = _times(low, left, right, match)
        banned = forbidden(low, match.start())
        if times is None and not (banned and "letter" in match.group()):
            continue
        start = min(match.start(), times.start()) if times else match.start()
        end = max(match.end(), times.end()) if times else match.end()
        for relation, number in frequency(times, banned) if times else (("<=", "0"),):
            yield Ask("keywords:letter_frequency", relation, number, letter, *trimmed(low, start, end))


def _times(low: str, left: int, right: int, match: re.Match[str]) -> re.Match[str] | None:
    own = _OWN_NUMBER.search(low, max(left, match.start() - _REACH), match.start())
    if match["plural"]:
        return own
    return (
        own
        or TIMES.search(low, match.end(), min(right, match.end() + _REACH))
        or TIMES.search(low, max(left, match.start() - _REACH), match.start())
    )


def _letter(text: Scoped, match: re.Match[str]) -> str:
    for group in ("letter", "symbol", "plural"):
        if match[group]:
            return text.quoted(*match.span(group)).strip("*_")
    return _NAMED[match.group().split()[0].rstrip("s")]
