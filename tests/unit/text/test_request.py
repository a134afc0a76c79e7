"""Prompts as people type them: root verb and object, tone, and the marks of haste."""

import pytest

from quality.checks.prompts import slips
from quality.text.request import MAX_CHARACTERS, request, singular


@pytest.mark.parametrize(
    ("prompt", "root"),
    [
        ("Write a short story about a fox.", ("write", "story")),
        ("Please could you give me three tips for a good night?", ("give", "tip")),
        ("You are a chef. Suggest two dishes without meat.", ("suggest", "dish")),
        ("Explain the difference between a cello and a viola.", ("explain", "difference")),
        ("What is the capital of Peru?", ("what", "capital")),
        ("Explain how a lock works", ("explain", "")),
        ("Ferries, mostly.", ("", "")),
        ("", ("", "")),
    ],
)
def test_the_root_is_a_verb_of_request_or_the_questions_word(prompt, root):
    assert request(prompt).root == root


@pytest.mark.parametrize(
    ("prompt", "tone"),
    [
        ("Where is Lund?", "question"),
        ("Could you tell me where Lund is?", "polite question"),
        ("Name a river.", "command"),
        ("Please name a river.", "polite command"),
        ("My roof leaks.", "statement"),
    ],
)
def test_the_tone_is_told_by_form_and_courtesy(prompt, tone):
    assert request(prompt).tone == tone


@pytest.mark.parametrize(
    ("prompt", "informal"),
    [
        ("Name a river.", False),
        ("Who wrote Emma?", False),
        ("name a river", True),
        ("Name a river in Peru", True),
        ("Can i swim in it?", True),
        ("Whats that??", True),
    ],
)
def test_what_is_typed_in_haste_is_informal(prompt, informal):
    assert request(prompt).informal is informal


def test_a_slip_is_a_rare_word_near_to_a_common_one():
    assert slips("whats the differnce between a cello and a viola") == ["differnce"]
    assert slips("Compare Kierkegaard with akathisia in a sonnet") == []


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("tips", "tip"),
        ("stories", "story"),
        ("dishes", "dish"),
        ("recipes", "recipe"),
        ("christmas", "christmas"),
    ],
)
def test_a_plural_is_taken_back_to_a_known_word(plural, one):
    assert singular(plural) == one


@pytest.mark.parametrize("piece", ["hi ", "please ", "a ", "write ", "?", "\n", "i ", "zzxq ", "“"])
def test_only_the_beginning_of_a_long_prompt_is_read(piece):
    whole, beginning = request(piece * 50_000), request((piece * 50_000)[:MAX_CHARACTERS])
    assert whole == beginning
