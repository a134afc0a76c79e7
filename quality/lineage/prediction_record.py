"""Which adapter answered which test file, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quality import __version__
from quality.lineage import sealed
from quality.lineage.version import Version


@dataclass(frozen=True, slots=True)
class PredictionRecord:
    """Which adapter answered which test file, and how.

    Attributes:
        run: SHA-256 of the run record, hex.
        base: Name of the base model as the user gave it.
        base_sha256: Its fingerprint.
        adapter_sha256: Hash over the adapter's files.
        test: The test file as it was read.
        predictions: The predictions as they were written; `data` covers ids, instructions and predictions.
        rows: Rows of the test file.
        decoding: How the answers were drawn: `do_sample`, `max_new_tokens`, …
        cut: Ids whose answer ended at `max_new_tokens`.
        unanswered: Ids whose prompt left no room for an answer.
        trained_on: Ids whose instruction the adapter was trained on.
        with_base: Whether the base's own answers stand beside.
        versions: Library → version.
        device: What it ran on, and in which precision.
        base_predictions: As `predictions`, of the base's own answers; None without any, and in records of earlier
            versions.
    """

    run: str
    base: str
    base_sha256: str
    adapter_sha256: str
    test: Version
    predictions: Version
    rows: int
    decoding: Mapping[str, Any]
    cut: tuple[str, ...]
    unanswered: tuple[str, ...]
    trained_on: tuple[str, ...]
    with_base: bool
    versions: Mapping[str, str | None]
    device: str
    notes: tuple[str, ...] = ()
    tool: str = f"proofgate {__version__}"
    base_predictions: Version | None = field(default=None, metadata=sealed.LATER)


@sealed.exact
def as_prediction_record(body: Mapping[str, Any]) -> PredictionRecord:
    """The record that a sealed body holds."""
    return PredictionRecord(
        run=str(body["run"]),
        base=str(body["base"]),
        base_sha256=str(body["base_sha256"]),
        adapter_sha256=str(body["adapter_sha256"]),
        test=Version(**body["test"]),
        predictions=Version(**body["predictions"]),
        rows=int(body["rows"]),
        decoding=dict(body["decoding"]),
        cut=tuple(map(str, body["cut"])),
        unanswered=tuple(map(str, body["unanswered"])),
        trained_on=tuple(map(str, body["trained_on"])),
        with_base=bool(body["with_base"]),
        versions=dict(body["versions"]),
        device=str(body["device"]),
        notes=tuple(map(str, body["notes"])),
        tool=str(body["tool"]),
        base_predictions=Version(**body["base_predictions"]) if body.get("base_predictions") else None,
    )
