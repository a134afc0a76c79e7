"""How a run trains: every value with its default, unit and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, Literal

Liger = Literal["auto", "on", "off"]


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
