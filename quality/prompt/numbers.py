"""Counts as people write them in instructions: `300+`, `a dozen`, `between 3 and 5`, `no more than twenty`."""

from __future__ import annotations

import re

_SMALL = """\
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty"""
_WORDS = {word: number for number, word in enumerate(_SMALL.split())} | {
    "single": 1,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "a hundred": 100,
    "one hundred": 100,
    "a dozen": 12,
    "half a dozen": 6,
    "a thousand": 1000,
    "one thousand": 1000,
}

_SPELLED = "|".join(sorted(_WORDS, key=len, reverse=True))
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{_SPELLED})"
"""A pattern for one count in lower-case text, without groups."""

_BEFORE = {
    ">=": ("at least", "no less than", "no fewer than", "not less than", "a minimum of", "minimum of", "minimum"),
    ">": ("more than", "over", "greater than", "longer than", "exceeding"),
    "<=": (
        "at most", "no more than", "not more than", "a maximum of", "maximum of", "maximum", "max", "up to",
        "no longer than", "not exceed", "not exceeding", "not longer than", "limited to", "within",
    ),
    "<": ("less than", "fewer than", "under", "below", "shorter than"),
    "=": ("exactly", "precisely", "only", "just"),
    "about": ("about", "around", "approximately", "roughly", "approx", "approx.", "nearly", "~"),
}  # fmt: skip
_AFTER = {
    ">=": ("+", "or more", "or longer", "at least", "minimum", "and above", "plus"),
    "<=": ("or less", "or fewer", "or under", "at most", "maximum", "max", "or shorter", "tops"),
    "about": ("or so", "approximately"),
}


def _any(table: dict[str, tuple[str, ...]]) -> str:
    found = sorted((word for words in table.values() for word in words), key=len, reverse=True)
    return "|".join(re.escape(word) for word in found)


RELATION = _any(_BEFORE)
"""A pattern for the words before a count, without groups."""
LATER = _any(_AFTER)
"""A pattern for the words after a count or its unit, without groups."""

_RELATIONS = {word: sign for table in (_BEFORE, _AFTER) for sign, words in table.items() for word in words}


def value(text: str) -> int:
    """The number that `NUMBER` matched."""
    return _WORDS[text] if text in _WORDS else int(text.replace(",", ""))


def relation(words: str | None) -> str | None:
    """The sign of what `RELATION` or `LATER` matched; None for None."""
    return _RELATIONS[" ".join(words.split())] if words else None
