"""Results that an answer states twice."""

import pytest

from quality.facts.results import claims

WORK = "She sold 48/2 = <<48/2=24>>24 clips in May.\nAltogether she sold 48+24 = <<48+24=72>>72 clips."


def wrong(text, instruction="How many?"):
    return [claim.message for claim in claims(instruction, text) if not claim.holds]


@pytest.mark.parametrize(
    "text",
    [
        f"{WORK}\n#### 72",
        f"{WORK}\n#### 72\nThe answer is 72.",
        "He pays 6*2.5=$<<6*2.5=15>>15.00\n#### 15",
        "It holds 4500*5=$<<4500*5=22500>>22,500\n#### 22500",
        "He drinks 2 liters * 20% = <<2*20*.01=.4>>.4 liters\n#### .4",
        "Half of it is <<60/2=30>>30, so thirty remain.\n#### 30",
        "She makes 5 + 3 = 8 cakes, a third of the 24.\n#### 24",
        "#### 5",
        "The ship had 2 * 2S = <<2*2=4>>4S people.",
    ],
)
def test_results_that_agree(text):
    assert not wrong(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{WORK}\n#### 73", "the final answer is 73, and the work comes to 72"),
        ("So 5 + 4 = 9.\nThe answer is 12.", "the final answer is 12, and the work comes to 9"),
        ("He has <<48/2=24>>25 clips.", "the calculation in << >> gives 24, the text after it says 25"),
        ("He has 48/2 = <<46/2=24>>24 clips.", "46/2 is 23, not 24"),
        (
            "He has 48/2 = <<44/2=22>>22 clips.",
            "the calculation in << >> is 44/2=22, the one before it 48 / 2",
        ),
    ],
)
def test_results_that_differ(text, message):
    assert message in wrong(text)


def test_a_number_of_the_prompt_may_be_the_answer():
    assert not wrong("So 5 + 4 = 9. The answer is 12.", "Which of 9 and 12 is larger?")
