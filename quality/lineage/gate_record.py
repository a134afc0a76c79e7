"""What the gate said, about what: the first record of the chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quality import __version__
from quality.lineage import sealed
from quality.model import Fingerprint, Verdict

CHANGED = {
    "data": "the rows were edited, added, removed or reordered after the gate",
    "guide": "the style guide changed after the gate",
    "checks": "the checks are of another version than at the gate",
    "config": (
        "an option or setting differs from the gate's (--original, --against, --baseline, --decisions, --judge, "
        "selection, engine)"
    ),
}
"""Part of the fingerprint → what its change means; without `file`: the same rows in other bytes are the same data."""


@dataclass(frozen=True, slots=True)
class GateRecord:
    """What the gate said, about what.

    Attributes:
        rules: Code → severity, as the guide had them.
        dropped_rows: Record numbers that do not pass.
        inputs: The run's other inputs in words, for a reader.
        notes: The verdict's, among them each use of a baseline.
        faults: Record number of a dropped row → why it does not pass; empty in records of earlier versions.
    """

    fingerprint: Fingerprint
    passed: bool
    reasons: tuple[str, ...]
    rows: int
    dropped_rows: tuple[int, ...]
    rules: Mapping[str, str]
    inputs: Mapping[str, Any]
    tool: str = f"proofgate {__version__}"
    notes: tuple[str, ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict[str, str], metadata=sealed.LATER)

    @property
    def refusal(self) -> tuple[str, ...]:
        """Why the gate refused, be it that the record does not tell; empty where it was open."""
        return self.reasons if self.passed or self.reasons else ("the record does not say why",)


def gate_record(
    verdict: Verdict,
    rows: tuple[int, ...],
    rules: Mapping[str, str],
    inputs: Mapping[str, Any],
    faults: Mapping[int, str] | None = None,
) -> GateRecord:
    """The record of a verdict on the rows of those record numbers.

    Args:
        faults: Record number → why that row does not pass.
    """
    passing = set(verdict.passing_rows)
    faults = faults or {}
    return GateRecord(
        fingerprint=verdict.fingerprint,
        passed=verdict.passed,
        reasons=verdict.reasons,
        rows=len(rows),
        dropped_rows=tuple(row for row in rows if row not in passing),
        rules=dict(rules),
        inputs=dict(inputs),
        notes=verdict.notes,
        faults={str(row): faults[row] for row in rows if row in faults and row not in passing},
    )


def write_gate_record(path: Path, record: GateRecord) -> None:
    """Writes the record with its own hash; a refusal is written too, so that no older pass is left standing."""
    sealed.write(path, sealed.sealed("gate", sealed.content(record)), "--record")


def read_gate_record(path: Path) -> GateRecord:
    """The record in that file.

    Raises:
        InputError: Not a gate record of this format, or one that was changed after it was written.
    """
    return sealed.read(path, "gate", as_gate_record, "run `quality gate` on the data again")


@sealed.exact
def as_gate_record(body: Mapping[str, Any]) -> GateRecord:
    """The record that a sealed body holds."""
    return GateRecord(
        fingerprint=Fingerprint(**body["fingerprint"]),
        passed=bool(body["passed"]),
        reasons=tuple(map(str, body["reasons"])),
        rows=int(body["rows"]),
        dropped_rows=tuple(map(int, body["dropped_rows"])),
        rules=dict(body["rules"]),
        inputs=dict(body["inputs"]),
        tool=str(body["tool"]),
        notes=tuple(map(str, body.get("notes", ()))),
        faults={str(row): str(why) for row, why in body.get("faults", {}).items()},
    )


def gate_record_sha256(record: GateRecord) -> str:
    """The hash that the record's file states of itself, hex."""
    return sealed.sha256("gate", sealed.content(record))


def broken_links(record: GateRecord, now: Fingerprint) -> tuple[str, ...]:
    """Why the record does not speak of what is at hand now; empty when it does."""
    reasons = [
        f"{meaning}: run `quality gate` again"
        for part, meaning in CHANGED.items()
        if getattr(record.fingerprint, part) != getattr(now, part)
    ]
    return (*reasons, *(f"the recorded gate refused: {reason}" for reason in record.refusal))


def same_rows_other_bytes(record: GateRecord, now: Fingerprint) -> bool:
    """Whether the file was saved again without a change to its rows."""
    return record.fingerprint.data == now.data and record.fingerprint.file != now.file
