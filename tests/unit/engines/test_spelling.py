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
    [("alot", "a lot"), ("Ofcourse", "Of course"), ("inorder", "in order"), ("webpage", ""), ("anyway", "")],
)
def test_joined_words(word, split):
    assert joined(word) == split


def test_slips_cost_more_in_short_words_and_at_the_start():
    assert slip_cost("teh", "the") > slip_cost("becuase", "because")
    assert slip_cost("kat", "cat") > slip_cost("cet", "cat")
