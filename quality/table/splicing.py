"""The same file with a few cells' text replaced, every other byte unchanged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from quality.errors import InputError
from quality.table import delimited, jsons, parquet
from quality.table.encoding import decode
from quality.table.naming import INPUT, MadeIds
from quality.table.shapes import Shape, shape_of
from quality.table.types import CellPath, Columns, Table, at, unwritable


def splice(table: Table, cells: Mapping[tuple[int, str], str]) -> bytes:
    """The table's file with those cells replaced.

    Encoding, byte order mark, line ends, quoting, other columns and empty rows at the end stay. JSON changes only
    within the strings that are replaced; Parquet keeps columns, types and metadata.

    Args:
        table: As read.
        cells: (record number, column by our name or the file's) → new text.

    Raises:
        InputError: The encoding or format cannot hold a new text, or the cell was put together from several.
        KeyError: No such row or column.
    """
    known = {row.row for row in table.rows}
    for row, column in cells:
        if row not in known or (column not in table.names and column not in table.columns):
            raise KeyError((row, column))
    if not cells:
        return table.source
    for (row, _), text in cells.items():
        if "\0" in text:
            raise unwritable(table.path, row, "a NUL character")
    if table.format == "parquet":
        return parquet.replaced(table.source, table.path, _edits(table, cells))
    text = table.source[len(table.dialect.bom) :].decode(table.dialect.encoding)
    new = _in_json(table, text, cells) if table.format in ("json", "jsonl") else _in_csv(table, text, cells)
    try:
        content = table.dialect.bom + new.encode(table.dialect.encoding)
    except UnicodeEncodeError as error:
        row = next(row for (row, _), cell in cells.items() if error.object[error.start] in cell)
        why = f"{table.dialect.encoding} has no U+{ord(error.object[error.start]):04X}"
        raise unwritable(table.path, row, why) from None
    if not table.dialect.bom and decode(content, table.path).text != new:  # told by the bytes alone
        raise unwritable(table.path, min(cells)[0], "the file would then be taken for another encoding")
    return content


def _in_csv(table: Table, text: str, cells: Mapping[tuple[int, str], str]) -> str:
    by_row: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), new in cells.items():
        if column == "instruction" and INPUT in table.names and _cell(table, row, INPUT).strip():
            raise _joined(table, row)
        by_row[row][table.columns.index(table.names.get(column, column))] = new
    try:
        return delimited.replace_cells(text, table.dialect.delimiter, table.dialect.quoted, by_row)
    except ValueError as error:
        raise unwritable(table.path, min(by_row), str(error)) from None


def _cell(table: Table, row: int, name: str) -> str:
    position = next(at_row for at_row, known in enumerate(table.rows) if known.row == row)
    return table.cells[position][table.columns.index(table.names[name])]


def _in_json(table: Table, text: str, cells: Mapping[tuple[int, str], str]) -> str:
    escape = text.isascii() or table.dialect.encoding == "cp1252"
    for (row, _), new in cells.items():
        try:
            new.encode("utf-8")
        except UnicodeEncodeError:
            raise unwritable(table.path, row, "half a character") from None
    return jsons.replaced(text, table.path, _edits(table, cells), escape=escape)


def _edits(table: Table, cells: Mapping[tuple[int, str], str]) -> dict[int, dict[CellPath, str]]:
    """Cells by row → texts by their place in the file's records."""
    wanted: dict[int, dict[str, str]] = defaultdict(dict)
    for (row, column), new in cells.items():
        wanted[row][column] = new
    edits: dict[int, dict[CellPath, str]] = defaultdict(dict)
    number = 0
    shape, records = _records(table)
    ids = MadeIds()
    for index, record in enumerate(records):
        for draft in shape.drafts(record, ids, str(table.path)):
            number += 1
            for column, new in wanted.get(number, {}).items():
                place = draft.paths.get(column)
                if place is None and not shape.turns and column in record and column not in table.names:
                    place = (column,)
                if place is None:
                    raise _joined(table, number)
                edits[index][place] = new
    return edits


def _records(table: Table) -> tuple[Shape, Iterable[Mapping[str, Any]]]:
    columns = Columns(**{name: theirs for name, theirs in table.names.items() if name != INPUT})
    if table.format == "parquet":
        names, rows = parquet.records(table.source, table.path)
        return shape_of(names, columns, str(table.path), None), rows
    text = table.source[len(table.dialect.bom) :].decode(table.dialect.encoding)
    found = jsons.records(text, table.path)
    keys = list(dict.fromkeys(key for record in found for key in record.value))
    return shape_of(keys, columns, str(table.path), None), (record.value for record in found)


def _joined(table: Table, row: int) -> InputError:
    line = next(r.line for r in table.rows if r.row == row)
    return InputError(
        f"row {row}: the text was put together from several places and cannot be written back",
        where=at(table.path, line),
        remedy="edit it by hand",
    )
