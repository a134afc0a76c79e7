"""The graphics card that a plan is for: the one here, or one that is named, with what it computes at best."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from finetune.base_model.shapes import Shape
from finetune.hardware.machine import Gpu, Machine
from finetune.hardware.memory import GIB
from quality.errors import ConfigError

UTILISATION = (0.15, 0.40)
"""Share of a card's best that a fine-tune reaches, from and to; an estimate. Published rates for Llama-2-7B on a T4 are
1.61 s (Hugging Face) and 0.91 s (Unsloth) for an Alpaca row."""
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Card:
    """A card to plan for.

    Attributes:
        teraflops: 16-bit operations a second at best, in 10^12; None where it is not known.
        here: It is in this machine.
    """

    gpu: Gpu
    teraflops: float | None
    here: bool


@dataclass(frozen=True, slots=True)
class _Model:
    """A card as its maker describes it: MiB of memory, and dense 16-bit operations a second in 10^12."""

    name: str
    mib: int
    capability: tuple[int, int]
    teraflops: float


_MODELS: Mapping[str, _Model] = MappingProxyType(
    {
        "t4": _Model("Tesla T4", 14_910, (7, 5), 65),  # 15,360 MiB, of which a process can have 14.56 GiB
        "l4": _Model("NVIDIA L4", 23_034, (8, 9), 121),
        "a100": _Model("NVIDIA A100", 40_960, (8, 0), 312),
        "h100": _Model("NVIDIA H100", 81_559, (9, 0), 989),
    }
)
"""Name for `--card` → the card, from NVIDIA's data sheets; operations without sparsity."""
NAMES = tuple(_MODELS)
_OTHERS: Mapping[str, float] = MappingProxyType({"V100": 125, "A10G": 70, "A10": 125, "A30": 165, "P100": 21})
"""Part of a name that nvidia-smi shows → operations a second, from the same source."""


def choose(wanted: str | None, machine: Machine) -> Card:
    """The card that is named; without a name the first one here, and where there is none, a T4.

    Args:
        wanted: A name of `NAMES`, or the memory in GiB.

    Raises:
        ConfigError: It is neither.
    """
    if wanted is None and machine.gpus:
        return Card(machine.gpus[0], _teraflops(machine.gpus[0].name), here=True)
    wanted = "t4" if wanted is None else wanted
    name = wanted.strip().lower()
    if name in _MODELS:
        model = _MODELS[name]
        size = model.mib * _MIB
        return Card(Gpu(model.name, size, size, model.capability), model.teraflops, here=False)
    size = round(_gibibytes(name, wanted) * GIB)
    return Card(
        Gpu(f"a card of {name.removesuffix('gib').strip()} GiB", size, size, (0, 0)), None, here=False
    )


def minutes(shape: Shape, tokens: int, card: Card) -> tuple[float, float] | None:
    """How long training on that many padded tokens takes, from and to; None where the card's speed is not known.

    A token costs two operations a weight forward, two for the gradient of its activations, and two for the forward
    pass that checkpointing repeats; the frozen weights have no gradient. The embedding is only looked up.
    """
    if card.teraflops is None:
        return None
    weights = shape.linear_parameters + shape.vocab * shape.hidden
    best = 6 * weights * tokens / (card.teraflops * 1e12) / 60
    return best / UTILISATION[1], best / UTILISATION[0]


def _teraflops(name: str) -> float | None:
    words = name.upper().replace("-", " ").split()
    known = {**{key.upper(): model.teraflops for key, model in _MODELS.items()}, **_OTHERS}
    return next((known[word] for word in words if word in known), None)


def _gibibytes(text: str, wanted: str) -> float:
    try:
        size = float(text.removesuffix("gib"))
    except ValueError:
        size = math.nan
    if not 1 <= size <= 10_000:  # not a number is outside too
        raise ConfigError(
            f"no card is called {wanted[:60]!r}",
            where="--card",
            remedy=f"name one of {', '.join(NAMES)}, or its memory in GiB, such as --card 16",
        )
    return size
