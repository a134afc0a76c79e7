"""Prompts → answers: sorted, left-padded, a batch at a time, greedy.

Longest prompts first, so that running out of memory shows at once; then the batch is halved and nothing that was
finished is lost. Padding stands on the left, where it changes no answer: with padding on the right, or without the
attention mask, the same prompt is answered differently in another batch.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finetune.model import out_of_memory
from quality.errors import HardwareError, ProofgateError

if TYPE_CHECKING:
    import torch


EXPANDABLE = "expandable_segments:True"


@dataclass(frozen=True, slots=True)
class Finished:
    """One answered prompt.

    Attributes:
        index: The prompt's place in what was given.
        ids: The answer's tokens, without the end-of-text token.
        cut: Whether it ended at `max_new_tokens` and not by itself.
    """

    index: int
    ids: tuple[int, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Halved:
    """The memory did not suffice; the rows go on in smaller batches.

    Attributes:
        batch_size: Rows of a batch from now on.
    """

    batch_size: int


def allow_growth(torch: str | None = None, environment: MutableMapping[str, str] = os.environ) -> bool:
    """Lets torch's GPU allocator grow its segments, and says whether it will; only what is set before it loads counts.

    The key-value cache is copied to a longer one at every token; with fixed segments the old lengths leave holes that
    nothing fits into. A user's own setting stays.

    Args:
        torch: Its version; None stands for a late one.
    """
    from packaging.version import Version

    old, new = "PYTORCH_CUDA_ALLOC_CONF", "PYTORCH_ALLOC_CONF"
    reads = (old,) if torch and Version(torch) < Version("2.9") else (new, old)
    own = next((environment[name] for name in reads if name in environment), None)
    if own is None:
        environment[reads[0]] = own = EXPANDABLE
    return EXPANDABLE in own


def decoding(max_new_tokens: int) -> Mapping[str, Any]:
    """How answers are drawn, for the record."""
    return {"do_sample": False, "num_beams": 1, "max_new_tokens": max_new_tokens, "padding": "left"}


def generate(
    model: Any,
    prompts: Sequence[Sequence[int]],
    *,
    pad: int,
    eos: int,
    max_new_tokens: int,
    batch_size: int,
) -> Iterator[tuple[Finished, ...] | Halved]:
    """The answers, batch after batch, longest prompts first.

    The same text for any batch size, as far as the model's arithmetic is the same for any. The model is left in
    evaluation mode.

    Args:
        model: A causal language model of transformers, with an adapter or without.
        prompts: Token ids, BOS included; none empty.
        batch_size: Rows at once, 1 or more.

    Raises:
        HardwareError: The memory does not suffice for one row alone.
        ProofgateError: The model computes NaN.
    """
    model.eval()
    waiting = sorted(range(len(prompts)), key=lambda index: (-len(prompts[index]), index))
    with _plain_decoding(model):
        while waiting:
            batch = waiting[:batch_size]
            rows = [prompts[index] for index in batch]
            answers = _answered(model, rows, pad, eos, max_new_tokens)
            if answers is None:
                out_of_memory.release(model)
                batch_size = _half(len(batch), len(rows[0]), max_new_tokens)
                yield Halved(batch_size)
                continue
            waiting = waiting[len(batch) :]
            yield tuple(_finished(*one, eos) for one in zip(batch, answers, strict=True))


def _half(rows: int, prompt_tokens: int, new_tokens: int) -> int:
    """Half as many rows.

    Raises:
        HardwareError: It was one row alone.
    """
    if rows == 1:
        raise HardwareError(
            f"the memory does not suffice for one prompt of {prompt_tokens:,} tokens with {new_tokens:,} new ones",
            remedy="lower --max-new-tokens, end other processes on this machine, or take a smaller base model; "
            "what is finished is kept",
        )
    return rows // 2


def _answered(
    model: Any, rows: Sequence[Sequence[int]], pad: int, eos: int, max_new_tokens: int
) -> list[list[int]] | None:
    """The new tokens of each row, those after the end included; None when the memory did not suffice."""
    import torch

    scores = _Watched()
    try:
        ids, mask = _left_padded(rows, pad, model.device)
        with torch.inference_mode():
            out = model.generate(
                input_ids=ids,
                attention_mask=mask,
                generation_config=_greedy(pad, eos, max_new_tokens),
                logits_processor=[scores],
            )
        scores.refuse_nan()
        return out[:, ids.shape[1] :].tolist()
    except (RuntimeError, MemoryError) as error:
        if not out_of_memory.is_out_of_memory(error):
            raise
        return None


def _left_padded(rows: Sequence[Sequence[int]], pad: int, device: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and attention mask, both [batch, longest], with what stands before a shorter prompt masked."""
    import torch

    width = max(map(len, rows))
    ids = [[pad] * (width - len(row)) + list(row) for row in rows]
    mask = [[0] * (width - len(row)) + [1] * len(row) for row in rows]
    return torch.tensor(ids, device=device), torch.tensor(mask, device=device)


def _greedy(pad: int, eos: int, max_new_tokens: int) -> Any:
    from transformers import GenerationConfig

    return GenerationConfig(
        do_sample=False,
        num_beams=1,
        use_cache=True,
        max_new_tokens=max_new_tokens,
        pad_token_id=pad,
        eos_token_id=eos,
    )


class _Watched:
    """Scores [batch, vocabulary] as they are, with a note of any NaN: the choice among NaN is a silent token 0."""

    def __init__(self) -> None:
        self._nan: torch.Tensor | None = None

    def __call__(self, ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        del ids  # the interface has them
        nan = scores.isnan().any()  # stays on the device: to look at every step would make the GPU wait
        self._nan = nan if self._nan is None else self._nan | nan
        return scores

    def refuse_nan(self) -> None:
        """Looks once, after the batch.

        Raises:
            ProofgateError: A score was NaN.
        """
        if self._nan is not None and bool(self._nan):
            raise ProofgateError(
                "the model computes NaN, so that its answers would mean nothing",
                remedy="the adapter or the base is damaged, or the training diverged: train again with a lower "
                "learning rate",
            )


@contextmanager
def _plain_decoding(model: Any) -> Generator[None]:
    """The base's own ways of drawing (temperature, penalties, a list of ends) set aside: `generate` mixes them in."""
    from transformers import GenerationConfig

    owner = model.get_base_model() if hasattr(model, "get_base_model") else model
    own, owner.generation_config = owner.generation_config, GenerationConfig()
    try:
        yield
    finally:
        owner.generation_config = own


def _finished(index: int, tokens: Sequence[int], eos: int) -> Finished:
    """The answer up to its end; the rows of a batch that ended earlier are padded to the longest."""
    ended = eos in tokens
    return Finished(index, tuple(tokens[: tokens.index(eos)] if ended else tokens), cut=not ended)
