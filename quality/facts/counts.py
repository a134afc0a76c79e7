"""Counts that an answer states of itself and that do not come out: its lists, the letters of a word, its words.

A list belongs to a statement only where it stands right behind it; a list that goes on under other headings, starts
anew or mixes its marks is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from quality.facts.claim import Claim, TooMuch
from quality.facts.lists import Announced, announced
from quality.text import number_words
from quality.text.prose import WORD

WORD_SHARE = 0.1
"""Of a stated number of words by which it may be missed: a text can be counted in several ways …"""
WORD_LEAST = 3
"""… and words at least."""

_COUNT = rf"(?P<count>\d{{1,2}}|{number_words.pattern(0, 20)})"
_QUOTED = r"[\"“”'‘*_]{0,3}(?:(?<=\bword\s)|(?<=[\"“”'‘*_]))(?P<word>[^\W\d_]{2,40})(?![^\W_])[\"“”'’*_]{0,3}"
"""A word in quotes or behind `word`."""
_STRICTLY = r"[\"“”'‘*_]{1,3}(?P<word>[^\W\d_]{2,40})[\"“”'’*_]{1,3}"
_LETTER = r"(?:letters?\s)?[\"“”'‘`*]{0,3}(?P<letter>[A-Za-z])[\"“”'’`*]{0,3}s?(?!\w)"
_HAS_LETTERS = re.compile(
    rf"{_QUOTED}\s(?:has|contains|includes)\s(?:exactly\s|only\s|a total of\s)?{_COUNT}\s{_LETTER}",
    re.IGNORECASE,
)
_LETTERS_IN = re.compile(
    rf"\bthere\s(?:are|is)\s(?:exactly\s|only\s|a total of\s)?{_COUNT}\s{_LETTER}\s(?:letters?\s)?in\s"
    rf"(?:the\sword\s)?{_QUOTED}",
    re.IGNORECASE,
)
_APPEARS = re.compile(
    rf"\bthe\sletter\s[\"“”'‘`*]{{1,3}}(?P<letter>[A-Za-z])[\"“”'’`*]{{1,3}}\s(?:appears|occurs)\s{_COUNT}\stimes\s"
    rf"in\s(?:the\sword\s)?{_QUOTED}",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"{_STRICTLY}\s(?:has|contains|consists of|is made up of)\s(?:exactly\s|a total of\s)?{_COUNT}\s"
    r"(?P<what>letters|vowels|consonants)(?!\s(?:less|more|fewer))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:sentence|phrase)\s[\"“](?P<text>[^\"“”\n]{3,300})[\"”]\s(?:has|contains|consists of)\s(?:exactly\s)?"
    rf"{_COUNT}\swords\b",
    re.IGNORECASE,
)
_WORD_COUNT = re.compile(
    r"(?<=[\n.!?\"”*])[ \t*_]{0,4}[(\[]?[ \t*_]{0,4}"
    r"(?:(?:total\s)?word\scount\s?[:=][ \t*_]{0,4}(?P<after>\d{1,4})(?:\swords)?|(?P<before>\d{2,4})\swords)"
    r"[ \t*_.]{0,4}[)\]]?[ \t*_.]{0,4}\Z",
    re.IGNORECASE,
)
_TAIL = 80
"""Characters at the end of an answer in which its word count may stand."""


def claims(instruction: str, output: str) -> Iterator[Claim | TooMuch]:
    """The counts that the answer states of its own lists, of quoted words and of itself."""
    return chain(_lists(output), _letters(output), _lengths(output), _sentences(output), _word_counts(output))


def _lists(text: str) -> Iterator[Claim]:
    for found in announced(text):
        holds = found.stated == found.items
        message = "" if holds else f"{found.text} are announced, and {found.items} follow"
        yield _claim(found, holds, message)


def _claim(found: Announced, holds: bool, message: str) -> Claim:
    stated, items = str(found.stated), str(found.items)
    return Claim("count", found.start, found.end, stated, items, holds, message, spoken=False, whole=False)


def _value(text: str) -> int:
    return int(text) if text.isdigit() else number_words.VALUES[text.lower()]


def _letters(text: str) -> Iterator[Claim]:
    for match in chain(_HAS_LETTERS.finditer(text), _LETTERS_IN.finditer(text), _APPEARS.finditer(text)):
        letter, word = match["letter"].lower(), match["word"]
        yield _of_word(match, word.lower().count(letter), f"letters “{letter}” in “{word}”")


def _lengths(text: str) -> Iterator[Claim]:
    for match in _LENGTH.finditer(text):
        word, what = match["word"], match["what"].lower()
        letters = word.lower()
        vowels = sum(letter in "aeiou" for letter in letters)
        counts = {
            "vowels": {vowels, vowels + letters.count("y")},
            "consonants": {len(word) - vowels, len(word) - vowels - letters.count("y")},
        }.get(what, {len(word)})
        holds = _value(match["count"]) in counts
        yield _of_word(match, _value(match["count"]) if holds else min(counts), f"{what} in “{word}”")


def _of_word(match: re.Match[str], computed: int, what: str) -> Claim:
    holds = _value(match["count"]) == computed
    verb = "is" if computed == 1 else "are"
    message = "" if holds else f"there {verb} {computed} {what}, not {match['count'].lower()}"
    return Claim("count", *match.span(), match["count"], str(computed), holds, message)


def _sentences(text: str) -> Iterator[Claim]:
    for match in _SENTENCE.finditer(text):
        stated, computed = _value(match["count"]), len(WORD.findall(match["text"]))
        holds = stated in (computed, len(match["text"].split()))
        message = "" if holds else f"the quoted words are {computed}, not {match['count'].lower()}"
        yield Claim("count", *match.span(), match["count"], str(computed), holds, message)


def _word_counts(text: str) -> Iterator[Claim]:
    """`(47 words)` at the end of an answer, held against what stands before it, with or without its frame."""
    end = text.rstrip()
    match = _WORD_COUNT.search(end, max(0, len(end) - _TAIL))
    if match is None:
        return
    stated = int(match["after"] or match["before"])
    whole = text[: match.start()].strip()
    readings = [len(WORD.findall(part)) for part in {whole, *_parts(whole)} if part]
    if not readings:
        return
    computed = min(readings, key=lambda count: abs(count - stated))
    holds = abs(computed - stated) <= max(WORD_LEAST, stated * WORD_SHARE)
    message = "" if holds else f"the text has about {max(readings)} words, not {stated}"
    span = match.start(), match.end()
    yield Claim("count", *span, str(stated), str(computed), holds, message, spoken=False, whole=False)


def _parts(piece: str) -> tuple[str, ...]:
    """The text without its first paragraph, without its last, and both: what is counted may begin later."""
    first, _, rest = piece.partition("\n\n")
    return (rest, piece.rpartition("\n\n")[2], rest.rpartition("\n\n")[0], first)
