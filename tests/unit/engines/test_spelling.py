"""Mistyped or only unknown, and how sure."""

import pytest

from quality.engines.spelling import intention, joined, slip_cost


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("thier", "their"),
        ("recieve", "receive"),
        ("goverment", "government"),
        ("dont", "don't"),
        ("becuase", "because"),
        ("definately", "definitely"),
    ],
)
def test_common_misspellings_have_their_intention(word, meant):
    assert intention(word).word == meant
    assert intention(word).gain >= 1.2


@pytest.mark.parametrize("word", ["akathisia", "subgrids", "hypergiant", "don'ts", "xq", "a" * 31])
def test_terms_and_coinages_are_only_unknown(word):
    assert intention(word).gain < 1.2


def test_a_clear_intention_leads():
    assert intention("becuase").lead > intention("warker").lead


def test_the_engine_s_suggestions_join_in():
    assert intention("gochujnag", ("gochujang",)).word == "gochujang"


@pytest.mark.parametrize(
    ("word", "split"),
    [
        ("alot", "a lot"),
        ("Ofcourse", "Of course"),
        ("inorder", "in order"),
        ("aswell", "as well"),
        ("webpage", ""),
        ("anyway", ""),
    ],
)
def test_joined_words(word, split):
    assert joined(word) == split


def test_a_second_slip_costs_more_than_the_first():
    one, two = slip_cost("goverment", "government"), slip_cost("govermant", "government")
    assert two - one > one


@pytest.mark.parametrize("word", ["yuzu", "learnings", "vasodilate"])
def test_two_slips_in_a_short_word_and_a_rare_plural_are_no_misspelling(word):
    assert intention(word).gain < 1.2


def test_slips_cost_more_in_short_words_and_at_the_start():
    assert slip_cost("teh", "the") > slip_cost("becuase", "because")
    assert slip_cost("kat", "cat") > slip_cost("cet", "cat")
