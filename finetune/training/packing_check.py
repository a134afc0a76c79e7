"""Whether packed rows stay apart, tried on the model itself: one that mixes them says nothing and learns wrong."""

from __future__ import annotations

from typing import Any

from finetune.model import libraries, random_state
from finetune.rows.examples import Example
from finetune.training.collate import packed
from quality.errors import ConfigError

ROW = 24
"""Tokens of each of the two rows that are tried; beyond the first few, more show nothing more."""


def demand_isolation(model: Any) -> None:
    """Lets packing go on.

    Raises:
        ConfigError: The installed transformers lets this model see other rows of its sequence.
    """
    if not packing_is_isolated(model):
        version = libraries.transformers().__version__
        raise ConfigError(
            f"--packing: transformers {version} does not keep packed rows of this model apart",
            remedy="leave --packing out, or install another version of transformers",
        )


def packing_is_isolated(model: Any) -> bool:
    """Whether what stands before a row in its sequence has no influence on it at all.

    Two passes differ in the first row's tokens only. Masked attention weighs those with exactly 0, so the second row's
    logits are the same bits; any leak changes them. Model and random numbers stay as they are.
    """
    torch = libraries.torch()
    with random_state.kept(), torch.no_grad():
        one, other = (_second_row(model, first, second=5) for first in (3, 4))
    return bool(torch.equal(one, other))


def _second_row(model: Any, first: int, second: int) -> Any:
    """The logits of the second of two rows of a sequence, each told by its seed."""
    vocabulary = model.config.vocab_size
    inputs = packed([_row(first, vocabulary), _row(second, vocabulary)])
    del inputs["labels"]
    libraries.torch().manual_seed(0)  # the same dropout in both passes: the model is tried as it trains
    device = next(model.parameters()).device
    return model(**{name: tensor.to(device) for name, tensor in inputs.items()}).logits[0, ROW:]


def _row(seed: int, vocabulary: int) -> Example:
    """Any tokens, other ones for another seed."""
    tokens = tuple((seed * 7919 + place * 104729) % vocabulary for place in range(ROW))
    return Example(row=0, id="", prompt=tokens[:1], answer=tokens[1:])
