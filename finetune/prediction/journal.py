"""Finished answers beside the output, on disk after every batch, so that a process that was killed loses no more.

`predictions.csv.part.jsonl`: the first line names what the answers belong to (run, test file, decoding), then one
answer a line. A half-written last line is dropped. A journal of anything else is set aside, never gone on with.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from quality.errors import ProofgateError
from quality.lock import held

FORMAT = 1
KIND = "proofgate predictions"
BINARY = getattr(os, "O_BINARY", 0)
"""Windows would make CRLF of line ends."""

Model: TypeAlias = Literal["tuned", "base"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One finished answer.

    Attributes:
        model: Who answered.
        place: Of the instruction in the test file, from 0.
        tokens: Of the answer.
        cut: Whether it ended at the cap of new tokens.
    """

    model: Model
    place: int
    text: str
    tokens: int
    cut: bool


class Journal:
    """The open journal: what was finished before, and a place for more.

    Attributes:
        found: The answers of earlier processes.
        note: Why an earlier journal was not gone on with; "" when there was none, or it was.
    """

    def __init__(self, handle: int, found: tuple[Answer, ...], note: str) -> None:
        self._handle = handle
        self.found = found
        self.note = note

    def add(self, answers: Iterable[Answer]) -> None:
        """Writes them; they are on disk when this returns.

        Raises:
            ProofgateError: The disk is full.
        """
        _append(self._handle, map(asdict, answers))


def beside(out: Path) -> Path:
    """Where the journal of that output lies."""
    return out.with_name(f"{out.name}.part.jsonl")


def lock(path: Path) -> Path:
    """What keeps other processes out of that journal, and of the output until it is written."""
    return path.with_name(f"{path.name}.lock")


@contextmanager
def opened(path: Path, bound: Mapping[str, Any]) -> Generator[Journal]:
    """The journal at that path, gone on with where it belongs to the same work. It stays when the work is over.

    Args:
        bound: What the answers belong to, JSON values.

    Raises:
        ProofgateError: Another process writes there, or nothing can be written.
    """
    head = {"format": FORMAT, "kind": KIND, "bound": dict(bound)}
    with held(
        lock(path), where=path, taken="another `finetune predict` writes these predictions", option="-o"
    ):
        handle = _opened(path)
        try:
            found, note = _begun(handle, path, head)
            yield Journal(handle, found, note)
        finally:
            os.close(handle)


def _begun(handle: int, path: Path, head: Mapping[str, Any]) -> tuple[tuple[Answer, ...], str]:
    """What the journal holds of this work, and why not more; it is ready to be written on."""
    content = _content(handle)
    found = _read(content, head)
    if not isinstance(found, str):
        os.ftruncate(handle, content.rfind(b"\n") + 1)
        return found, ""
    note = f"{found}; it is kept as {_set_aside(path, content).name}" if content else ""
    os.ftruncate(handle, 0)
    _append(handle, [head])
    return (), note


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | BINARY, 0o644)
    except OSError as error:
        raise _unwritable(error) from None


def _content(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    with os.fdopen(os.dup(handle), "rb") as stream:
        return stream.read()


def _read(content: bytes, head: Mapping[str, Any]) -> tuple[Answer, ...] | str:
    """The answers, or why they are none of this work; what follows the last line end is left out."""
    lines = content.split(b"\n")[:-1]
    try:
        first = cast("dict[str, Any]", json.loads(lines[0])) if lines else {}
        if (first.get("format"), first.get("kind")) != (FORMAT, KIND):
            return "the journal of an earlier prediction could not be read"
        different = _differences(first["bound"], head["bound"])
        if different:
            return f"the unfinished predictions that lay here belong to other inputs ({'; '.join(different)})"
        return tuple(_answer(json.loads(line)) for line in lines[1:])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "the journal of an earlier prediction is damaged"


def _answer(body: Mapping[str, Any]) -> Answer:
    if body["model"] not in ("tuned", "base"):
        raise ValueError("no answer")
    return Answer(
        body["model"], int(body["place"]), str(body["text"]), int(body["tokens"]), bool(body["cut"])
    )


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What is not the same, with both values; hashes by their first digits."""
    return [
        f"{key}: {_short(before.get(key))} then, {_short(now.get(key))} now"
        for key in sorted({*before, *now})
        if before.get(key) != now.get(key)
    ]


def _short(value: Any) -> str:
    text = str(value)
    return text[:8] if len(text) == 64 else text


def _set_aside(path: Path, content: bytes) -> Path:
    """The content under a name that nothing writes to again."""
    target = path.with_name(f"{path.name}.{hashlib.sha256(content).hexdigest()[:8]}")
    try:
        target.write_bytes(content)
    except OSError as error:
        raise _unwritable(error) from None
    return target


def _append(handle: int, bodies: Iterable[Mapping[str, Any]]) -> None:
    data = b"".join(json.dumps(body, ensure_ascii=True).encode() + b"\n" for body in bodies)
    try:
        while data:
            data = data[os.write(handle, data) :]
        os.fsync(handle)
    except OSError as error:
        raise _unwritable(error) from None


def _unwritable(error: OSError) -> ProofgateError:
    return ProofgateError(
        f"finished answers cannot be written: {error.strerror}",
        where=str(error.filename or ""),
        remedy="free some space, or name another file with -o; the same command then goes on",
    )


def remove(path: Path) -> None:
    """Takes the journal away, once all it holds is in the output."""
    with contextlib.suppress(OSError):
        path.unlink()
