"""Lints in languages other than English: LanguageTool's matches, by their category alone.

English rules are believed one by one, as far as each was measured; no corpus was at hand for the other languages, so
only the categories that mean an error count, and style and typography never. An unknown word is held against the
language's own word frequencies, as in English: mistyped where one of the suggestions is far more usual.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from math import log10

from wordfreq import get_frequency_dict

from quality.engines import Match, languagetool
from quality.engines.proofreading import Lint
from quality.engines.spelling import slip_cost
from quality.engines.trust import BOUNDARY, CAPITALIZATION, GRAMMAR, MISSPELLING, PUNCTUATION, words
from quality.prompt.languages import LANGUAGES
from quality.text.language import detect
from quality.text.lexicon import LETTERS, letter_words, likelier_language
from quality.text.masking import Reading

CODE_BY_KIND = {
    **dict.fromkeys(words("TYPOS MISSPELLING MULTITOKEN_SPELLING SPELLING DIACRITICS"), MISSPELLING),
    **dict.fromkeys(
        words(
            "GRAMMAR AGREEMENT AGREEMENT_NOUNS AGREEMENT_VERBS CAT_GRAMMAIRE CAT_ELISION SYNTAX VERBS CONTRACTIONS"
            " PREPOSITIONS INCORRECT_EXPRESSIONS PRONOMS_FEBLES CONFUSED_WORDS"
        ),
        GRAMMAR,
    ),
    **dict.fromkeys(words("CASING CAT_MAJUSCULES"), CAPITALIZATION),
    "COMPOUNDING": BOUNDARY,
    **dict.fromkeys(words("PUNCTUATION PONCTUATION_VIRGULE PONCTUATION_POINT"), PUNCTUATION),
}
VARIANTS = {"en": "en-US", "de": "de-DE", "pt": "pt-BR"}
"""The variant that is checked where the bare language has no dictionary."""

_SPELLER = re.compile(r"SPELL|MORFOLOGIK")
LEAST_WORDS, MOST_WORDS = 8, 2_000
"""Of a text whose language its word frequencies tell."""
ACCENT = 3.0
"""A word without its accents, however often it is written."""


def language_of(text: str) -> str:
    """The language that the text is read in: its own where one is clear, else English."""
    detected = detect(text)
    if detected:
        return detected
    known = letter_words(text)[:MOST_WORDS]
    return LANGUAGES.get(likelier_language(known).casefold(), "en") if len(known) >= LEAST_WORDS else "en"


def readable(language: str) -> bool:
    """Whether LanguageTool has rules for the language.

    Raises:
        EngineUnavailable: It is not here.
    """
    return language in languagetool.languages()


def lints(reading: Reading, language: str) -> Iterator[Lint]:
    """Every match that counts in the reading of a text in that language, in the order of their spans."""
    seen: set[tuple[str, int, int]] = set()
    for match in languagetool.check(reading.text, VARIANTS.get(language, language)):
        span = reading.origin(match.start, match.end)
        lint = _lint(match, reading.text, span, language) if span else None
        if lint and (lint.code, lint.start, lint.end) not in seen:
            seen.add((lint.code, lint.start, lint.end))
            yield lint


def _lint(match: Match, text: str, span: tuple[int, int], language: str) -> Lint | None:
    code = CODE_BY_KIND.get(match.kind, "")
    if not code:
        return None
    if _SPELLER.search(match.rule):
        return _word(match, text[match.start : match.end], span, language)
    return Lint(*span, code, match.rule, match.message, match.suggestions, ("languagetool",))


def _word(match: Match, word: str, span: tuple[int, int], language: str) -> Lint | None:
    """A word that the dictionary lacks; None for what is no single word."""
    if not LETTERS.fullmatch(word):
        return None
    gains = {s: _gain(word.casefold(), s.casefold(), language) for s in match.suggestions}
    intended = max(gains, key=lambda suggestion: gains[suggestion], default="")
    return Lint(
        *span,
        MISSPELLING,
        match.rule,
        match.message,
        tuple(dict.fromkeys((intended, *match.suggestions))) if intended else (),
        ("languagetool",),
        word=word,
        intended=intended,
        gain=round(gains.get(intended, 0.0), 2),
        place="word" if word.islower() else "start",
    )


def _gain(word: str, aimed: str, language: str) -> float:
    """How likely the word was meant for the other, in orders of magnitude; a missing accent is always a slip."""
    if _unaccented(word) == _unaccented(aimed):
        return ACCENT
    return _zipf(aimed, language) - _zipf(word, language) - slip_cost(word, aimed)


def _zipf(word: str, language: str) -> float:
    """The word's Zipf frequency in the language, 0..8; 0 where no list knows it."""
    share = _frequencies(language).get(word.casefold(), 0.0)
    return log10(share) + 9 if share else 0.0


@cache
def _frequencies(language: str) -> dict[str, float]:
    try:
        return get_frequency_dict("nb" if language == "no" else language)
    except LookupError:  # a language without a list
        return {}


def _unaccented(word: str) -> str:
    """The word's letters without their accents."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )
