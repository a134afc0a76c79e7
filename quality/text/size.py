"""How long a text is: words, words that are new in their place, sentences, characters.

Words of scripts without spaces are estimated by their characters; pictures and formulas have words too.
"""

from __future__ import annotations

import re

from quality.model import Measures
from quality.text.prose import sentences

_WORD = re.compile(r"[^\W_]{1,100}(?:['’\-][^\W_]{1,40})?")
_DENSE = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u2600-\u27bf\U0001f300-\U0001faff]"
)
"""Letters of scripts without spaces, and pictures."""

_CHARACTERS_A_WORD = 1.7
"""In such scripts: Chinese and Japanese texts have 1.5 to 2 characters for an English word."""

_SIGNS = re.compile(r"\S{1,1000}")

_MARKUP = re.compile(
    r"^[ \t]*(?:`{3,}|~{3,})[^\n`]*$|</?[A-Za-z][^<>\n]{0,200}>|\bhttps?://\S+", re.MULTILINE
)
"""Wrapping that makes no answer longer: a fence with its language, elements, addresses."""


def measure(text: str) -> Measures:
    """Words, fresh words (without what repeats), sentences and characters of a text."""
    bare = _MARKUP.sub(" ", text)
    if not _WORD.search(bare):  # the mark-up is the answer: an address, an empty element
        bare = text
    dense = _DENSE.findall(bare)
    words = [w.lower() for w in _WORD.findall(_DENSE.sub(" ", bare) if dense else bare)]
    if not words and not dense:  # a drawing or a formula: its pieces stand for words
        words = _SIGNS.findall(text)
    return {
        "words": len(words) + round(len(dense) / _CHARACTERS_A_WORD),
        "fresh": _fresh(words) + round(_fresh(dense) / _CHARACTERS_A_WORD),
        "sentences": sum(1 for _ in sentences(text)),
        "characters": len(text),
    }


def _fresh(words: list[str]) -> int:
    """How many words are new in their place: distinct threes, read in a circle.

    In a circle a text given twice, however it is joined, has the threes that it has when given once.
    """
    return len(set(zip(words, words[1:] + words[:1], words[2:] + words[:2], strict=False)))
