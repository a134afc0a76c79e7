"""How a run trains: every value with its default, unit, range and source."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, Literal

from quality.errors import ConfigError

Liger = Literal["auto", "on", "off"]

RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "epochs": (1, 1000),
        "learning_rate": (1e-12, math.inf),
        "warmup": (0, 1),
        "weight_decay": (0, math.inf),
        "max_grad_norm": (1e-12, math.inf),
        "rows_per_step": (1, 1_000_000),
        "max_length": (16, 1 << 24),
        "lora_r": (1, 4096),
        "lora_alpha": (1, 1_000_000),
        "lora_dropout": (0, 0.99),
        "seed": (0, 2**32 - 1),  # numpy takes no larger one
        "micro_batch_tokens": (16, 1 << 24),
        "budget_min": (0.1, 525_600),
    }
)
"""Setting → its least and its greatest value; a greatest of infinity means any number that is finite."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of one fine-tune; the defaults' units and sources are in `DEFAULTS`.

    Attributes:
        base: Folder of a model, or its name on the hub.
        template: Name of a shipped prompt template, or path of one.
        rows_per_step: Rows that one optimizer step averages over, on the average.
        micro_batch_tokens: Padded tokens of one forward pass; None takes the most that fits.
        budget_min: Minutes that the training may take; None trains all epochs.
        packing: Rows share a sequence instead of being padded.
        liger: Whether Liger's fused kernels are used; `auto` where they are proven to work.

    Raises:
        ConfigError: A value is outside its range.
    """

    base: str
    template: str = "alpaca"
    epochs: int = 3
    learning_rate: float = 2e-4
    lr_schedule: str = "cosine"
    warmup: float = 0.03
    weight_decay: float = 0.0
    max_grad_norm: float = 0.3
    rows_per_step: int = 16
    max_length: int = 1024
    lora_r: int = 16
    lora_alpha: int = 32
    lora_dropout: float = 0.05
    seed: int = 412
    micro_batch_tokens: int | None = None
    budget_min: float | None = None
    packing: bool = False
    liger: Liger = "auto"

    def __post_init__(self) -> None:
        for name, (least, most) in RANGES.items():
            value = getattr(self, name)
            if value is not None and not (least <= value <= most and math.isfinite(value)):
                within = (
                    f"from {least:,} to {most:,}" if most < math.inf else f"finite, and at least {least:,}"
                )
                raise ConfigError(
                    f"{value} is out of range", where=f"--{name.replace('_', '-')}", remedy=f"it is {within}"
                )


@dataclass(frozen=True, slots=True)
class Default:
    """A default with what it is measured in and where it comes from."""

    value: Any
    unit: str
    source: str


_QLORA = "Dettmers et al. 2023, QLoRA"
_ALPACA = "Taori et al. 2023, Stanford Alpaca"

_SOURCES: Mapping[str, tuple[str, str]] = {
    "epochs": ("passes over the rows", f"{_ALPACA}: 3 epochs of instruction data for a 7B model"),
    "learning_rate": ("", f"{_QLORA}, appendix B: 2e-4 for 7B and 13B"),
    "lr_schedule": ("", f"{_ALPACA}: cosine, so that a capped run ends with small steps too"),
    "warmup": ("share of the steps", f"{_ALPACA}: 0.03"),
    "weight_decay": ("", f"{_ALPACA}: 0"),
    "max_grad_norm": ("", f"{_QLORA}, appendix B: 0.3"),
    "rows_per_step": ("rows", f"{_QLORA}, appendix B: batches of 16 for 7B"),
    "max_length": (
        "tokens",
        "holds all of the example homework and 94% of AlpacaEval's answers; 512 holds 61% (measured)",
    ),
    "lora_r": (
        "rank",
        f"{_QLORA}, appendix A.1: the rank does not matter once all linear layers are adapted",
    ),
    "lora_alpha": (
        "",
        "twice the rank: the adapter's scale, tuned with the learning rate; Hu et al. 2021, LoRA, 4.1",
    ),
    "lora_dropout": ("share", f"{_QLORA}, appendix A.1: 0.05 helps models of 7B and 13B"),
    "seed": ("", "any number will do; the course's own"),
}

DEFAULTS: Mapping[str, Default] = MappingProxyType(
    {
        field.name: Default(field.default, *_SOURCES[field.name])
        for field in fields(Recipe)
        if field.name in _SOURCES
    }
)
"""Setting → its default, unit and source."""
