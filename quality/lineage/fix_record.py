"""What `quality fix` did to a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quality import __version__
from quality.lineage import sealed
from quality.lineage.version import Version
from quality.model import Fingerprint


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
    sealed.write(path, sealed.sealed("fix", sealed.content(record)), "--record")


def read_fix_record(path: Path) -> FixRecord:
    """The record in that file.

    Raises:
        InputError: Not a fix record of this format, or one that was changed after it was written.
    """
    return sealed.read(path, "fix", _as_fix_record, "run `quality fix` again, or leave --fix-record out")


@sealed.exact
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
    return sealed.sha256("fix", sealed.content(record))
