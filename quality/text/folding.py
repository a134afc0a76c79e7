"""Text → the words that two texts are compared by: their letters, whatever their case, accents' encoding or disguise.

Zero-width and other invisible characters, look-alike letters of another alphabet and full-width forms do not make a
copy a new text. An ideograph or kana is a word of its own, because such scripts put no spaces between words.
"""

from __future__ import annotations

import re
import unicodedata

from quality.text.prose import WORD, Span

_INVISIBLE = re.compile(
    "[\u00ad\u0300-\u036f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0001-\U000e01ef]"
)
"""Format characters, variation selectors, fillers, and the combining marks that NFKC could not join to a letter."""

_IDEOGRAPH = re.compile(
    "[\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_LONG_GAP = re.compile(r"(\W{32})\W+")
"""What stands between words; normalising takes quadratic time in a run of combining marks."""

_GREEK_OR_CYRILLIC = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_LATIN = re.compile("[a-z]")

_LOOKALIKES = str.maketrans("авеёкмнорстухіїјѕһԁԛԝӏαβεικνορτυχγω", "abeekmhopctyxiijshdqwlabeikvoptuxyw")
"""Cyrillic and Greek small letters → the Latin letter that a reader takes them for (Unicode TR39, the common ones)."""

_QUOTES = str.maketrans("’‘ʼ＇‐‑", "''''--")


def lower(text: str) -> str:
    """The text in lower case, code point by code point: spans in it are spans in the text."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def folded(text: str) -> str:
    """The text in one case and one alphabet, without what the eye cannot see. Linear in the text."""
    if text.isascii():
        return text.lower()
    text = _plain(_LONG_GAP.sub(r"\1", text))
    if _GREEK_OR_CYRILLIC.search(text) and _mostly_latin(text):
        text = text.translate(_LOOKALIKES)
    return _IDEOGRAPH.sub(r" \g<0> ", text)


def folded_words(text: str) -> list[str]:
    """The words that the text is compared by; a text of signs alone is one word."""
    words = WORD.findall(folded(text))
    if words:
        return words
    bare = text.strip()
    return [bare] if bare else []


def folded_word_spans(text: str) -> list[Span] | None:
    """The folded words with their places in the text as given; None where a place cannot be told.

    Folding is followed letter by letter; a text in which letters fold together (a letter and its accent apart) has
    words but no places.
    """
    if text.isascii():
        return [Span(m.start(), m.end(), m.group()) for m in WORD.finditer(text.lower())]
    whole = folded(text)
    latin = _mostly_latin(_plain(_LONG_GAP.sub(r"\1", text)))
    pieces: list[str] = []
    origin: list[int] = []
    for at, letter in enumerate(text):
        piece = _IDEOGRAPH.sub(r" \g<0> ", _folded_letter(letter, latin))
        pieces.append(piece)
        origin.extend([at] * len(piece))
    joined = "".join(pieces)
    if joined != whole:
        return None
    return [Span(origin[m.start()], origin[m.end() - 1] + 1, m.group()) for m in WORD.finditer(joined)]


def _folded_letter(letter: str, latin: bool) -> str:
    piece = _plain(letter)
    return piece.translate(_LOOKALIKES) if latin else piece


def _plain(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold()).translate(_QUOTES)


def _mostly_latin(text: str) -> bool:
    other = len(text) - len(_GREEK_OR_CYRILLIC.sub("", text))
    return len(text) - len(_LATIN.sub("", text)) >= other
