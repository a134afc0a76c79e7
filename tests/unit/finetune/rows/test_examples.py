"""Rows as ids: what is learned, and which rows are left out by name."""

import pytest

from finetune.rows import tokenizer
from finetune.rows.examples import Dropped, examples
from finetune.rows.prompt_template import answer_ids, load, prompt_ids
from quality.model import Row
from tests.tokenizer_kinds import save


@pytest.fixture
def base(tmp_path):
    return tokenizer.load(save("byte-level", tmp_path))


def row(number, instruction, output, **more):
    return Row(number, number, f"r{number}", instruction, output, **more)


def test_a_row_is_its_prompt_and_its_answer(base):
    template = load("alpaca")
    (one,), dropped = examples([row(2, "Say hi.", "Hi!")], template, base, 1024)
    assert dropped == ()
    assert (one.row, one.id) == (2, "r2")
    assert one.prompt == tuple(prompt_ids(template, "Say hi.", base))
    assert one.answer == tuple(answer_ids(template, "Hi!", base))
    assert one.length == len(one.prompt) + len(one.answer)
    assert (one.prompt[0], one.answer[-1]) == (base.bos, base.eos)


def test_earlier_turns_are_learned_from(base):
    (one,), _ = examples([row(2, "And now?", "Yes.", context=("Be brief.",))], load("alpaca"), base, 1024)
    assert "Be brief.\n\nAnd now?" in base.decode(list(one.prompt))


def test_rows_that_hold_nothing_to_learn_are_dropped(base):
    rows = [row(2, "a", " \n"), row(3, "", "b"), row(4, "a", "b"), row(5, "\t", "")]
    kept, dropped = examples(rows, load("alpaca"), base, 1024)
    assert [one.row for one in kept] == [4]
    assert dropped == (
        Dropped(2, "r2", "its output is empty"),
        Dropped(3, "r3", "its instruction is empty"),
        Dropped(5, "r5", "its instruction is empty"),
    )


def test_an_output_of_unknown_letters_alone_is_dropped(tmp_path):
    base = tokenizer.load(save("unigram", tmp_path))
    kept, dropped = examples([row(2, "a test", "漢字"), row(3, "a test", "text")], load("alpaca"), base, 1024)
    assert [one.row for one in kept] == [3]
    assert dropped == (Dropped(2, "r2", "its output holds nothing that the base's tokenizer can write"),)


def test_a_row_is_dropped_rather_than_cut(base):
    rows = [row(2, "a", "b " * 300), row(3, "a", "b")]
    (whole, short), _ = examples(rows, load("alpaca"), base, 10_000)
    kept, dropped = examples(rows, load("alpaca"), base, whole.length - 1)
    assert kept == (short,)
    said = f"has {whole.length:,} tokens; the limit is {whole.length - 1:,}"
    assert dropped == (Dropped(2, "r2", said, whole.length),)
    assert examples(rows, load("alpaca"), base, whole.length) == ((whole, short), ())
