"""Curt and wordy answers are found, and padding does not help."""

import random

import pytest

from quality import guide, prompt
from quality.checks.length import CHECK
from quality.checks.length_spread import collect, finish, merge, statistics
from quality.model import Finding, NotApplicable, Row
from quality.rule import Context, Inputs
from quality.text.size import measure

INPUTS = Inputs(guide=guide.load())
WORDS = [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in "lmnrst"]


def text(words, seed=0):
    """So many words in which nothing repeats for long."""
    draw = random.Random(seed)
    return " ".join(draw.choice(WORDS) for _ in range(words))


def codes(instruction, output, facts=None, context=()):
    row = Row(2, 2, "a", instruction, output, context=context)
    said = CHECK.judge(Context(row, prompt.read(instruction), INPUTS, {"output": measure(output)}, facts))
    return [one.code for one in said if isinstance(one, Finding)]


@pytest.mark.parametrize(
    ("instruction", "words", "expected"),
    [
        ("Write an essay on tides.", 5, ["LEN001"]),
        ("Write an essay on tides.", 400, []),
        ("Is water wet? Answer yes or no.", 1, []),
        ("Is water wet? Answer yes or no.", 400, ["LEN002"]),
        ("Name a fruit in one word.", 40, ["LEN002"]),
        ("Explain how tides work.", 3, ["LEN001"]),
        ("Explain how tides work.", 80, []),
        ("Explain how tides work.", 3000, ["LEN002"]),
        ("Who wrote Hamlet?", 1, []),
        ("Write a 300-word article on tea.", 12, ["LEN001"]),
        ("Write a 300-word article on tea.", 280, []),
        ("Write a 300-word article on tea.", 900, ["LEN002"]),
        ("Describe tea in at most 20 words.", 100, ["LEN002"]),
        ("Describe tea in at most 20 words.", 2, []),
        ("Give me 50 ideas for a party.", 6, ["LEN001"]),
        ("Explain how tides work, briefly.", 800, ["LEN002"]),
        ("Explain how tides work, briefly.", 150, []),
        ("Explain in detail how tides work.", 15, ["LEN001"]),
        ("Explain in detail how tides work.", 150, []),
        ("Is water wet?", 650, ["LEN002"]),
        ("Is water wet?", 300, []),
        ("Can you explain how tides work?", 650, []),
        ("Write 10 stories of under ten words.", 90, []),
        ("Write a 3-paragraph essay on tides.", 5, ["LEN001"]),
        ("Write a 3-paragraph essay on tides.", 60, []),
        ("Write a one-paragraph essay on tides.", 30, []),
        ("Write an essay of at most 3 paragraphs on tides.", 10, ["LEN001"]),
        ("Write a 20-paragraph essay on tides.", 5000, []),
        ("Is Pluto a planet? Yes or no only.", 85, ["LEN002"]),
    ],
)
def test_bounds(instruction, words, expected):
    assert codes(instruction, text(words)) == expected


@pytest.mark.parametrize("output", ["", " \n", "#NAME?", "#ERROR!", " #N/A "])
def test_a_cell_without_an_answer_has_no_length(output):
    row = Row(2, 2, "a", "List five birds.", output)
    context = Context(row, prompt.read(row.instruction), INPUTS, {"output": measure(output)}, None)
    assert [type(said) for said in CHECK.judge(context)] == [NotApplicable]


def test_an_error_value_amid_an_answer_does_not_excuse_it():
    assert codes("Write an essay on tides.", "#NAME? is all I know.") == ["LEN001"]


def test_padding_does_not_make_a_short_answer_long():
    for padded in ("Tides rise and fall. " * 60, "\n".join(["Tides rise and fall."] * 60), "tides " * 300):
        assert codes("Write an essay on tides.", padded) == ["LEN001"]


def test_scripts_without_spaces_and_pictures_have_words():
    assert measure("天空之所以是蓝色的，是因为空气分子散射阳光")["words"] >= 10
    assert measure("🐱😺🐾🧶")["words"] >= 2
    assert measure("∀x ∈ ℝ")["words"] >= 1
    assert measure("")["words"] == 0


def test_a_turn_of_a_conversation_is_held_to_no_kind():
    assert codes("Explain how tides work.", "Yes.", context=("Hello", "Hi")) == []


def rows_of(lengths):
    return [
        Row(n, n, str(n), f"Why is the sky blue on day {n}?", text(words, n))
        for n, words in enumerate(lengths)
    ]


def counted(rows):
    return collect(rows, [{"output": measure(row.output)} for row in rows], INPUTS)


def test_unusual_in_this_file():
    rows = rows_of([50 + n % 30 for n in range(100)])
    facts = finish(counted(rows), INPUTS)
    assert facts["explain"].rows == 100
    assert codes("Why is the sea salty?", text(900), facts) == ["LEN003"]
    assert codes("Why is the sea salty?", text(9), facts) == ["LEN003"]
    assert codes("Why is the sea salty?", text(120), facts) == []
    assert codes("Who wrote Hamlet?", text(300), facts) == []
    assert statistics(facts)["words_explain"]["median"] == facts["explain"].median


def test_few_rows_tell_no_distribution():
    assert finish(counted(rows_of([50] * 20)), INPUTS) == {}


def test_shards_join_to_the_same_facts():
    rows = rows_of([random.Random(n).randint(5, 200) for n in range(90)])
    whole = finish(counted(rows), INPUTS)
    a, b, c = counted(rows[:10]), counted(rows[10:60]), counted(rows[60:])
    assert finish(merge(merge(a, b), c), INPUTS) == finish(merge(a, merge(b, c)), INPUTS) == whole


def test_an_unmeasured_row_adds_nothing():
    rows = rows_of([30, 40])
    assert collect(rows, [{}, {"output": {"unmeasured": "too long"}}], INPUTS) == {}
