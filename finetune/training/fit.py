"""Training: transformers' plain Trainer over micro-batches that were settled in advance.

One item of the dataset is one whole micro-batch, taken in order: so the same job gives the same adapter, and a run
that goes on from a checkpoint ends with the adapter it would have had, bit for bit on the same machine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finetune.model import checkpointing, liger
from finetune.model.not_finite import NotFinite
from finetune.model.out_of_memory import OutOfMemory, is_out_of_memory, release
from finetune.training.collate import micro_batch
from finetune.training.job import Job
from finetune.training.loss_log import StepLog
from finetune.training.packing_check import demand_isolation
from quality.errors import HardwareError, ProofgateError, in_words

__all__ = ["Fitted", "Job", "NotFinite", "OutOfMemory", "fit", "warmup_steps"]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What this training did; steps of an earlier one that it went on from do not count.

    Attributes:
        steps: Optimizer steps.
        loss: Of the last step; None where there was none left to take.
        tokens: Without padding.
        seconds: The steps' own, without saving.
        notes: What a person should know, in sentences.
    """

    steps: int
    loss: float | None
    tokens: int
    seconds: float
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
        OutOfMemory: Memory ran out; the model is fit for another try with smaller micro-batches.
        NotFinite: A loss or gradient is not finite; nothing is saved after it.
        HardwareError: A checkpoint cannot be written.
        ConfigError: Liger or packing is asked for where it cannot be had.
    """
    from finetune.training import callbacks

    if job.recipe.packing:
        demand_isolation(job.model)
    use_liger, note = liger.usable(job.recipe.liger, job.device)
    guard, report = callbacks.FiniteGuard(job), callbacks.StepReport(job, on_step)
    clock = callbacks.SaveClock(job, on_saved)
    trainer = _trainer(job, [guard, clock, report], use_liger=use_liger)
    hook = job.model.register_forward_hook(guard.check_loss)
    short_of_memory = False
    try:
        trainer.train(resume_from_checkpoint=str(job.resume_from) if job.resume_from else None)
    except ProofgateError:
        raise
    except Exception as error:  # whatever the libraries raise: most of it has no class of its own
        short_of_memory = is_out_of_memory(error)
        if not short_of_memory:
            raise _told(error, job, clock.writing, use_liger and trainer.state.global_step == 0) from None
    finally:
        hook.remove()
        # mixed precision wraps the model's forward; a second training must not wrap it twice
        trainer.accelerator.unwrap_model(job.model, keep_fp32_wrapper=False)
    if short_of_memory:  # told outside of `except`, whose traceback would hold on to the tensors
        step = trainer.state.global_step + 1
        del trainer
        release(job.model)
        raise OutOfMemory(step)
    return Fitted(
        steps=len(report.logs),
        loss=report.logs[-1].loss if report.logs else None,
        tokens=sum(log.tokens for log in report.logs),
        seconds=sum(log.seconds for log in report.logs),
        notes=(note,) if note else (),
    )


def warmup_steps(share: float, steps: int) -> int:
    """How many steps the learning rate rises in.

    The first step of a warm-up has rate 0: one of a single step would only waste it, so the shortest has two.
    """
    rising = int(share * steps)
    return rising if rising > 1 else 0


def _told(error: Exception, job: Job, writing: bool, liger_is_new: bool) -> Exception:
    """The error as a user meets it; what is neither the disk's nor Liger's mishap stays what it is."""
    if writing:
        return HardwareError(
            f"the checkpoint cannot be written: {in_words(error)}",
            where=str(job.staging),
            remedy="make room on the disk, then run the same command again: it goes on from the last checkpoint",
        )
    if liger_is_new:
        return HardwareError(
            f"the first step failed with Liger's kernels: {in_words(error)}",
            remedy="run the same command with --liger off",
        )
    return error


def _trainer(job: Job, callbacks: list[Any], *, use_liger: bool) -> Any:
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
        use_liger_kernel=use_liger,
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
    trainer = transformers.Trainer(
        model=job.model,
        args=arguments,
        train_dataset=_MicroBatches(job),  # type: ignore[arg-type]  # it needs its length and items alone
        data_collator=_alone,
        callbacks=callbacks,
    )
    trainer.remove_callback(transformers.PrinterCallback)  # it prints to stdout
    return trainer


def _alone(items: list[dict[str, Any]]) -> dict[str, Any]:
    """The one micro-batch that the trainer takes for a batch of one."""
    (item,) = items
    return item
