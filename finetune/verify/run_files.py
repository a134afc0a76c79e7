"""What a run's folder holds, against the run record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from finetune import checkpoint
from finetune.rows import prompt_template
from finetune.run_folder import RunFolder
from finetune.training import loss_log
from quality import lineage
from quality.errors import ConfigError, InputError
from quality.lineage import Bundle, Damaged, Digest, Link, RunRecord, State
from quality.wording import listed


def digests(folder: RunFolder) -> dict[str, Digest]:
    """What the run's folder holds.

    Raises:
        InputError: It is not the folder of a finished run.
    """
    if not folder.record.is_file() or not folder.adapter.is_dir():
        raise InputError(
            "is not the folder of a finished run",
            where=str(folder.path),
            remedy="name the one that `finetune run --out` filled",
        )
    faults = checkpoint.faults(folder.adapter)
    adapter = Damaged("; ".join(faults)) if faults else checkpoint.digest(folder.adapter)
    return {"adapter_sha256": adapter, "template_sha256": _template_sha256(folder)}


def _template_sha256(folder: RunFolder) -> Digest:
    if not folder.template.is_file():
        return None
    try:
        return prompt_template.load(str(folder.template)).sha256
    except ConfigError as error:
        return Damaged(error.what)


def links(bundle: Bundle, folder: RunFolder) -> Iterator[Link]:
    """Whether the folder is that run's: its record, its gate record, its losses, and the adapter's files."""
    names = ("run folder ↔ run record", "gate record in the run folder ↔ run record")
    if bundle.run is None:
        yield from (Link(name, State.NOT_CHECKED, "the run record is not at hand") for name in names)
        return
    yield link(names[0], _unlike(bundle.run, folder.record))
    if folder.gate.is_file():
        yield link(names[1], _other_gate(bundle.run, folder.gate))
    else:
        yield Link(names[1], State.NOT_CHECKED, "the run's folder holds none")
    if folder.loss_csv.is_file():
        yield link("loss.csv ↔ run record", _other_losses(bundle.run, folder.loss_csv))
    if further := _further(folder.adapter):
        yield Link("adapter's files", State.CONSISTENT, f"beside them, and never read: {listed(further, 5)}")


def link(name: str, wrong: str) -> Link:
    """That link: broken, and why, or consistent where nothing is wrong."""
    return Link(name, State.BROKEN if wrong else State.CONSISTENT, wrong)


def _other_losses(record: RunRecord, path: Path) -> str:
    """Why the losses at that path are not the run's; "" when they are."""
    try:
        logged = {(log.step, log.loss) for log in loss_log.read(path)}
    except InputError as error:
        return error.what
    return "" if logged.issuperset(record.losses) else "it holds other losses"


def _further(adapter: Path) -> list[str]:
    """Files in the adapter's folder that were not sealed with it."""
    if checkpoint.faults(adapter):
        return []
    known = {checkpoint.MANIFEST, *checkpoint.manifest(adapter).files}
    return sorted(path.name for path in adapter.iterdir() if path.name not in known)


def _other_gate(record: RunRecord, path: Path) -> str:
    """Why the gate record at that path is not the run's; "" when it is."""
    try:
        same = lineage.gate_record_sha256(lineage.read_gate_record(path)) == record.gate
    except InputError as error:
        return f"{path.name} {error.what}"
    return "" if same else "it is of another run"


def _unlike(record: RunRecord, path: Path) -> str:
    """Why the record at that path is not this one; "" when it is."""
    try:
        return "" if lineage.read_run_record(path) == record else "it is the folder of another run"
    except InputError as error:
        return f"{path.name} {error.what}"
