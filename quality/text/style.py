"""How a text is written, whatever it speaks of: a profile of common words, punctuation and lengths.

The rates are those that stylometry has long compared authors by: words that carry grammar, marks, the lengths of words
and sentences. Square roots keep a rare mark from outweighing the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from quality.text.lexicon import letter_words

_WORDS = tuple(
    str.split(
        "the of and to a in that is it for on with as i you we they this but not by or be are have at from was an which"
    )
)
_MARKS = {
    "commas": ",",
    "semicolons": ";",
    "colons": ":",
    "brackets": "(",
    "exclamation marks": "!",
    "question marks": "?",
    "dashes": "—–",
    "quotation marks": '"“”',
    "asterisks": "*",
    "hashes": "#",
    "line ends": "\n",
}
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_CLIPPED = 4.0
"""Robust deviations beyond which a single feature counts no more: one odd mark is no style."""

_LEAST_SPREAD = 0.15
"""Of the logarithms of Delta in a file; texts that are all but equal must not flag small differences."""

FEATURES = (
    *(f"“{word}”" for word in _WORDS),
    "contractions",
    *_MARKS,
    "length of words",
    "length of sentences",
    "different words",
)
"""What the profile holds, in its order."""


def profile(text: str, min_words: int) -> list[float] | None:
    """The text's profile, parallel to `FEATURES`; None for a text with fewer words."""
    words = [word.lower() for word in letter_words(text)]
    if len(words) < min_words:
        return None
    total, counts = len(words), Counter(words)
    rates = [counts[word] / total for word in _WORDS]
    rates.append(sum(n for word, n in counts.items() if "'" in word or "’" in word) / total)
    rates += [sum(map(text.count, marks)) / total for marks in _MARKS.values()]
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    lengths = [sum(map(len, words)) / total, log(1 + total / sentences)]
    varied = len(set(words[:min_words])) / min_words
    return [round(sqrt(rate), 4) for rate in (*rates, *lengths, varied)]


def deviations(profiles: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each feature of each profile lies from the median of all, in robust deviations, clipped at ±4."""
    middle = np.median(profiles, axis=0)
    low, high = np.percentile(profiles, [25, 75], axis=0)
    spread = np.maximum((high - low) / 1.349, profiles.std(axis=0) / 2)
    spread[spread == 0] = 1.0
    return np.clip((profiles - middle) / spread, -_CLIPPED, _CLIPPED)


def distances(deviation: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each profile stands from the others: its mean deviation (Burrows's Delta) in robust deviations of all."""
    delta = np.log(np.maximum(np.abs(deviation).mean(axis=1), 1e-9))
    middle = np.median(delta)
    spread = 1.4826 * float(np.median(np.abs(delta - middle)))
    return (delta - middle) / max(spread, _LEAST_SPREAD)
