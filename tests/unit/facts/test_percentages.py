"""Percentages beside the numbers that they come from."""

import pytest

from quality.facts.asserted import stood_by
from quality.facts.percentages import claims


def judged(text):
    return [claim.holds for claim in stood_by(list(claims("How much?", text)), "How much?", text)]


@pytest.mark.parametrize(
    "text",
    [
        "15 of the 20 rooms (75%) are taken",
        "15 out of 20 rooms (75%)",
        "1 out of 3 (33%), 2 out of 3 (66.7%), 2 out of 3 (67%)",
        "about 15 out of 21 people (about 70%)",
        "a 25% increase from 80 to 100",
        "a 25% increase in sales from $80 to $100",
        "fell from 100 to 80, a 20% decrease",
        "rose by 25%, from 80 to 100",
        "grew from 2 million to 3 million, a 50% increase",
        "20% off $50 is $40.",
        "20% off $50 is $10.",
    ],
)
def test_percentages_that_hold(text):
    found = judged(text)
    assert found
    assert all(found)


@pytest.mark.parametrize(
    "text",
    [
        "15 of the 20 rooms (80%) are taken",
        "15 out of 20 (76%)",
        "a 30% increase from 80 to 100",
        "rose from $80 to $100, a 20% increase",
        "20% off $50 is $35.",
    ],
)
def test_percentages_that_fail(text):
    assert False in judged(text)


@pytest.mark.parametrize(
    "text",
    [
        "from 20% to 30%, a 10% increase",
        "grew from 2010 to 2015 (25%)",
        "3 of the 4 parts; 80% of the cost",
        "15 out of 0 (80%)",
        "it is false that 15 of the 20 rooms (80%) are taken",
    ],
)
def test_what_states_no_percentage_of_numbers_beside_it(text):
    assert False not in judged(text)
