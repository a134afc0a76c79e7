"""The answers log: JSON lines beside the corrected file, so that a session goes on where the last one stopped.

    {"format": 1, "kind": "answers", "data": {"name", "data", "file"}}
    {"reply", "row", "id", "code", "column", "content", "cell", "before", "after", "safe"}
    {"reply": "undo"}

It is only ever added to; an undo takes the last answer that still counts back. A last line without its end is what a
killed terminal left, and does not count.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from quality.errors import InputError
from quality.lineage import FixRecord, Version

FORMAT = 1
UNDO = "undo"


class Reply(StrEnum):
    """What an annotator does about a finding."""

    ACCEPT = "accept"
    EDIT = "edit"
    SKIP = "skip"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply to one question.

    Attributes:
        row: The record's number.
        column: Of the finding.
        content: SHA-256, hex, of the words that the finding marks, or of its whole cell.
        cell: The column that the reply changed; "" for none.
        before: That cell's text before.
        after: And after.
        safe: Whether the correction that was accepted is a safe one.
    """

    reply: Reply
    row: int
    id: str
    code: str
    column: str
    content: str
    cell: str = ""
    before: str = ""
    after: str = ""
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Log:
    """What the file says.

    Attributes:
        data: The table that the answers began with.
        answers: Those that still count, in their order.
        bytes: Length of the file up to the last whole line.
    """

    data: Version
    answers: tuple[Answer, ...]
    bytes: int


def read(path: Path) -> Log | None:
    """The log in that file; None when there is none, or only the beginning of its first line.

    Raises:
        InputError: It is not such a log.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, f"cannot be read: {error.strerror}") from None
    whole = content[: content.rfind(b"\n") + 1]
    if not whole:
        return None
    lines = list(_lines(whole, path))
    try:
        head = lines[0]
        if (head["format"], head["kind"]) != (FORMAT, "answers"):
            raise _unreadable(path, "is not a log of answers of this version")
        data = Version(**head["data"])
    except (KeyError, TypeError):
        raise _unreadable(path, "is not a log of answers") from None
    answers: list[Answer] = []
    for number, line in enumerate(lines[1:], start=2):
        if line.get("reply") == UNDO and answers:
            answers.pop()
        else:
            answers.append(_answer(line, path, number))
    return Log(data, tuple(answers), len(whole))


def fix_record(answers: Sequence[Answer], before: Version, after: Version) -> FixRecord:
    """What those answers together did, between the two versions."""
    codes = {True: Counter[str](), False: Counter[str]()}
    for one in answers:
        if one.reply is Reply.ACCEPT:
            codes[one.safe][one.code] += 1
    return FixRecord(
        before=before,
        after=after,
        safe=dict(sorted(codes[True].items())),
        unsafe=dict(sorted(codes[False].items())),
        by_hand=sum(one.reply is Reply.EDIT for one in answers),
        labels=sum(one.reply is Reply.LABEL for one in answers),
        interactive=True,
    )


def begin(path: Path, data: Version) -> int:
    """Starts the log anew; its length in bytes."""
    line = _encoded({"format": FORMAT, "kind": "answers", "data": asdict(data)})
    return _write(path, line, at=0)


def add(path: Path, answer: Answer | None, at: int) -> int:
    """Adds an answer, None for an undo, on disk when this returns; the log's new length in bytes.

    Args:
        at: The length up to which the log holds whole lines; what stands behind is dropped.

    Raises:
        InputError: It cannot be written.
    """
    return _write(path, _encoded(asdict(answer) if answer is not None else {"reply": UNDO}), at)


def _write(path: Path, line: bytes, at: int) -> int:
    try:
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b") as stream:
            stream.truncate(at)
            stream.seek(at)
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise InputError(
            f"the answer cannot be noted: {error.strerror}",
            where=str(path),
            remedy="see to the disk and the file's permissions, and answer again",
        ) from None
    return at + len(line)


def _encoded(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _lines(content: bytes, path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(content.split(b"\n")[:-1], start=1):
        try:
            body = json.loads(line)
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            raise _unreadable(path, f"line {number} is no answer")
        yield body


def _answer(line: Mapping[str, Any], path: Path, number: int) -> Answer:
    kinds = {"row": int, "safe": bool}
    try:
        values: dict[str, Any] = {**line, "reply": Reply(line["reply"])}
        answer = Answer(**values)
    except (KeyError, TypeError, ValueError):
        raise _unreadable(path, f"line {number} is no answer") from None
    if not all(isinstance(value, kinds.get(key, str)) for key, value in values.items()):
        raise _unreadable(path, f"line {number} is no answer")
    return answer


def _unreadable(path: Path, what: str) -> InputError:
    return InputError(
        what, where=str(path), remedy="move it away to begin anew; the corrected file stays as it is"
    )
