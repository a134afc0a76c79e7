"""Records that state their own hash, so that a later change shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from quality.errors import InputError
from quality.files import replace

R = TypeVar("R")

FORMAT = 1
WRONG = (ValueError, OverflowError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading something else as a record raises."""
LATER: Mapping[str, Any] = MappingProxyType({"later": True})
"""Marks a field that the first records had not: empty, it is left out, so that their hashes hold."""


def content(record: Any) -> dict[str, Any]:
    """What of that record, a dataclass, is sealed."""
    left_out = {
        field.name
        for field in fields(record)
        if field.metadata.get("later") and not getattr(record, field.name)
    }
    return {name: value for name, value in asdict(record).items() if name not in left_out}


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


def exact(made: Callable[[Mapping[str, Any]], R]) -> Callable[[Mapping[str, Any]], R]:
    """The same, for a record whose every value stands as it was written: none in another type, none that is unknown."""

    def checked(body: Mapping[str, Any]) -> R:
        record = made(body)
        whole = asdict(cast("Any", record))
        stated = {key: value for key, value in body.items() if key not in ("format", "kind")}
        if digest({key: whole[key] for key in stated}) != digest(stated):
            raise ValueError("its values are of other types")
        return record

    return checked


def loads(data: bytes) -> Any:
    """The JSON value.

    Raises:
        ValueError: It is none, or names a key twice.
        RecursionError: It is nested too deeply.
    """
    return json.loads(data, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError("a key stands twice")
    return table


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
        body = loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), remedy=remedy) from None
    except WRONG:
        raise InputError(f"is not a {kind} record", where=str(path), remedy=remedy) from None
    return opened(body, kind, made, where=str(path), remedy=remedy)


def digest(body: Mapping[str, Any]) -> str:
    """SHA-256 of the body's JSON, hex; the same for any order of its keys."""
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
