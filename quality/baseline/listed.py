"""A JSON file that lists what a person accepts, read strictly: whatever stands in it keeps findings quiet."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from quality.errors import InputError

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Shape(Generic[Item]):
    """What such a file looks like.

    Attributes:
        kind: What it calls itself.
        format: Its version.
        name: Key of the list.
        item: What its items are called.
        keys: All that an item has.
        made: An item's values → what they mean; raises what `refused` gives.
        key: By which items are told apart.
        told: The item in a message.
        refused: What is wrong → the error that says so.
    """

    kind: str
    format: int
    name: str
    item: str
    keys: frozenset[str]
    made: Callable[[dict[str, Any]], Item]
    key: Callable[[Item], Hashable]
    told: Callable[[Item], str]
    refused: Callable[[str], InputError]


@dataclass(frozen=True, slots=True)
class _Made(Generic[Item]):
    item: Item


def read(data: bytes, shape: Shape[Item]) -> list[Item]:
    """The items, in the file's order.

    Raises:
        InputError: There is anything else in it.
    """
    items = _table(data, shape)[shape.name]
    if not isinstance(items, list):
        raise shape.refused(f"`{shape.name}` must be a list of {shape.item}")
    known: dict[Hashable, Item] = {}
    for one in cast("list[object]", items):
        if not isinstance(one, _Made):
            raise shape.refused(f"`{shape.name}` must be a list of {shape.item}")
        item = cast("_Made[Item]", one).item
        key = shape.key(item)
        if key in known:
            raise shape.refused(f"{shape.told(item)} stands there twice")
        known[key] = item
    return list(known.values())


def _table(data: bytes, shape: Shape[Item]) -> dict[str, Any]:
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=lambda pairs: _object(pairs, shape))
    except (ValueError, RecursionError):  # too deep, or a number too long
        raise shape.refused("it is not JSON") from None
    if not isinstance(value, dict):
        raise shape.refused(f"it is no file of {shape.item}")
    known = cast("dict[str, Any]", value)
    if known["kind"] != shape.kind or type(known["format"]) is not int or known["format"] != shape.format:
        raise shape.refused(f"it is no file of {shape.item} of this version")
    return known


def _object(pairs: list[tuple[str, Any]], shape: Shape[Item]) -> dict[str, Any] | _Made[Item]:
    """The file's own table, or an item; nothing else may stand in it, however often."""
    names = frozenset(name for name, _ in pairs)
    if len(names) < len(pairs):
        raise shape.refused("a key stands twice in one object")
    head = frozenset({"format", "kind", shape.name})
    if names == head:
        return dict(pairs)
    if names & head:
        raise shape.refused(f"the file has the keys {', '.join(sorted(head))} and no others")
    if names != shape.keys:
        raise shape.refused(f"{shape.item} have the keys {', '.join(sorted(shape.keys))} and no others")
    return _Made(shape.made(dict(pairs)))
