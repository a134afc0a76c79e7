"""The JSON of a notebook within caps, and its pieces as what they should be, whatever stands in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from grading.model import Level, Trouble
from quality.lineage import sealed
from quality.lineage.bundle import MAX_BYTES

MOST_VALUES = 1_000_000
"""Commas and brackets in a notebook: each may be a value, and a value takes 100 bytes of memory and more."""
MOST_CELLS = 10_000
AGAIN = "save it in Jupyter or Colab as .ipynb (File → Download → Download .ipynb) and hand that in"


def read(content: bytes, file: str = "") -> dict[str, Any] | Trouble:
    """The notebook's JSON, or why it is none."""
    if len(content) > MAX_BYTES:
        what = f"has {len(content) // 1_000_000:,} MB, and {MAX_BYTES // 1_000_000} are read"
        return Trouble("notebook.too-large", Level.ERROR, what, file, "clear the outputs that are not needed")
    if sum(content.count(sign) for sign in (b",", b"[", b"{")) > MOST_VALUES:
        what = f"holds more than {MOST_VALUES:,} values"
        return Trouble("notebook.too-large", Level.ERROR, what, file, "clear the outputs that are not needed")
    try:
        body = sealed.loads(content)
    except RecursionError:
        return Trouble("notebook.not-json", Level.ERROR, "is nested too deeply to be read", file, AGAIN)
    except ValueError:
        return Trouble(
            "notebook.not-json", Level.ERROR, "is not sound JSON, so it is no notebook", file, AGAIN
        )
    cells: Any = cast("dict[str, Any]", body).get("cells") if isinstance(body, dict) else None
    if not isinstance(cells, list):
        return Trouble("notebook.not-a-notebook", Level.ERROR, "is JSON and no Jupyter notebook", file, AGAIN)
    if len(cast("list[Any]", cells)) > MOST_CELLS:
        what = f"has more than {MOST_CELLS:,} cells"
        return Trouble(
            "notebook.too-large", Level.ERROR, what, file, "hand in the notebook of this homework alone"
        )
    return cast("dict[str, Any]", body)


def joined(text: Any) -> str:
    """A text of a notebook: it stands there whole or in lines; "" where it is neither."""
    if isinstance(text, str):
        return text
    lines = cast("list[Any]", text) if isinstance(text, list) else []
    return "".join(line for line in lines if isinstance(line, str))


def tables(value: Any) -> Iterator[dict[str, Any]]:
    """The tables of a list, whatever else stands there."""
    for one in cast("list[Any]", value) if isinstance(value, list) else []:
        if isinstance(one, dict):
            yield cast("dict[str, Any]", one)


def keys(value: Any) -> Iterable[str]:
    """The keys of a table; none of what is no table."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else ()
