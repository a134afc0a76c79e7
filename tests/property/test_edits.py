"""Edits turn one text into the other, in order, and name only what differs."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from quality.correction.diff import edits
from quality.text.tokens import pieces, tokens

WORDS = (
    "the",
    "cat",
    "becuse",
    "because",
    "Paris",
    "12",
    "1,200.50",
    "don't",
    "well-known",
    "run",
    "runs",
    "not",
)
MARKS = (".", ",", "!", "*", "#", "“", "%", "-", "猫", "é", "\u0301", "😀")
GAPS = (" ", " ", " ", "", "  ", "\n", "\r\n", "\n\n", "\t", "\u00a0")
TEXTS = st.lists(st.sampled_from(WORDS + MARKS + GAPS * 2), max_size=60).map("".join)
SENTENCES = st.lists(
    st.sampled_from(
        (
            "A cat sat on the mat today.",
            "Dogs bark at night in town.",
            "It is 12 km to Paris from here.",
            "# Title\n\n",
            "\n- one more thing here\n",
        )
    ),
    max_size=8,
)


def check(before, after):
    found = edits(before, after)
    assert bool(found) == (before != after)
    out, at = [], 0
    for edit in found:
        assert before[edit.start : edit.end] == edit.before
        assert after[edit.new_start : edit.new_end] == edit.after
        assert edit.before != edit.after
        out += [before[at : edit.start], edit.after]
        at = edit.end
    assert "".join([*out, before[at:]]) == after
    for one, other in pairwise(found):
        assert one.end <= other.start
        assert one.new_end <= other.new_start
    for edit in found:
        was, now = pieces(edit.before), pieces(edit.after)
        if was and now:
            assert was[0] != now[0]
            assert was[-1] != now[-1]


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_texts_of_words_and_marks(before, after):
    check(before, after)


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_texts(before, after):
    check(before, after)


@settings(deadline=None)
@given(SENTENCES, st.randoms(use_true_random=False), TEXTS)
def test_sentences_in_another_order(sentences, rng, more):
    shuffled = rng.sample(sentences, len(sentences))
    check(" ".join(sentences), " ".join(shuffled) + more)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_tokens_are_the_text_but_for_its_white_space(text):
    found = tokens(text)
    assert all(text[s:e] == t for t, s, e in zip(found.texts, found.starts, found.ends, strict=True))
    assert "".join(found.texts) == "".join(text.split())
    assert "".join(pieces(text)) == text
