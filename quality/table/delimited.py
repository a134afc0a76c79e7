"""CSV, TSV and `;` files ↔ records, by the `csv` module in strict mode.

Pandas is not used to read: it drops lines, shifts ragged rows and turns "007" into 7.
"""

from __future__ import annotations

import csv
import re
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from quality.errors import InputError
from quality.table.encoding import LINE_END
from quality.table.types import at

DELIMITERS = (",", ";", "\t")

_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]++")
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')
_OPENED = re.compile(r'"(?:[^"]++|"")*+')
_MAX_FIELD = 2**31 - 1

_lock = threading.RLock()


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its cells, the line it starts on, and its place in the text, line end included."""

    line: int
    start: int
    end: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A parsed file: the header stands at `records[head]`."""

    delimiter: str
    quoted: bool
    head: int
    records: list[Record]
    notes: tuple[str, ...] = ()


def parse(text: str, path: Path, wanted: Sequence[str], prefer: str = ",") -> Sheet:
    """Every record of the text, header and empty ones included, and the delimiter found in its header line.

    The file's delimiter is the one under which its header has most of the `wanted` names; `prefer` is taken where
    that does not decide.

    Raises:
        InputError: A quote that is not closed or not doubled.
    """
    delimiter = _delimiter(text, wanted, prefer)
    try:
        records = _all(text, delimiter, quoted=True)
    except _QuoteError as bad:
        if delimiter != "\t":
            raise _explained(bad, text, delimiter, path) from None
        records = _all(text, delimiter, quoted=False)
        if len({len(r.cells) for r in records if any(r.cells)}) > 1:
            raise _explained(bad, text, delimiter, path) from None
        return Sheet(
            delimiter, False, _head(records, path), records, ("quotes are read as part of the text",)
        )
    return Sheet(delimiter, True, _head(records, path), records)


def replace_cells(text: str, delimiter: str, quoted: bool, cells: Mapping[int, Mapping[int, str]]) -> str:
    """The text with those cells replaced; everything else stays as it is.

    `cells` maps record numbers (the first record is 1) to positions in the record and their new texts.

    Raises:
        ValueError: A text that cannot stand in a file without quoting.
    """
    pieces: list[str] = []
    done = 0
    for number, record in enumerate(_all(text, delimiter, quoted), start=1):
        if number in cells:
            raw = text[record.start : record.end]
            pieces += (text[done : record.start], _replaced(raw, delimiter, quoted, cells[number]))
            done = record.end
    return "".join((*pieces, text[done:]))


def spans(raw: str, delimiter: str, quoted: bool = True) -> list[tuple[int, int]]:
    """Where each cell of one record stands in its text, quotes included."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")
    found: list[tuple[int, int]] = []
    start = 0
    while True:
        match = (_QUOTED.match(raw, start) if quoted else None) or plain.match(raw, start)
        assert match is not None
        found.append((start, match.end()))
        if raw[match.end() : match.end() + 1] != delimiter:
            return found
        start = match.end() + 1


class _QuoteError(Exception):
    """Strict mode gave up in the record that starts here."""

    def __init__(self, start: int, line: int) -> None:
        self.start = start
        self.line = line


@contextmanager
def _any_field_size() -> Generator[None]:
    """The module's limit of 131,072 characters lifted. It is one for all threads, hence the lock."""
    with _lock:
        before = csv.field_size_limit(_MAX_FIELD)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _all(text: str, delimiter: str, quoted: bool) -> list[Record]:
    with _any_field_size():
        return list(_records(text, delimiter, quoted))


def _records(text: str, delimiter: str, quoted: bool) -> Iterator[Record]:
    end = 0

    def lines() -> Iterator[str]:
        nonlocal end
        for match in _LINE.finditer(text):
            end = match.end()
            yield match.group()

    quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(lines(), delimiter=delimiter, strict=True, quoting=quoting)
    while True:
        start, line = end, reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _QuoteError(start, line) from None
        yield Record(line, start, end, cells)


def _head(records: Sequence[Record], path: Path) -> int:
    for position, record in enumerate(records):
        if any(cell.strip() for cell in record.cells):
            return position
    raise InputError("no row of the file holds anything", where=str(path), remedy="export the sheet again")


def _delimiter(text: str, wanted: Sequence[str], prefer: str) -> str:
    names = {folded(name) for name in wanted}

    def fits(delimiter: str) -> tuple[int, int, bool]:
        cells = _first(text, delimiter)
        return len(names & {folded(cell) for cell in cells}), len(cells), delimiter == prefer

    return max(DELIMITERS, key=fits)


def _first(text: str, delimiter: str) -> list[str]:
    """The header's cells under that delimiter; none where its quotes do not fit."""
    with _any_field_size():
        try:
            for record in _records(text, delimiter, quoted=True):
                if any(cell.strip() for cell in record.cells):
                    return record.cells
        except _QuoteError:
            pass
    return []


def folded(name: str) -> str:
    """A column name without case, spaces and punctuation."""
    return "".join(char for char in name.casefold() if char.isalnum())


def _explained(bad: _QuoteError, text: str, delimiter: str, path: Path) -> InputError:
    """Where the quote opened that strict mode could not close."""
    position, line = bad.start, bad.line
    remedy = 'close it; a quote inside a quoted cell is written twice ("")'
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")
    while position < len(text):
        opened = _OPENED.match(text, position)
        closed = _QUOTED.match(text, position)
        if opened and not closed:
            what = "a quote opens on this line and is never closed, so that it swallows the rows below"
            return InputError(what, where=at(path, line), remedy=remedy)
        match = closed or plain.match(text, position)
        assert match is not None
        last = line + sum(1 for _ in LINE_END.finditer(text, position, match.end()))
        position = match.end()
        if closed and text[position : position + 1] not in ("", delimiter, "\r", "\n"):
            what = f"a cell in quotes opens on this line and ends in the middle of text on line {last}"
            return InputError(what, where=at(path, line), remedy=f"look for a missing quote: {remedy}")
        line, position = last, position + 1
    return InputError("quotes that do not pair", where=at(path, bad.line), remedy=remedy)


def _replaced(raw: str, delimiter: str, quoted: bool, cells: Mapping[int, str]) -> str:
    places = spans(raw, delimiter, quoted)
    pieces: list[str] = []
    done = 0
    for position, new in sorted(cells.items()):
        if position < len(places):
            start, end = places[position]
            pieces += (raw[done:start], _written(new, raw[start:end], delimiter, quoted))
            done = end
        else:  # an empty line stands for a row of empty cells
            raise ValueError("the row is an empty line")
    return "".join((*pieces, raw[done:]))


def _written(new: str, old: str, delimiter: str, quoted: bool) -> str:
    """The new text in the old one's quoting style, quoted where it must be."""
    if not quoted:
        if re.search(r"[\t\r\n]", new) or delimiter in new:
            raise ValueError("a tab or a line break in a file without quoting")
        return new
    if old.startswith('"') or new.startswith('"') or delimiter in new or re.search(r"[\r\n]", new):
        return '"' + new.replace('"', '""') + '"'
    return new
