"""What a fine-tune was made of, and what came out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quality import __version__
from quality.lineage import sealed
from quality.lineage.version import Version

REMEDY = "name the folder of a finished run; `finetune run` with the same words finishes one"


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a fine-tune was made of, and what came out of it.

    Attributes:
        gate: SHA-256 of the gate record, hex.
        used: Record numbers of the rows that it trained on.
        dropped: Record number → why that row was left out.
        instructions: SHA-256 of each instruction that it trained on, shortened to 16 hex digits.
        base: Name of the base model as the user gave it.
        base_sha256: Its fingerprint.
        adapter_sha256: Hash over the adapter's files.
        template: Name of the prompt template.
        recipe: Every setting of the training.
        schedule: Steps, tokens and rows of the training as planned and capped.
        losses: (step, mean loss), the first and the last among them.
        versions: Library → version.
        device: What it ran on, and in which precision.
        notes: What a reader must know, such as that it went on after an update.
    """

    gate: str
    data: Version
    used: tuple[int, ...]
    dropped: Mapping[str, str]
    instructions: tuple[str, ...]
    base: str
    base_sha256: str
    adapter_sha256: str
    template: str
    template_sha256: str
    tokenizer_sha256: str
    recipe: Mapping[str, Any]
    schedule: Mapping[str, Any]
    losses: tuple[tuple[int, float], ...]
    versions: Mapping[str, str | None]
    device: str
    notes: tuple[str, ...] = ()
    tool: str = f"proofgate {__version__}"


def write_run_record(path: Path, record: RunRecord) -> None:
    """Writes the record with its own hash."""
    sealed.write(path, sealed.sealed("run", sealed.content(record)), "--out")


def read_run_record(path: Path) -> RunRecord:
    """The record in that file.

    Raises:
        InputError: Not a run record of this format, or one that was changed after it was written.
    """
    return sealed.read(path, "run", as_run_record, REMEDY)


def run_record_sha256(record: RunRecord) -> str:
    """The hash that the record's file states of itself, hex."""
    return sealed.sha256("run", sealed.content(record))


@sealed.exact
def as_run_record(body: Mapping[str, Any]) -> RunRecord:
    """The record that a sealed body holds."""
    return RunRecord(
        gate=str(body["gate"]),
        data=Version(**body["data"]),
        used=tuple(map(int, body["used"])),
        dropped={str(row): str(why) for row, why in body["dropped"].items()},
        instructions=tuple(map(str, body["instructions"])),
        base=str(body["base"]),
        base_sha256=str(body["base_sha256"]),
        adapter_sha256=str(body["adapter_sha256"]),
        template=str(body["template"]),
        template_sha256=str(body["template_sha256"]),
        tokenizer_sha256=str(body["tokenizer_sha256"]),
        recipe=dict(body["recipe"]),
        schedule=dict(body["schedule"]),
        losses=tuple((int(step), float(loss)) for step, loss in body["losses"]),
        versions=dict(body["versions"]),
        device=str(body["device"]),
        notes=tuple(map(str, body["notes"])),
        tool=str(body["tool"]),
    )
