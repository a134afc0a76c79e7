"""The GPU memory that training and predicting take, from first principles: every item is a formula with its reason.

Training has two moments that can be the highest. In the first, the backward pass starts at the logits; in the
second, it is in the last block, whose activations were just computed again. The larger of the two is the peak. What
the sums give was compared with peaks measured on a GPU: within 3% for Llama-2-7B at 1,024 to 8,192 tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from finetune.base_model.shapes import Shape
from finetune.recipe import Recipe

GIB = 1 << 30
HALF = 2
"""Bytes of a number in fp16 or bf16."""
SINGLE = 4
"""Bytes of a number in fp32."""
NF4_BITS = 4.127
"""Bits of a weight in NF4 with double quantisation: 4, and for 64 weights one 8-bit constant, and for 256 of those one
32-bit constant: 4 + 8/64 + 32/(64·256) (Dettmers et al. 2023, QLoRA, section 3)."""
ADAM = 2 * SINGLE
"""Bytes of Adam's two moments of a weight (Kingma and Ba 2015)."""
CONTEXT = round(0.45 * GIB)
"""CUDA's context and the kernels that are loaded into it, outside what torch counts; an estimate."""
ALLOCATOR = round(0.56 * GIB)
"""What torch's allocator holds and does not use, before the first token; measured."""
ALLOCATOR_SHARE = 0.26
"""The same as a share of one block's activations: blocks of other sizes than those that are asked for; measured."""
GROWN_CACHE_SHARE = 0.25
"""A cache that grows by a token at a time leaves blocks behind that are too small for its next size. Measured: 24 rows
of 768 tokens needed more than 1.2 times what they held."""
SPARE = 0.10
"""Share of the free memory that a choice leaves free."""
CPU_TOKENS = 2048
"""Tokens of a micro-batch on a CPU at most: more is no quicker there."""
ADDED_UP = 2
"""Micro-batches of a step while their size is sought, from which their number follows: more than one, to be safe."""
STEP = 64
"""Tokens between the sizes that are tried."""


@dataclass(frozen=True, slots=True)
class Item:
    """A part of the memory; bytes."""

    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run takes at its highest moment.

    Attributes:
        items: What torch has allocated then.
        held: What its allocator keeps beyond that; bytes.
    """

    items: tuple[Item, ...]
    held: int

    @property
    def peak_bytes(self) -> int:
        """As `torch.cuda.max_memory_allocated` counts."""
        return sum(item.bytes for item in self.items)

    @property
    def reserved_bytes(self) -> int:
        """As `torch.cuda.max_memory_reserved` counts."""
        return self.peak_bytes + self.held

    @property
    def device_bytes(self) -> int:
        """What the card must have free: what torch reserves, and CUDA's own."""
        return self.reserved_bytes + CONTEXT


def base_bytes(shape: Shape) -> int:
    """The frozen base: linear weights in four bits, all others in sixteen."""
    rest = shape.parameters - shape.linear_parameters
    return round(shape.linear_parameters * NF4_BITS / 8) + rest * HALF


def lora_parameters(shape: Shape, rank: int) -> int:
    """Weights of the adapter: two matrices of that rank beside each linear layer of each block."""
    return shape.layers * rank * sum(inputs + outputs for inputs, outputs in shape.linears)


def training(
    shape: Shape,
    recipe: Recipe,
    tokens: int,
    *,
    checkpointing: bool = True,
    liger: bool = False,
    accumulation: int = 1,
) -> Estimate:
    """What training takes with that many padded tokens in a micro-batch.

    Args:
        checkpointing: Each block's activations are computed again in the backward pass.
        liger: Liger's fused kernels compute the loss without logits, and norm and feed-forward with fewer copies.
        accumulation: Micro-batches of a step; from the second on, the sum of the gradients is there at the peak.
    """
    adapter = lora_parameters(shape, recipe.lora_r)
    block = _block_bytes(shape, recipe, liger=liger) * tokens
    kept = shape.layers * (shape.hidden * HALF * tokens if checkpointing else block)
    at_logits = 0 if liger else _logits_bytes(shape) * tokens
    in_block = _backward_bytes(shape, tokens) + (block if checkpointing else 0)
    name, working = max(
        (("loss: logits in fp32, three copies", at_logits), ("backward pass of one block", in_block)),
        key=lambda moment: moment[1],
    )
    items = (
        *_base_items(shape),
        Item(f"LoRA of rank {recipe.lora_r}: weights, Adam (fp32)", adapter * (SINGLE + ADAM)),
        *((Item("LoRA: gradients added up (fp32)", adapter * SINGLE),) if accumulation > 1 else ()),
        Item("activations: one checkpoint a block" if checkpointing else "activations of all blocks", kept),
        Item(name, working),
    )
    left_logits = 0 if liger else shape.vocab * SINGLE * tokens
    return Estimate(items, round(ALLOCATOR + ALLOCATOR_SHARE * block) + left_logits)


def _base_items(shape: Shape) -> tuple[Item, Item]:
    linear = round(shape.linear_parameters * NF4_BITS / 8)
    return (
        Item("base: linear weights (NF4, double quantisation)", linear),
        Item("base: embedding, head, norms (16 bit)", base_bytes(shape) - linear),
    )


def _logits_bytes(shape: Shape) -> int:
    """Bytes a token when the backward pass starts.

    Cross entropy keeps log-softmax in fp32; its gradient and that of the logits are two more of the same size. The
    last norm keeps its input in fp32, and its output is there in 16 bit.
    """
    return 3 * shape.vocab * SINGLE + shape.hidden * (SINGLE + HALF)


def _block_bytes(shape: Shape, recipe: Recipe, *, liger: bool) -> int:
    """Bytes a token of what one block keeps for its backward pass.

    - each linear layer's adapter: its input in 16 bit, the dropout's mask in 8, and its inner activation
    - attention without a matrix of scores (sdpa): queries, keys, values, output, one fp32 sum a head
    - two norms: their input in fp32; Liger's in 16 bit
    - the feed-forward network: gate, its activation, up; Liger computes the activation again
    """
    mask = 1 if recipe.lora_dropout else 0
    adapters = sum(inputs * (HALF + mask) + recipe.lora_r * HALF for inputs, _ in shape.linears)
    attention = (2 * shape.query_width + 2 * shape.kv_width) * HALF + shape.heads * SINGLE
    norms = 2 * shape.hidden * (HALF if liger else SINGLE)
    kept = (2 if liger else 3) if shape.gated else 2
    return adapters + attention + norms + kept * shape.intermediate * HALF


def _backward_bytes(shape: Shape, tokens: int) -> int:
    """What a block's backward pass needs for a moment: its widest gradient in fp32, its largest weight in 16 bit."""
    widest = max(max(inputs, outputs) for inputs, outputs in shape.linears)
    largest = max(inputs * outputs for inputs, outputs in shape.linears)
    return widest * SINGLE * tokens + largest * HALF


def prediction(
    shape: Shape, recipe: Recipe, batch: int, prompt_tokens: int, new_tokens: int, *, growing: bool = False
) -> Estimate:
    """What predicting takes for a batch of rows, all padded to `prompt_tokens`.

    Args:
        growing: The cache is copied to a larger one at each token, and the allocator's segments are of fixed size;
            not so where they can expand.
    """
    cached = 2 * shape.kv_width * HALF * shape.layers  # keys and values of a token in all blocks
    cache = batch * (prompt_tokens + new_tokens) * cached
    at_prompts = batch * prompt_tokens * (cached + _prompt_bytes(shape))
    largest = max(inputs * outputs for inputs, outputs in shape.linears) * HALF
    items = (
        *_base_items(shape),
        Item(f"LoRA of rank {recipe.lora_r} (fp32)", lora_parameters(shape, recipe.lora_r) * SINGLE),
        Item("keys and values of all tokens (16 bit)", cache),
        Item("activations of the prompts beyond that", max(0, at_prompts - cache)),
        Item("one weight in 16 bit", largest),
    )
    return Estimate(items, ALLOCATOR // 4 + (round(GROWN_CACHE_SHARE * cache) if growing else 0))


def _prompt_bytes(shape: Shape) -> int:
    """Bytes a token while the prompts are read, in the feed-forward network of the last block.

    The residual stream and its norm, the activated gate and up in 16 bit; up's adapter, and its sum with up, in fp32.
    """
    return 2 * shape.hidden * HALF + 2 * shape.intermediate * HALF + 2 * shape.intermediate * SINGLE


def largest_micro_batch(
    shape: Shape, recipe: Recipe, free_bytes: int, *, at_most: int, liger: bool = False
) -> int | None:
    """The most padded tokens of a micro-batch, a multiple of 64, that fit with 10% to spare; None if 64 do not.

    Args:
        free_bytes: What the card has free before torch starts.
        at_most: Tokens above which more would be of no use.
    """
    fits = _fits(
        lambda size: training(shape, recipe, size * STEP, liger=liger, accumulation=ADDED_UP), free_bytes
    )
    sizes = _largest(fits, max(1, at_most // STEP))
    return None if sizes is None else sizes * STEP


def micro_batch_tokens(
    shape: Shape, recipe: Recipe, lengths: Sequence[int], free_bytes: int | None, *, liger: bool = False
) -> int:
    """Padded tokens of a micro-batch: as the recipe names them, or the most that fit and that a step has use for.

    The longest row needs its memory in any case, so that is the least.

    Args:
        lengths: Tokens of each row.
        free_bytes: Of the card; None for a CPU.
    """
    if recipe.micro_batch_tokens is not None:
        return recipe.micro_batch_tokens
    longest = rounded_up(max(lengths))
    useful = max(longest, rounded_up(recipe.rows_per_step * sum(lengths) / len(lengths)))
    if free_bytes is None:
        return min(CPU_TOKENS, useful)
    return max(longest, largest_micro_batch(shape, recipe, free_bytes, at_most=useful, liger=liger) or 0)


def rounded_up(tokens: float) -> int:
    """The next multiple of 64."""
    return -(-int(tokens) // STEP) * STEP


def largest_prediction_batch(
    shape: Shape,
    recipe: Recipe,
    free_bytes: int,
    *,
    prompt_tokens: int,
    new_tokens: int,
    at_most: int,
    growing: bool = False,
) -> int | None:
    """The most rows that can be predicted at once with 10% to spare; None if one cannot."""
    fits = _fits(
        lambda batch: prediction(shape, recipe, batch, prompt_tokens, new_tokens, growing=growing), free_bytes
    )
    return _largest(fits, at_most)


def _fits(estimate: Callable[[int], Estimate], free_bytes: int) -> Callable[[int], bool]:
    return lambda size: estimate(size).device_bytes <= free_bytes * (1 - SPARE)


def _largest(fits: Callable[[int], bool], at_most: int) -> int | None:
    """The largest size from 1 to `at_most` that fits; memory grows with size, so halving the range finds it."""
    if not fits(1):
        return None
    low, high = 1, at_most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low
