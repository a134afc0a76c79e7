"""What a text is about: its content words, each with how rare it is, so that two texts can be told apart by topic.

Words are folded (case, accents, look-alike letters) and cut to a rough stem, so that "running" meets "runs". An
ideograph or kana is a word of its own. Linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from quality.text.folding import folded
from quality.text.lexicon import zipf

TopicWords = Mapping[str, float]
"""Stem → how rare the rarest word with that stem is: `COMMON` − Zipf frequency, above 0."""

COMMON = 6.0
"""Zipf frequency from which a word (`about`, `people`, `make`) says nothing about a topic."""

_NUMBER_RARITY = 1.5
_IDEOGRAPH_RARITY = 1.0
_WORD = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]|\d{2,20}|[^\W\d_]{3,60}")
_ENDINGS = ("ingly", "edly", "ing", "ies", "ied", "ed", "es", "ly", "s", "al", "ion", "e", "y")
_LEAST_STEM = 4


def topic_words(text: str) -> dict[str, float]:
    """The content words of the text by stem, in the order of first sight, each with its rarity (above 0)."""
    found: dict[str, float] = {}
    for word in dict.fromkeys(_WORD.findall(_unaccented(folded(text)))):
        rarity = _rarity(word)
        if rarity > 0:
            stem = stemmed(word)
            found[stem] = max(found.get(stem, 0.0), round(rarity, 2))
    return found


def stemmed(word: str) -> str:
    """The word without a common English ending; at least four letters stay."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            word = word[: -len(ending)]
            break
    return word[:-1] if word[-1] in "ey" and len(word) > _LEAST_STEM else word


def spelt(text: str, stems: Sequence[str]) -> list[str]:
    """For each stem the first word of the text that has it, in lower case and without accents."""
    words = dict.fromkeys(_WORD.findall(_unaccented(folded(text))))
    by_stem: dict[str, str] = {}
    for word in words:
        by_stem.setdefault(stemmed(word), word)
    return [by_stem.get(stem, stem) for stem in stems]


def shows(text: str, stems: TopicWords, least: int = 5) -> bool:
    """Whether one of the stems, cut to `least` letters, stands anywhere in the text, across spaces and marks too.

    "warcrime" stands in "war crime", and "Hopital" in "L'Hôpital's".
    """
    squeezed = re.sub(r"[\W_]+", "", _unaccented(folded(text)))
    return any(stem[:least] in squeezed for stem in stems if len(stem) >= least)


def _rarity(word: str) -> float:
    if word[0].isdigit():
        return _NUMBER_RARITY
    if len(word) == 1:
        return _IDEOGRAPH_RARITY
    return COMMON - zipf(word)


def _unaccented(text: str) -> str:
    if text.isascii():
        return text
    parted = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in parted if not unicodedata.combining(letter))
