"""What a plan says, as values: `planning` makes it, `plan_text` and `plan_json` show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from finetune.base_model.base import Base
from finetune.hardware.cards import Card
from finetune.hardware.machine import Device, Machine, device
from finetune.hardware.memory import Estimate
from finetune.hardware.preflight import Need, Trouble
from finetune.model import liger
from finetune.planning.token_lengths import Lengths
from finetune.recipe import DEFAULTS, Recipe
from finetune.rows.examples import Dropped
from finetune.rows.prompt_template import Template
from quality.errors import HardwareError
from quality.model import Row
from quality.options import Resolved


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate says of the data.

    Attributes:
        reasons: Why it is shut, as it says it; "" while it is open.
        rows: Those that a run would get; all of them while it is shut, so that the rest can be planned.
        dropped: Those that it leaves out, and why.
    """

    reasons: str
    resolved: Resolved
    rows: tuple[Row, ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether a run would be let in."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Batching:
    """How the rows go through the model.

    Attributes:
        tokens: Padded tokens of a micro-batch at most.
        largest: Padded tokens of the largest one there is.
        padded: Padded tokens of all epochs.
        waste: Padding as a share of the real tokens.
    """

    tokens: int
    largest: int
    accumulation: int
    micro_batches: int
    steps: int
    padded: int
    waste: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do, and what stands in its way.

    Attributes:
        file: The data.
        total: Rows of the table.
        dropped: Rows that are not trained on, by the gate or for their length.
        lengths: Tokens of the others.
        card: None where the base is tiny and the CPU trains it.
        batching: None where no row is left.
        estimate: Memory at the largest micro-batch; None without a card or rows.
        minutes: What all epochs take, from and to, by estimate; None where the card's speed is not known.
        machine: This one.
        need: What the run wants of it; None where no row is left.
        troubles: What stands in the way, what cannot be lived with first.
    """

    file: str
    total: int
    gate: Gate
    dropped: tuple[Dropped, ...]
    base: Base
    template: Template
    recipe: Recipe
    lengths: Lengths
    card: Card | None
    batching: Batching | None
    estimate: Estimate | None
    minutes: tuple[float, float] | None
    machine: Machine
    need: Need | None
    troubles: tuple[Trouble, ...]

    @property
    def exit_code(self) -> int:
        """0: it would run; 1: the gate refuses or too few rows are left; 2: it does not fit or lacks something."""
        fatal = [trouble for trouble in self.troubles if trouble.fatal]
        if any(not trouble.data for trouble in fatal):
            return 2
        return 1 if fatal or not self.gate.open else 0

    @property
    def seen(self) -> tuple[float, float] | None:
        """Share of the training that the budget leaves, from and to; None without a budget or an estimate."""
        if self.recipe.budget_min is None or self.minutes is None:
            return None
        low, high = (min(1.0, self.recipe.budget_min / minutes) for minutes in reversed(self.minutes))
        return low, high

    @property
    def tries_liger(self) -> bool:
        """Whether the run would try Liger's kernels, which need less memory than is planned."""
        if self.card is None or not self.card.here or not self.machine.versions.get("liger-kernel"):
            return False
        proven = self.device is not None and self.device.dtype != liger.UNPROVEN
        return self.recipe.liger == "on" or (self.recipe.liger == "auto" and proven)

    @property
    def device(self) -> Device | None:
        """Where the run would compute and in which numbers; None where it cannot."""
        gpus = () if self.card is None else (self.card.gpu,)
        try:
            return device(replace(self.machine, gpus=gpus), self.base.shape)
        except HardwareError:
            return None


def settings(recipe: Recipe) -> Mapping[str, tuple[Any, str, str]]:
    """Setting → its value, unit and source; the source is "given" where the value is not the default."""
    return {
        name: (value, default.unit, default.source if value == default.value else "given")
        for name, default in DEFAULTS.items()
        for value in (getattr(recipe, name),)
    }
