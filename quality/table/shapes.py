"""JSON-like records → rows: the four columns, alpaca, and conversations (`messages` and ShareGPT).

A conversation gives one row for each assistant turn; its id is `<id>#<turn>`, and what was said before stands in
`context`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from quality.errors import InputError
from quality.table.naming import INPUT, MadeIds, Matched, joined, match, shown
from quality.table.types import NAMES, CellPath, Columns

_TURNS = {"messages": ("role", "content"), "conversations": ("from", "value")}
_ROLES = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "gpt": "assistant",
    "chatgpt": "assistant",
    "model": "assistant",
    "bot": "assistant",
    "tool": "tool",
    "function": "tool",
    "observation": "tool",
    "function_call": "call",
    "tool_call": "call",
}


class Number(str):
    """A JSON number by its own digits: `1e3` stays `1e3`, and no length of digits is too long."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A row before it has a number.

    Attributes:
        paths: Our name → where the record holds that text; missing where it was put together from several.
    """

    id: str
    instruction: str
    output: str
    fail_mode: str
    paths: Mapping[str, CellPath]
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """How the file's records are laid out, told by the first of them.

    Attributes:
        turns: `messages` or `conversations`; "" for plain records.
    """

    matched: Matched
    turns: str = ""

    def drafts(self, record: Mapping[str, Any], ids: MadeIds, where: str) -> Iterator[Draft]:
        """The rows that one record gives.

        Raises:
            InputError: A key is missing, or a text is neither text, number nor null.
        """
        return _turns(record, self, ids, where) if self.turns else _plain(record, self.matched, ids, where)


def shape_of(keys: Sequence[str], columns: Columns, where: str, labels_required: bool | None) -> Shape:
    """The layout of records with those keys."""
    wanted = columns.named()
    answered = columns.output is None or columns.output in keys
    turns = next((key for key in _TURNS if key in keys and not answered), "")
    if not turns:
        return Shape(match(keys, columns, where, tabular=False, labels_required=labels_required))
    names = {name: wanted[name] for name in ("id", "fail_mode") if wanted[name] in keys}
    if labels_required and "fail_mode" not in names:
        raise InputError(
            f"no key `{wanted['fail_mode']}`", where=where, remedy="add the annotator's label to each record"
        )
    return Shape(Matched(names), turns)


def text_of(value: Any, key: str, where: str) -> str:
    """The cell's text; a number by its digits, null as "".

    Raises:
        InputError: Any other type, or a lone surrogate, which no file can hold.
    """
    if isinstance(value, str):
        if not value.isascii():
            _refuse_surrogates(value, key, where)
        return str(value)
    if value is None or value != value:  # pandas stores an empty cell as NaN
        return ""
    raise InputError(
        f"`{shown(key)}` holds {_kind(value)}, not text",
        where=where,
        remedy="each of the columns must hold text, a number or null",
    )


def cell_of(value: Any) -> str:
    """Any value as the text of a further column; what is nested, as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        try:
            value = json.dumps(value, ensure_ascii=False, default=str)
        except (RecursionError, ValueError):
            return "…"
    return str(value).encode("utf-8", "replace").decode()


def _refuse_surrogates(text: str, key: str, where: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"`{shown(key)}` holds half a character (\\u{ord(text[error.start]):04x}), which is no text",
            where=where,
            remedy="write the character whole, or as both halves of its pair",
        ) from None


def _kind(value: object) -> str:
    names = {
        "bool": "true or false",
        "list": "a list",
        "dict": "an object",
        "float": "a number with decimals",
    }
    name = type(value).__name__
    return names.get(name, f"a value of type {name}")


def _member(record: Mapping[str, Any], key: str, where: str) -> Any:
    if key not in record:
        raise InputError(
            f"this record has no `{shown(key)}`, others have",
            where=where,
            remedy="give every record the same keys; null stands for an empty cell",
        )
    return record[key]


def _plain(record: Mapping[str, Any], matched: Matched, ids: MadeIds, where: str) -> Iterator[Draft]:
    names = matched.names
    asked, answer = names["instruction"], names.get("output")
    instruction = text_of(_member(record, asked, where), asked, where)
    output = text_of(_member(record, answer, where), answer, where) if answer else ""
    more = text_of(record.get(names[INPUT]), names[INPUT], where) if INPUT in names else ""
    paths: dict[str, CellPath] = {
        name: (names[name],) for name in NAMES if name in names and names[name] in record
    }
    if more.strip():
        del paths["instruction"]
    whole = joined(instruction, more)
    own = text_of(record.get(names["id"]), names["id"], where) if "id" in names else ids.next(whole)
    yield Draft(own, whole, output, _label(record, matched, where), paths)


def _label(record: Mapping[str, Any], matched: Matched, where: str) -> str:
    name = matched.get("fail_mode")
    return text_of(record.get(name), name, where) if name else ""


@dataclass(frozen=True, slots=True)
class _Turn:
    role: str
    text: str
    path: CellPath | None


def _turns(record: Mapping[str, Any], shape: Shape, ids: MadeIds, where: str) -> Iterator[Draft]:
    turns = _read_turns(_member(record, shape.turns, where), shape.turns, where)
    name = shape.matched.get("id")
    said = (turn.text for turn in turns if turn.role != "assistant")
    own = text_of(record.get(name), name, where) if name else ids.next(*said)
    label = _label(record, shape.matched, where)
    answers = 0
    for at, turn in enumerate(turns):
        if turn.role != "assistant":
            continue
        answers += 1
        asked = turns[at - 1] if at and turns[at - 1].role == "user" else None
        paths: dict[str, CellPath] = {}
        if turn.path:
            paths["output"] = turn.path
        if asked and asked.path:
            paths["instruction"] = asked.path
        before = turns[: at - 1] if asked else turns[:at]
        yield Draft(
            f"{own}#{answers}",
            asked.text if asked else "",
            turn.text,
            label,
            paths,
            tuple(earlier.text for earlier in before if earlier.text),
        )


def _read_turns(value: Any, key: str, where: str) -> list[_Turn]:
    role_key, text_key = _TURNS[key]
    if not isinstance(value, list):
        raise InputError(
            f"`{key}` holds {_kind(value)}, not a list of turns", where=where, remedy=_turn_remedy(key)
        )
    turns: list[_Turn] = []
    for at, item in enumerate(cast(list[Any], value)):
        if not isinstance(item, dict):
            raise InputError(f"turn {at + 1} is {_kind(item)}", where=where, remedy=_turn_remedy(key))
        turn = cast(dict[str, Any], item)
        role = _ROLES.get(str(turn.get(role_key)).casefold())
        if role is None or (text_key not in turn and role != "assistant"):
            what = f"turn {at + 1} has no known `{role_key}` or no `{text_key}`"
            raise InputError(what, where=where, remedy=_turn_remedy(key))
        text, path = (
            _content(turn.get(text_key), (key, at, text_key), where) if text_key in turn else ("", None)
        )
        called = bool(turn.get("tool_calls") or turn.get("function_call"))
        turns.append(_Turn("call" if called and not text else role, text, path))
    return turns


def _turn_remedy(key: str) -> str:
    role, text = _TURNS[key]
    return f'each turn is {{"{role}": …, "{text}": …}}; roles: {", ".join(sorted(_ROLES))}'


def _content(value: Any, path: CellPath, where: str) -> tuple[str, CellPath | None]:
    """A turn's text, and its path where it stands in one place; parts of type `text` are joined."""
    key = str(path[-1])
    if not isinstance(value, list):
        return text_of(value, key, where), path
    parts: list[tuple[str, CellPath]] = []
    for at, item in enumerate(cast(list[Any], value)):
        part = cast(dict[str, Any], item) if isinstance(item, dict) else {}
        if part.get("type") != "text" or not isinstance(part.get("text"), str):
            raise InputError(
                f"part {at + 1} of a turn is not of type `text`",
                where=where,
                remedy="pictures and sound cannot be checked",
            )
        parts.append((text_of(part["text"], "text", where), (*path, at, "text")))
    return "".join(text for text, _ in parts), parts[0][1] if len(parts) == 1 else None
