"""A training job of a few steps: the tiny Llama in 4 bit, with rows of random tokens."""

import random
from pathlib import Path

from finetune.hardware.machine import Device
from finetune.model import quantized
from finetune.recipe import Recipe
from finetune.rows import batches
from finetune.rows.examples import Example
from finetune.training.fit import fit
from finetune.training.job import Job

CPU = Device("cpu", "float32")
PAD = 0
BEYOND_BYTES = 259
"""The vocabulary begins with special tokens and bytes."""


def rows(count=12, seed=1, vocabulary=512):
    """Examples of 10 to 50 tokens, named r2, r3, …"""
    draw = random.Random(seed)

    def ids(fewest, most):
        return [draw.randrange(BEYOND_BYTES, vocabulary) for _ in range(draw.randint(fewest, most))]

    return tuple(
        Example(row, f"r{row}", prompt=(1, *ids(4, 19)), answer=(*ids(5, 29), 2))
        for row in range(2, 2 + count)
    )


def job(
    base: Path,
    staging: Path,
    *,
    examples=None,
    tokens=128,
    accumulation=2,
    epochs=2,
    recipe=None,
    device=CPU,
    **more,
):
    """The job with a new adapter on a newly loaded base; a handful of steps as it is."""
    examples = examples or rows()
    recipe = recipe or Recipe(base=str(base))
    schedule = batches.schedule(
        [row.length for row in examples],
        tokens=tokens,
        accumulation=accumulation,
        epochs=epochs,
        seed=recipe.seed,
        packing=recipe.packing,
    )
    model = quantized.with_lora(quantized.load(base, device), recipe)
    return Job(model, examples, schedule, recipe, device, PAD, staging, **more)


def run(work):
    """Trains to the end: what came of it, the steps' log, the checkpoints by step."""
    logs, saved = [], {}
    fitted = fit(work, on_saved=lambda folder, step: saved.__setitem__(step, folder), on_step=logs.append)
    return fitted, logs, saved


def checkpointed(model) -> bool:
    """Whether its layers compute their activations again in the backward pass."""
    return all(layer.gradient_checkpointing for layer in model.get_base_model().model.layers)


def adapter(folder: Path) -> bytes:
    return (folder / "adapter_model.safetensors").read_bytes()
