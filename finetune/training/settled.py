"""What a run decided before its first step: written once, compared by whoever goes on with the run, and kept to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from finetune.recipe import Recipe
from finetune.rows.batches import Schedule
from finetune.rows.examples import Example
from finetune.training.budget import Cap
from quality.lineage import Version, sealed

_REMEDY = "name a new folder with --out; what was trained here cannot be gone on with"
_HEX = 12
"""Digits of a hash that a person compares."""


@dataclass(frozen=True, slots=True)
class Batches:
    """Which rows are computed together, in numbers; the batches themselves follow from these and the seed.

    Attributes:
        tokens: Padded tokens of a micro-batch at most.
        accumulation: Micro-batches of an optimizer step.
        micro_batches: Of all epochs.
        steps: Of all epochs.
        rows_per_epoch: Rows that are used.
        padding: Padded over real tokens, less 1.
        sha256: Hash over the batches, hex.
    """

    tokens: int
    accumulation: int
    micro_batches: int
    steps: int
    rows_per_epoch: int
    padding: float
    sha256: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What a run decided before its first step.

    Attributes:
        data: The file as it was read.
        gate: SHA-256 of the gate record, hex.
        gate_inputs: Guide, checks and configuration of the gate → SHA-256, hex.
        rows_used: How many rows are trained on.
        dropped: Record number → why that row is left out.
        rows_sha256: Hash over the rows as the model sees them: numbers, ids, tokens.
        answer_tokens: Tokens of the answers: `p50`, `p99`, `max`.
        recipe: Every setting.
        device: `cuda` or `cpu`.
        dtype: Precision of the arithmetic.
        device_name: Of the GPU; empty on a CPU.
        versions: Library → version.
        liger: Whether Liger's kernels are used.
        halved: Whether memory ran out, so that the micro-batches were halved.
        cap: What the budget leaves of the training; None without a budget, and until it is timed.
        notes: What a reader of the record must know.
    """

    data: Version
    gate: str
    gate_inputs: Mapping[str, str]
    rows_used: int
    dropped: Mapping[str, str]
    rows_sha256: str
    answer_tokens: Mapping[str, int]
    base: str
    base_sha256: str
    template: str
    template_sha256: str
    tokenizer_sha256: str
    recipe: Mapping[str, Any]
    batches: Batches
    device: str
    dtype: str
    device_name: str
    versions: Mapping[str, str | None]
    liger: bool = False
    halved: bool = False
    cap: Cap | None = None
    notes: tuple[str, ...] = ()


def write(path: Path, settled: Settled) -> None:
    """Writes it whole or not at all, with its own hash."""
    sealed.write(path, sealed.sealed("settled", asdict(settled)), "--out")


def read(path: Path) -> Settled:
    """What the file holds.

    Raises:
        InputError: It cannot be read, or was changed after it was written.
    """
    return sealed.read(path, "settled", _as_settled, _REMEDY)


def _as_settled(body: Mapping[str, Any]) -> Settled:
    named: dict[str, Any] = {name: body[name] for name in Settled.__slots__}
    made: dict[str, Any] = {
        "data": Version(**body["data"]),
        "batches": Batches(**body["batches"]),
        "cap": None if body["cap"] is None else Cap(**body["cap"]),
        "notes": tuple(map(str, body["notes"])),
    }
    return Settled(**{**named, **made})


def differences(before: Settled, now: Settled) -> tuple[str, ...]:
    """Why the run cannot be gone on with, one line a difference, with the old and the new value; empty if it can.

    Versions and all that may change with them are left to `version_differences`.
    """
    return tuple(_changes({**_fixed(before), **_settings(before)}, {**_fixed(now), **_settings(now)}, ": "))


def request_differences(
    before: Settled, data_sha256: str, base_sha256: str, template_sha256: str, recipe: Recipe
) -> tuple[str, ...]:
    """The same by what the user names alone, for a run that is complete: nothing is loaded for it."""
    asked = replace(
        before,
        data=replace(before.data, data=data_sha256),
        base_sha256=base_sha256,
        template_sha256=template_sha256,
        recipe=asdict(recipe),
    )
    return differences(before, asked)


def version_differences(before: Settled, now: Settled) -> tuple[str, ...]:
    """What differs, and does not keep the run from going on, though no longer bit by bit as it would have."""
    return tuple(_changes(_versions(before), _versions(now), " "))


def run_sha256(settled: Settled) -> str:
    """Hash of what makes a run that run, hex: all that keeps it from being gone on with where it differs."""
    return sealed.digest({**_fixed(settled), **_settings(settled)})


def _fixed(settled: Settled) -> dict[str, object]:
    return {
        "rows of the data": settled.data.data,
        "style guide": settled.gate_inputs.get("guide"),
        "rows used": settled.rows_used,
        "rows as the model sees them": settled.rows_sha256,
        "base model": settled.base_sha256,
        "prompt template": settled.template_sha256,
        "tokenizer": settled.tokenizer_sha256,
        "batches": settled.batches.sha256,
        "device": settled.device,
        "precision": settled.dtype,
        "Liger's kernels": "used" if settled.liger else "not used",
    }


def _settings(settled: Settled) -> dict[str, object]:
    """The recipe without the two names whose contents are compared."""
    return {key: value for key, value in settled.recipe.items() if key not in ("base", "template")}


def _versions(settled: Settled) -> dict[str, object]:
    """Besides the libraries: the card, and the gate, which passed both times on the same rows and guide."""
    gate = {f"the gate's {part}": settled.gate_inputs.get(part) for part in ("checks", "config")}
    return {**settled.versions, "GPU": settled.device_name, **gate}


def _changes(before: Mapping[str, object], now: Mapping[str, object], separator: str) -> Iterator[str]:
    for key in dict.fromkeys((*before, *now)):
        old, new = before.get(key), now.get(key)
        if old != new:
            yield f"{key}{separator}{_short(old)} → {_short(new)}"


def _short(value: object) -> str:
    """The value as a person compares it: hashes by their beginning."""
    if value is None or value == "":
        return "none"
    text = str(value)
    return f"{text[:_HEX]}…" if len(text) == 64 and not text.strip("0123456789abcdef") else text


def rows_sha256(examples: Iterable[Example]) -> str:
    """SHA-256, hex, over the rows as the model sees them, in their order."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(
            repr((example.row, example.id, example.prompt, example.answer)).encode("utf-8", "surrogatepass")
        )
    return digest.hexdigest()


def batches(schedule: Schedule, padding: float, rows: int) -> Batches:
    """The schedule in numbers.

    Args:
        padding: Padded over real tokens, less 1.
        rows: How many are used.
    """
    return Batches(
        tokens=schedule.tokens,
        accumulation=schedule.accumulation,
        micro_batches=len(schedule.micro_batches),
        steps=schedule.steps,
        rows_per_epoch=rows,
        padding=round(padding, 4),
        sha256=hashlib.sha256(repr((schedule.micro_batches, schedule.accumulation)).encode()).hexdigest(),
    )


def answer_tokens(examples: Sequence[Example]) -> dict[str, int]:
    """Tokens of the answers: the median, the 99th percentile (nearest rank) and the most."""
    lengths = sorted(len(example.answer) for example in examples)
    last = len(lengths) - 1
    return {"p50": lengths[last // 2], "p99": lengths[-(-99 * len(lengths) // 100) - 1], "max": lengths[last]}
