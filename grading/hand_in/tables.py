"""A hand-in's table → its rows, with a trouble for every oddity of the file; one that cannot be read is a trouble."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from grading.model import Level, Trouble
from quality import table
from quality.errors import ProofgateError
from quality.reports.escape import INVISIBLE, csv_cell
from quality.table import Columns, Table
from quality.wording import count, cut, listed

MAX_BYTES = 32 * 2**20
"""Of a table, ten times what the largest homework needs; reading one takes seven times as much memory."""
MAX_LINES = 200_000
"""Line ends in a table, within cells too: a row costs a kilobyte of memory, and a hostile one eight bytes of file."""
MAX_DELIMITERS = 2_000_000
"""Commas, semicolons and tabs in a table, in its texts too."""
LONG_CELL = 131_072
"""Characters from which Python's csv module, and with it many a tool, refuses a cell."""
_DELIMITERS = {";": "semicolons", "\t": "tabs"}
_BLANK = re.compile(rf"[\s{INVISIBLE}]*")
_LISTED = re.compile(r"\s*[-+]")
"""How lists in Markdown begin: a spreadsheet can take these for formulas, and nobody needs to be told of each."""
_PEEK = 64
"""Characters of a cell that tell whether a spreadsheet takes it for a formula."""


def read(path: Path, columns: Columns, kind: str) -> Table | Trouble:
    """The rows in that file, or why there are none. Nothing beside the file is looked at.

    Args:
        kind: Beginning of the trouble's code, `data` or `predictions`.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            what = f"is larger than {MAX_BYTES // 2**20} MB, and is not read"
            return Trouble(
                f"{kind}.too-large", Level.ERROR, what, path.name, "hand in the rows of the homework alone"
            )
        content = path.read_bytes()
        if content.startswith(b"PAR1") and path.suffix.casefold() not in (".parquet", ".pq"):
            what = "is a Parquet file, whatever its name says"
            return Trouble(f"{kind}.unreadable", Level.ERROR, what, path.name, "hand it in as CSV")
        if _is_too_much(content):
            what = f"holds more than {MAX_LINES:,} lines or {MAX_DELIMITERS:,} cells, and is not read"
            remedy = "hand in the rows of the homework alone"
            return Trouble(f"{kind}.too-large", Level.ERROR, what, path.name, remedy)
        # a hand-in has no settings of its own
        return table.parse(content, path, replace(columns, settings=""), labels_required=False)
    except ProofgateError as error:
        what = f"{_place(error.where, path)}{error.what}"
        return Trouble(f"{kind}.unreadable", Level.ERROR, what, path.name, error.remedy)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        return Trouble(f"{kind}.unreadable", Level.ERROR, what, path.name)
    except (ValueError, RecursionError, MemoryError) as error:  # the reader met what nobody foresaw
        what = f"cannot be read: {type(error).__name__}"
        return Trouble(f"{kind}.unreadable", Level.ERROR, what, path.name, "export it again as CSV")


def _is_too_much(content: bytes) -> bool:
    lines = max(content.count(b"\n"), content.count(b"\r"))
    return lines > MAX_LINES or sum(content.count(sign) for sign in (b",", b";", b"\t")) > MAX_DELIMITERS


def oddities(read: Table, kind: str, known: frozenset[str]) -> Iterator[Trouble]:
    """What is unusual about how the file is written, though its rows are as they should be.

    Args:
        known: Columns that have a meaning beside the four.
    """
    file = read.path.name
    for note in read.notes:
        odd = "Windows-1252" in note
        level = Level.WARNING if odd else Level.NOTE
        yield Trouble(f"{kind}.read-as", level, note, file, "save it as UTF-8" if odd else "")
    if read.dialect.delimiter in _DELIMITERS:
        what = f"cells are separated by {_DELIMITERS[read.dialect.delimiter]}, not by commas"
        yield Trouble(f"{kind}.delimiter", Level.NOTE, what, file)
    extra = [name for name in read.columns if name not in {*read.names.values(), *known}]
    if extra:
        what = f"has {count(len(extra), 'column')} that nothing reads: {listed((cut(n, 40, '') for n in extra), 5)}"
        yield Trouble(f"{kind}.extra-columns", Level.NOTE, what, file)
    yield from _of_cells(read, kind, file)


def _of_cells(read: Table, kind: str, file: str) -> Iterator[Trouble]:
    numbered = list(zip((row.row for row in read.rows), read.cells, strict=True))
    formulas = [
        row for row, cells in numbered if any(is_formula(cell) and not _LISTED.match(cell) for cell in cells)
    ]
    if formulas:
        what = (
            f"{count(len(formulas), 'row')} with a cell that a spreadsheet takes for a formula, kept as it is"
        )
        yield Trouble(f"{kind}.formula", Level.NOTE, f"{what}: row {listed(formulas, 5)}", file)
    long = [row for row, cells in numbered if any(len(cell) > LONG_CELL for cell in cells)]
    if long:
        what = f"{count(len(long), 'row')} with a cell of more than {LONG_CELL:,} characters: row {listed(long, 5)}"
        yield Trouble(
            f"{kind}.long-cell", Level.WARNING, what, file, "look whether a quote is missing before it"
        )


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet could take the cell for a formula."""
    begin = cell[:_PEEK]
    return len(csv_cell(begin)) > len(begin) and csv_cell(begin).startswith("'")


def is_blank(text: str) -> bool:
    """Whether there is nothing in the text that a reader sees."""
    return _BLANK.fullmatch(text) is not None


def _place(where: str, path: Path) -> str:
    """`line 12: ` from the place that the reader named; "" where that is the file alone."""
    rest = where.removeprefix(str(path)).strip(": ") if where.startswith(str(path)) else ""
    return "" if not rest else f"line {rest}: " if rest.isdigit() else f"{rest}: "
