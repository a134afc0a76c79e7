"""Counts in every sensible reading."""

import pytest

from quality.text import counting
from quality.text.blocks import core
from quality.text.counting import Count, among

PROSE = "Tea is old. It is drunk hot."


@pytest.mark.parametrize(
    ("count", "relation", "number", "meets"),
    [
        (Count(8, 10), "=", 9, True),
        (Count(8, 10), "=", 11, False),
        (Count(8, 10), "<", 9, True),
        (Count(8, 10), "<", 8, False),
        (Count(8, 10), "<=", 8, True),
        (Count(8, 10), ">=", 10, True),
        (Count(8, 10), ">", 10, False),
        (Count(75, 85), "about", 100, True),
        (Count(70, 79), "about", 100, False),
        (Count(2, 2), "about", 3, True),
        (among({2, 5}), "=", 5, True),
        (among({2, 5}), "=", 3, False),
        (among({2, 5}), "<", 3, True),
    ],
)
def test_a_count_meets_a_number_if_some_reading_does(count, relation, number, meets):
    assert count.meets(relation, number, 0.2) is meets


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("", {0}),
        ("one two three", {3}),
        ("don't use well-known words", {4, 5, 6}),
        ("# Tea\n\nIt is old.", {3, 4}),
        ("Sure! Here it is:\n\nIt is old.", {3, 4, 7}),
        ("पुस्तकालय सुबह नौ बजे खुलता है", {6}),
        ("茶很老了", {2, 4}),
    ],
)
def test_words(text, readings):
    count = counting.words(text)
    assert {count.least, count.most} <= readings
    assert count.least == min(readings)
    assert count.most == max(readings)


@pytest.mark.parametrize(
    ("text", "number", "is_one"),
    [
        (PROSE, 2, True),
        (PROSE, 1, False),
        (PROSE, 3, False),
        ("Dr. Smith met Mr. J. Jones at 3.5 p.m. today.", 1, True),
        ('"Stop!" he said. She did.', 2, True),
        ("1. Tea is old.\n2. It is hot.", 2, True),
        ("* Tea\n* Coffee\n* Milk", 3, True),
        ("Sure! Here are two sentences:\n\n" + PROSE, 2, True),
        ("茶很老。它很热。", 2, True),
        ("no mark at all", 1, True),
        ("", 0, True),
    ],
)
def test_sentences(text, number, is_one):
    assert counting.sentences(text).meets("=", number) is is_one


@pytest.mark.parametrize(
    ("text", "numbers", "never"),
    [
        (f"{PROSE}\n\n{PROSE}", {2}, 3),
        (f"# Tea\n\n{PROSE}\n\n{PROSE}", {2, 3}, 4),
        (f"{PROSE}\n***\n{PROSE}\n***\n{PROSE}", {3}, 4),
        (f"{PROSE}\n\n* Tea is old.\n* It is hot.\n\n{PROSE}", {2, 3}, 5),
        (f"Sure! Here you go:\n\n{PROSE}\n\n{PROSE}", {2, 3}, 4),
    ],
)
def test_paragraphs(text, numbers, never):
    count = counting.paragraphs(text)
    assert all(count.meets("=", number) for number in numbers)
    assert not count.meets("=", never)


def test_stanzas_lines_characters_questions():
    poem = "# Tea\n\nLeaf of green\nin the hill\n\nCup of gold\nnever still"
    assert counting.stanzas(poem).meets("=", 2)
    assert not counting.stanzas(poem).meets("=", 4)
    assert counting.lines(poem).meets("=", 4)
    assert not counting.lines(poem).meets("=", 7)
    assert counting.characters("a b").meets("=", 2)
    assert counting.characters("a b").meets("=", 3)
    assert counting.questions("Why? How?").meets("=", 2)


def test_the_core_leaves_out_what_announces_and_what_takes_leave():
    assert core(f"Sure! Here is a poem:\n\n{PROSE}\n\nI hope this helps!").text == PROSE
    assert core(f"Here it is:\n{PROSE}").text == PROSE
    assert core(PROSE).text == PROSE
    text = f"Sure! Here you go:\n\n{PROSE}"
    span = core(text)
    assert text[span.start : span.end] == span.text
