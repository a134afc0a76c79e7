"""Which rows go through the model together: computed in advance from lengths and a seed, so that a resume repeats it.

Rows of similar length share a micro-batch, for a forward pass costs rows × the longest of them. Micro-batches hold
tokens, not rows, because memory follows tokens. Every epoch has each row once, in micro-batches of its own making: a
little noise on the lengths parts the rows anew, as much as the padding allows. The micro-batch that needs most memory
comes first, so that too little memory shows in the first steps: in step 1 by its activations, or in step 2, when the
optimizer has its moments too. The others are shuffled, because training short rows first and long ones last teaches
worse.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random

from finetune.recipe import Recipe

Rows = tuple[int, ...]
"""Indices into the examples."""

OVERHEAD = 64
"""What a micro-batch costs besides its tokens, in tokens: a T4 unpacks all 4-bit weights of a 7B model three times for
each, about 0.15 s of its memory's 320 GB/s, and computes a token in about 2.5 ms (estimated)."""
NOISE = (0.05, 0.02, 0.01, 0.0)
"""Shares of its length by which a row may seem longer or shorter; the first that costs little is taken."""
SIZES = 32
"""Sizes of a micro-batch that are tried for each of its first rows."""
MAX_COST = 1.01
"""What a noisy epoch may cost, as a multiple of a quiet one."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """All micro-batches of a run, in order.

    Attributes:
        micro_batches: Indices into the examples, all epochs in one list.
        accumulation: Micro-batches that one optimizer step adds up.
        tokens: Most tokens of a micro-batch, padding included; one longer row may stand alone.
        per_epoch: Micro-batches of each epoch.
    """

    micro_batches: tuple[Rows, ...]
    accumulation: int
    tokens: int
    per_epoch: int

    @property
    def steps(self) -> int:
        """Optimizer steps; the last may add up fewer micro-batches."""
        return -(-len(self.micro_batches) // self.accumulation)

    def capped(self, steps: int) -> Schedule:
        """The first so many steps: a random sample of the rows, for an epoch's order is random."""
        return replace(self, micro_batches=self.micro_batches[: steps * self.accumulation])

    def step_rows(self, step: int) -> Rows:
        """The rows of a step, in order; steps count from 1, as in the log."""
        begin = (step - 1) * self.accumulation
        return tuple(row for batch in self.micro_batches[begin : begin + self.accumulation] for row in batch)


def schedule(
    lengths: Sequence[int],
    *,
    tokens: int,
    accumulation: int,
    epochs: int,
    seed: int,
    packing: bool = False,
) -> Schedule:
    """The run's micro-batches, the same for the same arguments on any machine.

    Args:
        lengths: Tokens of each example.
        tokens: Most tokens of a micro-batch.
        packing: Rows stand in one sequence, without padding.
    """
    quiet = (_packed if packing else _sorted)(lengths, lengths, tokens, range(len(lengths)))
    most = MAX_COST * _cost(lengths, quiet, packing)
    made = [_epoch(lengths, tokens, _random(seed, "rows", epoch), packing, most) for epoch in range(epochs)]
    per_epoch = max(map(len, made), default=0)
    made = [_shuffled(_divided(one, per_epoch), _random(seed, "order", at)) for at, one in enumerate(made)]
    _worst_first(made, lambda batch: (computed(lengths, batch, packing), max(lengths[row] for row in batch)))
    flat = tuple(batch for one in made for batch in one)
    return Schedule(flat, accumulation, tokens, per_epoch)


def planned(lengths: Sequence[int], recipe: Recipe, tokens: int, added: int | None = None) -> Schedule:
    """The micro-batches that a run of the recipe makes of rows of those lengths.

    Args:
        added: Micro-batches of a step, as they were settled; None takes so many that the rows come out right.
    """
    if added is None:
        added = accumulation(lengths, tokens, recipe.rows_per_step, packing=recipe.packing)
    return schedule(
        lengths,
        tokens=tokens,
        accumulation=added,
        epochs=recipe.epochs,
        seed=recipe.seed,
        packing=recipe.packing,
    )


def accumulation(lengths: Sequence[int], tokens: int, rows_per_step: int, *, packing: bool = False) -> int:
    """Micro-batches to add up, so that a step has that many rows on the average; at least 1."""
    batches = (_packed if packing else _sorted)(lengths, lengths, tokens, range(len(lengths)))
    return max(1, round(rows_per_step * len(batches) / max(1, len(lengths))))


def computed(lengths: Sequence[int], batch: Sequence[int], packing: bool = False) -> int:
    """Tokens that a pass over the micro-batch computes: its rows padded to the longest, or their own if packed."""
    each = [lengths[row] for row in batch]
    return sum(each) if packing else len(each) * max(each)


def waste(lengths: Sequence[int], micro_batches: Sequence[Sequence[int]], packing: bool = False) -> float:
    """Padding as a share of the real tokens, when each micro-batch is padded to its longest row; none if packed."""
    padded = sum(computed(lengths, batch, packing) for batch in micro_batches)
    real = sum(computed(lengths, batch, packing=True) for batch in micro_batches)
    return padded / real - 1 if real else 0.0


def _epoch(lengths: Sequence[int], tokens: int, random: Random, packing: bool, most: float) -> list[Rows]:
    """Each row once: the noisiest division that costs no more than that, ties at random."""
    part = _packed if packing else _sorted
    order = sorted(range(len(lengths)), key=lambda _: random.random())
    batches: list[Rows] = []
    for noise in NOISE:
        seeming = [length * (1 + noise * (2 * random.random() - 1)) for length in lengths]
        batches = part(lengths, seeming, tokens, order)
        if _cost(lengths, batches, packing) <= most:
            break
    return batches


def _cost(lengths: Sequence[int], batches: Sequence[Rows], packing: bool) -> int:
    return sum(computed(lengths, batch, packing) + OVERHEAD for batch in batches)


def _sorted(
    lengths: Sequence[int], seeming: Sequence[float], tokens: int, order: Sequence[int]
) -> list[Rows]:
    """Neighbours by length, cut where padding and micro-batches together cost least.

    Dynamic programming over the first so many rows; greedily filled micro-batches pad small tables by over 5%. Of a
    micro-batch that could hold many rows only some sizes are tried.
    """
    rows = sorted(order, key=lambda row: -seeming[row])
    ordered = [lengths[row] for row in rows]
    costs = [0.0, *[math.inf] * len(rows)]  # of the first so many rows
    begins = [0] * len(costs)  # where the last micro-batch of the first so many rows begins
    for begin, length in enumerate(ordered):
        longest = list(accumulate(ordered[begin : begin + max(1, tokens // length)], max))
        most = len(longest)
        while most > 1 and longest[most - 1] * most > tokens:
            most -= 1
        for size in range(most, 0, -(most // SIZES + 1)):
            cost = costs[begin] + longest[size - 1] * size + OVERHEAD
            if cost < costs[begin + size]:
                costs[begin + size], begins[begin + size] = cost, begin
    batches: list[Rows] = []
    end = len(rows)
    while end:
        batches.append(tuple(rows[begins[end] : end]))
        end = begins[end]
    return batches


def _packed(
    lengths: Sequence[int], seeming: Sequence[float], tokens: int, order: Sequence[int]
) -> list[Rows]:
    """Best fit, longest first: each row goes where it leaves the least room."""
    batches: list[list[int]] = []
    rooms: list[tuple[int, int]] = []
    for row in sorted(order, key=lambda row: -seeming[row]):
        at = bisect.bisect_left(rooms, (lengths[row], -1))
        room, batch = rooms.pop(at) if at < len(rooms) else (tokens, len(batches))
        if batch == len(batches):
            batches.append([])
        batches[batch].append(row)
        if room > lengths[row]:
            bisect.insort(rooms, (room - lengths[row], batch))
    return [tuple(batch) for batch in batches]


def _divided(batches: list[Rows], number: int) -> list[Rows]:
    """The same rows in that many micro-batches, so that all epochs have equally many."""
    batches = sorted(batches, key=len)
    while len(batches) < number:
        most = batches.pop()
        batches = sorted([*batches, most[: len(most) // 2], most[len(most) // 2 :]], key=len)
    return batches


def _shuffled(batches: list[Rows], random: Random) -> list[Rows]:
    return sorted(batches, key=lambda _: random.random())


def _random(*names: object) -> Random:
    """A source of its own for each purpose; only its `random()` is used, the same in every version of Python."""
    return Random("/".join(map(str, names)))  # noqa: S311 - no secret


def _worst_first(epochs: list[list[Rows]], load: Callable[[Rows], tuple[int, int]]) -> None:
    """Puts the epoch with the greatest load first, and in it that micro-batch.

    The load is what decides how much memory it needs: the tokens that are computed, then the longest row.
    """
    if not epochs or not epochs[0]:
        return
    _, at, first = max(
        (load(batch), at, first) for at, one in enumerate(epochs) for first, batch in enumerate(one)
    )
    epochs.insert(0, epochs.pop(at))
    epochs[0].insert(0, epochs[0].pop(first))
