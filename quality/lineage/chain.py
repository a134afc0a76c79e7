"""Do the records and the files at hand speak of one another? Link by link, from the predictions back to the data.

    data ─ gate record ─ run record ─ adapter, base ─ prediction record ─ test file, predictions

It shows consistency, not honesty: whoever owns the files can recompute every hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from quality.lineage.bundle import Bundle
from quality.lineage.gate_record import gate_record_sha256
from quality.lineage.prediction_record import PredictionRecord
from quality.lineage.run_record import run_record_sha256
from quality.lineage.version import Version
from quality.wording import listed

RECORDS = {"gate": "the gate record", "run": "the run record", "predictions": "the prediction record"}


class State(StrEnum):
    """What is known of a link."""

    CONSISTENT = "consistent"
    BROKEN = "broken"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain.

    Attributes:
        name: Both of its ends: "predictions ↔ prediction record".
        detail: Why it is broken, or why it could not be checked; a note otherwise.
    """

    name: str
    state: State
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Damaged:
    """Stands for the hash of what is at hand and broken in itself."""

    why: str


Digest: TypeAlias = str | Damaged | None
"""SHA-256, hex; None for what is not at hand."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """What there is besides the records; None where it was not given.

    Attributes:
        base_predictions: As `predictions`, of the base's own answers; None where the file has none.
        adapter_sha256: Hash over the adapter's files.
        base_sha256: The base model's fingerprint.
        template_sha256: Hash of the prompt template.
        tokenizer_sha256: Hash of the base's tokenizer.
    """

    data: Version | None = None
    test: Version | None = None
    predictions: Version | None = None
    adapter_sha256: Digest = None
    base_sha256: Digest = None
    template_sha256: Digest = None
    tokenizer_sha256: Digest = None
    base_predictions: Version | None = None


def links(bundle: Bundle, at_hand: AtHand) -> tuple[Link, ...]:
    """Every link of the chain, from the data on."""
    return (
        *_records(bundle),
        *_data(bundle, at_hand),
        *_run(bundle, at_hand),
        *_predictions(bundle, at_hand),
    )


def _records(bundle: Bundle) -> Iterator[Link]:
    """Each record as it states itself to be."""
    for name, title in RECORDS.items():
        if name in bundle.damaged:
            yield Link(title, State.BROKEN, bundle.damaged[name])
        elif getattr(bundle, name) is None:
            yield Link(title, State.NOT_CHECKED, "not given")


def _data(bundle: Bundle, at_hand: AtHand) -> Iterator[Link]:
    gate = bundle.gate
    if gate is None:
        return
    yield _equal("the gate", not gate.refusal, f"it refused: {listed(gate.refusal, 2)}")
    recorded = Version(str(gate.inputs.get("data", "")), gate.fingerprint.data, gate.fingerprint.file)
    yield _file("data ↔ gate record", recorded, at_hand.data, "was edited after the gate")


def _run(bundle: Bundle, at_hand: AtHand) -> Iterator[Link]:
    gate, run = bundle.gate, bundle.run
    if run is None:
        return
    if gate is None:
        yield Link("gate record ↔ run record", State.NOT_CHECKED, "the gate record is not at hand")
    else:
        same = run.gate == gate_record_sha256(gate) and run.data.data == gate.fingerprint.data
        yield _equal("gate record ↔ run record", same, "the run was trained behind another gate record")
        wrong = sorted(set(run.used) & set(gate.dropped_rows))
        yield _equal(
            "rows trained on ↔ gate record",
            not wrong and len(run.used) <= gate.rows,
            f"it trained on rows that do not pass: {listed(wrong, 5)}"
            if wrong
            else "it trained on more rows",
        )
    yield _hash("template ↔ run record", run.template_sha256, at_hand.template_sha256, "the template's words")
    yield _hash("adapter ↔ run record", run.adapter_sha256, at_hand.adapter_sha256, "the adapter's files")
    yield _hash("base model ↔ run record", run.base_sha256, at_hand.base_sha256, "the base model's files")
    yield _hash(
        "tokenizer ↔ run record", run.tokenizer_sha256, at_hand.tokenizer_sha256, "the tokenizer's files"
    )


def _predictions(bundle: Bundle, at_hand: AtHand) -> Iterator[Link]:
    run, made = bundle.run, bundle.predictions
    if made is None:
        return
    if run is None:
        yield Link("run record ↔ prediction record", State.NOT_CHECKED, "the run record is not at hand")
    else:
        yield _equal(
            "run record ↔ prediction record",
            made.run == run_record_sha256(run),
            "the predictions are of another run",
        )
        yield _equal(
            "adapter and base ↔ prediction record",
            (made.adapter_sha256, made.base_sha256) == (run.adapter_sha256, run.base_sha256),
            "the predictions were made with another adapter, or on another base model",
        )
    yield _file("test file ↔ prediction record", made.test, at_hand.test, "is not the file that was answered")
    yield _file(
        "predictions ↔ prediction record",
        made.predictions,
        at_hand.predictions,
        "was edited after `finetune predict`",
    )
    yield from _base_answers(made, at_hand)


def _base_answers(made: PredictionRecord, at_hand: AtHand) -> Iterator[Link]:
    """Whether the untrained base's answers are there as they were written; nothing where there never were any."""
    name = "base's predictions ↔ prediction record"
    recorded, now = made.base_predictions, at_hand.base_predictions
    expected = made.with_base or recorded is not None
    if at_hand.predictions is None:
        if expected:
            yield Link(name, State.NOT_CHECKED, "the file is not at hand")
    elif expected != (now is not None):
        yield Link(name, State.BROKEN, "the file has none" if expected else "the record knows of none")
    elif now is not None and recorded is not None:
        yield _file(name, recorded, now, "holds other answers of the base")
    elif now is not None and now.file == made.predictions.file:
        yield Link(name, State.CONSISTENT)
    elif now is not None:
        yield Link(
            name, State.NOT_CHECKED, "an old record binds them to the file's bytes, and these are others"
        )


def _equal(name: str, same: bool, otherwise: str) -> Link:
    return Link(name, State.CONSISTENT) if same else Link(name, State.BROKEN, otherwise)


def _file(name: str, recorded: Version, now: Version | None, otherwise: str) -> Link:
    if now is None:
        return Link(name, State.NOT_CHECKED, "the file is not at hand")
    if recorded.data != now.data:
        return Link(name, State.BROKEN, f"{now.name} {otherwise}")
    other_bytes = "the same rows, saved again in other bytes" if recorded.file != now.file else ""
    return Link(name, State.CONSISTENT, other_bytes)


def _hash(name: str, recorded: str, now: Digest, what: str) -> Link:
    if now is None:
        return Link(name, State.NOT_CHECKED, f"{what} are not at hand")
    if isinstance(now, Damaged):
        return Link(name, State.BROKEN, now.why)
    return _equal(name, recorded == now, f"{what} are not those of the run")
