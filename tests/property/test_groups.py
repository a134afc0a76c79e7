"""Groups of alike texts, against brute force: no pair is missed, none is made up, no text is in two groups."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from quality.similarity.groups import alike
from quality.similarity.join import Limits
from quality.similarity.texts import Vocabulary, encode

WORDS = st.lists(st.sampled_from("abcdef"), max_size=9)
LIMITS = Limits(pairs=1_000, comparisons=100_000)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=14), st.sampled_from((0.5, 0.7, 0.9, 1.0)), st.integers(1, 5))
def test_groups_are_what_brute_force_finds(texts, least, min_words):
    keys = [(n, f"q{n}") for n in range(len(texts))]
    found = alike(encode((" ".join(text) for text in texts), Vocabulary()), keys, least, min_words, LIMITS)
    assert found.incomplete == 0
    members = [[group.first[0], *(key[0] for key, _ in group.others)] for group in found.groups]
    assert len({n for group in members for n in group}) == sum(map(len, members))
    for group in found.groups:
        for (other, _), similarity in group.others:
            assert similarity == likeness(texts[group.first[0]], texts[other])
    grouped = {n for group in members for n in group}
    for left, right in pairs(texts, least, min_words):
        assert {left, right} & grouped, (left, right)


def likeness(one, other):
    return Indel.normalized_similarity(one, other)


def pairs(texts, least, min_words):
    for right, other in enumerate(texts):
        for left, one in enumerate(texts[:right]):
            enough = min(len(one), len(other)) >= min_words
            if one and (one == other or (enough and likeness(one, other) >= least)):
                yield left, right
