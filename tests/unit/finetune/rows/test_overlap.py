from pathlib import Path

import pytest

from finetune.rows import overlap
from quality.errors import GateRefused
from quality.model import Row

TEST = Path("test.csv")


def row(row_id, instruction, *context):
    return Row(2, 2, row_id, instruction, "", context=context)


def test_white_space_and_case_make_no_other_instruction():
    asked = {overlap.key(row("1", text)) for text in ("What is it?", " what\tIS\n it? ", "WHAT IS IT?")}
    assert len(asked) == 1
    assert len(asked.pop()) == overlap.DIGITS


@pytest.mark.parametrize("other", [row("1", "What is it"), row("1", "What is it?", "You are a pirate.")])
def test_another_word_or_an_earlier_turn_makes_another_one(other):
    assert overlap.key(other) != overlap.key(row("1", "What is it?"))


def test_a_lone_surrogate_has_a_key_too():
    assert overlap.key(row("1", "\ud800"))


def test_no_common_instruction_is_no_refusal():
    overlap.refuse([row("a", "One?")], [row("a", "Two?")], TEST)


def test_the_refusal_names_both_ids_where_they_differ_and_shows_what_they_hide():
    train = [row("a", "One?"), row("b\n\x1b[2J", "Two?"), row("c", "Three?")]
    with pytest.raises(GateRefused) as told:
        overlap.refuse(train, [row("a", "ONE?"), row("x", "two?")], TEST)
    assert "2 rows" in told.value.what
    assert told.value.what.endswith(": a, b↵␛[2J (there x)")
    assert told.value.exit_code == 1
