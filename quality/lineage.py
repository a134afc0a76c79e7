"""The records that bind data → fix → report → adapter → predictions.

A record shows consistency, not honesty: whoever owns the files can recompute every hash. It answers one question: is
this what was checked?
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from quality import __version__
from quality.errors import InputError
from quality.files import replace
from quality.model import Fingerprint, Verdict

R = TypeVar("R")

FORMAT = 1
CHANGED = {
    "data": "the rows were edited, added, removed or reordered after the gate",
    "guide": "the style guide changed after the gate",
    "checks": "the checks are of another version than at the gate",
    "config": (
        "an option or setting differs from the gate's (--original, --against, --baseline, --judge, selection, engine)"
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
        notes=verdict.notes,
    )


def write_gate_record(path: Path, record: GateRecord) -> None:
    """Writes the record with its own hash; a refusal is written too, so that no older pass is left standing."""
    _write(path, "gate", asdict(record), "--record")


def read_gate_record(path: Path) -> GateRecord:
    """The record in that file.

    Raises:
        InputError: Not a gate record of this format, or one that was changed after it was written.
    """
    return _read(path, "gate", _as_gate_record, "run `quality gate` on the data again")


def _as_gate_record(body: Mapping[str, Any]) -> GateRecord:
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
    )


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a table.

    Attributes:
        name: The file's name, without its folder.
        data: SHA-256 of the rows, hex.
        file: SHA-256 of the bytes, hex.
    """

    name: str
    data: str
    file: str


@dataclass(frozen=True, slots=True)
class FixRecord:
    """What `quality fix` did to a table.

    Attributes:
        safe: Code → safe corrections applied.
        unsafe: Code → corrections applied that need a look.
        by_hand: Answers in which a person wrote the text.
        labels: Answers in which a person chose the fail mode.
        unsafe_allowed: Whether `--unsafe` applied them without a look.
        interactive: Whether a person answered for each.
    """

    before: Version
    after: Version
    safe: Mapping[str, int]
    unsafe: Mapping[str, int]
    by_hand: int = 0
    labels: int = 0
    unsafe_allowed: bool = False
    interactive: bool = False
    tool: str = f"proofgate {__version__}"


def write_fix_record(path: Path, record: FixRecord) -> None:
    """Writes the record with its own hash."""
    _write(path, "fix", asdict(record), "--record")


def read_fix_record(path: Path) -> FixRecord:
    """The record in that file.

    Raises:
        InputError: Not a fix record of this format, or one that was changed after it was written.
    """
    return _read(path, "fix", _as_fix_record, "run `quality fix` again, or leave --fix-record out")


def _as_fix_record(body: Mapping[str, Any]) -> FixRecord:
    return FixRecord(
        before=Version(**body["before"]),
        after=Version(**body["after"]),
        safe=dict(body["safe"]),
        unsafe=dict(body["unsafe"]),
        by_hand=int(body["by_hand"]),
        labels=int(body["labels"]),
        unsafe_allowed=bool(body["unsafe_allowed"]),
        interactive=bool(body["interactive"]),
        tool=str(body["tool"]),
    )


def broken_fix(record: FixRecord, now: Fingerprint) -> tuple[str, ...]:
    """Why the fix record does not speak of the rows at hand; empty when it does."""
    if record.after.data == now.data:
        return ()
    if record.before.data == now.data:
        return (
            "the fix record speaks of what `quality fix` wrote, and this is the file before: name that one",
        )
    return (
        "the rows are not those that `quality fix` wrote, by the fix record: run it again, or leave --fix-record out",
    )


def fix_record_sha256(record: FixRecord) -> str:
    """The hash that the record's file states of itself, hex."""
    return _digest({"format": FORMAT, "kind": "fix", **asdict(record)})


def _write(path: Path, kind: str, content: Mapping[str, Any], option: str) -> None:
    body = {"format": FORMAT, "kind": kind, **content}
    text = json.dumps({**body, "sha256": _digest(body)}, indent=1, ensure_ascii=True) + "\n"
    replace(path, text, option=option)


def _read(path: Path, kind: str, made: Callable[[Mapping[str, Any]], R], remedy: str) -> R:
    """What the file's record holds.

    Args:
        made: The record's content → the record.
    """
    try:
        body = json.loads(path.read_bytes())
        stated = body.pop("sha256")
        if body.get("format") != FORMAT or body.get("kind") != kind:
            raise InputError(f"is not a {kind} record of this version", where=str(path), remedy=remedy)
        if stated != _digest(body):
            raise InputError("the record was changed after it was written", where=str(path), remedy=remedy)
        return made(body)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), remedy=remedy) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise InputError(f"is not a {kind} record", where=str(path), remedy=remedy) from None


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
