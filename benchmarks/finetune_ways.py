"""The ways to train and predict that are compared on a GPU, each as the figures of its sizes, smallest first."""

from __future__ import annotations

import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finetune.base_model.shapes import Shape
from finetune.hardware import memory
from finetune.hardware.machine import Device
from finetune.model import libraries, quantized
from finetune.prediction import generate
from finetune.recipe import Recipe
from finetune.rows.batches import Schedule
from finetune.rows.examples import Example
from finetune.training import fit
from finetune.training.loss_log import StepLog

GIB = 1 << 30
LIMIT = 14.56
"""GiB that a T4 has for a process."""
LENGTH = 512
ROWS = {"usual": (4, 6, 8, 10, 12, 14), "ours": (2, 4, 8, 10, 12, 14, 16, 20, 24)}
"""Rows of a micro-batch that are tried, until the memory does not suffice."""
WARM, STEPS = 2, 8
PROMPT, NEW = 640, 128
PREDICTED = (1, 16, 24)
RECIPE = Recipe("", epochs=1, budget_min=None, liger="off")


@dataclass(frozen=True, slots=True)
class Figure:
    """What one size took; bytes as torch counts them, None on a CPU."""

    rows: int
    rate: float
    allocated: int | None
    reserved: int | None


def ours(folder: Path, device: Device, shape: Shape) -> Iterator[Figure]:
    model = quantized.with_lora(quantized.load(folder, device), RECIPE)
    rows = ROWS["ours"]
    fits = memory.largest_micro_batch(shape, RECIPE, round(LIMIT * GIB), at_most=max(rows) * LENGTH)
    chosen = (fits or 0) // LENGTH
    print(f"`plan` would take {chosen} x {LENGTH}", file=sys.stderr)
    for size in sorted({*rows, chosen} - {0}) if device.kind == "cuda" else rows[:2]:
        logs: list[StepLog] = []
        _forget()
        with tempfile.TemporaryDirectory() as staging:
            job = fit.Job(model, _examples(size), _schedule(size), RECIPE, device, 0, Path(staging))
            try:
                fit.fit(job, on_saved=lambda *_: None, on_step=logs.append)
            except fit.OutOfMemory:
                print(f"ours {size} x {LENGTH}: out of memory", file=sys.stderr)
                return
        yield _figure(size, size * LENGTH * (STEPS - WARM) / sum(log.seconds for log in logs[WARM:]))


def usual(folder: Path, device: Device, shape: Shape) -> Iterator[Figure]:
    """What notebooks do: all that is not in 4 bit in fp32, and a paged optimizer."""
    import torch

    del shape
    warnings.simplefilter("ignore")  # about names that transformers 5 has given up, from peft
    with libraries.quiet():
        model = _usual_model(folder, device)
    for size in ROWS["usual"] if device.kind == "cuda" else ROWS["usual"][:1]:
        seconds: list[float] = []
        _forget()
        with tempfile.TemporaryDirectory() as staging:
            trainer = _usual_trainer(model, device, size, seconds, staging)
            try:
                trainer.train()
            except torch.OutOfMemoryError:
                print(f"usual {size} x {LENGTH}: out of memory", file=sys.stderr)
                return
        trainer.accelerator.unwrap_model(model, keep_fp32_wrapper=False)
        yield _figure(size, size * LENGTH * (STEPS - WARM) / (seconds[-1] - seconds[WARM - 1]))


def _usual_model(folder: Path, device: Device) -> Any:
    import peft
    import torch
    import transformers

    dtype = getattr(torch, device.dtype)
    four_bit = transformers.BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=dtype,
    )
    place = {"": 0 if device.kind == "cuda" else "cpu"}
    model = transformers.AutoModelForCausalLM.from_pretrained(
        folder, quantization_config=four_bit, dtype=dtype, device_map=place
    )
    model.config.use_cache = False
    model = peft.prepare_model_for_kbit_training(model)
    settings = peft.LoraConfig(
        r=RECIPE.lora_r,
        lora_alpha=RECIPE.lora_alpha,
        lora_dropout=RECIPE.lora_dropout,
        target_modules="all-linear",
        task_type="CAUSAL_LM",
    )
    return peft.get_peft_model(model, settings)


def _usual_trainer(model: Any, device: Device, size: int, seconds: list[float], staging: str) -> Any:
    import transformers

    class Clock(transformers.TrainerCallback):
        def on_step_end(self, *_: Any, **__: Any) -> None:
            _finish()
            seconds.append(time.perf_counter())

    def row(example: Example) -> dict[str, list[int]]:
        ids = [*example.prompt, *example.answer]
        return {"input_ids": ids, "attention_mask": [1] * len(ids), "labels": ids}

    arguments = transformers.TrainingArguments(
        output_dir=staging,
        per_device_train_batch_size=size,
        num_train_epochs=1,
        fp16=device.dtype == "float16",
        use_cpu=device.kind == "cpu",
        optim="paged_adamw_32bit" if device.kind == "cuda" else "adamw_torch",
        learning_rate=RECIPE.learning_rate,
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        logging_strategy="no",
    )
    return transformers.Trainer(
        model=model,
        args=arguments,
        train_dataset=[row(example) for example in _examples(size)],
        data_collator=transformers.default_data_collator,
        callbacks=[Clock()],
    )


def predict(folder: Path, device: Device, shape: Shape) -> Iterator[Figure]:
    del shape
    model = quantized.with_lora(quantized.load(folder, device), RECIPE)
    new = NEW if device.kind == "cuda" else 4
    for size in PREDICTED if device.kind == "cuda" else PREDICTED[:1]:
        _forget()
        begin, written = time.perf_counter(), 0
        for batch in generate.generate(
            model, _prompts(size), pad=0, eos=1, max_new_tokens=new, batch_size=size
        ):
            if isinstance(batch, generate.Halved):
                print(f"predict {size} x {PROMPT + NEW}: out of memory", file=sys.stderr)
                return
            written += sum(len(one.ids) for one in batch)
        _finish()
        yield _figure(size, written / (time.perf_counter() - begin))


def loop(folder: Path, device: Device, shape: Shape) -> Iterator[Figure]:
    """One prompt after another, as notebooks do."""
    import torch

    del shape
    model = quantized.with_lora(quantized.load(folder, device), RECIPE).eval()
    new = NEW if device.kind == "cuda" else 4
    begin, written = 0.0, 0
    for turn, prompt in enumerate(_prompts(5)):
        if turn == 1:  # the first loads what the others use
            _forget()
            begin, written = time.perf_counter(), 0
        ids = torch.tensor([prompt], device=model.device)
        with torch.no_grad():
            out = model.generate(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
                max_new_tokens=new,
                do_sample=False,
                use_cache=True,
                pad_token_id=0,
                eos_token_id=1,
            )
        written += out.shape[1] - len(prompt)
    _finish()
    yield _figure(1, written / (time.perf_counter() - begin))


def _examples(size: int) -> list[Example]:
    half = tuple(range(2, 2 + LENGTH // 2))
    return [Example(row, str(row), half, half) for row in range(size * STEPS)]


def _schedule(size: int) -> Schedule:
    batches = tuple(tuple(range(at, at + size)) for at in range(0, size * STEPS, size))
    return Schedule(batches, 1, size * LENGTH, STEPS)


def _prompts(count: int) -> list[list[int]]:
    return [[2 + (row * 31 + at * 7) % 1000 for at in range(PROMPT)] for row in range(count)]


def _figure(rows: int, rate: float) -> Figure:
    import torch

    if not torch.cuda.is_available():
        return Figure(rows, rate, None, None)
    return Figure(rows, rate, torch.cuda.max_memory_allocated(), torch.cuda.max_memory_reserved())


def _forget() -> None:
    """What was measured before counts no more."""
    import gc

    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()


def _finish() -> None:
    """Waits for the GPU, which works behind the program's back."""
    import torch

    if torch.cuda.is_available():
        torch.cuda.synchronize()
