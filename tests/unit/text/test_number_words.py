"""Numbers in words and signs, and the one table that all readers share."""

import re
from fractions import Fraction

import pytest

from quality.text.number_words import (
    BELOW_100,
    CARDINAL,
    ORDINALS,
    PORTION,
    VALUES,
    VULGAR,
    cardinal,
    pattern,
    portion,
)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("zero", 0),
        ("Nineteen", 19),
        ("twenty-five", 25),
        ("two hundred and six", 206),
        ("one hundred ninety nine thousand, three hundred twelve", 199_312),
    ],
)
def test_a_number_in_words_is_read_whole(words, number):
    assert re.fullmatch(CARDINAL, words, re.IGNORECASE)
    assert cardinal(words) == number


@pytest.mark.parametrize(("words", "number"), [("a hundred", 100), ("a thousand and five", 1_005)])
def test_one_hundred_may_be_a_hundred(words, number):
    assert cardinal(words) == number


def test_a_pattern_has_the_words_of_its_range_and_takes_the_longest():
    words = pattern(4, 14)
    assert set(words.split("|")) == {word for word, value in VALUES.items() if 4 <= value <= 14}
    assert re.match(words, "fourteen")[0] == "fourteen"
    assert re.match(BELOW_100, "seventy-one")[0] == "seventy-one"


@pytest.mark.parametrize(
    ("words", "part"),
    [("two thirds", Fraction(2, 3)), ("a quarter", Fraction(1, 4)), ("half", Fraction(1, 2))],
)
def test_portions(words, part):
    assert re.fullmatch(PORTION, words)
    assert portion(words) == part


def test_ordinals_and_signs():
    assert (ORDINALS["first"], ORDINALS["twelfth"], ORDINALS["twentieth"]) == (1, 12, 20)
    assert (VULGAR["¾"], VULGAR["⅝"]) == (Fraction(3, 4), Fraction(5, 8))
