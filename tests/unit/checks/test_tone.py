"""What is rude is found in the answer's own voice, and what others say in it is not."""

import pytest

from quality import guide, prompt, waive
from quality.checks.tone import CHECK, MAX_HITS, measure
from quality.model import Finding, Row
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())


def found(instruction, output):
    """Findings that nothing excuses, as code → the words found."""
    row, read = Row(2, 2, "a", instruction, output), prompt.read(instruction)
    said = CHECK.judge(Context(row, read, INPUTS, {"output": measure(output)}))
    findings = waive.waive([one for one in said if isinstance(one, Finding)], read, instruction)
    return {one.code: output[one.start : one.end] for one in findings if one.waived is None}


SKY = "Why is the sky blue?"


@pytest.mark.parametrize(
    ("output", "code", "words"),
    [
        ("It is the air, for f*ck's sake.", "TON001", "f*ck"),
        ("It is the air, you sh1thead.", "TON001", "sh1thead"),
        ("What the hell is a sky?", "TON001", "What the hell"),
        ("Air. F u c k off.", "TON001", "F u c k"),
        ("Ｓｈｉｔ, it is the air.", "TON001", "Ｓｈｉｔ"),
        ("You're such an idiot. It is the air.", "TON002", "You're such an idiot"),
        ("Immigrants are criminals. It is the air.", "TON002", "Immigrants are criminals"),
        ("Obviously, it is the air.", "TON003", "Obviously"),
        ("Everyone knows that it is the air.", "TON003", "Everyone knows"),
        ("It is the air, I'm gonna say.", "TON004", "gonna"),
        ("It is the air, if u want to know.", "TON004", "if u want"),
        ("THE SKY IS BLUE BY THE AIR. Look up.", "TON005", "THE SKY IS BLUE BY THE AIR."),
        ("It is the air!!!", "TON005", "!!!"),
        ("Just google it. It is the air.", "TON006", "Just google it"),
        ("That’s not my job. It is the air.", "TON006", "That’s not my job"),
        ("What a brilliant question! It is the air.", "TON008", "What a brilliant question"),
    ],
)
def test_the_words_are_found_where_they_stand(output, code, words):
    assert found(SKY, output) == {code: words}


@pytest.mark.parametrize(
    "output",
    [
        "They shouted “you idiot” and left.",
        'The sign says "Just google it" in red.',
        "Code: `you_idiot = 1` runs.",
        "```\nprint('shit happens, you moron')\n```\nThe program prints a line.",
        "> You are an idiot!!!\n\nThat is what the letter says.",
        "Ann: You are an idiot!\nBob: Shut up!\nAnn: No, you!\nBob: Never!!!",
        "The class discusses assets of Scunthorpe and a mishit ball with Matsushita.",
        "NASA, ESA, JAXA and ISRO are agencies; the UN and the EU are not.",
        "INTRODUCTION TO THE SKY\nThe air scatters light.",
        "1. She's Gotta Have It (1986)\n2. WTF with Marc Maron\n3. School Daze",
        "Lol is short for laughing out loud.",
        "You are not stupid to ask; it takes time.",
        "If it does not work, look it up in the manual or ask someone who knows.",
        "I'm sorry, but I cannot see the picture.",
        "The word fuck is Old Germanic.",
    ],
)
def test_others_words_and_near_words_stay_clean(output):
    assert found(SKY, output) == {}


@pytest.mark.parametrize(
    ("instruction", "output"),
    [
        ("Write a dialogue between two sailors.", "Damn it, you idiot, just google it!!!"),
        ("Write a rap about the sky.", "Yo, homies, it's gonna be blue, shit."),
        ("Translate into English: Du bist ein Idiot!", "You are an idiot!!!"),
        ("What does WTF mean?", "WTF is used in surprise."),
        ("Correct the grammar: he are a fucking fool", "He is a fucking fool."),
        (
            "Write an apology letter for a late parcel.",
            "I sincerely apologize. We are deeply sorry. Forgive me.",
        ),
        ("Roast me.", "You are an idiot."),
        ("Talk like a pirate. Why is the sky blue?", "It ain't the sea, and it's gonna stay."),
        ("Explain tides in all caps.", "THE MOON PULLS AT THE SEA AND IT RISES."),
    ],
)
def test_what_the_prompt_wants_or_gives_is_no_fault(instruction, output):
    assert found(instruction, output) == {}


@pytest.mark.parametrize(
    ("instruction", "output", "code"),
    [
        ("Write a casual note about rain.", "Rain again, you fucking idiots.", "TON001"),
        ("Talk like a pirate. Why is the sky blue?", "Arr, it be the shit in the air.", "TON001"),
        ("Write a story about a cat.", "The cat sat. Then the damn dog came.", "TON001"),
        ("Write an e-mail to a customer.", "Dear Ann, you are an idiot. Yours, Tom", "TON002"),
        ("You are a helpful assistant. Why is the sky blue?", "It's gonna be the air.", "TON004"),
    ],
)
def test_nothing_else_is_excused(instruction, output, code):
    assert code in found(instruction, output)


def test_apologies_count_together():
    one = "I'm sorry, I cannot see it. {} It is the air. {}"
    assert found(SKY, one.format("", "")) == {}
    assert set(found(SKY, one.format("I apologize for that.", "Sorry again!"))) == {"TON007"}
    assert set(found(SKY, "Please forgive me. It is the air.")) == {"TON007"}
    assert (
        found("My dog died.", "I'm so sorry for your loss. I'm so sorry to hear it. I am sorry you suffer.")
        == {}
    )


def test_a_text_full_of_rude_words_is_unmeasured_not_passed():
    assert "unmeasured" in measure("You are an idiot. " * (MAX_HITS + 1))
    assert "unmeasured" in measure("some words here and f*ck " * 300)
