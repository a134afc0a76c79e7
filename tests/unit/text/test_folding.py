"""Folded words and their places."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.text.folding import folded_word_spans, folded_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t stop", ["don't", "stop"]),
        ("Straße", ["strasse"]),
        ("cafe\u0301", ["café"]),
        ("н\u200bеllo", ["hello"]),
        ("ｆｕｌｌ", ["full"]),
        ("привет мир", ["привет", "мир"]),
        ("漢字と", ["漢", "字", "と"]),
        ("!?", ["!?"]),
        ("  ", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


@given(st.text())
def test_places_are_in_the_text_and_in_order(text: str) -> None:
    spans = folded_word_spans(text)
    if spans:
        assert [span.text for span in spans] == folded_words(text)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(a.start <= b.start for a, b in pairwise(spans))
