"""Counts of the answer's own lists, letters and words."""

import pytest

from quality.facts.counts import claims

BULLETS = "- Drink water.\n- Walk.\n- Rest.\n- Eat fruit.\n"
NUMBERS = "1. Drink water.\n   - often\n2. Walk.\n\n   Every day.\n\n3. Rest.\n4. Eat fruit.\n"


def read(text):
    return [claim.holds for claim in claims("", text)]


@pytest.mark.parametrize(
    "items", [BULLETS, NUMBERS, "\n" + NUMBERS, "### 1. A\ntext\n### 2. B\ntext\n### 3. C\n### 4. D"]
)
@pytest.mark.parametrize(
    "announcement",
    [
        "Here are {} tips:",
        "Sure! Here are {} simple tips.",
        "There are {} main types:",
        "It is divided into {} parts:",
    ],
)
def test_announced_list(announcement, items):
    assert read(f"{announcement.format('four')}\n{items}") == [True]
    assert read(f"{announcement.format(4)}\n{items}\nGood luck!") == [True]
    assert read(f"{announcement.format('five')}\n{items}") == [False]
    assert read(f"{announcement.format(3)}\n{items}") == [False]


@pytest.mark.parametrize(
    "text",
    [
        f"Here are five more tips:\n{BULLETS}",
        f"Here are at least five tips:\n{BULLETS}",
        f"Here are 5-7 tips:\n{BULLETS}",
        f"Here are the first five of ten tips:\n{BULLETS}",
        f"Here are six tips:\n{BULLETS}\nOutdoors:\n{BULLETS}",
        f"Here are six tips:\n{NUMBERS}\nOutdoors:\n{NUMBERS}",
        f"Here are six tips:\n\n**Indoors**\n{BULLETS}",
        "Here are three tips:\n1. A\n1. B\n1. C\n",
        f"Watching three long episodes feels easier:\n{BULLETS}",
        f"A queue can be built with two stacks as follows:\n{NUMBERS}",
        f"Wait for 5 minutes:\n{BULLETS}",
        "Here are five tips: drink, walk, rest.",
        "",
    ],
)
def test_uncertain_lists_are_left_alone(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ('The word "strawberry" has three r\'s.', True),
        ('The word "strawberry" has 2 r\'s.', False),
        ("There are two r's in the word strawberry.", False),
        ('The letter "r" appears 3 times in "strawberry".', True),
        ("“banana” has 5 letters.", False),
        ('"banana" has three vowels.', True),
        ('"rhythm" contains 1 vowels.', True),  # with y
        ('The sentence "I like tea" has four words.', False),
        ('The sentence "I like tea" has three words.', True),
    ],
)
def test_letters_and_words(text, holds):
    assert read(text) == [holds]


@pytest.mark.parametrize(
    "text", ["The word limit has 20 letters.", "He has 2 a day.", 'The "user" has 3 apples.']
)
def test_no_claim_about_letters(text):
    assert read(text) == []


def test_word_count_at_the_end():
    sea = "The sea is wide and blue and it never rests for long."
    assert read(f"{sea}\n\n(12 words)") == [True]
    assert read(f"{sea}\n\n**Word count: 12**") == [True]
    assert read(f"Sure, here it is:\n\n{sea}\n\nWord count: 12") == [True]
    assert read(f"{sea}\n\n(47 words)") == [False]
    assert read(f"{sea} Introduction (200 words) and more of it follows here.") == []
    assert read("(47 words)") == []


def test_message_and_span():
    text = f"Here are five tips:\n{BULLETS}"
    (claim,) = claims("", text)
    assert claim.message == "five tips are announced, and 4 follow"
    assert text[claim.start : claim.end] == "five tips"
