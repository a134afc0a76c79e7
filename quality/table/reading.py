"""A file → its rows, or one clear error with the line and the remedy."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quality.errors import InputError
from quality.model import Row
from quality.table.encoding import decode
from quality.table.grids import from_csv, from_json, from_parquet
from quality.table.types import NAMES, STANDARD, Columns, Table, at

_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
}


def read(path: Path, columns: Columns = STANDARD, *, labels_required: bool | None = None) -> Table:
    """The table in that file: CSV, TSV, JSON Lines, JSON or Parquet, told by name, else by content.

    Args:
        path: The file; a pipe will do.
        columns: What the four columns are called there.
        labels_required: Whether `fail_mode` must be there; None means: in CSV and TSV.

    Raises:
        InputError: The file cannot be read as rows without guessing or losing some.
    """
    return parse(_bytes(path), path, columns, labels_required=labels_required)


def parse(
    data: bytes, path: Path, columns: Columns = STANDARD, *, labels_required: bool | None = None
) -> Table:
    """As `read`, from bytes that may not be on disk; the path names them in notes and errors."""
    if data.startswith(b"PAR1"):
        kind, grid = "parquet", from_parquet(data, path, columns, labels_required)
    else:
        kind = _SUFFIXES.get(path.suffix.casefold(), "")
        if kind == "parquet":
            raise InputError(
                "not a Parquet file", where=str(path), remedy="name a CSV `.csv` and JSON Lines `.jsonl`"
            )
        decoded = decode(data, path)
        kind = kind or _sniffed(decoded.text)
        grid = (
            from_json(decoded, path, columns, labels_required)
            if kind in ("json", "jsonl")
            else from_csv(decoded, path, columns, labels_required, kind)
        )
    return Table(
        path=path,
        format=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        data_sha256=_data_sha256(grid.rows, grid.labelled),
        rows=grid.rows,
        columns=grid.columns,
        labelled=grid.labelled,
        notes=grid.notes,
        names=grid.names,
        dialect=grid.dialect,
        cells=grid.cells,
        source=data,
    )


def by_id(sheet: Table) -> dict[str, Row]:
    """The sheet's rows by id; rows without an id are left out.

    Raises:
        InputError: Two rows share an id, so that nothing can be compared with them.
    """
    known: dict[str, Row] = {}
    for row in sheet.rows:
        first = known.setdefault(row.id, row)
        if first is not row and row.id.strip():
            raise InputError(
                f"rows {first.row} and {row.row} of the original sheet have the same id `{row.id[:40]}`",
                where=at(sheet.path, row.line),
                remedy="the sheet that others are compared with needs an id of its own for every row",
            )
    return {key: row for key, row in known.items() if key.strip()}


def with_originals(table: Table, sheet: Table) -> Table:
    """The table whose rows know the sheet's response before correction, by id; None where the sheet lacks the id.

    Raises:
        InputError: Two rows of the sheet share an id.
    """
    known = by_id(sheet)
    rows = (replace(row, original=known[row.id].output) if row.id in known else row for row in table.rows)
    return replace(table, rows=tuple(rows))


def edited(table: Table, content: bytes) -> Table:
    """The table that those bytes, made from its own by `splice`, hold; rows keep their originals."""
    columns = Columns(**{name: table.names.get(name, name) for name in NAMES})
    again = parse(content, table.path, columns, labels_required=table.labelled)
    rows = (replace(new, original=old.original) for old, new in zip(table.rows, again.rows, strict=True))
    return replace(again, rows=tuple(rows), notes=table.notes)


def _bytes(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise InputError("this is a folder", where=str(path), remedy="name the file in it")
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
            raise InputError("this is a device, not a file", where=str(path), remedy="name a file")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", where=str(path), remedy="look at the name and the folder") from None
    except PermissionError:
        remedy = "close it in the spreadsheet program, or give yourself the right to read it"
        raise InputError("may not be read", where=str(path), remedy=remedy) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"cannot be read: {why}", where=str(path), remedy="look at the name and the disk"
        ) from None


def _sniffed(text: str) -> str:
    start = text.lstrip(" \t\r\n")[:1]
    return {"{": "jsonl", "[": "json"}.get(start, "csv")


def _data_sha256(rows: Sequence[Row], labelled: bool) -> str:
    """SHA-256 of names, order and texts; all line ends inside cells count as one, for spreadsheets change them."""
    digest = hashlib.sha256()
    names = NAMES if labelled else NAMES[:-1]
    for text in names:
        digest.update(_part(text))
    for row in rows:
        digest.update(b"\n")
        for text in (
            row.id,
            row.instruction,
            row.output,
            *((row.fail_mode,) if labelled else ()),
            *row.context,
        ):
            digest.update(_part(text))
    return digest.hexdigest()


def _part(text: str) -> bytes:
    """A text with its length before it, so that no two tables run together to the same bytes."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    encoded = text.encode("utf-8")
    return b"%d:%b" % (len(encoded), encoded)
