"""Loops are found whatever they are wrapped in; what chat repeats rightly is left alone."""

import time

import pytest

from quality import guide, prompt
from quality.checks.repetition import CHECK
from quality.model import Row
from quality.rule import Context, Inputs
from quality.text.repeats import repeats

INPUTS = Inputs(guide=guide.load())


def findings(output, instruction="Why is the sky blue?"):
    row = Row(2, 2, "a", instruction, output)
    context = Context(row, prompt.read(instruction), INPUTS, {"output": repeats(output)})
    return list(CHECK.judge(context))


def codes(output, instruction="Why is the sky blue?"):
    return [finding.code for finding in findings(output, instruction)]


LOOPS = {
    "lines": "Be kind to others.\n" * 8,
    "numbered lines": "\n".join(f"{n}. Be kind" for n in range(1, 20)),
    "numbered lines joined": " ".join(f"{n}. Be kind" for n in range(1, 20)),
    "sentences": "It rained all day in the hills. We stayed inside. " * 4,
    "one word": "The sky is " + "very " * 30 + "blue.",
    "at the end": "Light is scattered by air. The blue part more so" + " and more so" * 10,
    "other case and signs": "Light is scattered BY AIR, they say! light: is scattered (by air) they say. "
    * 3,
    "invisible characters": "It rained all day in the hills. It rained all d\u200bay in the hills. " * 3,
    "chinese": "天空是蓝色的因为光" * 6,
    "laughter in signs": "😂" * 40,
}
WRAPPERS = {
    "nothing": "{}",
    "fence": "```\n{}\n```",
    "fence with a language": "```python\n{}\n```",
    "quotation marks": '"{}"',
    "block quote": "> {}",
    "table": "| a |\n|---|\n| {} |",
    "bold": "**{}**",
    "comment": "<!-- {} -->",
    "words in front": "Here is the answer that you wanted: {}",
}


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("loop", LOOPS)
def test_a_loop_is_found_in_any_wrapper(loop, wrapper):
    assert set(codes(WRAPPERS[wrapper].format(LOOPS[loop]))) & {"REP001", "REP002", "REP003"}


FINE = {
    "empty": "",
    "short": "Blue.",
    "short twice": "Yes, yes!",
    "labels": "\n\n".join(f"Day {n}\nBreakfast: {a}\nLunch: {b}" for n, (a, b) in enumerate(
        [("eggs", "soup"), ("toast", "rice"), ("fruit", "fish"), ("oats", "salad"), ("rolls", "pasta")])),
    "menu": "\n".join(f"- {w} with rice and beans" for w in ("Chicken", "Tofu", "Fish", "Beef", "Pork")),
    "anaphora": "I have a dream of peace. I have a dream of bread. I have a dream of rain.",
    "code": "Use a loop:\n```python\n" + "\n".join(f"print(values[{n}], end='')" for n in range(20)) + "\n```",
    "table": "| Plan | Support | Price |\n|---|---|---|\n" + "\n".join(
        f"| P{n} | by e-mail on working days only | {n} euros |" for n in range(12)),
    "figures": "The matrix is\n" + "1 0 0 0 1 0 0 0 1\n" * 3,
}  # fmt: skip


@pytest.mark.parametrize("text", FINE)
def test_what_chat_repeats_rightly(text):
    assert codes(FINE[text]) == []


def test_a_chorus_is_fine_in_a_song_and_nowhere_else():
    chorus = (
        "Sail on, sail on, my silver boat,\nthe night is long, the harbour remote,\nand all of us afloat.\n\n"
    )
    song = f"Morning light\n\n{chorus}Evening came and took the day away\n\n{chorus}Goodbye now, little bay."
    assert codes(song, "Write a song about a boat.") == []
    assert codes(song, "Explain how boats float.") == ["REP001"]


def test_the_span_is_the_second_occurrence():
    sentence = (
        "The heart pumps blood through the lungs, where it takes up oxygen, and then to the whole body. "
    )
    output = sentence + "It beats seventy times a minute. " + sentence + "Exercise makes it stronger."
    (finding,) = findings(output)
    assert finding.code == "REP002"
    assert output[finding.start : finding.end] + ". " == sentence
    assert finding.start > len(sentence)
    assert finding.detail["words"] == 18


def test_spans_count_invisible_characters():
    output = "\u200bIt rained all day in the hills.\n" * 4
    (finding,) = findings(output)
    assert output[finding.start : finding.end].startswith("It rained")


@pytest.mark.parametrize(
    ("instruction", "output", "flagged"),
    [
        ("How do plants make their food?", "How do plants make their food? By photosynthesis.", True),
        (
            "How do plants make their food?",
            "Question: How do plants make their food?\nBy photosynthesis.",
            True,
        ),
        ("How do plants make their food?", "How do plants make their food is an old question.", False),
        ("How do plants make their food?", "Plants make their food by photosynthesis.", False),
        ("Why?", "Why? Because.", False),
        ("Rewrite the sentence that you are given.", "Rewrite the sentence that you are given.", False),
        ("Correct it: He go to the old mill.", "Correct it: He go to the old mill.", False),
    ],
)
def test_echo(instruction, output, flagged):
    assert ("REP004" in codes(output, instruction)) is flagged


HOSTILE = {
    "parentheses": "(" * 200_000,
    "zero width": "\u200b" * 200_000,
    "one word": "a" * 200_000,
    "words": "word " * 40_000,
    "two words": "to be " * 32_000,
    "rows": "".join(f"Row {n} is like the row before it.\n" for n in range(5_600)),
    "bars": "| " * 100_000,
    "bar lines": "|\n" * 100_000,
    "fences": "```\n" * 50_000,
    "marks": "e\u0301" * 100_000,
    "fibonacci": (lambda a, b: [(a := a + b, b := a)[0] for _ in range(25)][-1])("a b ", "c ")[:200_000],
    "digits": "1. " * 66_000,
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_the_longest_cell_costs_little(shape):
    start = time.process_time()
    repeats(HOSTILE[shape])
    assert time.process_time() - start < 3
