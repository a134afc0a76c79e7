"""Courtesies at both ends are found and taken away; what carries content is left."""

import pytest

from quality import guide, prompt
from quality.checks.fillers import CHECK, measure
from quality.fix import apply
from quality.model import Finding, Row
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())
SLEEP = "How do I sleep better?"


def findings(output, instruction=SLEEP):
    row = Row(2, 2, "a", instruction, output)
    said = CHECK.judge(Context(row, prompt.read(instruction), INPUTS, {"output": measure(output)}))
    return [one for one in said if isinstance(one, Finding)]


def fixed(output, instruction=SLEEP):
    """The output with the safe corrections applied."""
    return apply(output, [one.fix for one in findings(output, instruction) if one.fix and one.fix.safe])


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("Certainly! Here are three tips: sleep early.", "Here are three tips: sleep early."),
        ("Sure, here are three tips: sleep early.", "Here are three tips: sleep early."),
        ("Sure thing! I'd be happy to help you with that.\n\nSleep early, please.", "Sleep early, please."),
        ("Hello! I’m here to help.\n\n1. Sleep early.\n2. Wake early.", "1. Sleep early.\n2. Wake early."),
        ("Of course, I can help with that. Sleep early and wake early.", "Sleep early and wake early."),
        ("Great! Got it. Sleep early and wake early.", "Sleep early and wake early."),
        ("Sleep early and wake early.\n\nI hope this helps!", "Sleep early and wake early."),
        (
            "Sleep early and wake early. I hope this helps! If you have any questions, feel free to ask. 😊\n",
            "Sleep early and wake early.",
        ),
        (
            "Sleep early:\n- no phone\n\n---\n\nLet me know if you need anything else!",
            "Sleep early:\n- no phone",
        ),
        (
            "Certainly! Sleep early and wake early. Is there anything else I can help you with?",
            "Sleep early and wake early.",
        ),
    ],
)
def test_fillers_go_and_the_answer_stays_well_formed(output, expected):
    assert fixed(output) == expected
    assert findings(expected) == []


@pytest.mark.parametrize(
    ("instruction", "output"),
    [
        (SLEEP, "Here are five tips for better sleep: go to bed early."),
        (SLEEP, "Certainly!"),
        (SLEEP, "Sure! I hope this helps!"),
        (SLEEP, "Surely the bed matters most of all."),
        (SLEEP, "Go to bed early. Good luck!"),
        (SLEEP, "Go to bed early. If you have concerns, see a doctor."),
        (SLEEP, "Go to bed early. Let me know which bed you have."),
        (SLEEP, "I'd be happy to discuss sleep without naming any drug. Go to bed early."),
        ("Is it good to sleep early?", "Absolutely! The body needs rest."),
        ("Should I sleep more?", "Of course. The body needs rest."),
        ("Hello! How are you?", "Hello! All is well with this machine today."),
        ("Write an e-mail to Ann.", "Hi Ann! The bed is here. Let me know if you have any questions."),
        ("Write a story about a bed.", "Sure! said the bed to the boy. I hope you like it."),
        ("Write a dialogue between two waiters.", "Certainly! I'd be happy to help. The soup is hot."),
        (
            "Make a hotel questionnaire.",
            "1. How did you sleep?\n2. Is there anything else you would like to mention?",
        ),
    ],
)
def test_what_carries_content_or_belongs_to_the_text_stays(instruction, output):
    assert findings(output, instruction) == []


def test_a_frame_around_a_text_is_filler_even_for_a_text_of_its_own():
    assert (
        fixed("Of course! Here is a poem:\n\nRain, rain.", "Write a poem about rain.")
        == "Here is a poem:\n\nRain, rain."
    )


@pytest.mark.parametrize(
    "output",
    [
        "Sure! However, it depends on the bed and on you.",
        "Sure, iPhone light keeps you awake at night.",
        "Sleep early and wake early:\n\nI hope this helps!",
        "**Sleep early and wake early. I hope this helps!**",
        "Sleep early and wake early. Would you like me to add more tips?",
    ],
)
def test_what_needs_a_look_is_no_safe_correction(output):
    assert findings(output)
    assert fixed(output) == output
