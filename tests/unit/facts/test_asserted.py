"""What an answer stands by: not what it shows in code, quotes, denies or supposes."""

import pytest

from quality.checks.factual import READERS
from quality.facts.asserted import stood_by
from quality.facts.claim import Claim

FAULTS = {
    "unit": "5 miles (3 km)",
    "weekday": "Monday, 5 January 2024",
    "date": "31 April",
    "leap_year": "2023 is a leap year",
    "years": "from 1939 to 1945, a total of 9 years",
    "count": 'the word "cat" has 5 letters',
    "arithmetic": "12 × 7 = 94",
    "percentage": "15 of the 20 rooms (80%)",
}
FRAMES = {
    "It is wrong that {}.": False,
    "It is false that {} was sunny.": False,
    "The claim that it was {} is wrong.": False,
    "Suppose {} and go on.": False,
    "Is it {}?": False,
    "He saw it. They told him “{}”, which is not true.": False,
    "```\n{}\n```": False,
    "See `{}` there.": False,
    "Or did you mean that {} was right": False,
    "As a fact, {} it is.": True,
    "Terrorised and unwronged, {} it is.": True,
    "That is wrong. In fact {} it is.": True,
    "Run `make`. In fact {} it is. ```": True,
}


def faults(asked, said):
    claims = [one for reader in READERS for one in reader(asked, said) if isinstance(one, Claim)]
    return [claim.sort for claim in stood_by(claims, asked, said) if not claim.holds]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("sort", FAULTS)
def test_a_fault_counts_where_the_answer_stands_by_it(sort, frame):
    said = frame.format(FAULTS[sort])
    assert (sort in faults("Tell me.", said)) == FRAMES[frame], said


@pytest.mark.parametrize("sort", FAULTS)
def test_what_the_prompt_says_word_for_word_is_no_statement_of_the_answer(sort):
    said = f"You wrote {FAULTS[sort]} there."
    assert not faults(f"I read: {FAULTS[sort]} once.", said)
    assert faults("I read something.", f"In fact {FAULTS[sort]} there.") == [sort]


def test_an_announced_list_is_no_quotation_of_the_prompt_and_not_denied_by_its_subject():
    said = "Here are five tips against wrong numbers:\n\n- Count.\n- Add.\n- Check.\n- Ask."
    assert faults("Give me five tips against wrong numbers.", said) == ["count"]


def test_a_day_that_there_is_not_may_be_named_as_such():
    assert not faults("", "Nobody can be born on 31 April, for April does not have so many days.")
    assert faults("", "Send it by 31 April. Nobody can wait.") == ["date"]
