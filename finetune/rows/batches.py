"""Which rows go through the model together: computed in advance from lengths and a seed, so that a resume repeats it.

Rows of similar length share a micro-batch, for a forward pass costs rows × the longest of them. Micro-batches hold
tokens, not rows, because memory follows tokens. Every epoch has each row once, in micro-batches of its own making: a
little noise on the lengths parts the rows anew, as much as the padding allows. The micro-batch that needs most memory
comes first, so that memory runs out in step 1 or never; the others are shuffled, because training short rows first and
long ones last teaches worse.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

Rows = tuple[int, ...]
"""Indices into the examples."""

OVERHEAD = 64
"""What a micro-batch costs besides its tokens, in tokens: a T4 unpacks all 4-bit weights of a 7B model three times for
each, about 0.15 s of its memory's 320 GB/s, and computes a token in about 2.5 ms (estimated)."""
NOISE = (0.05, 0.02, 0.01)
"""Shares of its length by which a row may seem longer or shorter; the first that costs little is taken."""
MAX_COST = 1.01
"""What a noisy epoch may cost, as a multiple of the quiet one."""


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
    part, load = (_packed, _packed_load) if packing else (_sorted, _padded_load)
    made = [_epoch(lengths, tokens, _random(seed, "rows", epoch), part, load) for epoch in range(epochs)]
    per_epoch = max(map(len, made), default=0)
    made = [_shuffled(_divided(one, per_epoch), _random(seed, "order", at)) for at, one in enumerate(made)]
    _worst_first(made, lambda batch: load(lengths, batch))
    flat = tuple(batch for one in made for batch in one)
    return Schedule(flat, accumulation, tokens, per_epoch)


def accumulation(lengths: Sequence[int], tokens: int, rows_per_step: int, *, packing: bool = False) -> int:
    """Micro-batches to add up, so that a step has that many rows on the average; at least 1."""
    batches = (_packed if packing else _sorted)(lengths, lengths, tokens, range(len(lengths)))
    return max(1, round(rows_per_step * len(batches) / max(1, len(lengths))))


def waste(lengths: Sequence[int], micro_batches: Sequence[Sequence[int]]) -> float:
    """Padding as a share of the real tokens, when each micro-batch is padded to its longest row."""
    padded = sum(_padded_load(lengths, batch)[0] for batch in micro_batches)
    real = sum(lengths[row] for batch in micro_batches for row in batch)
    return padded / real - 1 if real else 0.0


_Part = Callable[[Sequence[int], Sequence[float], int, Sequence[int]], list[Rows]]
_Load = Callable[[Sequence[int], Sequence[int]], tuple[int, int]]


def _epoch(lengths: Sequence[int], tokens: int, random: Random, part: _Part, load: _Load) -> list[Rows]:
    """Each row once: the noisiest division that costs hardly more than the quiet one, ties at random."""
    order = sorted(range(len(lengths)), key=lambda _: random.random())
    quiet = part(lengths, lengths, tokens, order)

    def cost(batches: list[Rows]) -> int:
        return sum(load(lengths, batch)[0] + OVERHEAD for batch in batches)

    for noise in NOISE:
        seeming = [length * (1 + noise * (2 * random.random() - 1)) for length in lengths]
        noisy = part(lengths, seeming, tokens, order)
        if cost(noisy) <= MAX_COST * cost(quiet):
            return noisy
    return quiet


def _sorted(
    lengths: Sequence[int], seeming: Sequence[float], tokens: int, order: Sequence[int]
) -> list[Rows]:
    """Neighbours by length, cut where padding and micro-batches together cost least.

    Dynamic programming over the first so many rows; greedily filled micro-batches pad small tables by over 5%.
    """
    rows = sorted(order, key=lambda row: -seeming[row])
    costs = [0.0, *[math.inf] * len(rows)]  # of the first so many rows
    begins = [0] * len(costs)  # where the last micro-batch of the first so many rows begins
    for begin, row in enumerate(rows):
        longest = lengths[row]
        for end in range(begin + 1, len(costs)):
            longest = max(longest, lengths[rows[end - 1]])
            padded = longest * (end - begin)
            if padded > tokens and end > begin + 1:
                break
            if costs[begin] + padded + OVERHEAD < costs[end]:
                costs[end], begins[end] = costs[begin] + padded + OVERHEAD, begin
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


def _padded_load(lengths: Sequence[int], batch: Sequence[int]) -> tuple[int, int]:
    """Padded tokens and the longest row, which together decide how much memory it needs."""
    longest = max(lengths[row] for row in batch)
    return longest * len(batch), longest


def _packed_load(lengths: Sequence[int], batch: Sequence[int]) -> tuple[int, int]:
    """Tokens and the longest row."""
    return sum(lengths[row] for row in batch), max(lengths[row] for row in batch)


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
    """Puts the epoch with the greatest load first, and in it that micro-batch."""
    if not epochs or not epochs[0]:
        return
    _, at, first = max(
        (load(batch), at, first) for at, one in enumerate(epochs) for first, batch in enumerate(one)
    )
    epochs.insert(0, epochs.pop(at))
    epochs[0].insert(0, epochs[0].pop(first))
