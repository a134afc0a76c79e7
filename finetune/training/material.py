"""What a run works on, found in the order that costs least: machine, base, rows as tokens. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from finetune.admission import Admission
from finetune.base_model import base
from finetune.base_model.base import Base
from finetune.hardware import machine, preflight
from finetune.hardware.machine import Device, Machine
from finetune.hardware.preflight import Need
from finetune.recipe import Recipe
from finetune.rows import examples, prompt_template, tokenizer
from finetune.rows.examples import Dropped, Example
from finetune.rows.prompt_template import Template
from finetune.rows.tokenizer import Tokenizer
from quality import console
from quality.errors import GateRefused
from quality.reports.escape import shown_id
from quality.wording import count

_SHOWN = 5
"""Rows that a message names."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a run works on.

    Attributes:
        folder: Of the base's files.
        base_sha256: Fingerprint of the base, hex.
        dropped: Rows that are not trained on: what the gate left out, then what cannot be learned from.
    """

    base: Base
    folder: Path
    base_sha256: str
    tokenizer: Tokenizer
    template: Template
    examples: tuple[Example, ...]
    dropped: tuple[Dropped, ...]
    machine: Machine
    device: Device

    @property
    def base_name(self) -> str:
        """What `--base` takes from any folder."""
        return lasting_name(self.base.name)

    @property
    def lengths(self) -> tuple[int, ...]:
        """Tokens of each example."""
        return tuple(example.length for example in self.examples)


def lasting_name(base: str) -> str:
    """The base's name as it can be used from any folder: a local one by its whole path."""
    folder = Path(base).expanduser()
    return str(folder.resolve()) if folder.is_dir() else base


def gather(admitted: Admission, recipe: Recipe, out: Path) -> Material:
    """Everything that the training needs; the base is downloaded where it is not here.

    Args:
        out: Where the run will write.

    Raises:
        GateRefused: Too few rows are left.
        HardwareError: The machine cannot train this.
        ProofgateError: The base or the template cannot be had.
    """
    template = prompt_template.load(recipe.template)
    for word in template.strange:
        console.say(f"note: {word} in the prompt template is literal text")
    here = machine.look(out)
    known = base.find(recipe.base, download=False)
    preflight.demand(Need(known, recipe, 1), here)  # before gigabytes are fetched
    device = machine.device(here, known.shape)
    found = base.find(recipe.base, download=True)
    assert found.folder is not None
    words = tokenizer.load(found.folder)
    kept, unusable = examples.examples(admitted.rows, template, words, found.shape.limit(recipe.max_length))
    dropped = (*admitted.dropped, *unusable)
    _demand_rows(len(kept), dropped, admitted.resolved.request.guide.gate.min_rows, found.shape.context)
    need = Need(found, recipe, max(example.length for example in kept))
    for trouble in preflight.demand(need, machine.look(out)):
        console.say(f"note: {trouble.what}\n  → {trouble.remedy}")
    console.say(f"{count(len(kept), 'row')} to train on, {len(dropped):,} left out{_named(dropped)}")
    return Material(
        found, found.folder, base.fingerprint(found), words, template, kept, dropped, here, device
    )


def _demand_rows(kept: int, dropped: tuple[Dropped, ...], least: int, context: int) -> None:
    """Makes sure that there are as many as the guide wants, now that the unusable ones are known.

    Args:
        context: The longest row that the base can read, in tokens.

    Raises:
        GateRefused: There are not.
    """
    lacking = max(1, least) - kept
    if lacking <= 0:
        return
    readable = sorted(row.tokens for row in dropped if 0 < row.tokens <= context)
    enough = f"raise --max-length to {readable[lacking - 1]}, or " if lacking <= len(readable) else ""
    raise GateRefused(
        f"{count(kept, 'row')} can be trained on, and the guide wants at least {least}{_named(dropped)}",
        remedy=f"{enough}add rows or shorten the long ones",
    )


def _named(dropped: tuple[Dropped, ...]) -> str:
    """The first of them with why, one a line."""
    lines = [f"\n  row {row.row}, {shown_id(row.id)}: {row.reason}" for row in dropped[:_SHOWN]]
    more = len(dropped) - _SHOWN
    return (":" if lines else "") + "".join(lines) + (f"\n  and {more:,} more" if more > 0 else "")
