"""The training itself: the model loaded, the budget timed once, every step logged, every checkpoint sealed."""

from __future__ import annotations

import gc
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

from finetune import checkpoint
from finetune.checkpoint import Verified
from finetune.model import quantized
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


def train(training: Training, decision: Decision) -> Decision:
    """Trains to the last step, whose checkpoint is sealed then; what was decided on the way comes back.

    Where memory runs out in step 1, the micro-batches are halved, once.

    Raises:
        HardwareError: Memory or disk does not suffice.
        NotFinite: A loss or gradient is not a number; the newest checkpoint stays.
    """
    folder, newest = training.folder, training.newest
    shutil.rmtree(folder.staging, ignore_errors=True)
    loss_log.cut(folder.loss_csv, newest.step if newest else 0)
    trained = _attempted(training, decision, may_halve=newest is None)
    if trained is None:  # here nothing holds the first attempt's tensors any more
        gc.collect()
        decision = settling.halved(training.material, training.recipe, decision)
        settled.write(folder.settled, decision.settled)
        console.say(f"note: {decision.settled.notes[-1]}")
        trained = _attempted(training, decision, may_halve=False)
        assert trained is not None
    return trained


def _attempted(training: Training, decision: Decision, *, may_halve: bool) -> Decision | None:
    """The same with the micro-batches as they are; None where memory ran out in step 1 and they may be halved.

    Each attempt has a model of its own: memory may run out halfway through an update.
    """
    started = time.monotonic()
    job = _job(training, decision)
    try:
        if training.recipe.budget_min is not None and decision.settled.cap is None:
            decision = _budgeted(training, job, decision, started)
        _fitted(training, replace(job, schedule=decision.schedule.capped(decision.steps)))
    except OutOfMemory as error:
        if error.step > 1 or not may_halve:
            raise
    except NotFinite as error:
        raise _kept(training.folder, error) from None
    else:
        return decision
    return None


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
    )


def _budgeted(training: Training, job: Job, decision: Decision, started: float) -> Decision:
    """The decision with the steps that the budget pays for: timed once, and written before step 1."""
    minutes = training.recipe.budget_min
    seconds = budget.seconds_per_step(job)
    cap = budget.cap(seconds, minutes, decision.schedule, spent_s=time.monotonic() - started)
    decision = replace(decision, settled=replace(decision.settled, cap=cap))
    settled.write(training.folder.settled, decision.settled)
    console.say(
        f"budget: at {seconds:.1f} s a step, {minutes:g} min pay for {cap.steps:,} of {cap.of_steps:,} steps; "
        f"{cap.share_of_rows:.0%} of the rows are seen"
    )
    return decision


def _fitted(training: Training, job: Job) -> None:
    folder = training.folder
    with training_progress.training(job.schedule.steps) as show:

        def on_step(log: StepLog) -> None:
            loss_log.append(folder.loss_csv, log)
            show(log)

        def on_saved(staged: Path, step: int) -> None:
            checkpoint.seal(staged, folder.checkpoint(step), step=step)
            checkpoint.prune(folder.checkpoint(step))

        done = fit.fit(job, on_saved=on_saved, on_step=on_step)
    for note in done.notes:
        console.say(f"note: {note}")


def _kept(folder: RunFolder, error: NotFinite) -> NotFinite:
    """The error with what is left of the run, and where to go on."""
    newest = checkpoint.newest(folder.checkpoints)
    kept = f"; the checkpoint of step {newest.step:,} is kept" if newest else ""
    remedy = f"{error.remedy}; other rows or settings want an --out of their own{kept}"
    return NotFinite(error.what, where=str(folder.path), remedy=remedy)
