"""What an answer restates of its prompt, and changes."""

import pytest

from quality.facts.given import claims

FIRM = "Introduce our firm. It was founded in 1998 by Maria Keller in the old harbour of Hamburg."


def read(instruction, output):
    return [(claim.computed, claim.stated) for claim in claims(instruction, output)]


def test_changed_number_and_name():
    answer = "Our firm was founded in 1989 by Maria Kellner in the old harbour of Hamburg."
    assert read(FIRM, answer) == [("1998", "1989"), ("Keller", "Kellner")]


@pytest.mark.parametrize(
    ("instruction", "output"),
    [
        (FIRM, "Our firm was founded in 1998 by Maria Keller in the old harbour of Hamburg."),
        (FIRM, "Maria Keller began in 1998; by 2005 there were 30 of us."),
        (FIRM + " Change the year.", "It was founded in 1989 by Maria Keller in the old harbour of Hamburg."),
        (
            "Bob has 12 apples in his basket and buys 3. How many apples has he?",
            "Bob has 15 apples in his basket.",
        ),
        (
            "Write a 2000 word essay on the safety of water.",
            "Here is a 1975 word essay on the safety of water.",
        ),
        (
            "Prove that if x > 12 and x is even then x is not prime.",
            "If x > 14 and x is even then x is not prime.",
        ),
        (
            "Describe the sleek white Calcatta quartz of the kitchen.",
            "The white Calacatta quartz of the kitchen shines.",
        ),
        ("Write of Canada and its lakes.", "Write of Canadas and its lakes."),
        ("", "Bob has 15 apples."),
        ("Bob has 12 apples.", ""),
    ],
)
def test_left_alone(instruction, output):
    assert read(instruction, output) == []


def test_a_number_that_the_answer_also_gives_rightly_was_computed():
    instruction = "Summarise: Bob has 12 apples in his basket and gives some to Anna."
    changed = "Bob has 15 apples in his basket and gives some to Anna."
    assert read(instruction, changed) == [("12", "15")]
    assert read(instruction, f"Bob has 12 apples in his basket and gives some to Anna. Later {changed}") == []


def test_the_same_number_in_words_is_the_same():
    instruction = "Summarise: Bob has 12 apples in his basket and gives some to Anna."
    assert read(instruction, "Bob has twelve apples in his basket and gives some to Anna.") == []


def test_labels_tell_places_apart():
    instruction = "Plan. Person1: available from 9 to 11, meeting time 30 min each day."
    assert read(instruction, "Person4: available from 10 to 11, meeting time 30 min each day.") == []
