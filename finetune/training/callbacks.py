"""What watches the trainer: checkpoints by the clock, the steps' log, numbers that are not finite.

This module needs transformers; import it where a model is at hand anyway.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

from finetune.model.not_finite import NotFinite
from finetune.training.job import Job
from finetune.training.loss_log import StepLog
from quality.wording import cut, listed

__all__ = ["FiniteGuard", "NotFinite", "SaveClock", "StepReport"]

SKIPPED_IN_A_ROW = 16
"""Steps without an update after which fp16 has failed: each halves the loss scale, from 65,536 down to 1."""
ID_LENGTH = 40
"""Characters of a row's id that a message shows."""

NEEDLESS = ("README.md", "training_args.bin")
"""What libraries add to a checkpoint: an empty form of a model card, and a pickle that nothing reads."""


class FiniteGuard(TrainerCallback):
    """Stops the run at the first loss or gradient that is not finite, before it reaches the adapter.

    The micro-batches are counted as the model sees them, since the trainer does not say which one is in work.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._seen = 0
        self._skipped = 0

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Counts on from the checkpoint."""
        self._seen = state.global_step * self._job.schedule.accumulation

    def check_loss(self, module: Any, arguments: Any, output: Any) -> None:
        """A forward hook of the whole model.

        Raises:
            NotFinite: The micro-batch's loss is not finite.
        """
        place = self._seen
        self._seen += 1
        loss = float(output.loss.detach())
        if not math.isfinite(loss):
            step = place // self._job.schedule.accumulation + 1
            raise self._error("loss", step, self._job.schedule.micro_batches[place])

    def on_pre_optimizer_step(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Checks the gradients; in fp16 that is the loss scaler's work, which skips the step.

        Raises:
            NotFinite: A gradient is not finite.
        """
        if args.fp16:
            return
        gradients = [p.grad for p in kwargs["model"].parameters() if p.grad is not None]
        if not math.isfinite(float(sum(gradient.sum() for gradient in gradients))):
            step = state.global_step + 1
            raise self._error("gradient", step, self._job.schedule.step_rows(step))

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Counts the steps that fp16's loss scaler skipped.

        Raises:
            NotFinite: It skips every step.
        """
        skipped = getattr(kwargs["optimizer"], "step_was_skipped", False)
        self._skipped = self._skipped + 1 if skipped else 0
        if self._skipped >= SKIPPED_IN_A_ROW:
            raise self._error("gradient", state.global_step, self._job.schedule.step_rows(state.global_step))

    def _error(self, what: str, step: int, rows: tuple[int, ...]) -> NotFinite:
        ids = listed(cut(self._job.examples[row].id, ID_LENGTH) for row in rows)
        return NotFinite(
            f"the {what} of step {step} is not a finite number; the rows of it: {ids}",
            remedy="mend or drop the rows that are unlike the others, or lower the learning rate",
        )


class SaveClock(TrainerCallback):
    """Has a checkpoint written when it is time, and after the last step, and hands it over.

    Attributes:
        writing: Whether the trainer is about to write one, or is at it.
    """

    def __init__(self, job: Job, on_saved: Callable[[Path, int], None]) -> None:
        self._job = job
        self._on_saved = on_saved
        self._last = time.monotonic()
        self.writing = False

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Starts the clock: what came before, such as loading, does not count."""
        self._last = time.monotonic()

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Asks for a checkpoint when it is due."""
        due = time.monotonic() - self._last >= self._job.save_every_s
        if due or state.global_step >= state.max_steps:
            control.should_save = self.writing = True

    def on_save(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Hands the complete folder over."""
        folder = self._job.staging / f"checkpoint-{state.global_step}"
        for name in NEEDLESS:
            (folder / name).unlink(missing_ok=True)
        self.writing = False
        self._on_saved(folder, state.global_step)
        self._last = time.monotonic()


class StepReport(TrainerCallback):
    """Tells every step's loss, rate and tokens.

    Attributes:
        logs: What was told, first to last.
    """

    def __init__(self, job: Job, on_step: Callable[[StepLog], None]) -> None:
        self._job = job
        self._on_step = on_step
        self._last = time.monotonic()
        self.logs: list[StepLog] = []

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Starts the clock of the first step."""
        self._last = time.monotonic()

    def on_save(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Starts the clock again: saving is no part of the next step."""
        self._last = time.monotonic()

    def on_log(
        self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **kwargs: Any
    ) -> None:
        """Passes a step on; the trainer's summary at the end is none."""
        if logs is None or "loss" not in logs:
            return
        now = time.monotonic()
        rows = self._job.schedule.step_rows(state.global_step)
        log = StepLog(
            step=state.global_step,
            loss=logs["loss"],
            learning_rate=logs["learning_rate"],
            tokens=sum(self._job.examples[row].length for row in rows),
            seconds=now - self._last,
        )
        self._last = now
        self.logs.append(log)
        self._on_step(log)
