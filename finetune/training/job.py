"""One training job: all that decides it, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from finetune.hardware.machine import Device
from finetune.recipe import Recipe
from finetune.rows.batches import Schedule
from finetune.rows.examples import Example

SAVE_EVERY_S = 90.0
"""Seconds between checkpoints: what a lost connection costs at most, at a few per cent of the time."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is trained on what, in which order, and where its checkpoints go.

    Attributes:
        model: A quantised base with a LoRA adapter (`quantized.load`, `quantized.with_lora`).
        examples: All rows that are used; the schedule's numbers are places in it.
        pad: Token that fills the shorter rows; it carries no loss.
        staging: Folder in which a checkpoint is written before it is handed over.
        resume_from: A complete checkpoint folder to go on from.
        save_every_s: Seconds between two checkpoints; 0 writes one after every step.
        liger: Whether the model computes with Liger's kernels, as `liger.usable` decided.
    """

    model: Any = field(repr=False)
    examples: Sequence[Example]
    schedule: Schedule
    recipe: Recipe
    device: Device
    pad: int
    staging: Path
    resume_from: Path | None = None
    save_every_s: float = SAVE_EVERY_S
    liger: bool = False
