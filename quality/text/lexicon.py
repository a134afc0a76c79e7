"""What English words are: how frequent, which carry grammar, and whether some text reads as English prose.

Frequencies are Zipf values (log10 of uses in a billion words: `the` 7.7, `akathisia` 1.6, unknown 0) from wordfreq.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from math import log10

from wordfreq import get_frequency_dict

GRAMMAR_WORDS = frozenset(
    str.split(
        "the of to a an that it was were are you your he she they we their his her him them has have had"
        " be been will would can could should on at by which who what when there these those than then but"
        " so my me our its more about also into very some how i may must might did does do because however"
        " such through over after before between being up out no only just while where why each many most"
        " much"
    )
)
"""Words that carry English grammar and seldom stand in code; in prose they are every third to fourth word."""

LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_COMMON = 3.0


@cache
def _frequencies() -> dict[str, float]:
    return get_frequency_dict("en")


def zipf(word: str) -> float:
    """The word's Zipf frequency in English, 0..8; 0 when no corpus knows it."""
    share = _frequencies().get(word.casefold().replace("’", "'"), 0.0)
    return log10(share) + 9 if share else 0.0


def is_common(word: str) -> bool:
    """Whether English uses the word at least once in a million words."""
    return zipf(word) >= _COMMON


def letter_words(text: str) -> list[str]:
    """Runs of letters, with their inner apostrophes."""
    return LETTERS.findall(text)


def grammar_share(words: Iterable[str]) -> float:
    """The share of words that carry English grammar, 0..1; 0 for no words."""
    listed = [word.casefold() for word in words]
    return sum(word in GRAMMAR_WORDS for word in listed) / len(listed) if listed else 0.0


def common_share(words: Iterable[str]) -> float:
    """The share of words that English uses at least once in a million words, 0..1; 0 for no words."""
    listed = list(words)
    return sum(map(is_common, listed)) / len(listed) if listed else 0.0


NEIGHBOURS = {
    "es": "Spanish", "fr": "French", "de": "German", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "pl": "Polish",
    "sv": "Swedish", "da": "Danish", "nb": "Norwegian", "fi": "Finnish", "cs": "Czech", "ro": "Romanian",
    "hu": "Hungarian", "tr": "Turkish", "id": "Indonesian", "ca": "Catalan", "vi": "Vietnamese", "fil": "Filipino",
}  # fmt: skip
"""Languages in Latin letters that a frequency list is at hand for."""
_LEAST_LEAD = 0.5


@cache
def _others() -> dict[str, dict[str, float]]:
    return {language: get_frequency_dict(language, wordlist="small") for language in NEIGHBOURS}


def likelier_language(words: Iterable[str]) -> str:
    """The language, by its English name, in which the words are clearly more usual than in English; "" for none."""
    listed = [word.casefold().replace("’", "'") for word in words]
    english = sum(map(zipf, listed))
    best, most = "", english + _LEAST_LEAD * len(listed)
    for language, frequencies in _others().items():
        shares = (frequencies.get(word, 0.0) for word in listed)
        total = sum(log10(share) + 9 for share in shares if share)
        if total > most:
            best, most = NEIGHBOURS[language], total
    return best
