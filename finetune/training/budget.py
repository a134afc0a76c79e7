"""How long a step takes on this machine, and how many of them a budget pays for.

Published rates differ almost by a factor of two for the same card and model, so the run measures its own: one pass to
warm up, three steps timed, nothing of them kept.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from finetune.model import checkpointing, libraries, liger, random_state
from finetune.model.out_of_memory import OutOfMemory, is_out_of_memory, release
from finetune.rows.batches import Schedule, computed
from finetune.training.collate import micro_batch
from finetune.training.job import Job
from quality.wording import count

TIMED = 3
"""Steps that are timed; the middle one counts."""
SAVING = 0.03
"""Share of a step's time that checkpoints cost on top: about 0.5 GB written and hashed every 90 s for a 7B model."""
END_S = 10.0
"""Seconds kept free for the last checkpoint and the loss curve, at most."""
END_SHARE = 0.1
"""Share of the budget that is kept free for them, at most."""


@dataclass(frozen=True, slots=True)
class Cap:
    """How much of the schedule a budget pays for.

    Attributes:
        steps: Steps that are taken; at least one.
        of_steps: Steps of the whole schedule.
        seconds_per_step: As measured before step 1.
        share_of_rows: Of the used rows, those that are seen at least once, 0 to 1.
        seconds: What the steps and their checkpoints will take, by that measure.
    """

    steps: int
    of_steps: int
    seconds_per_step: float
    share_of_rows: float
    seconds: float


def cap(
    seconds_per_step: float, budget_min: float | None, schedule: Schedule, *, spent_s: float = 0.0
) -> Cap:
    """The most steps that fit in the budget, never fewer than one nor more than there are.

    From the budget go what is spent already, some seconds for the end, and `SAVING` of each step for checkpoints.

    Args:
        budget_min: Minutes; None takes the whole schedule.
        spent_s: Seconds of the budget that went by before training, such as for loading the model.
    """
    cost = seconds_per_step * (1 + SAVING)
    steps = schedule.steps
    if budget_min is not None and cost > 0:
        steps = max(1, min(steps, int(_left(budget_min, spent_s) / cost)))
    seen = _rows(schedule.capped(steps))
    return Cap(steps, schedule.steps, seconds_per_step, len(seen) / len(_rows(schedule)), steps * cost)


def in_words(cap: Cap, budget_min: float, spent_s: float) -> str:
    """What the budget pays for, in a sentence; where it pays for no step, what took it."""
    step = f"{cap.seconds_per_step:.1f}" if cap.seconds_per_step >= 1 else f"{cap.seconds_per_step:.2g}"
    said = (
        f"at {step} s a step, {budget_min:g} min pay for {cap.steps:,} of {count(cap.of_steps, 'step')}; "
        f"{cap.share_of_rows:.0%} of the rows are seen"
    )
    if cap.seconds <= _left(budget_min, spent_s):
        return said
    return (
        f"{said}; {spent_s:.0f} s went on loading and {_end(budget_min):.0f} s are kept for the end: "
        "nothing is left, and one step is taken all the same"
    )


def seconds_per_step(job: Job) -> float:
    """How long one optimizer step takes: forward and backward of as many median micro-batches as a step has.

    Nothing of it stays: no weight changes, gradients are dropped, and the random numbers go on as if nothing had been.
    The update is left out: it touches the adapter alone and is small beside the passes.

    Raises:
        OutOfMemory: Memory does not hold a median micro-batch; its step is 1.
        liger.Failed: Liger's kernels cannot compute it.
    """
    short_of_memory = False
    seconds: list[float] = []
    try:
        seconds = _timed(job)
    except Exception as error:  # most of what the libraries raise has no class of its own
        short_of_memory = is_out_of_memory(error)
        if not short_of_memory:
            raise liger.Failed(error) if liger.at_fault(error) else error from None
    release(job.model)
    if short_of_memory:  # told outside of `except`, whose traceback would hold on to the tensors
        raise OutOfMemory(1)
    return statistics.median(seconds)


def _timed(job: Job) -> list[float]:
    with random_state.kept(), liger.on(job.model, job.liger), _mode_kept(job.model):
        inputs = _on_device(job, _median(job))
        passes = min(job.schedule.accumulation, len(job.schedule.micro_batches))
        _step(job, inputs, 1)  # the first pass finds kernels and fills the allocator
        return [_step(job, inputs, passes) for _ in range(TIMED)]


def _left(budget_min: float, spent_s: float) -> float:
    """Seconds for steps and their checkpoints."""
    return budget_min * 60 - spent_s - _end(budget_min)


def _end(budget_min: float) -> float:
    return min(END_S, END_SHARE * budget_min * 60)


def _rows(schedule: Schedule) -> set[int]:
    return {row for rows in schedule.micro_batches for row in rows}


def _median(job: Job) -> dict[str, Any]:
    """The micro-batch in the middle by the tokens that are computed, padding included."""
    lengths, packing = [row.length for row in job.examples], job.recipe.packing
    batches = sorted(job.schedule.micro_batches, key=lambda batch: computed(lengths, batch, packing))
    middle = [job.examples[row] for row in batches[len(batches) // 2]]
    return micro_batch(middle, job.pad, packing=packing)


def _on_device(job: Job, inputs: dict[str, Any]) -> dict[str, Any]:
    device = next(job.model.parameters()).device
    return {name: tensor.to(device) for name, tensor in inputs.items()}


def _step(job: Job, inputs: dict[str, Any], passes: int) -> float:
    """Seconds of that many forward and backward passes."""
    torch = libraries.torch()
    kind, dtype = job.device.kind, job.device.dtype
    mixed = torch.autocast(kind, dtype=getattr(torch, dtype)) if dtype != "float32" else nullcontext()
    _finish(kind)
    start = time.perf_counter()
    for _ in range(passes):
        with mixed:
            loss = job.model(**inputs).loss
        loss.backward()
    job.model.zero_grad(set_to_none=True)
    _finish(kind)
    return time.perf_counter() - start


def _finish(kind: str) -> None:
    """Waits for the GPU, which works behind the program's back."""
    torch = libraries.torch()
    if kind == "cuda":
        torch.cuda.synchronize()


@contextmanager
def _mode_kept(model: Any) -> Generator[None]:
    """Inside, the model trains as the trainer has it: dropout, checkpointed activations."""
    before = model.training
    model.train()
    try:
        with checkpointing.on(model):
            yield
    finally:
        model.train(before)
