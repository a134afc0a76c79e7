"""Records that state their own hash, so that a later change shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from quality.errors import InputError
from quality.files import replace

R = TypeVar("R")

FORMAT = 1
WRONG = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading something else as a record raises."""


def sealed(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as a record of that kind, with its own SHA-256 as `sha256`."""
    body = {"format": FORMAT, "kind": kind, **content}
    return {**body, "sha256": digest(body)}


def sha256(kind: str, content: Mapping[str, Any]) -> str:
    """The hash that such a record states of itself, hex."""
    return digest({"format": FORMAT, "kind": kind, **content})


def opened(body: Any, kind: str, made: Callable[[Mapping[str, Any]], R], *, where: str, remedy: str) -> R:
    """What a record holds.

    Args:
        made: The record's content → the record.

    Raises:
        InputError: Not a record of this kind and format, or one that was changed after it was written.
    """
    try:
        content: dict[str, Any] = dict(body)
        stated = content.pop("sha256")
        if content.get("format") != FORMAT or content.get("kind") != kind:
            raise InputError(f"is not a {kind} record of this version", where=where, remedy=remedy)
        if stated != digest(content):
            raise InputError("the record was changed after it was written", where=where, remedy=remedy)
        return made(content)
    except WRONG:
        raise InputError(f"is not a {kind} record", where=where, remedy=remedy) from None


def write(path: Path, body: Mapping[str, Any], option: str) -> None:
    """Writes the record, whole or not at all.

    Args:
        option: What names another file on the command line.
    """
    replace(path, json.dumps(body, indent=1, ensure_ascii=True) + "\n", option=option)


def read(path: Path, kind: str, made: Callable[[Mapping[str, Any]], R], remedy: str) -> R:
    """What the file's record holds.

    Raises:
        InputError: It cannot be read, or as `opened` says.
    """
    try:
        body = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), remedy=remedy) from None
    except WRONG:
        raise InputError(f"is not a {kind} record", where=str(path), remedy=remedy) from None
    return opened(body, kind, made, where=str(path), remedy=remedy)


def digest(body: Mapping[str, Any]) -> str:
    """SHA-256 of the body's JSON, hex; the same for any order of its keys."""
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
