"""A format's records → the rows and cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from quality.errors import InputError
from quality.model import Row
from quality.table import delimited, jsons, parquet
from quality.table.encoding import LINE_END, Decoded
from quality.table.naming import INPUT, MadeIds, joined, match
from quality.table.shapes import Draft, Shape, cell_of, shape_of
from quality.table.types import NAMES, Columns, Dialect, Grid, at
from quality.wording import listed


def from_csv(decoded: Decoded, path: Path, columns: Columns, labels_required: bool | None, kind: str) -> Grid:
    """The table in a CSV or TSV; `kind` tells the delimiter where the header does not.

    Raises:
        InputError: Quotes that do not pair, rows of unequal length, a column missing or doubled.
    """
    wanted = list(columns.named().values())
    sheet = delimited.parse(decoded.text, path, wanted, prefer="\t" if kind == "tsv" else ",")
    head = sheet.records[sheet.head]
    if decoded.text.lstrip(" \t\r\n")[:1] in ("{", "["):
        remedy = "name the file `.jsonl` or `.json`"
        raise InputError("this is JSON, not CSV", where=at(path, head.line), remedy=remedy)
    header = [name if name.strip() else f"column {n}" for n, name in enumerate(head.cells, start=1)]
    matched = match(header, columns, at(path, head.line), tabular=True, labels_required=labels_required)
    body, notes = _body(sheet, len(header), path)
    places = [header.index(matched.names[n]) if n in matched.names else -1 for n in (*NAMES, INPUT)]
    rows = tuple(_csv_rows(body, places))
    _refuse_swallowed(rows, body, sheet.delimiter, path)
    return Grid(
        rows=rows,
        columns=tuple(header),
        cells=tuple(tuple(record.cells) for _, record in body),
        names=matched.names,
        labelled="fail_mode" in matched.names,
        dialect=Dialect(decoded.encoding, decoded.bom, sheet.delimiter, sheet.quoted),
        notes=(*decoded.notes, *sheet.notes, *matched.notes, *notes),
    )


def _body(
    sheet: delimited.Sheet, width: int, path: Path
) -> tuple[list[tuple[int, delimited.Record]], list[str]]:
    """The records under the header with their numbers, all of the header's width, and notes on what is left out."""
    body = list(enumerate(sheet.records, start=1))[sheet.head + 1 :]
    given = len(body)
    while body and not any(cell.strip() for cell in body[-1][1].cells):
        body.pop()
    notes = [_left_out(given - len(body), "empty row", "at the end")] if given > len(body) else []
    kept = [(number, record) for number, record in body if record.cells]
    if len(kept) < len(body):
        notes.append(_left_out(len(body) - len(kept), "empty line", "between the rows"))
    for _, record in kept:
        if len(record.cells) != width:
            raise _ragged(record, width, sheet.delimiter, path)
    return kept, notes


def _left_out(count: int, what: str, where: str) -> str:
    return f"{count} {what}{'s' if count > 1 else ''} {where} left out"


def _ragged(record: delimited.Record, width: int, delimiter: str, path: Path) -> InputError:
    count = len(record.cells)
    name = {"\t": "a tab", ",": "a comma", ";": "a semicolon"}[delimiter]
    if count > width:
        remedy = f"a cell that holds {name} must stand in quotes, with no space before them"
    else:
        remedy = "a cell with a line break must stand in quotes; an empty last cell still needs its delimiter"
    if any("\n" in cell or "\r" in cell for cell in record.cells):
        remedy = (
            f"a cell of this row spans several lines: is its quote closed where it should be? If so, {remedy}"
        )
    what = f"{count} cell{'s' if count != 1 else ''} where the header has {width}"
    return InputError(what, where=at(path, record.line), remedy=remedy)


def _csv_rows(body: Sequence[tuple[int, delimited.Record]], places: Sequence[int]) -> Iterator[Row]:
    own, asked, answer, label, more = places
    ids = MadeIds()
    for number, record in body:
        cells = record.cells
        instruction = joined(cells[asked], cells[more]) if more >= 0 else cells[asked]
        yield Row(
            row=number,
            line=record.line,
            id=cells[own] if own >= 0 else ids.next(instruction),
            instruction=instruction,
            output=cells[answer] if answer >= 0 else "",
            fail_mode=cells[label] if label >= 0 else "",
        )


_COUNTED = re.compile(r"(\D{0,40})(\d{1,12})\Z")


def _refuse_swallowed(
    rows: Sequence[Row], body: Sequence[tuple[int, delimited.Record]], delimiter: str, path: Path
) -> None:
    """A quote that closes by chance some rows below leaves no trace in the count of cells, but a gap in the ids.

    Refused are cells whose further lines begin with just the ids that are missing before the next row's.
    """
    for at_row, row in enumerate(rows):
        own = _COUNTED.match(row.id)
        following = _COUNTED.match(rows[at_row + 1].id) if at_row + 1 < len(rows) else None
        if own is None or (following and int(following[2]) <= int(own[2]) + 1):
            continue
        record = body[at_row][1]
        line = record.line
        for cell in record.cells:
            inner = LINE_END.split(cell)
            swallowed = _next_ids(inner[1:], own, delimiter)
            if swallowed and (following is None or int(following[2]) == int(own[2]) + len(swallowed) + 1):
                raise InputError(
                    f"a quote opens on this line and swallows the rows with the ids {', '.join(swallowed[:5])}",
                    where=at(path, line),
                    remedy='close it; a quote inside a quoted cell is written twice ("")',
                )
            line += len(inner) - 1


def _next_ids(lines: Sequence[str], own: re.Match[str], delimiter: str) -> list[str]:
    """The ids, one after another from the own one, with which lines begin."""
    found: list[str] = []
    for line in lines:
        begin = line.partition(delimiter)[0].strip('" ')
        this = _COUNTED.match(begin)
        if delimiter in line and this and this[1] == own[1] and int(this[2]) == int(own[2]) + len(found) + 1:
            found.append(begin)
    return found


def from_json(decoded: Decoded, path: Path, columns: Columns, labels_required: bool | None) -> Grid:
    """The table in JSON Lines or a JSON array; the shape is told by the keys of all its records.

    Raises:
        InputError: Not JSON, or records that do not hold the columns' texts.
    """
    found = jsons.records(decoded.text, path)
    if not found:
        raise InputError("no record in it", where=str(path), remedy="export the data again")
    keys = list(dict.fromkeys(key for record in found for key in record.value))
    shape = shape_of(keys, columns, at(path, found[0].line), labels_required)
    placed = [(record.line, at(path, record.line), record.value) for record in found]
    grid = _from_records(placed, shape)
    return replace(
        grid,
        dialect=Dialect(decoded.encoding, decoded.bom),
        notes=(*decoded.notes, *shape.matched.notes, *grid.notes),
    )


def from_parquet(data: bytes, path: Path, columns: Columns, labels_required: bool | None) -> Grid:
    """The table in a Parquet file; a row's line is its number.

    Raises:
        InputError: Damaged, or columns that do not hold texts.
    """
    names, found = parquet.records(data, path)
    shape = shape_of(names, columns, str(path), labels_required)
    placed = ((number, f"{path}: record {number}", record) for number, record in enumerate(found, start=1))
    grid = _from_records(placed, shape, names)
    return replace(grid, notes=(*shape.matched.notes, *grid.notes))


def _from_records(placed: Iterable[tuple[int, str, Any]], shape: Shape, names: Sequence[str] = ()) -> Grid:
    ids = MadeIds()
    rows: list[Row] = []
    given: list[Any] = []
    known: dict[str, None] = dict.fromkeys(names)
    silent: list[int] = []
    for line, where, record in placed:
        known.update(dict.fromkeys(record))
        before = len(rows)
        for draft in shape.drafts(record, ids, where):
            rows.append(_row(draft, len(rows) + 1, line))
            given.append(record)
        if len(rows) == before:
            silent.append(line)
    labelled = "fail_mode" in shape.matched.names
    if shape.turns:
        columns = ("id", "instruction", "output", *(("fail_mode",) if labelled else ()), "context")
        cells = tuple(_turn_cells(row, labelled) for row in rows)
        found = {name: name for name in columns if name in NAMES}
    else:
        columns = tuple(known)
        cells = tuple(tuple(cell_of(record.get(name)) for name in columns) for record in given)
        found = dict(shape.matched.names)
    return Grid(tuple(rows), columns, cells, found, labelled, Dialect(), _silent(silent))


def _silent(lines: Sequence[int]) -> tuple[str, ...]:
    """A note on conversations that hold no answer to check."""
    if not lines:
        return ()
    what = "1 conversation has" if len(lines) == 1 else f"{len(lines)} conversations have"
    return (f"{what} no assistant turn and give no row (line {listed(lines, 5)})",)


def _row(draft: Draft, number: int, line: int) -> Row:
    return Row(
        row=number,
        line=line,
        id=draft.id,
        instruction=draft.instruction,
        output=draft.output,
        fail_mode=draft.fail_mode,
        context=draft.context,
    )


def _turn_cells(row: Row, labelled: bool) -> tuple[str, ...]:
    label = (row.fail_mode,) if labelled else ()
    return (row.id, row.instruction, row.output, *label, "\n\n".join(row.context))
