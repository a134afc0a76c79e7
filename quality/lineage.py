"""The records that bind data → report → adapter → predictions.

A record shows consistency, not honesty: whoever owns the files can recompute every hash. It answers one question: is
this what was checked?
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from quality import __version__
from quality.errors import InputError
from quality.files import replace
from quality.model import Fingerprint, Verdict

FORMAT = 1
CHANGED = {
    "data": "the rows were edited, added, removed or reordered after the gate",
    "guide": "the style guide changed after the gate",
    "checks": "the checks are of another version than at the gate",
    "config": "an option or setting differs from the gate's (--original, --against, selection, engine)",
}
"""Part of the fingerprint → what its change means; without `file`: the same rows in other bytes are the same data."""


@dataclass(frozen=True, slots=True)
class GateRecord:
    """What the gate said, about what.

    Attributes:
        rules: Code → severity, as the guide had them.
        dropped_rows: Record numbers that do not pass.
        inputs: The run's other inputs in words, for a reader.
    """

    fingerprint: Fingerprint
    passed: bool
    reasons: tuple[str, ...]
    rows: int
    dropped_rows: tuple[int, ...]
    rules: Mapping[str, str]
    inputs: Mapping[str, Any]
    tool: str = f"proofgate {__version__}"


def gate_record(
    verdict: Verdict, rows: tuple[int, ...], rules: Mapping[str, str], inputs: Mapping[str, Any]
) -> GateRecord:
    """The record of a verdict on the rows of those record numbers."""
    passing = set(verdict.passing_rows)
    return GateRecord(
        fingerprint=verdict.fingerprint,
        passed=verdict.passed,
        reasons=verdict.reasons,
        rows=len(rows),
        dropped_rows=tuple(row for row in rows if row not in passing),
        rules=dict(rules),
        inputs=dict(inputs),
    )


def write_gate_record(path: Path, record: GateRecord) -> None:
    """Writes the record with its own hash; a refusal is written too, so that no older pass is left standing."""
    body = {"format": FORMAT, "kind": "gate", **asdict(record)}
    text = json.dumps({**body, "sha256": _digest(body)}, indent=1, ensure_ascii=True) + "\n"
    replace(path, text, option="--record")


def read_gate_record(path: Path) -> GateRecord:
    """The record in that file.

    Raises:
        InputError: Not a gate record of this format, or one that was changed after it was written.
    """
    remedy = "run `quality gate` on the data again"
    try:
        body = json.loads(path.read_bytes())
        stated = body.pop("sha256")
        if body.pop("format") != FORMAT or body.pop("kind") != "gate":
            raise InputError("is not a gate record of this version", where=str(path), remedy=remedy)
        if stated != _digest({"format": FORMAT, "kind": "gate", **body}):
            raise InputError("the record was changed after it was written", where=str(path), remedy=remedy)
        return GateRecord(
            fingerprint=Fingerprint(**body["fingerprint"]),
            passed=bool(body["passed"]),
            reasons=tuple(map(str, body["reasons"])),
            rows=int(body["rows"]),
            dropped_rows=tuple(map(int, body["dropped_rows"])),
            rules=dict(body["rules"]),
            inputs=dict(body["inputs"]),
            tool=str(body["tool"]),
        )
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), remedy=remedy) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise InputError("is not a gate record", where=str(path), remedy=remedy) from None


def broken_links(record: GateRecord, now: Fingerprint) -> tuple[str, ...]:
    """Why the record does not speak of what is at hand now; empty when it does."""
    reasons = [
        f"{meaning}: run `quality gate` again"
        for part, meaning in CHANGED.items()
        if getattr(record.fingerprint, part) != getattr(now, part)
    ]
    return (*reasons, *(f"the recorded gate refused: {reason}" for reason in record.reasons))


def same_rows_other_bytes(record: GateRecord, now: Fingerprint) -> bool:
    """Whether the file was saved again without a change to its rows."""
    return record.fingerprint.data == now.data and record.fingerprint.file != now.file


def _digest(body: Mapping[str, Any]) -> str:
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
