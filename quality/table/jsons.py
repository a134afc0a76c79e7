"""JSON Lines and JSON arrays ↔ records with their places, so that a text can be replaced where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, cast

from quality.errors import InputError
from quality.table.shapes import Number
from quality.table.types import CellPath, at

_SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Record:
    """One object of the file: its value, the line and the position at which it starts."""

    line: int
    start: int
    value: Mapping[str, Any]


def records(text: str, path: Path) -> list[Record]:
    """Every object, of an array or one after another.

    Raises:
        InputError: Not JSON, not an object, a doubled key, NaN, or nested too deeply.
    """
    return list(_records(text, path))


def replaced(text: str, path: Path, edits: Mapping[int, Mapping[CellPath, str]], *, escape: bool) -> str:
    """The text with those strings replaced where they stand; everything else stays as it is.

    `edits` maps a record's position in the file, from 0, to places in it and their new texts. `escape` writes what
    is not ASCII as escapes.
    """
    places: list[tuple[int, int, str]] = []
    for index, record in enumerate(_records(text, path)):
        for where, new in edits.get(index, {}).items():
            start, end = span(text, record.start, where)
            places.append((start, end, json.dumps(new, ensure_ascii=escape)))
    pieces: list[str] = []
    done = 0
    for start, end, new in sorted(places):
        pieces += (text[done:start], new)
        done = end
    return "".join((*pieces, text[done:]))


def span(text: str, start: int, path: CellPath) -> tuple[int, int]:
    """Where the value at that path stands in the text of a record that starts at `start`.

    Raises:
        KeyError: No such value.
    """
    for key in path:
        start = _child(text, start, key)
    return start, _end(text, start)


class _DoubledKeyError(ValueError):
    """The key's name is the message."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _DoubledKeyError(next(key for key in keys if keys.count(key) > 1))
    return value


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=Number, parse_int=Number, parse_constant=_constant
)


def _records(text: str, path: Path) -> Iterator[Record]:
    position = _skip(text, 0)
    line = 1 + text.count("\n", 0, position)
    array = text[position : position + 1] == "["
    if array:
        start = _skip(text, position + 1)
        line += text.count("\n", position, start)
        position = start
        if text[position : position + 1] == "]":
            _nothing_after(text, position + 1, path)
            return
    while position < len(text):
        value, end = _value(text, position, path, line)
        if not isinstance(value, dict):
            raise InputError(
                "each record must be an object with the columns as its keys",
                where=at(path, line),
                remedy='write {"id": …, "instruction": …, "output": …} on each line',
            )
        yield Record(line, position, cast(dict[str, Any], value))
        after = _skip(text, end)
        if array:
            mark = text[after : after + 1]
            if mark == "]":
                _nothing_after(text, after + 1, path)
                return
            if mark != ",":
                where = at(path, line + text.count("\n", position, after))
                raise InputError(
                    "the array is cut off or lacks a comma", where=where, remedy="export the file again"
                )
            after = _skip(text, after + 1)
        line += text.count("\n", position, after)
        position = after
    if array:
        raise InputError("the array is never closed", where=at(path, line), remedy="export the file again")


def _nothing_after(text: str, position: int, path: Path) -> None:
    rest = _skip(text, position)
    if rest < len(text):
        where = at(path, 1 + text.count("\n", 0, rest))
        raise InputError(
            "there is more after the end of the array", where=where, remedy="keep one array a file"
        )


def _value(text: str, position: int, path: Path, line: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, position)
    except json.JSONDecodeError as error:
        what, where = f"not JSON: {error.msg}", at(path, error.lineno)
    except _DoubledKeyError as error:
        what, where = f"the key `{str(error)[:40]}` stands twice in one object", at(path, line)
    except ValueError as error:
        what, where = f"not JSON: {error}", at(path, line)
    except RecursionError:
        what, where = "objects or lists nested too deeply", at(path, line)
    raise InputError(what, where=where, remedy="look at this line in a text editor, or export the file again")


def _skip(text: str, position: int) -> int:
    while text[position : position + 1] and text[position] in _SPACE:
        position += 1
    return position


def _end(text: str, start: int) -> int:
    return _DECODER.raw_decode(text, start)[1]


def _child(text: str, start: int, key: str | int) -> int:
    """Where the member or element begins in the object or list that begins at `start`."""
    position = _skip(text, start + 1)
    index = 0
    while text[position] not in "}]":
        name: str | int = index
        if text[start] == "{":
            name, position = _DECODER.raw_decode(text, position)
            position = _skip(text, _skip(text, position) + 1)
        if name == key:
            return position
        position = _skip(text, _end(text, position))
        if text[position] == ",":
            position = _skip(text, position + 1)
        index += 1
    raise KeyError(key)
