"""Numbers in words, as sums are told: `twelve`, `twenty-five`, `two hundred and six`."""

from __future__ import annotations

import re
from fractions import Fraction

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
VALUES = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
}
_BELOW_20 = "|".join(sorted(_ONES, key=len, reverse=True))
_BELOW_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{_BELOW_20})"
_BELOW_1000 = rf"(?:(?:{'|'.join(_ONES[1:10])})[ ]hundred(?:[ ](?:and[ ])?{_BELOW_100})?|{_BELOW_100})"
CARDINAL = rf"\b(?:{_BELOW_1000}[ ]thousand(?:,?[ ](?:and[ ])?{_BELOW_1000})?|{_BELOW_1000})\b"
"""A pattern for one number in words, without groups; fits verbose patterns, and wants no regard to case."""


def cardinal(words: str) -> int:
    """The number that text matching CARDINAL stands for."""
    thousands, group = 0, 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            group *= 100
        elif word == "thousand":
            thousands, group = group * 1000, 0
        elif word != "and":
            group += VALUES[word]
    return thousands + group


_PARTS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "tenth": 10,
}  # fmt: skip
PORTION = rf"(?:(?:{'|'.join(_ONES[1:10])}|an?)[ -])?(?:{'|'.join(_PARTS)})s?"
"""A pattern for a part in words, such as `two thirds`, without groups; fits verbose patterns."""


def portion(words: str) -> Fraction:
    """The fraction that text matching PORTION stands for."""
    *before, part = re.findall(r"[a-z]+", words.lower())
    upper = VALUES.get(before[0], 1) if before else 1
    return Fraction(upper, _PARTS[part.removesuffix("s")])
