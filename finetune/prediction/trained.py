"""A finished run as prediction needs it: its records, its adapter as it was sealed, and the base that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from finetune import checkpoint
from finetune.base_model import base as bases
from finetune.base_model.base import Base
from finetune.rows import prompt_template, tokenizer
from finetune.rows.prompt_template import Template
from finetune.rows.tokenizer import Tokenizer
from finetune.run_folder import RunFolder
from quality import lineage
from quality.errors import ConfigError, InputError
from quality.lineage import GateRecord, RunRecord
from quality.wording import as_argument

_AGAIN = "the same `finetune run` command goes on with it"


@dataclass(frozen=True, slots=True)
class Trained:
    """A finished run whose adapter is whole.

    Attributes:
        gate: What the gate said of the training data; None where that record is gone.
    """

    folder: RunFolder
    record: RunRecord
    gate: GateRecord | None

    @property
    def answer_p99(self) -> int | None:
        """Tokens that 99% of the trained answers do not exceed; None where the record does not tell."""
        try:
            return int(self.record.schedule["answer_tokens"]["p99"])
        except (KeyError, TypeError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Reader:
    """What turns an instruction into the ids that the adapter knows, and ids into text."""

    base: Base
    tokenizer: Tokenizer
    template: Template


def read(run: Path) -> Trained:
    """The finished run in that folder.

    Raises:
        ProofgateError: There is none, it is not complete, or what it left is damaged.
    """
    folder = RunFolder(run)
    if not folder.record.is_file():
        raise _unfinished(folder)
    record = lineage.read_run_record(folder.record)
    _demand_adapter(folder, record)
    return Trained(folder, record, _gate(folder, record))


def base(trained: Trained, name: str | None, *, download: bool) -> Base:
    """The run's base, or the one of that name.

    Raises:
        ProofgateError: It cannot be had.
    """
    was = trained.record.base
    try:
        return bases.find(name or was, download=download)
    except InputError as error:
        if name or Path(was).expanduser().exists():
            raise
        raise InputError(
            f"the run's base is not here: it {error.what}",
            where=was,
            remedy="name where it is now with --base",
        ) from None


def reader(trained: Trained, name: str | None) -> Reader:
    """The base that the adapter was trained on, with its tokenizer and the run's template.

    Args:
        name: Where the base is now, if it is not where the run had it.

    Raises:
        ProofgateError: It cannot be had, or it is another one.
    """
    record = trained.record
    found = base(trained, name, download=True)
    assert found.folder is not None  # it was to be fetched
    here = bases.fingerprint(found)
    if here != record.base_sha256:
        raise ConfigError(
            f"this base is not the one that the adapter was trained on: that was {record.base} "
            f"({record.base_sha256[:12]}…), this is {found.name} ({here[:12]}…)",
            where=str(trained.folder.path),
            remedy="name the right one with --base, or train an adapter for this one",
        )
    words = tokenizer.load(found.folder)
    if words.sha256 != record.tokenizer_sha256:
        raise ConfigError(
            "the base's tokenizer cuts texts in another way than when the adapter was trained",
            where=str(found.folder),
            remedy="load the base's files again, or train again",
        )
    return Reader(found, words, _template(trained))


def _template(trained: Trained) -> Template:
    """The run's own copy; the template of that name where a run of an earlier version has none."""
    kept, record = trained.folder.template, trained.record
    name = str(kept) if kept.is_file() else record.template
    template = prompt_template.load(name)
    if template.sha256 != record.template_sha256:
        raise ConfigError(
            "the prompt template was changed since the training",
            where=name,
            remedy="put the file back as it was, or train again",
        )
    return template


def _unfinished(folder: RunFolder) -> ConfigError:
    if folder.settled.is_file():
        return ConfigError("the run is not complete", where=str(folder.path), remedy=_AGAIN)
    out = as_argument(str(folder.path))
    return ConfigError(
        "holds no run",
        where=str(folder.path),
        remedy=f"name the folder that --out had, or train first: `finetune run DATA --out {out}`",
    )


def _demand_adapter(folder: RunFolder, record: RunRecord) -> None:
    """Makes sure that the adapter's files are those that the run sealed."""
    faults = checkpoint.faults(folder.adapter)
    if not faults and checkpoint.digest(folder.adapter) != record.adapter_sha256:
        faults = ("it is whole, but of another run",)
    if faults:
        raise InputError(
            f"the adapter is damaged: {faults[0]}",
            where=str(folder.adapter),
            remedy=f"copy the folder again from where it is whole, or delete {folder.record.name} in the run's "
            f"folder: {_AGAIN} from the last checkpoint",
        )


def _gate(folder: RunFolder, record: RunRecord) -> GateRecord | None:
    """What the gate said when the run began.

    Raises:
        InputError: The record is damaged, or another one.
    """
    if not folder.gate.is_file():
        return None
    gate = lineage.read_gate_record(folder.gate)
    if lineage.gate_record_sha256(gate) != record.gate:
        raise InputError(
            "is not the gate record that the run began with",
            where=str(folder.gate),
            remedy="put the old one back; without any, predictions are made that do not tell what the gate said",
        )
    return gate
