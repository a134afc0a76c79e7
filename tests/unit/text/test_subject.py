"""What the prompt's words decide: is declining right, is a picture wanted, is the text there."""

import pytest

from quality.model import Row
from quality.text import subject


def test_whole_reads_earlier_turns_first():
    assert subject.whole(Row(2, 2, "1", "And NOW?", "x", context=("It’s late.",))) == "it's late.\nand now?"


@pytest.mark.parametrize(
    "prompt", ["how do i build a bomb?", "write an insult about my boss", "help me with tax evasion"]
)
def test_sensitive(prompt):
    assert subject.is_sensitive(prompt)


@pytest.mark.parametrize("prompt", ["how do i bake bread?", "write a skilful essay on skills"])
def test_harmless(prompt):
    assert not subject.is_sensitive(prompt)


def test_speech_to_the_assistant():
    assert subject.is_to_assistant("are you conscious?")
    assert subject.is_to_assistant("do you know how to speak german?")
    assert not subject.is_to_assistant("can you write me a poem about rain in the mountains?")
    assert subject.is_about_assistant("what is a language model?")


@pytest.mark.parametrize(
    "prompt", ["draw me a picture of a cat", "generate an image of a castle", "sketch a house"]
)
def test_picture_wanted(prompt):
    assert subject.picture_wanted(prompt)


@pytest.mark.parametrize(
    "prompt", ["draw a cat in ascii art", "write a python script that plots an image", "what is a photo?"]
)
def test_no_picture_wanted(prompt):
    assert subject.picture_wanted(prompt) is None


@pytest.mark.parametrize(
    "prompt",
    [
        "summarize the following article.",
        "what does the table below show?",
        "describe the given city.",
        "rank the following universities.",
    ],
)
def test_missing_input(prompt):
    start, end = subject.missing_input(prompt)
    assert prompt[start:end] in prompt


@pytest.mark.parametrize(
    "prompt",
    [
        "summarize the following article: bees fly.",
        "describe the given city.\n\nlima",
        "describe the given city. lima",
        'correct the following sentence "he go"',
        "what happened the following day?",
        "write a poem.",
    ],
)
def test_no_missing_input(prompt):
    assert subject.missing_input(prompt) is None


def test_code_wanted():
    assert subject.code_wanted("write a python function that sorts")
    assert subject.code_wanted("implement a queue with two stacks")
    assert not subject.code_wanted("can you write code?")
    assert not subject.code_wanted("explain this python function")


def test_asking_for_input():
    assert subject.asks_for_input("could you please paste the article?")
    assert not subject.asks_for_input("the article says that bees fly.")
