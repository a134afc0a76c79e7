"""Micro-batches as tensors: only answers are learned, and rows that share a sequence keep their own positions."""

import pytest

from finetune.rows.examples import Example
from finetune.training.collate import NO_LOSS, micro_batch

LONG = Example(2, "a", prompt=(1, 5, 6), answer=(7, 8, 2))
SHORT = Example(3, "b", prompt=(1, 9), answer=(2,))
PAD = 4


def lists(inputs):
    return {name: tensor.tolist() for name, tensor in inputs.items()}


def test_rows_are_filled_on_the_right_and_only_answers_are_learned():
    assert lists(micro_batch([LONG, SHORT], PAD, packing=False)) == {
        "input_ids": [[1, 5, 6, 7, 8, 2], [1, 9, 2, PAD, PAD, PAD]],
        "attention_mask": [[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0]],
        "labels": [
            [NO_LOSS, NO_LOSS, NO_LOSS, 7, 8, 2],
            [NO_LOSS, NO_LOSS, 2, NO_LOSS, NO_LOSS, NO_LOSS],
        ],
    }


def test_the_pad_token_as_an_answer_is_learned():
    """A base without a pad token is padded with its EOS: the answer's own must still be learned."""
    assert lists(micro_batch([LONG, SHORT], 2, packing=False))["labels"][1][:3] == [NO_LOSS, NO_LOSS, 2]


def test_packed_rows_follow_one_another_each_from_position_0():
    assert lists(micro_batch([LONG, SHORT], PAD, packing=True)) == {
        "input_ids": [[1, 5, 6, 7, 8, 2, 1, 9, 2]],
        "position_ids": [[0, 1, 2, 3, 4, 5, 0, 1, 2]],
        "labels": [[NO_LOSS, NO_LOSS, NO_LOSS, 7, 8, 2, NO_LOSS, NO_LOSS, 2]],
    }


def test_a_packed_rows_first_token_is_never_learned_from_the_row_before_it():
    no_prompt = Example(4, "c", prompt=(), answer=(7, 2))
    assert lists(micro_batch([LONG, no_prompt], PAD, packing=True))["labels"][0][-2:] == [NO_LOSS, 2]


@pytest.mark.parametrize("packing", [True, False])
def test_all_tensors_are_whole_numbers(packing):
    assert {str(t.dtype) for t in micro_batch([LONG], PAD, packing=packing).values()} == {"torch.int64"}
