"""Keys and tokens in the three files, which whoever gets the hand-in could use: named by kind and never shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from grading.hand_in.notebook_json import joined
from grading.model import Level, Trouble
from quality.table import Table
from quality.text.credentials import ASSIGNED, credentials
from quality.wording import listed

CODE = "secret.found"
REMEDY = "revoke it where it was made, take it out, and save the file; in Colab keep it in Secrets (the key symbol)"


def in_table(table: Table, file: str) -> tuple[Trouble, ...]:
    """What the cells of a table hold; at most one trouble."""
    # nearly all tables hold none, and one long text is searched three times as fast as its cells
    if next(credentials("\n".join(cell for cells in table.cells for cell in cells)), None) is None:
        return ()
    cells = (
        (f"row {row.row}", cell) for row, cells in zip(table.rows, table.cells, strict=True) for cell in cells
    )
    return _trouble(cells, file)


def in_notebook(body: Mapping[str, Any], file: str) -> tuple[Trouble, ...]:
    """What the code, the outputs and all other texts of a notebook hold; at most one trouble."""
    return _trouble(_texts(body), file)


def _texts(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of the notebook with its place; lines of one text joined."""
    cells = cast("list[Any]", body["cells"])
    for place, cell in enumerate(cells, start=1):
        yield from ((f"cell {place}", text) for text in _strings(cell))
    rest = {key: value for key, value in body.items() if key != "cells"}
    yield from (("the notebook's metadata", text) for text in _strings(rest))


def _strings(value: Any) -> Iterator[str]:
    left: list[Any] = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, list):
            items = cast("list[Any]", one)
            left += [joined(items)] if all(isinstance(item, str) for item in items) else items
        elif isinstance(one, dict):
            table = cast("dict[str, Any]", one)
            left += [*table.keys(), *table.values()]


def _trouble(texts: Iterable[tuple[str, str]], file: str) -> tuple[Trouble, ...]:
    found: dict[str, dict[str, None]] = {}
    for place, text in texts:
        named = {one.name: one.prefix for one in credentials(text)}
        if len(named) > 1:
            named.pop(ASSIGNED, None)  # a token behind `token =` is named by its issuer
        for name, prefix in named.items():
            found.setdefault(f"{name} ({prefix}…)" if prefix else name, {})[place] = None
    if not found:
        return ()
    what = "holds " + "; ".join(f"{name} in {listed(places, 3)}" for name, places in found.items())
    return (Trouble(CODE, Level.WARNING, what, file, REMEDY),)
