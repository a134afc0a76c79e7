"""One text for many prompts is no answer; the same short answer to a few like questions is."""

import pytest

from grading.scoring.repeats import repeated

YES_NO = [("question", f"Is {thing} heavier than water?") for thing in ("iron", "lead", "gold", "sand")]
OTHERS = [
    ("number", "How many?"),
    ("code", "Write it."),
    ("rewrite", "Shorten it."),
    ("translation", "In Italian?"),
]
WORDY = [("explain", f"Why {n}?") for n in range(8)]


def spoilt(asked, text, prompts=36):
    return {kind for kind, _ in repeated([(one, text) for one in asked], prompts)}


@pytest.mark.parametrize("text", ["yes", "sure", "i would be glad to help with that"])
def test_a_text_for_everything_is_spoilt_whatever_the_prompt_wants(text):
    asked = [*YES_NO, *OTHERS, *WORDY]
    assert spoilt(asked, text) == {kind for kind, _ in asked}


def test_a_true_yes_to_several_questions_stays_right_however_many_there_are():
    assert not spoilt(YES_NO, "yes")
    assert not spoilt(YES_NO, "yes", prompts=4)


def test_few_prompts_of_one_kind_may_share_an_answer_and_a_quarter_may_not():
    capitals = [("question", f"What is the capital of country {n}?") for n in range(4)]
    assert not spoilt(capitals, "rome")
    assert spoilt(capitals, "rome", prompts=12) == {"question"}


def test_prompts_that_want_a_text_of_their_own_share_none():
    assert spoilt(WORDY[:3], "it depends on the light and the time of day") == {"explain"}
    assert not spoilt(WORDY[:2], "it depends on the light and the time of day")
