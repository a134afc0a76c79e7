"""Training: transformers' plain Trainer over micro-batches that were settled in advance.

One item of the dataset is one whole micro-batch, taken in order: so the same job gives the same adapter, and a run
that goes on from a checkpoint ends with the adapter it would have had. On a CPU that holds bit for bit, on a GPU as
exactly as its kernels repeat themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finetune.model import checkpointing, environment, liger
from finetune.model.out_of_memory import OutOfMemory, is_out_of_memory, release
from finetune.training.collate import micro_batch
from finetune.training.job import Job
from finetune.training.loss_log import StepLog
from finetune.training.packing_check import demand_isolation
from quality.errors import HardwareError, ProofgateError, in_words


@dataclass(frozen=True, slots=True)
class Fitted:
    """What came of a training.

    Attributes:
        tokens: Without padding, of the steps that this process took.
        notes: What a person should know, in sentences.
    """

    tokens: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _MicroBatches:
    """The schedule as a dataset: its items are the trainer's batches."""

    job: Job

    def __len__(self) -> int:
        return len(self.job.schedule.micro_batches)

    def __getitem__(self, place: int) -> dict[str, Any]:
        rows = [self.job.examples[row] for row in self.job.schedule.micro_batches[place]]
        return micro_batch(rows, self.job.pad, packing=self.job.recipe.packing)


def fit(job: Job, *, on_saved: Callable[[Path, int], None], on_step: Callable[[StepLog], None]) -> Fitted:
    """Trains the job's adapter to the end of its schedule.

    Args:
        on_saved: Takes each complete checkpoint folder, `staging/checkpoint-N`, and its step; the last step's always.
        on_step: Takes each step as it is done.

    Raises:
        OutOfMemory: Memory ran out.
        NotFinite: A loss or gradient is not finite; nothing is saved after it.
        liger.Failed: Liger's kernels failed in the first step.
        HardwareError: A checkpoint cannot be written.
        ConfigError: Packing is asked for where it cannot be had.
    """
    from finetune.training import callbacks

    guard, report = callbacks.FiniteGuard(job), callbacks.StepReport(job, on_step)
    clock = callbacks.SaveClock(job, on_saved)
    short_of_memory = False
    try:
        _train(job, [guard, clock, report], guard.check_loss)
    except ProofgateError:
        raise
    except Exception as error:  # whatever the libraries raise: most of it has no class of its own
        short_of_memory = is_out_of_memory(error)
        if not short_of_memory:
            raise _told(error, job, writing=clock.writing, first=not report.logs) from None
    if short_of_memory:  # told outside of `except`, whose traceback would hold on to the tensors
        release(job.model)
        raise OutOfMemory(report.begun + len(report.logs) + 1)
    return Fitted(sum(log.tokens for log in report.logs), guard.notes())


def warmup_steps(share: float, steps: int) -> int:
    """How many steps the learning rate rises in.

    The first step of a warm-up has rate 0: one of a single step would only waste it, so the shortest has two.
    """
    rising = int(share * steps)
    return rising if rising > 1 else 0


def _told(error: Exception, job: Job, *, writing: bool, first: bool) -> Exception:
    """The error as a user meets it; what is neither the disk's nor Liger's mishap stays what it is."""
    if writing:
        return HardwareError(
            f"the checkpoint cannot be written: {in_words(error)}",
            where=str(job.staging),
            remedy="make room on the disk, then run the same command again: it goes on from the last checkpoint",
        )
    return liger.Failed(error) if first and liger.at_fault(error) else error


def _train(job: Job, callbacks: list[Any], check_loss: Callable[[Any, Any, Any], None]) -> None:
    """The training itself; afterwards the model can be trained again."""
    with environment.without_launcher(), liger.on(job.model, job.liger):
        if job.recipe.packing:
            demand_isolation(job.model)
        trainer = _trainer(job, callbacks)
        hook = job.model.register_forward_hook(check_loss)
        try:
            trainer.train(resume_from_checkpoint=str(job.resume_from) if job.resume_from else None)
        finally:
            hook.remove()
            # mixed precision wraps the model's forward; a second training must not wrap it twice
            trainer.accelerator.unwrap_model(job.model, keep_fp32_wrapper=False)


def _trainer(job: Job, callbacks: list[Any]) -> Any:
    import transformers

    trainer = transformers.Trainer(
        model=job.model,
        args=_arguments(job),
        train_dataset=_MicroBatches(job),  # type: ignore[arg-type]  # it needs its length and items alone
        data_collator=_alone,
        callbacks=callbacks,
    )
    trainer.remove_callback(transformers.PrinterCallback)  # it prints to stdout
    return trainer


def _arguments(job: Job) -> Any:
    import transformers

    recipe, dtype = job.recipe, job.device.dtype
    arguments: Any = transformers.TrainingArguments(
        output_dir=str(job.staging),
        num_train_epochs=1,  # the schedule holds all epochs
        per_device_train_batch_size=1,  # one item is a whole micro-batch
        gradient_accumulation_steps=job.schedule.accumulation,
        train_sampling_strategy="sequential",
        learning_rate=recipe.learning_rate,
        lr_scheduler_type=recipe.lr_schedule,
        warmup_steps=warmup_steps(recipe.warmup, job.schedule.steps),
        weight_decay=recipe.weight_decay,
        max_grad_norm=recipe.max_grad_norm,
        optim="adamw_torch",
        seed=recipe.seed,
        data_seed=recipe.seed,
        fp16=dtype == "float16",
        bf16=dtype == "bfloat16",
        use_cpu=job.device.kind == "cpu",
        **checkpointing.arguments(),
        use_cache=False,
        logging_strategy="steps",
        logging_steps=1,
        logging_nan_inf_filter=False,  # it would hide what `FiniteGuard` looks for
        save_strategy="no",  # `SaveClock` says when
        report_to="none",
        disable_tqdm=True,
        remove_unused_columns=False,
        dataloader_num_workers=0,
        dataloader_pin_memory=job.device.kind == "cuda",
    )
    arguments.device  # noqa: B018 - finds the GPUs; of several, only the one that holds the model counts
    arguments._n_gpu = min(1, arguments._n_gpu)
    return arguments


def _alone(items: list[dict[str, Any]]) -> dict[str, Any]:
    """The one micro-batch that the trainer takes for a batch of one."""
    (item,) = items
    return item
