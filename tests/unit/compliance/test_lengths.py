"""Numbers of words, sentences, paragraphs, items."""

import pytest

from quality.compliance.verdict import Case
from quality.compliance.verify import verify
from quality.model import Ask

WORDS, SENTENCES, PARAGRAPHS = (
    f"length_constraints:number_{unit}" for unit in ("words", "sentences", "paragraphs")
)
LINE = "Tea is old."


@pytest.mark.parametrize(
    ("kind", "relation", "value", "part", "output", "result"),
    [
        (WORDS, ">=", 3, "", LINE, "satisfied"),
        (WORDS, ">=", 4, "", LINE, "violated"),
        (WORDS, "<", 3, "", LINE, "violated"),
        (WORDS, "about", 4, "", LINE, "satisfied"),
        (WORDS, "=", "many", "", LINE, "unverifiable"),
        (WORDS, "<=", 3, "paragraph 2", f"{'word ' * 30}\n\n{LINE}", "satisfied"),
        (WORDS, "<=", 2, "paragraph 2", f"{'word ' * 30}\n\n{LINE}", "violated"),
        (WORDS, "<=", 2, "paragraph 9", f"{LINE}\n\n{LINE}", "violated"),
        (WORDS, "<=", 2, "the part with the joke", LINE, "unverifiable"),
        (SENTENCES, "=", 1, "each", "1. Tea is old.\n2. Milk is white.", "satisfied"),
        (SENTENCES, "=", 3, "each", "1. Tea is old.\n2. Milk is white.\n3. Rice is dry.", "violated"),
        (SENTENCES, "=", 3, "each", LINE, "unverifiable"),
        (PARAGRAPHS, "=", 2, "", f"{LINE}\n\n{LINE}", "satisfied"),
        (PARAGRAPHS, "=", 3, "", f"{LINE}\n\n{LINE}", "violated"),
        ("length:characters", "<=", 280, "", LINE, "satisfied"),
        ("length:characters", "<=", 5, "", LINE, "violated"),
        ("length:lines", "=", 2, "", f"{LINE}\n{LINE}", "satisfied"),
        ("length:lines", "=", 5, "", f"{LINE}\n{LINE}", "violated"),
        ("length:questions", ">=", 2, "", "Why? How?", "satisfied"),
        ("length:questions", ">=", 2, "", "Why?", "violated"),
        ("format:one_word", "", "", "", "Oolong.", "satisfied"),
        ("format:one_word", "", "", "", LINE, "violated"),
    ],
)
def test_counts(held, kind, relation, value, part, output, result):
    assert held(kind, output, relation, value, part=part).result == result


def test_a_named_divider_is_the_only_one(held):
    text = f"{LINE}\n\n{LINE}\n***\n{LINE}"
    asked = "Write 2 paragraphs, separated by the markdown divider ***."
    assert held(PARAGRAPHS, text, "=", 2, instruction=asked).result == "satisfied"
    assert held(PARAGRAPHS, text, "=", 3, instruction=asked).result == "violated"
    assert held(PARAGRAPHS, text, "=", 3).result == "satisfied"


@pytest.mark.parametrize(
    ("output", "value", "result"),
    [
        ("1. Assam\n2. Sencha\n3. Oolong", 3, "satisfied"),
        ("1. Assam\n2. Sencha", 3, "violated"),
        ("Here are 3:\n\n- Assam\n  - black\n- Sencha\n  - green\n- Oolong\n  - both", 3, "satisfied"),
        ("Assam, Sencha, and Oolong", 3, "satisfied"),
        ("| Tea | Land |\n|---|---|\n| Assam | India |\n| Sencha | Japan |", 2, "satisfied"),
        ("## Assam\nstrong\n\n## Sencha\nmild", 2, "satisfied"),
        ("Assam", 3, "violated"),
        (
            f"I like several kinds of tea. {LINE} {LINE} Assam is one that I drink. {LINE} {LINE} {LINE}",
            5,
            "unverifiable",
        ),
    ],
)
def test_items(held, output, value, result):
    assert held("length:items", output, "=", value, "items").result == result


def test_verses_are_counted_by_their_labels_too(held):
    song = "\n\n".join(f"Verse {n}:\nla la la\n\nChorus:\nlo lo lo" for n in (1, 2, 3))
    assert held("length:stanzas", song, "=", 3, "verses").result == "satisfied"
    assert held("length:stanzas", song, "=", 5, "verses").result == "violated"


@pytest.mark.parametrize(
    ("after", "part", "result"),
    [
        ("Write 2 sentences.", "", "satisfied"),
        ("Write 2 sentences for each of these people.", "", "violated"),
        ("Write 2 sentences, each separated by a blank line.", "each", "satisfied"),
    ],
)
def test_each(held, after, part, result):
    text = "- Ann is old.\n- Bob is young."
    ask = Ask(SENTENCES, "=", "2", "sentences", 6, 17, part)
    assert verify(Case(ask, after, text)).result == result


def test_what_is_given_is_told_in_words(held):
    assert held(WORDS, LINE, ">=", 50).given == "3 words"
    assert held(WORDS, "It's old", ">=", 50).given == "2 to 3 words"
    assert held(SENTENCES, LINE, ">=", 50).given == "1 sentence"


def test_an_ask_that_was_not_understood_blocks(held):
    assert held(WORDS, LINE, "=", "99999999").blocks
    assert not held("length:items", "I like tea and more tea, and so on and on.", "=", 4).blocks
