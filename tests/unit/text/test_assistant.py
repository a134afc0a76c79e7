"""What assistants say in place of an answer, and what only sounds like it."""

import pytest

from quality.text import assistant


@pytest.mark.parametrize(
    "text",
    [
        "i'm sorry, but i can't help with that.",
        "i cannot provide information on this topic. is there anything else i can help you with?",
        "as an ai language model, i am not able to write code.",
        "i apologize, but i should not give recommendations of this sort.",
        "unfortunately, i will not write this. if you have other questions, feel free to ask and i can suggest some.",
    ],
)
def test_refusal(text):
    start, end = assistant.refusal(text)
    assert text[start:end].startswith("i ")


@pytest.mark.parametrize(
    "text",
    [
        "i can't help but smile when i think of that summer.",
        "i cannot recommend this book enough.",
        "i can't give medical advice, so see a doctor.",
        "i can't give you the exact number. "
        + "here is how to estimate it: count a small part and multiply. " * 3,
        "the museum cannot provide parking, but the station is near.",
        "",
    ],
)
def test_no_refusal(text):
    assert assistant.refusal(text) is None


def test_late_limit_is_no_refusal():
    assert assistant.refusal("the answer is simple. " * 40 + "i cannot help with that.") is None


@pytest.mark.parametrize(
    "text",
    [
        "i've opened the link and read it.",
        "i have looked at the attached picture.",
        "i searched the web for the recipe.",
        "i sent the message to your inbox.",
        "i ran your code and it works.",
        "please find attached the report.",
        "in the image you sent there is a cat.",
    ],
)
def test_pretence(text):
    start, end = assistant.pretence(text)
    assert text[start:end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "once you have opened the link, sign in.",
        "when i visited the page in 2019 it was blue.",
        "she read the letter twice.",
        "several balloons attached to it lift the basket.",
    ],
)
def test_no_pretence(text):
    assert assistant.pretence(text) is None


@pytest.mark.parametrize(
    "text",
    ["as an ai language model, i have no car.", "i'm just an ai.", "as of my last update, it is open."],
)
def test_boilerplate(text):
    assert assistant.boilerplate(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "as an ai researcher, she knows.",
        "as an air pilot, he flies.",
        "as a consultant for ai, she knows.",
        "i am a nurse.",
    ],
)
def test_no_boilerplate(text):
    assert assistant.boilerplate(text) is None
