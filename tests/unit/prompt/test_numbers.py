"""Counts as people write them."""

import re

import pytest

from quality.prompt import numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7), ("1,200", 1200), ("2k", 2000), ("twelve", 12), ("twenty-five", 25), ("forty two", 42),
        ("a dozen", 12), ("half a dozen", 6), ("a couple of", 2), ("hundred", 100), ("a hundred", 100),
        ("two hundred and fifty", 250), ("fifteen hundred", 1500), ("a thousand", 1000), ("single", 1),
    ],
)  # fmt: skip
def test_value(text, number):
    if text != "hundred":
        assert re.fullmatch(numbers.NUMBER, text)
    assert numbers.value(text) == number


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("at least 3", ((">=", "3"),)),
        ("no more than twenty", (("<=", "20"),)),
        ("fewer than 5", (("<", "5"),)),
        ("more than 5", ((">", "5"),)),
        ("300+", ((">=", "300"),)),
        ("~200", (("about", "200"),)),
        ("between 3 and 5", ((">=", "3"), ("<=", "5"))),
        ("3-5", ((">=", "3"), ("<=", "5"))),
        ("two or three", ((">=", "2"), ("<=", "3"))),
        ("at least 4 but no more than 9", ((">=", "4"), ("<=", "9"))),
        ("10 or more", ((">=", "10"),)),
        ("50 or fewer", (("<=", "50"),)),
        ("8", (("=", "8"),)),
    ],
)
def test_bounds(text, bounds):
    match = re.compile(numbers.COUNT).fullmatch(text)
    assert match
    assert numbers.bounds(match, "=") == bounds


def test_a_negation_turns_the_relation_round():
    match = re.compile(numbers.COUNT).search("do not write more than 3")
    assert match
    assert numbers.bounds(match, "=") == (("<=", "3"),)
