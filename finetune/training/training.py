"""The training itself: the model loaded, the budget timed once, every step logged, every checkpoint sealed."""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from finetune import checkpoint
from finetune.checkpoint import Verified
from finetune.model import liger, quantized
from finetune.model.not_finite import NotFinite
from finetune.model.out_of_memory import OutOfMemory
from finetune.recipe import Recipe
from finetune.run_folder import RunFolder
from finetune.training import budget, fit, loss_log, settled, settling
from finetune.training import progress as training_progress
from finetune.training.job import Job
from finetune.training.loss_log import StepLog
from finetune.training.material import Material
from finetune.training.settling import Decision
from quality import console


@dataclass(frozen=True, slots=True)
class Training:
    """What stays the same for all attempts at a training.

    Attributes:
        newest: The checkpoint to go on from; None starts at step 0.
        save_every_s: Seconds between two checkpoints; 0 writes one after every step.
    """

    folder: RunFolder
    material: Material
    recipe: Recipe
    newest: Verified | None
    save_every_s: float


_Change = Callable[[Material, Recipe, Decision], Decision]
"""What a mishap at the beginning makes of a decision."""


def train(training: Training, decision: Decision) -> Decision:
    """Trains to the last step, whose checkpoint is sealed then; what was decided on the way comes back.

    Where memory runs out before there is a checkpoint, the micro-batches are halved, once in the run. Where Liger's
    kernels fail, it goes without them.

    Raises:
        HardwareError: Memory or disk does not suffice.
        NotFinite: A loss or gradient is not a number; the newest checkpoint stays.
    """
    started = time.monotonic()
    decision, change = _attempted(training, decision, started)
    while change:
        gc.collect()  # here nothing holds the attempt's tensors any more
        decision = change(training.material, training.recipe, decision)
        settled.write(training.folder.settled, decision.settled)
        console.say(f"note: {decision.settled.notes[-1]}")
        decision, change = _attempted(training, decision, started)
    return decision


def _attempted(training: Training, decision: Decision, started: float) -> tuple[Decision, _Change | None]:
    """The same as it is decided; and what to change, where it has to be tried again.

    Each attempt has a model of its own: memory may run out halfway through an update.

    Args:
        started: When the time of the budget began, by the monotonic clock.
    """
    folder, newest = training.folder, training.newest
    shutil.rmtree(folder.staging, ignore_errors=True)
    loss_log.cut(folder.loss_csv, newest.step if newest else 0)
    job = _job(training, decision)
    try:
        if training.recipe.budget_min is not None and decision.settled.cap is None:
            decision = _budgeted(training, job, decision, started)
        job = replace(job, schedule=decision.schedule.capped(decision.steps))
        return _noted(training, decision, _fitted(training, job, decision)), None
    except OutOfMemory as error:
        if decision.settled.halved or _sealed(training, decision):
            raise
        return decision, partial(settling.halved, step=error.step)
    except liger.Failed as error:
        return decision, partial(settling.without_liger, why=error.what)
    except NotFinite as error:
        raise _kept(folder, error) from None


def _sealed(training: Training, decision: Decision) -> bool:
    """Whether there is a checkpoint of these batches, which others could not go on from."""
    run = settled.run_sha256(decision.settled)
    return checkpoint.newest(training.folder.checkpoints, run=run) is not None


def _noted(training: Training, decision: Decision, notes: tuple[str, ...]) -> Decision:
    """The decision with what the training has to say for the record."""
    if not notes:
        return decision
    for note in notes:
        console.say(f"note: {note}")
    now = replace(decision.settled, notes=(*decision.settled.notes, *notes))
    settled.write(training.folder.settled, now)
    return replace(decision, settled=now)


def _job(training: Training, decision: Decision) -> Job:
    material, newest = training.material, training.newest
    console.say(f"loading {material.base.name} in 4 bit")
    model = quantized.with_lora(quantized.load(material.folder, material.device), training.recipe)
    return Job(
        model=model,
        examples=material.examples,
        schedule=decision.schedule,
        recipe=training.recipe,
        device=material.device,
        pad=material.tokenizer.pad,
        staging=training.folder.staging,
        resume_from=newest.folder if newest else None,
        save_every_s=training.save_every_s,
        liger=decision.settled.liger,
    )


def _budgeted(training: Training, job: Job, decision: Decision, started: float) -> Decision:
    """The decision with the steps that the budget pays for: timed once, and written before step 1."""
    minutes = training.recipe.budget_min
    assert minutes is not None
    seconds = budget.seconds_per_step(job)
    spent = time.monotonic() - started
    cap = budget.cap(seconds, minutes, decision.schedule, spent_s=spent)
    decision = replace(decision, settled=replace(decision.settled, cap=cap))
    settled.write(training.folder.settled, decision.settled)
    console.say(f"budget: {budget.in_words(cap, minutes, spent)}")
    return decision


def _fitted(training: Training, job: Job, decision: Decision) -> tuple[str, ...]:
    """Trains; what the record should say of it comes back."""
    folder, run = training.folder, settled.run_sha256(decision.settled)
    needed = checkpoint.resumable(job.device.dtype)
    with training_progress.training(job.schedule.steps) as show:

        def on_step(log: StepLog) -> None:
            loss_log.append(folder.loss_csv, log)
            show(log)

        def on_saved(staged: Path, step: int) -> None:
            checkpoint.seal(staged, folder.checkpoint(step), step=step, run=run, needed=needed)
            checkpoint.prune(folder.checkpoint(step))

        return fit.fit(job, on_saved=on_saved, on_step=on_step).notes


def _kept(folder: RunFolder, error: NotFinite) -> NotFinite:
    """The error with what is left of the run, and where to go on."""
    newest = checkpoint.newest(folder.checkpoints)
    kept = f"; the checkpoint of step {newest.step:,} is kept" if newest else ""
    remedy = f"{error.remedy}; other rows or settings want an --out of their own{kept}"
    return NotFinite(error.what, where=str(folder.path), remedy=remedy)
