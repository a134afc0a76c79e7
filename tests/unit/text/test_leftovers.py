"""Marks of templates, turns of others, words for nothing."""

import pytest

from quality.text import leftovers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lima.<|im_end|>", "<|im_end|>"),
        ("[INST] hello", "[INST]"),
        ("Hello {{ name }}!", "{{ name }}"),
        ("### Response:\nLima.", "### Response:"),
        ("[Your answer here]", "[Your answer"),
        ("Lima.</s>", "</s>"),
    ],
)
def test_mark(text, found):
    start, end = leftovers.mark(text)
    assert text[start:end].startswith(found)


@pytest.mark.parametrize(
    "text",
    [
        "Dear [Name],",
        "### Instructions:\n1. Mix.",
        "`<|im_end|>` ends a turn.",
        "```\n{{ name }}\n```",
        "${{ matrix.os }}",
        "<s>old</s> new",
    ],
)
def test_no_mark(text):
    assert leftovers.mark(text) is None


def test_label():
    assert leftovers.label("Output: Lima") == (0, 7)
    assert leftovers.label("The output: Lima") is None


def test_second_turn_needs_a_first_one():
    assert leftovers.second_turn("### Human: Hi\n") is None
    text = "Lima.\n\n### Human: And Chile?"
    assert text[slice(*leftovers.second_turn(text))] == "### Human:"


def test_second_turn_with_plain_labels_needs_its_answer():
    assert leftovers.second_turn("Lima.\nQuestion: And Chile?") is None
    assert leftovers.second_turn("Lima.\nQuestion: And Chile?\nAnswer: Santiago.") is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("N/A", "no"),
        ("<nooutput>", "no"),
        ("-", "no"),
        ("None.", "maybe"),
        ("Na", "no"),
        ("😺", ""),
        ("42", ""),
        ("", ""),
        ("  \n", ""),
        ("No, it is not.", ""),
    ],
)
def test_empty_words(text, said):
    assert leftovers.empty_words(text) == said


def test_lowered_keeps_the_length():
    assert leftovers.lowered("İSTANBUL’S") == "İstanbul's"
