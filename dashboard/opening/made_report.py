"""A JSON report that the user made with `quality check --output-format json`, read line by line as it was written.

The report of a large file is larger than the file: it has one row, finding or outcome a line, and no more than one of
them is in memory. Whoever formatted it anew made it something else, and the file is checked instead.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from dashboard.index.parts import Found, Marked, numbered
from quality.errors import InputError
from quality.model import Row
from quality.plan import Request
from quality.reports.json import FORMAT

_HEAD = frozenset({"format", "tool", "data", "fingerprint", "verdict"})
_LISTS = ("rows", "findings", "outcomes")


@dataclass(frozen=True, slots=True)
class Made:
    """A report on the disk.

    Attributes:
        head: Everything before the rows.
        places: List → where its first line begins, in bytes.
    """

    path: Path
    head: Mapping[str, Any]
    outcomes: tuple[Mapping[str, Any], ...]
    places: Mapping[str, int]

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """Each row, in the order of the table."""
        return self._listed("rows")

    def findings(self) -> Iterator[Found]:
        """Each finding, in the order of the table."""
        return self._listed("findings")

    def _listed(self, name: str) -> Iterator[Mapping[str, Any]]:
        if name not in self.places:
            return
        with self.path.open("rb") as stream:
            stream.seek(self.places[name])
            yield from _lines(stream)


@contextmanager
def opened(path: Path) -> Generator[Made]:
    """The report in that file.

    Raises:
        InputError: It is no report as this program writes it.
    """
    try:
        with path.open("rb") as stream:
            yield _read(path, stream)
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            "it is no report as `quality check --output-format json` writes it", where=str(path)
        ) from None


def demand_of(made: Made, request: Request) -> None:
    """Nothing, if the report is of these rows and this guide.

    Raises:
        InputError: It is of others.
    """
    prints = made.head["fingerprint"]
    for what, found, wanted in (
        ("rows", prints["file"], request.table.sha256),
        ("style guide", prints["guide"], request.guide.sha256),
    ):
        if found != wanted:
            raise InputError(
                f"it is of another {what}" if what != "rows" else "it is of other bytes", where=str(made.path)
            )


def rows(made: Made, table: tuple[Row, ...]) -> Iterator[Marked]:
    """The table's rows with their marks.

    Raises:
        InputError: The report has not exactly these rows, in this order.
    """
    each = numbered(made.findings(), (row.row for row in table))
    marks = made.rows()
    for row, findings in zip(table, each, strict=True):
        of_row = next(marks, None)
        if of_row is None or (of_row["row"], of_row["id"]) != (row.row, row.id):
            raise InputError(f"it has another row {row.row} than the file", where=str(made.path))
        yield Marked(row, of_row, findings)
    if next(marks, None) is not None:
        raise InputError("it has more rows than the file", where=str(made.path))


def _read(path: Path, stream: BinaryIO) -> Made:
    head: dict[str, Any] = {}
    places: dict[str, int] = {}
    outcomes: list[Mapping[str, Any]] = []
    if stream.readline() != b"{\n":
        raise ValueError
    while (line := stream.readline()) not in (b"}\n", b""):
        name = json.loads(line[: line.index(b": ")])
        if name in _LISTS and line.endswith(b": [\n"):
            places[name] = stream.tell()
            listed = _lines(stream) if name == "outcomes" else None
            if listed is None:
                _skip(stream)
            else:
                outcomes += listed
        elif name in _HEAD:
            head |= json.loads(b"{" + line.rstrip(b",\n") + b"}")
    if head["format"] != FORMAT or not head.keys() >= _HEAD:
        raise ValueError
    return Made(path, head, tuple(outcomes), places)


def _skip(stream: BinaryIO) -> None:
    for line in iter(stream.readline, b""):
        if line in (b"],\n", b"]\n"):
            return
    raise ValueError


def _lines(stream: BinaryIO) -> Iterator[Mapping[str, Any]]:
    for line in iter(stream.readline, b""):
        if line in (b"],\n", b"]\n"):
            return
        yield json.loads(line.rstrip(b",\n"))
    raise ValueError
