"""Asks that exclude one another."""

import pytest

from quality.compliance.conflicts import conflicts
from quality.model import Ask

WORDS = "length_constraints:number_words"


def ask(kind, relation="", value="", unit="", part=""):
    return Ask(kind, relation, str(value), unit, 0, 5, part)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ask(WORDS, ">=", 300), ask(WORDS, "<", 200)),
        (ask(WORDS, "=", 3), ask(WORDS, "=", 4)),
        (ask("change_case:english_lowercase"), ask("change_case:english_capital")),
        (ask("change_case:english_lowercase"), ask("change_case:capital_word_frequency", ">=", 3)),
        (ask("language:response_language", "=", "de"), ask("language:response_language", "=", "fr")),
        (ask("keywords:existence", "", "Tea"), ask("keywords:forbidden_words", "not", "tea")),
        (ask("keywords:frequency", ">=", 2, "tea"), ask("keywords:forbidden_words", "not", "tea")),
        (ask("punctuation:no_comma", "not"), ask("keywords:existence", "", "Paris, France")),
        (ask("format:one_word"), ask("length_constraints:number_sentences", "=", 3)),
        (ask("startend:end_checker", "", "The end."), ask("startend:end_checker", "", "Bye.")),
        (ask("style:emoji"), ask("style:emoji", "not")),
    ],
)
def test_conflicts_either_way_round(one, other):
    assert list(conflicts([one, other])) == [(one, other)]
    assert list(conflicts([other, one])) == [(other, one)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ask(WORDS, ">=", 200), ask(WORDS, "<", 300)),
        (ask(WORDS, "about", 300), ask(WORDS, ">=", 250)),
        (ask(WORDS, "=", 3, part="paragraph 1"), ask(WORDS, "=", 4, part="paragraph 2")),
        (ask("keywords:frequency", "=", 2, "tea"), ask("keywords:frequency", "=", 3, "milk")),
        (ask("keywords:frequency", "<", 2, "tea"), ask("keywords:forbidden_words", "not", "tea")),
        (ask("language:response_language", "=", "hr"), ask("language:response_language", "=", "sr")),
        (ask("startend:end_checker", "", "That is the end."), ask("startend:end_checker", "", "The end.")),
        (ask("change_case:english_lowercase"), ask("change_case:capital_word_frequency", "<", 3)),
    ],
)
def test_what_can_be_done_together_is_no_conflict(one, other):
    assert list(conflicts([one, other])) == []
