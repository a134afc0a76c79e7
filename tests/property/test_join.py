"""The join against brute force: no pair missed, none invented, whatever the threshold and the order."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from quality.similarity.join import Limits, max_edits, similar_pairs
from quality.similarity.texts import Ints, Texts, identical

NO_LIMIT = Limits(pairs=10_000, comparisons=10_000)
thresholds = st.one_of(
    st.sampled_from([0.01, 1 / 3, 0.5, 0.6, 2 / 3, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99, 1.0]),
    st.floats(0.01, 1.0),
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    """Texts of few words, and copies of them with some words changed, so that every similarity occurs."""
    vocabulary = draw(st.integers(1, 40))
    word = st.integers(0, vocabulary - 1)
    texts = draw(
        st.lists(st.lists(word, max_size=draw(st.sampled_from([3, 12, 60]))), min_size=1, max_size=12)
    )
    for _ in range(draw(st.integers(0, 12))):
        copy = list(draw(st.sampled_from(texts)))
        for _ in range(draw(st.integers(1, 4))):
            at = draw(st.integers(0, len(copy)))
            copy[at : at + draw(st.integers(0, 2))] = draw(st.lists(word, max_size=2))
        texts.append(copy)
    return [list(text) for text in dict.fromkeys(map(tuple, texts))]


def as_texts(table: list[list[int]]) -> Texts:
    starts = np.concatenate([[0], np.cumsum([len(text) for text in table])]).astype(np.int64)
    words = np.array([word for text in table for word in text], np.uint32)
    return Texts(words, starts, int(words.max(initial=0)) + 1)


def brute(table: list[list[int]], threshold: float) -> dict[tuple[int, int], float]:
    found: dict[tuple[int, int], float] = {}
    for right in range(len(table)):
        for left in range(right):
            similarity = Indel.normalized_similarity(table[left], table[right])
            if table[left] and table[right] and similarity >= threshold:
                found[left, right] = similarity
    return found


def joined(table: list[list[int]], threshold: float) -> dict[tuple[int, int], float]:
    pairs = similar_pairs(as_texts(table), threshold, NO_LIMIT)
    assert not pairs.incomplete.any()
    return {
        (int(a), int(b)): float(s) for a, b, s in zip(pairs.left, pairs.right, pairs.similarity, strict=True)
    }


@settings(max_examples=300, deadline=None)
@given(tables(), thresholds)
def test_the_join_finds_what_brute_force_finds(table: list[list[int]], threshold: float) -> None:
    assert joined(table, threshold) == brute(table, threshold)


@settings(max_examples=50, deadline=None)
@given(tables(), thresholds, st.randoms(use_true_random=False))
def test_the_order_of_the_texts_makes_no_difference(
    table: list[list[int]], threshold: float, random: object
) -> None:
    order = list(range(len(table)))
    random.shuffle(order)  # type: ignore[attr-defined]
    moved = {
        (min(order[a], order[b]), max(order[a], order[b])): similarity
        for (a, b), similarity in joined([table[i] for i in order], threshold).items()
    }
    assert moved == joined(table, threshold)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.55, 0.7, 0.8, 0.9, 0.95]))
def test_long_texts_of_every_similarity(seed: int, threshold: float) -> None:
    """Texts long enough that the sign filter rules pairs out, around the threshold on both sides."""
    random = np.random.default_rng(seed)
    table: list[list[int]] = []
    for _ in range(4):
        base = random.integers(0, 500, int(random.integers(30, 400))).tolist()
        table.append(base)
        for _ in range(6):
            copy = list(base)
            for _ in range(int((1 - threshold) * len(base) * random.uniform(0.5, 1.5))):
                at = int(random.integers(0, len(copy)))
                copy[at : at + int(random.integers(0, 2))] = random.integers(
                    0, 500, int(random.integers(0, 2))
                ).tolist()
            table.append(copy)
    table = [list(text) for text in dict.fromkeys(map(tuple, table))]
    assert joined(table, threshold) == brute(table, threshold)


@settings(max_examples=200, deadline=None)
@given(thresholds, st.integers(1, 400))
def test_the_most_edits_are_those_that_the_similarity_allows(threshold: float, total: int) -> None:
    most = int(max_edits(total, threshold)[total])
    assert most == max((d for d in range(total + 1) if 1.0 - d / total >= threshold), default=-1)


@settings(max_examples=50, deadline=None)
@given(tables(), st.integers(1, 3), st.integers(0, 3))
def test_what_a_limit_leaves_out_is_reported(table: list[list[int]], pairs: int, comparisons: int) -> None:
    found = similar_pairs(as_texts(table), 0.6, Limits(pairs, comparisons))
    listed = set(zip(found.left.tolist(), found.right.tolist(), strict=True))
    for left, right in brute(table, 0.6):
        assert (left, right) in listed or (found.incomplete[left] and found.incomplete[right])


def test_identical_names_the_first_of_each_group() -> None:
    groups: Ints = identical(as_texts([[1, 2], [3], [1, 2], [], [3], []]))
    assert groups.tolist() == [0, 1, 0, 3, 1, 3]
