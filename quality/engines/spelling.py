"""Is a word that the engine does not know mistyped, or only unknown?

A noisy channel: a common word was the likely intention when it is far more frequent than the word as written and
few, typical slips away. Frequencies are Zipf values, so everything is counted in orders of magnitude. The costs of
the slips were fitted on the JFLEG development half against the answers of strong models.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from wordfreq import get_frequency_dict

from quality.text.lexicon import zipf

MAX_LETTERS = 30
"""Longer words are not compared."""

SLIP = 1.2
"""Cost of one slip (a letter changed, missing, added or two swapped) in a word of five letters…"""
SLIP_PER_LETTER = 0.12
"""…and how much less it is for each letter more."""
LEAST_SLIP = 0.4
FURTHER_SLIP = 0.4
"""What each slip after the first costs more: two in one word are rarer than twice one."""
FIRST_LETTER = 0.5
"""A slip in the first letter is rarer."""
SAME_LETTERS = 0.4
"""Only the order or a doubling is wrong: likelier."""
SHORT = 0.7
"""For each letter fewer than five: nearly everything is near to a short word."""
ADDED_S = 0.8
"""The word is a common one with an “s”: a rare plural is likelier than a slip."""
REPEATED = 1.0
"""A text that writes the word twice in the same way: a term is likelier than a slip."""
RANKED_LOWER = 0.4
"""LanguageTool, whose ranking knows more than frequency, suggests another word first."""
APOSTROPHE = 3.0
"""A contraction without its apostrophe (`dont`), however often it is written."""

_PREFIXES = tuple(
    str.split(
        "anti bi bio co counter cyber de dis eco electro ex fore geo hyper inter intra macro mega meta"
        " micro mid mini mis mono multi nano neo neuro non out over photo poly post pre pro pseudo psycho"
        " quasi re semi sub super tele trans tri ultra un under up vice"
    )
)
_PREFIXED = 3.0
_CONTRACTION = re.compile(r"n't$|'(?:m|re|ve|ll)$|^(?:it|that|what|here|there|let|who|today)'s$")
_PLURALS_OF_WORDS = ("don'ts", "do's", "if's", "why's")
_JOINABLE = ("a", "as", "of", "in", "at", "all", "to", "every", "each", "no", "any")
_JOINED = 5.0
_WORD_OF_ITS_OWN = 4.5
"""Zipf frequency from which two words written as one are a word of their own (`anyway`)."""


@cache
def _common_by_length() -> dict[int, list[str]]:
    """Words of at least once in a million, by length."""
    listed: dict[int, list[str]] = {}
    for word in get_frequency_dict("en", wordlist="small"):
        if word.isascii() and word.replace("'", "").isalpha():
            listed.setdefault(len(word), []).append(word)
    return listed


@dataclass(frozen=True, slots=True)
class Intention:
    """The common word that was most likely meant; "" when none is near.

    Attributes:
        gain: How likely, in orders of magnitude: frequency gained less the slips' cost.
        lead: By how much it is likelier than the next candidate.
    """

    word: str = ""
    gain: float = 0.0
    lead: float = 0.0


@lru_cache(maxsize=20_000)
def intention(word: str, suggestions: tuple[str, ...] = ()) -> Intention:
    """What was meant by a word that the dictionary does not know.

    The engine's `suggestions` join the candidates of the frequency list.
    """
    folded = word.casefold().replace("’", "'")
    if not 2 < len(folded) <= MAX_LETTERS or folded in _PLURALS_OF_WORDS or _is_prefixed(folded):
        return Intention()
    written = zipf(folded)
    gains: dict[str, float] = {}
    for candidate in (*suggestions, *_near(folded)):
        aimed = candidate.casefold()
        if _CONTRACTION.search(aimed) and aimed.replace("'", "") == folded:
            return Intention(candidate, APOSTROPHE, APOSTROPHE)
        if aimed != folded and aimed not in gains:
            gains[aimed] = zipf(aimed) - written - slip_cost(folded, aimed)
    ranked = sorted(((gain, aimed) for aimed, gain in gains.items() if gain > 0), reverse=True)
    if not ranked:
        return Intention()
    gain, best = ranked[0]
    rival = ranked[1][0] if len(ranked) > 1 else 0.0
    named = next((candidate for candidate in suggestions if candidate.casefold() == best), best)
    return Intention(named, round(gain, 2), round(gain - rival, 2))


def joined(word: str) -> str:
    """The two words that were written as one (`ofcourse`, `alot`); "" when it is not so."""
    folded = word.casefold()
    for first in _JOINABLE:
        second = folded.removeprefix(first)
        if (
            second != folded
            and len(second) > 2
            and zipf(second) >= _JOINED
            and zipf(folded) < _WORD_OF_ITS_OWN
        ):
            return f"{word[: len(first)]} {word[len(first) :]}"
    return ""


def slip_cost(word: str, aimed: str) -> float:
    """What it costs to write `word` for `aimed`, in orders of magnitude."""
    slips = OSA.distance(word, aimed)
    cost = slips * max(SLIP - SLIP_PER_LETTER * (len(word) - 5), LEAST_SLIP)
    cost += max(0, slips - 1) * FURTHER_SLIP
    if word == aimed + "s":
        cost += ADDED_S
    if word[:1] != aimed[:1]:
        cost += FIRST_LETTER
    if set(word) == set(aimed):
        cost -= SAME_LETTERS
    return cost + max(0, 5 - len(word)) * SHORT


def _is_prefixed(word: str) -> bool:
    """Whether the word is a common one with a productive prefix, which any writer may coin."""
    return any(
        len(word) - len(prefix) > 4 and word.startswith(prefix) and zipf(word[len(prefix) :]) >= _PREFIXED
        for prefix in _PREFIXES
    )


def _near(word: str) -> list[str]:
    lengths = _common_by_length()
    slips = 1 if len(word) < 6 else 2
    found: list[str] = []
    for length in range(len(word) - slips, len(word) + slips + 1):
        pool = lengths.get(length, [])
        found += [
            hit[0] for hit in process.extract(word, pool, scorer=OSA.distance, score_cutoff=slips, limit=5)
        ]
    return found
