"""A JSON report that the user made with `quality check --output-format json`, read line by line as it was written.

The report of a large file is larger than the file: it has one row, finding or outcome a line, and no more than one of
them is in memory. Whoever formatted it anew made it something else, and the file is checked instead.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from dashboard.index.decoding import finding
from dashboard.index.parts import Found, Marked, numbered
from quality.errors import InputError
from quality.fingerprint import fingerprint
from quality.model import Row
from quality.plan import Request, plan
from quality.reports.json import FORMAT

_HEAD = frozenset({"format", "tool", "data", "fingerprint", "verdict"})
_LISTS = ("rows", "findings", "outcomes")
_BROKEN = (OSError, ValueError, KeyError, TypeError)
"""What reading something else ends in."""
_DIFFERENT = {
    "file": "it is of other bytes",
    "guide": "it is of another style guide",
    "checks": "another version of proofgate made it",
    "config": "it was made with other files or options (the original, rules left out, the engine)",
}
"""Part of the fingerprint → what is wrong where it differs."""


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
        """Each row, in the order of the table. Raises InputError at one that is none."""
        return self._listed("rows", _demand_row)

    def findings(self) -> Iterator[Found]:
        """Each finding, in the order of the table. Raises InputError at one that is none."""
        return self._listed("findings", finding)

    def _listed(
        self, name: str, demand: Callable[[Mapping[str, Any]], object]
    ) -> Iterator[Mapping[str, Any]]:
        if name not in self.places:
            return
        try:
            with self.path.open("rb") as stream:
                stream.seek(self.places[name])
                for one in _lines(stream):
                    demand(one)
                    yield one  # what goes wrong with whoever asked does not come back here
        except _BROKEN:
            raise _no_report(self.path) from None


def opened(path: Path) -> Made:
    """The report in that file.

    Raises:
        InputError: It is no report as this program writes it.
    """
    try:
        with path.open("rb") as stream:
            return _read(path, stream)
    except _BROKEN:
        raise _no_report(path) from None


def demand_of(made: Made, request: Request) -> None:
    """Nothing, if a check of the request would say the same.

    Raises:
        InputError: The report is of another file, or was made in another way.
    """
    wanted = fingerprint(plan(request))
    found: Any = made.head["fingerprint"]
    for name, what in _DIFFERENT.items():
        if not isinstance(found, dict) or cast("Any", found).get(name) != getattr(wanted, name):
            raise InputError(what, where=str(made.path))


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


def _demand_row(one: Mapping[str, Any]) -> None:
    score = one["score"]
    numbers = isinstance(one["row"], int) and (score is None or isinstance(score, int | float))
    if not (numbers and isinstance(one["passed"], bool) and isinstance(one["criteria"], dict)):
        raise TypeError


def _no_report(path: Path) -> InputError:
    return InputError("it is no report as `quality check --output-format json` writes it", where=str(path))


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
