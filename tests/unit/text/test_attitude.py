"""How a sentence meets its reader: cues that add up, courtesy that takes away, talk about the talk."""

import pytest

from quality.text.attitude import SURE, discourtesy, is_kind, small_talk
from quality.text.contraries import are_contrary
from quality.text.prose import words


def score(text, **more):
    return discourtesy(text, [word.lower() for word in words(text)], **more)


@pytest.mark.parametrize(
    "text",
    [
        "Honestly, were you too lazy to read the manual?",
        "Ugh, what a silly thing to bother me with.",
        "Listen, buddy, this is not my problem.",
        "I have no patience for people like you.",
        "A trained donkey could fill in this form.",
        "If you can't even spell it, give up now.",
        "You are too lazy to look up a single word.",
        "Who cares what the form is called?",
        "How am I supposed to know what your aunt likes?",
        "Sure, because I enjoy answering this all day.",
        "Was that really so hard to find?",
        "The plan is utter garbage from the first page.",
        "Good grief, open your eyes next time.",
        "Only a fool would pack that way, only idiots do.",
        "It's the red button, genius.",
    ],
)
def test_scorn_and_familiarity(text):
    assert score(text) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "Bees make honey from nectar, which they thicken.",
        "If you do not drink enough, you may feel tired.",
        "I hope this helps, and please do not hesitate to ask me for more!",
        "Thank you for your question; I am happy to help.",
        "Do you have a pen, and can you write your name with it?",
        "You will want to take a large pan, and then you can add the onions.",
        "When you are sick, eat foods that are easy to digest.",
        "By vehicles I mean cars, vans and bicycles.",
        "Have you ever wondered how far away the stars are?",
        "Take your time and sip slowly.",
        "I am sorry for your loss, and I wish you strength.",
        "Most children learn to ride a bicycle before they are eight.",
        "",
    ],
)
def test_matter_and_courtesy(text):
    assert score(text) < 1


def test_a_phrase_that_is_rude_anywhere_is_sure():
    assert score("You are an idiot.") >= SURE > score("Bravo, what a careless, clumsy, childish job.")


def test_words_that_both_versions_have_count_for_nothing():
    assert score("a pathetic fallacy", without={"pathetic"}) < score("a pathetic fallacy")


def test_talk_about_the_talk():
    assert small_talk("Before we begin, let me thank you for this question.") > 1
    assert small_talk("The leaves dry in the sun.") == 0
    assert is_kind("I am delighted to help.")
    assert not is_kind("The leaves dry in the sun.")


def test_hostile_text_takes_no_time():
    for text in ("you " * 50_000, "!" * 200_000, "never " * 30_000 + "you", "(" * 200_000):
        assert score(text) >= 0


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("likely", "unlikely", True),
        ("north", "south", True),
        ("decrease", "increase", True),
        ("north", "north", False),
        ("age", "image", False),
        ("river", "lake", False),
    ],
)
def test_contraries(one, other, expected):
    assert are_contrary(one, other) is expected
    assert are_contrary(other, one) is expected
