"""A notebook, read as JSON and never run: what was run in it, what went wrong, and whether its outputs are there.

HTML, JavaScript and pictures among the outputs are counted, and neither shown nor followed.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from grading.hand_in import notebook_json, secrets
from grading.hand_in.notebook_json import joined, keys, tables
from grading.model import Level, Trouble
from quality.wording import count, cut, listed

LARGE = 20_000_000
"""Bytes from which outputs are worth a word: few reach them but by printing a line for each step."""
MOST_ERRORS = 20
INTERRUPT = "KeyboardInterrupt"
ACTIVE = ("text/html", "application/javascript", "image/svg+xml", "text/markdown", "text/latex")
"""Kinds of output that a browser would follow, run or fetch something for."""


@dataclass(frozen=True, slots=True)
class Notebook:
    """What a notebook shows of itself.

    Attributes:
        code_cells: Cells of code with something in them.
        run_cells: Those among them that were run: they have a number or an output.
        cleared: There is code, and not one output.
        errors: Cell, kind and words of each error among the outputs; interruptions apart.
        interrupted: A cell was stopped by hand.
        code_sha256: Of the code, whatever its outer white space and line ends; "" without any.
        outputs_sha256: Of all outputs with the code; "" without any. Two runs hardly ever have the same.
    """

    code_cells: int = 0
    run_cells: int = 0
    cleared: bool = False
    errors: tuple[str, ...] = ()
    interrupted: bool = False
    code_sha256: str = ""
    outputs_sha256: str = ""
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of code: its place among all cells, from 1, its text, and its outputs that are tables."""

    place: int
    code: str
    outputs: tuple[dict[str, Any], ...]
    was_run: bool


def look(content: bytes, file: str = "") -> Notebook:
    """What the notebook shows; one that cannot be read has nothing but a trouble that says why.

    Args:
        file: Its name, for the troubles.
    """
    body = notebook_json.read(content, file)
    if isinstance(body, Trouble):
        return Notebook(troubles=(body,))
    cells = list(_cells(body))
    if not cells:
        what = "has no cell of code"
        return Notebook(troubles=(Trouble("notebook.no-code", Level.ERROR, what, file, notebook_json.AGAIN),))
    errors, stopped = _errors(cells)
    outputs = [output for cell in cells for output in cell.outputs]
    found = Notebook(
        code_cells=len(cells),
        run_cells=sum(cell.was_run for cell in cells),
        cleared=not outputs,
        errors=errors,
        interrupted=bool(stopped),
        code_sha256=_sha256(cell.code for cell in cells),
        outputs_sha256=_sha256([*(c.code for c in cells), json.dumps(outputs, sort_keys=True)])
        if outputs
        else "",
    )
    troubles = (
        *_of_outputs(found, stopped, file),
        *_of_content(outputs, len(content), file),
        *secrets.in_notebook(body, file),
    )
    return replace(found, troubles=troubles)


def _cells(body: dict[str, Any]) -> Iterator[_Cell]:
    for place, cell in enumerate(tables(body["cells"]), start=1):
        code = joined(cell.get("source"))
        if cell.get("cell_type") == "code" and code.strip():
            outputs = tuple(tables(cell.get("outputs")))
            number = cell.get("execution_count")
            was_run = bool(outputs) or (isinstance(number, int) and not isinstance(number, bool))
            yield _Cell(place, "\n".join(code.strip().splitlines()), outputs, was_run)


def _errors(cells: Iterable[_Cell]) -> tuple[tuple[str, ...], list[int]]:
    """The errors among the outputs in words, and the places of the cells that were stopped by hand."""
    errors: list[str] = []
    stopped: list[int] = []
    for cell in cells:
        for output in cell.outputs:
            if output.get("output_type") == "error":
                kind, words = joined(output.get("ename")), joined(output.get("evalue"))
                if kind == INTERRUPT:
                    stopped.append(cell.place)
                else:
                    said = ": ".join(filter(None, (cut(kind, 80, "") or "error", cut(words, 200, ""))))
                    errors.append(f"cell {cell.place}: {said}")
    return tuple(errors[:MOST_ERRORS]), stopped


def _of_outputs(found: Notebook, stopped: list[int], file: str) -> Iterator[Trouble]:
    if found.cleared:
        what = (
            f"its outputs are cleared: {count(found.code_cells, 'cell')} of code, and none shows what it gave"
        )
        remedy = "run it from top to bottom, and save it with its outputs"
        yield Trouble("notebook.cleared", Level.WARNING, what, file, remedy)
    elif found.run_cells < found.code_cells:
        what = f"{found.code_cells - found.run_cells:,} of {count(found.code_cells, 'cell')} of code were not run"
        yield Trouble("notebook.not-run", Level.NOTE, what, file)
    if found.errors:
        what = f"ends in an error in {listed(found.errors, 3)}"
        yield Trouble(
            "notebook.error", Level.WARNING, what, file, "mend the cell, and run the notebook again"
        )
    if stopped:
        what = f"was stopped by hand in cell {listed(dict.fromkeys(stopped), 5)}"
        yield Trouble("notebook.interrupted", Level.NOTE, what, file)


def _of_content(outputs: Iterable[dict[str, Any]], size: int, file: str) -> Iterator[Trouble]:
    kinds = Counter(kind for output in outputs for kind in keys(output.get("data")) if kind in ACTIVE)
    if kinds:
        named = listed(f"{kinds[kind]:,} × {kind}" for kind in ACTIVE if kinds[kind])
        what = f"has outputs that are counted and never rendered: {named}"
        yield Trouble("notebook.active-content", Level.NOTE, what, file)
    if size > LARGE:
        what = f"has {size // 1_000_000:,} MB of outputs"
        yield Trouble("notebook.large", Level.NOTE, what, file, "clear the outputs that are not needed")


def _sha256(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return digest.hexdigest()
