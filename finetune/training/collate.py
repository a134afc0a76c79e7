"""A micro-batch's rows as the tensors that the model takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from finetune.rows.examples import Example

NO_LOSS = -100
"""Label of a token that is read but not learned: the prompt and the padding."""


def padded(rows: Sequence[Example], pad: int) -> dict[str, Any]:
    """The rows side by side, filled on the right: `input_ids`, `attention_mask`, `labels`, each `[rows, longest]`.

    Only answers are learned: a prompt's labels are `NO_LOSS`.
    """
    import torch

    shape = (len(rows), max(row.length for row in rows))
    input_ids = torch.full(shape, pad, dtype=torch.long)
    attention_mask = torch.zeros(shape, dtype=torch.long)
    labels = torch.full(shape, NO_LOSS, dtype=torch.long)
    for place, row in enumerate(rows):
        input_ids[place, : row.length] = torch.tensor(row.prompt + row.answer)
        attention_mask[place, : row.length] = 1
        labels[place, len(row.prompt) : row.length] = torch.tensor(row.answer)
    return {"input_ids": input_ids, "attention_mask": attention_mask, "labels": labels}


def packed(rows: Sequence[Example]) -> dict[str, Any]:
    """The rows one after the other in one sequence: `input_ids`, `position_ids`, `labels`, each `[1, total]`.

    Positions start again at each row: by them alone the model keeps the rows apart, so there is no mask. A row's first
    token has no label, since the token before it is another row's.
    """
    import torch

    ids: list[int] = []
    positions: list[int] = []
    labels: list[int] = []
    for row in rows:
        ids += row.prompt + row.answer
        positions += range(row.length)
        labels += [NO_LOSS] * len(row.prompt) + list(row.answer)
        labels[-row.length] = NO_LOSS
    return {
        "input_ids": torch.tensor([ids]),
        "position_ids": torch.tensor([positions]),
        "labels": torch.tensor([labels]),
    }


def micro_batch(rows: Sequence[Example], pad: int, *, packing: bool) -> dict[str, Any]:
    """The rows as one forward pass takes them."""
    return packed(rows) if packing else padded(rows, pad)
