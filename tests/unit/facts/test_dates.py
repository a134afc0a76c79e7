"""Weekdays, days of months, leap years and spans of years."""

import pytest

from quality.facts.asserted import stood_by
from quality.facts.dates import claims


def read(text, instruction=""):
    return [
        (claim.sort, claim.holds) for claim in stood_by(list(claims(instruction, text)), instruction, text)
    ]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Friday, 5 January 2024", True),
        ("Monday, 5 January 2024", False),
        ("Monday, January 5th, 2024", False),
        ("Mon, Jan 5, 2024", False),
        ("Monday the 5th of January 2024", False),
        ("2024-01-05 (Friday)", True),
        ("January 5, 2024 (a Monday)", False),
        ("5 January 2024, which was a Monday", False),
        ("Sunday, 9 January 1905", True),  # Julian, in Russia
        ("Sunday, 22 January 1905", True),
        ("Tuesday, 22 January 1905", False),
    ],
)
def test_weekday(text, holds):
    assert read(text) == [("weekday", holds)]


@pytest.mark.parametrize(
    "text",
    [
        "Monday, 5 January",
        "Monday, 5 January 1600",
        "Mon is short. May 5, 2024 was fine.",
        "On Sunday 2024 began",
    ],
)
def test_no_weekday_claim(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "due on 31 April.",
        "February 30, 2020",
        "29 February 2023",
        "by June 31st",
        "the 31st of September 1829",
    ],
)
def test_impossible_day(text):
    assert read(text) == [("date", False)]


@pytest.mark.parametrize(
    "text",
    [
        "due on 30 April.",
        "29 February 2024",
        "February 29",
        "There is no February 30.",
        "31 April does not exist.",
        "In June 31 people came.",
        "June 31% up",
        "29 February 1700",
    ],
)
def test_possible_day(text):
    assert read(text) == []


def test_an_impossible_day_of_the_prompt_is_not_held_against_the_answer():
    assert read("It was due on 31 April.", "The bill is due on 31 April. Remind them.") == []


def test_denial_counts_only_in_the_same_sentence():
    assert read("Send it by 31 April. I can't wait.") == [("date", False)]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("2024 is a leap year", True),
        ("2023 is a leap year", False),
        ("2100 is not a leap year", True),
        ("2000 wasn't a leap year", False),
    ],
)
def test_leap_year(text, holds):
    assert read(text) == [("leap_year", holds)]


@pytest.mark.parametrize("text", ["If 2023 is a leap year, add a day.", "Is 2023 a leap year?"])
def test_no_claim_about_a_leap_year(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("from 1939 to 1945, a total of 6 years", True),
        ("from 1939 to 1945, a total of seven years", True),
        ("from 1939 to 1945, a total of 5 years", False),
        ("served for 16 years (2005-2021)", True),
        ("reigned 12 years (2005 to 2021)", False),
        ("born in 1955 in Rome; he died in 2011 at the age of 55", True),
        ("Born on February 24, 1955, he died on October 5, 2011, aged 65", False),
        ("in 1900, in the 19th century", True),
        ("in 1905, in the 19th century", False),
        ("the 19th century (1750)", False),
        ("It began in 1998. Ten years later, in 2008, it", True),
        ("It began in 1998. Ten years later, in 2012, it", False),
    ],
)
def test_years(text, holds):
    assert read(text) == [("years", holds)]


@pytest.mark.parametrize(
    "text",
    [
        "from 1939 to 1945, more than 5 years",
        "served for about 12 years (2005-2021)",
        "It began in 1998 and grew in 2003. Ten years later, in 2012, it",
        "born in 1955, elected in 1990, died in 2011 at 70",
        "in 44 BC, in the 1st century",
        "19th century style, 1905",
    ],
)
def test_no_claim_about_years(text):
    assert read(text) == []
