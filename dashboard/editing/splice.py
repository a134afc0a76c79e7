"""One record of a big CSV replaced without reading the others again.

`quality.table.splice` reads the whole file, 0.8 s at 36 MB, and reading the result anew is another 0.8 s. A record
of a CSV stands for itself: header and record alone make a small table, which `splice` edits and which is read again.
What does not fit (JSON, Parquet, other encodings) goes the long way.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace

from quality import table
from quality.errors import InputError
from quality.model import Row
from quality.table import Columns, Table, delimited

HEAD = 2
"""Record number of the only row of a small table."""


@dataclass(slots=True)
class Copy:
    """A table that is edited cell by cell, and its bytes.

    Attributes:
        table: Rows and bytes are those of now; with `starts`, its hashes and cells are those of the beginning.
        starts: Where each record starts in the bytes, and where the last ends; None where that is of no use.
        head: Which record is the header.
    """

    table: Table
    starts: array[int] | None
    head: int = 0

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return self.table.source

    def row(self, number: int) -> Row | None:
        """The row of that record number; None when there is none."""
        rows, at = self.table.rows, number - (self.table.rows[0].row if self.table.rows else 0)
        if 0 <= at < len(rows) and rows[at].row == number:
            return rows[at]
        return next((row for row in rows if row.row == number), None)

    def with_cells(self, number: int, cells: Mapping[str, str]) -> Copy:
        """The copy with these cells of that row replaced, every other byte as it was.

        Raises:
            InputError: The encoding or the format cannot hold a text.
        """
        wanted = {(number, column): text for column, text in cells.items()}
        short = self._short(number, cells)
        if short is not None:
            return short
        full = self.full()
        return copy_of(table.edited(full, table.splice(full, wanted)))

    def full(self) -> Table:
        """The table with its hashes and cells those of its bytes."""
        return self.table if self.starts is None else reread(self.table)

    def _short(self, number: int, cells: Mapping[str, str]) -> Copy | None:
        """The same the short way; None where the record does not stand for itself."""
        row, starts = self.row(number), self.starts
        if row is None or starts is None or not self.head < number - 1 < len(starts) - 1:
            return None
        known, source = self.table, self.table.source
        start, end = starts[number - 1], starts[number]
        head = source[starts[self.head] : starts[self.head + 1]]
        before = _read(known, known.dialect.bom + head + source[start:end])
        if before is None or _texts(before.rows[0]) != _texts(row):
            return None
        content = table.splice(before, {(HEAD, column): text for column, text in cells.items()})
        new = replace(row, **cells)
        after = _read(known, content)
        if after is None or _texts(after.rows[0]) != _texts(new):
            return None
        record = content[len(known.dialect.bom) + len(head) :]
        moved = array("q", starts)
        for at in range(number, len(moved)):
            moved[at] += len(record) - (end - start)
        rows = tuple(new if one is row else one for one in known.rows)
        return Copy(
            replace(known, source=source[:start] + record + source[end:], rows=rows), moved, self.head
        )


def copy_of(read: Table) -> Copy:
    """The table, ready to be edited."""
    starts, head = _starts(read)
    return Copy(read, starts, head)


def reread(known: Table) -> Table:
    """The table that its own bytes hold."""
    return table.edited(known, known.source)


def _starts(read: Table) -> tuple[array[int] | None, int]:
    if read.format not in ("csv", "tsv") or read.dialect.encoding != "utf-8":
        return None, 0
    text = read.source[len(read.dialect.bom) :].decode()
    prefer = "\t" if read.format == "tsv" else ","
    sheet = delimited.parse(text, read.path, list(read.names.values()), prefer)
    if (sheet.delimiter, sheet.quoted) != (read.dialect.delimiter, read.dialect.quoted):
        return None, 0
    at = len(read.dialect.bom)
    starts = array("q", [at])
    for record in sheet.records:
        at += len(text[record.start : record.end].encode())
        starts.append(at)
    return (starts, sheet.head) if at == len(read.source) else (None, 0)


def _read(known: Table, content: bytes) -> Table | None:
    """Header and one record as a table of the same dialect; None where they are none."""
    columns = Columns(**{name: known.names.get(name, name) for name in table.NAMES})
    try:
        found = table.parse(content, known.path, columns, labels_required=known.labelled)
    except InputError:
        return None
    alone = len(found.rows) == 1 and found.rows[0].row == HEAD
    return found if alone and (found.dialect, found.names) == (known.dialect, known.names) else None


def _texts(row: Row) -> tuple[str, ...]:
    return row.id, row.instruction, row.output, row.fail_mode, *row.context
