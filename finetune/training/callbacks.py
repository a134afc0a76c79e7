"""What watches the trainer: checkpoints by the clock, the steps' log, numbers that are not finite.

This module needs transformers; import it where a model is at hand anyway.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

from finetune.model.not_finite import NotFinite
from finetune.training.job import Job
from finetune.training.loss_log import StepLog
from quality.wording import count, cut, listed

LEAST_SCALE = 1.0
"""Loss scale of fp16 down to which each skipped step halves it, from 65,536 on: there it is no longer to blame."""
ID_LENGTH = 40
"""Characters of a row's id that a message shows."""

NEEDLESS = ("README.md", "training_args.bin")
"""What libraries add to a checkpoint: an empty form of a model card, and a pickle that nothing reads."""


class FiniteGuard(TrainerCallback):
    """Stops the run at the first loss or gradient that is not finite, before it reaches the adapter.

    In fp16 the loss scaler skips a step whose gradients are not finite, and tries a smaller scale from then on. That is
    no error yet; it is one where no scale is small enough, or no step is left.

    The micro-batches are counted as the model sees them, since the trainer does not say which one is in work.

    Attributes:
        skipped: The steps that were skipped, those before a resume included.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._seen = 0
        self.skipped: tuple[int, ...] = ()

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Counts on from the checkpoint."""
        self.skipped = _skipped(state.log_history)
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
        """Looks at the loss scale that a skipped step leaves.

        Raises:
            NotFinite: It is so small that the gradient itself must be infinite or none.
        """
        optimizer = kwargs["optimizer"]
        if getattr(optimizer, "step_was_skipped", False) and optimizer.scaler.get_scale() <= LEAST_SCALE:
            raise self._error("gradient", state.global_step, self._job.schedule.step_rows(state.global_step))

    def on_log(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Counts the skipped steps, by the log that each checkpoint holds; a step is logged before it is saved.

        Raises:
            NotFinite: Every step of the run was skipped.
        """
        self.skipped += _skipped(state.log_history[-1:])
        if len(self.skipped) >= state.max_steps:
            raise self._error("gradient", state.global_step, self._job.schedule.step_rows(state.global_step))

    def notes(self) -> tuple[str, ...]:
        """What a person should know of the skipped steps."""
        if not self.skipped:
            return ()
        rows = [row for step in self.skipped for row in self._job.schedule.step_rows(step)]
        steps = f"{len(self.skipped):,} of {count(self._job.schedule.steps, 'step')}"
        return (
            f"{steps} were skipped, for their gradients are infinite in fp16; the rows of them: {self._ids(rows)}",
        )

    def _error(self, what: str, step: int, rows: Sequence[int]) -> NotFinite:
        return NotFinite(
            f"the {what} of step {step} is not a finite number; the rows of it: {self._ids(rows)}",
            remedy="mend or drop the rows that are unlike the others, or lower the learning rate",
        )

    def _ids(self, rows: Sequence[int]) -> str:
        return listed(cut(self._job.examples[row].id, ID_LENGTH) for row in dict.fromkeys(rows))


def _skipped(log_history: Sequence[dict[str, Any]]) -> tuple[int, ...]:
    """The logged steps whose gradients are not finite; the trainer's summary is no step."""
    return tuple(log["step"] for log in log_history if not math.isfinite(log.get("grad_norm", 0.0)))


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
        begun: Steps that were done when this training began.
        logs: What was told since, first to last.
    """

    def __init__(self, job: Job, on_step: Callable[[StepLog], None]) -> None:
        self._job = job
        self._on_step = on_step
        self._last = time.monotonic()
        self.begun = 0
        self.logs: list[StepLog] = []

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Starts the clock of the first step."""
        self.begun = state.global_step
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
