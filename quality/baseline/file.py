"""A baseline as a file: JSON in ASCII, sorted, one entry a line, so that a diff shows what was accepted."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from quality.baseline import listed
from quality.baseline.entries import Baseline, Entry, Key
from quality.baseline.listed import Shape
from quality.errors import InputError

FORMAT = 1
MAX_BYTES = 32 * 1024 * 1024
"""About 150,000 entries; more than a person has looked at."""
MAX_REASON = 500
_ENTRY = frozenset({"id", "code", "content", "findings", "reason"})
HASH = re.compile(r"[0-9a-f]{64}")
CODE = re.compile(r"[A-Z]{2,8}[0-9]{3,6}")
REMEDY = "mend it, or write a new one: `quality check DATA --baseline FILE --update-baseline --reason TEXT`"


def read(path: Path, *, new: bool = False) -> Baseline:
    """The baseline in that file.

    Args:
        new: A file that is not there yet is an empty baseline.

    Raises:
        InputError: It cannot be read, is too large, or is no baseline of this format.
    """
    try:
        data = beginning(path)
    except FileNotFoundError:
        if new:
            return Baseline(path, {})
        raise _refuse(
            path, "no such baseline", "look at the name, or write it with --update-baseline"
        ) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a name that a file can have"
        raise _refuse(path, f"cannot be read: {why}", "look at the name after --baseline") from None
    if len(data) > MAX_BYTES:
        raise _refuse(
            path, f"is over {MAX_BYTES // 1024**2} MB", "mend findings instead of accepting them all"
        )
    return Baseline(path, dict(listed.read(data, _shape(path))))


def render(baseline: Baseline) -> str:
    """The file's text, with a line end at its end."""
    lines = [
        json.dumps({**key._asdict(), "findings": entry.findings, "reason": entry.reason})
        for key, entry in sorted(baseline.entries.items())
    ]
    accepted = "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"
    return f'{{\n"format": {FORMAT},\n"kind": "baseline",\n"accepted": {accepted}\n}}\n'


def reason_fault(reason: str) -> str:
    """What is wrong with a reason; "" for one that may stand."""
    if not reason.strip():
        return "is empty"
    if not any(sign.isalnum() for sign in reason):
        return "has no word in it"
    if len(reason) > MAX_REASON:
        return f"is longer than {MAX_REASON} characters"
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in reason):
        return "has a line end or another control character in it"
    return ""


def beginning(path: Path) -> bytes:
    """The file's bytes, at most one more than may be read."""
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _entry(given: dict[str, Any], path: Path) -> tuple[Key, Entry]:
    id_, code, content, findings, reason = (
        given[name] for name in ("id", "code", "content", "findings", "reason")
    )
    if not isinstance(id_, str) or not isinstance(reason, str):
        raise _refuse(path, "is not a baseline: the id and the reason of an entry are text")
    if not (isinstance(code, str) and CODE.fullmatch(code)):
        raise _refuse(path, "is not a baseline: the code of an entry is a rule's, such as GRM001")
    where = f"the entry of {id_[:40]!r} and {code}"
    if not (isinstance(content, str) and HASH.fullmatch(content)):
        raise _refuse(path, f"{where}: `content` must be a SHA-256 in hex")
    if isinstance(findings, bool) or not isinstance(findings, int) or findings < 1:
        raise _refuse(path, f"{where}: `findings` must be a whole number of at least 1")
    fault = reason_fault(reason)
    if fault:
        raise _refuse(path, f"{where}: its reason {fault}", "say in words why the finding may stay")
    return Key(id_, code, content), Entry(findings, reason)


def _shape(path: Path) -> Shape[tuple[Key, Entry]]:
    return Shape(
        kind="baseline",
        format=FORMAT,
        name="accepted",
        item="entries",
        keys=_ENTRY,
        made=lambda given: _entry(given, path),
        key=lambda one: one[0],
        told=lambda one: f"the entry of {one[0].id[:40]!r} and {one[0].code}",
        refused=lambda what: _refuse(path, f"is not a baseline: {what}"),
    )


def _refuse(path: Path, what: str, remedy: str = REMEDY) -> InputError:
    return InputError(what, where=str(path), remedy=remedy)
