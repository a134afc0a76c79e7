"""Numbers that stand in words or signs of their own: `twelve`, `twenty-five`, `two hundred and six`, `ninth`, `¾`."""

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
"""A number in one word, up to ninety → its value."""
ORDINALS = {
    word: value
    for value, word in enumerate(
        (
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
            "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
            "eighteenth", "nineteenth", "twentieth",
        ),
        1,
    )
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
"""Words that multiply the number before them."""
VULGAR = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5), "⅘": Fraction(4, 5), "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6), "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip
"""Fractions of one sign."""


def pattern(least: int, most: int) -> str:
    """A pattern for the numbers in one word from `least` to `most`, the longest first; without a group around it."""
    fitting = (word for word, value in VALUES.items() if least <= value <= most)
    return "|".join(sorted(fitting, key=len, reverse=True))


BELOW_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{pattern(1, 9)}))?|{pattern(0, 19)})"
"""A pattern for a number in words below a hundred, without groups; fits verbose patterns."""
_BELOW_1000 = rf"(?:(?:{pattern(1, 9)})[ ]hundred(?:[ ](?:and[ ])?{BELOW_100})?|{BELOW_100})"
CARDINAL = rf"\b(?:{_BELOW_1000}[ ]thousand(?:,?[ ](?:and[ ])?{_BELOW_1000})?|{_BELOW_1000})\b"
"""A pattern for one number in words, without groups; fits verbose patterns, and wants no regard to case."""


def cardinal(words: str) -> int:
    """The number that text matching CARDINAL or BELOW_100 stands for; `a hundred` is a hundred."""
    thousands, group = 0, 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            group = max(1, group) * SCALES[word]
        elif word == "thousand":
            thousands, group = max(1, group) * SCALES[word], 0
        else:
            group += VALUES.get(word, 0)
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
