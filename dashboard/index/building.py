"""Rows and findings in the form of the JSON report → an index file. One builder, whatever the report came from."""
# ruff: noqa: S608 - queries are put together from words of ours; what a person typed is a parameter

from __future__ import annotations

import hashlib
import math
import sqlite3
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from dashboard.index import columns, storage
from dashboard.index.cells import as_bytes, packed, squeezed
from dashboard.index.columns import TYPES, Columns
from dashboard.index.parts import Found, Marked, Part
from dashboard.index.searching import BESIDE, OUTPUT, Pieces
from dashboard.model import About, content, ref
from quality.model import Severity
from quality.reports import json as contract

OPENING = 200
"""Characters of the output that a list shows."""
_BATCH = 1_000
"""Rows between two words on the progress."""


def build(
    path: Path,
    about: About,
    parts: Iterable[Part],
    *,
    earlier: Path | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Writes the index of these groups' rows.

    Args:
        earlier: An index from which parts without rows of their own are taken.
        progress: Called with the rows done so far.

    Raises:
        HardwareError: The disk is full or fails.
        InputError: The report's findings are not in the order of its rows.
    """

    def fill(db: sqlite3.Connection) -> None:
        if earlier is not None:
            db.execute("COMMIT")  # nothing was done yet, and no database is attached within a transaction
            db.execute("ATTACH DATABASE ? AS earlier", (f"{earlier.as_uri()}?mode=ro&immutable=1",))
            db.execute("BEGIN")
        known = None if earlier is None else columns.read(db, "earlier")
        _Builder(db, progress, known).add_all(about, parts)

    storage.write(path, fill)


class _Builder:
    """What is known while rows come in, one after the other.

    Attributes:
        number: Of the last row.
    """

    def __init__(
        self, db: sqlite3.Connection, progress: Callable[[int], None], earlier: Columns | None
    ) -> None:
        self.db = db
        self.progress = progress
        self.earlier = earlier
        self.number = 0
        self._arrays: dict[str, array[Any]] = {name: array(_CODES[kind]) for name, kind in TYPES.items()}
        if earlier is not None:
            for table in _NUMBERED:  # so that each has the number that the earlier index gave it
                db.execute(f"INSERT INTO {table} SELECT * FROM earlier.{table}")
            db.execute("INSERT INTO folded SELECT * FROM earlier.folded WHERE of = ?", (BESIDE,))
        self._numbers: dict[str, dict[tuple[object, ...], int]] = {
            table: {tuple(values): id for id, *values in db.execute(f"SELECT * FROM {table}")}
            for table in _NUMBERED
        }
        self._outputs = Pieces(db, OUTPUT)
        self._beside = Pieces(db, BESIDE, len(self._numbers["beside"]) + 1)

    def add_all(self, about: About, parts: Iterable[Part]) -> None:
        """Every part, then what is known of all of them."""
        notes = list(about.notes)
        for id, part in enumerate(parts, 1):
            first = self.number + 1
            if part.rows is None:
                self._take_over(id, part)
            else:
                self._add(id, part.rows())
            self._close_group(id, part, first)
            if part.unread and self.number < first:
                notes.append(part.unread)
        self._beside.put()
        self.progress(self.number)
        arrays = [(name, self._bytes(name)) for name in TYPES]
        self.db.executemany("INSERT INTO array VALUES (?, ?)", arrays)
        self.db.execute(
            "INSERT INTO about VALUES ('about', ?)", (as_bytes(_about(replace(about, notes=tuple(notes)))),)
        )

    def _bytes(self, name: str) -> bytes:
        values = self._arrays[name]
        if sys.byteorder == "big":
            values.byteswap()
        return values.tobytes()

    def _close_group(self, id: int, part: Part, first: int) -> None:
        passed, scores = self._arrays["passed"][first - 1 :], self._arrays["score"][first - 1 :]
        scored = [score for score in scores if not math.isnan(score)]
        mean = sum(scored) / len(scored) if scored else None
        values = (
            id,
            part.key,
            packed(part.label),
            part.hand_in,
            part.inputs,
            first,
            len(passed),
            sum(passed),
            mean,
        )
        self.db.execute("INSERT INTO grp VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)

    def _add(self, group: int, rows: Iterable[Marked]) -> None:
        times: dict[str, int] = {}
        for marked in rows:
            self.number += 1
            id = marked.row.id
            times[id] = times.get(id, 0) + 1
            self._add_row(group, marked, ref(id, times[id]))
            if self.number % _BATCH == 0:
                self.progress(self.number)
        self._outputs.put()

    def _add_row(self, group: int, marked: Marked, of: str) -> None:
        row, number = marked.row, self.number
        opened = [one for one in marked.findings if one["waived"] is None and one.get("accepted") is None]
        self._put_numbers(group, marked, opened)
        self._outputs.add(row.output)
        self._arrays["beside"].append(self._number_beside(row.id, row.instruction, row.original or ""))
        weighed = sorted(opened, key=lambda one: one["severity"] != Severity.ERROR)  # otherwise as they were
        codes = list(dict.fromkeys(one["code"] for one in weighed))
        shown = as_bytes([row.row, row.id, row.fail_mode, codes, row.output[:OPENING]])
        self.db.execute("INSERT INTO row VALUES (?, ?, ?, ?)", (number, group, bytes.fromhex(of), shown))
        self.db.execute("INSERT INTO entry VALUES (?, ?)", (number, squeezed(_entry(marked))))

    def _put_numbers(self, group: int, marked: Marked, opened: Sequence[Found]) -> None:
        arrays, score = self._arrays, marked.marks["score"]
        criteria = "\n".join(sorted({one["criterion"] for one in opened}))
        arrays["group"].append(group)
        arrays["label"].append(self._known("label", packed(marked.row.fail_mode)))
        arrays["passed"].append(marked.marks["passed"])
        arrays["score"].append(math.nan if score is None else score)
        arrays["kind"].append(self._known("kind", criteria))
        rules = Counter((one["code"], one["criterion"], one["severity"]) for one in opened)
        for rule, times in rules.items():
            arrays["finding_rule"].append(self._known("rule", *rule))
            arrays["finding_row"].append(self.number)
            arrays["findings"].append(times)

    def _number_beside(self, *texts: str) -> int:
        """The number of these texts beside an answer."""
        before = len(self._numbers["beside"])
        number = self._known("beside", hashlib.sha256(as_bytes(texts)).digest())
        if number > before:
            self._beside.add(*texts)
        return number

    def _take_over(self, group: int, part: Part) -> None:
        """The group's rows as the earlier index has them, under the numbers that they have now."""
        assert self.earlier is not None
        query = "SELECT first, rows FROM earlier.grp WHERE key = ?"
        first, rows = self.db.execute(query, (part.key,)).fetchone()
        moved = self.number + 1 - first
        for query in _COPIES:
            values = {"moved": moved, "first": first, "end": first + rows, "group": group, "of": OUTPUT}
            self.db.execute(query, values)
        of_rows = slice(first - 1, first - 1 + rows)
        of_findings = slice(*self.earlier.finding_row.searchsorted([first, first + rows]).tolist())
        self._arrays["group"].extend([group] * rows)
        for name in ("label", "passed", "score", "kind", "beside"):
            self._arrays[name].extend(getattr(self.earlier, name)[of_rows].tolist())
        self._arrays["finding_row"].extend(
            row + moved for row in self.earlier.finding_row[of_findings].tolist()
        )
        for name in ("finding_rule", "findings"):
            self._arrays[name].extend(getattr(self.earlier, name)[of_findings].tolist())
        self.number += rows
        self._outputs.first += rows
        self.progress(self.number)

    def _known(self, table: str, *values: object) -> int:
        """The values' number in that table, a new one where they have none yet."""
        numbers = self._numbers[table]
        if values not in numbers:
            numbers[values] = len(numbers) + 1
            marks = ", ".join("?" * (len(values) + 1))
            self.db.execute(f"INSERT INTO {table} VALUES ({marks})", (numbers[values], *values))
        return numbers[values]


_NUMBERED = ("label", "kind", "rule", "beside")
"""Tables of what is written once, and known by its number everywhere else."""
_CODES = {"u4": "I", "?": "B", "f8": "d"}
"""How `array` calls the types."""
_BETWEEN = "WHERE number >= :first AND number < :end"
_COPIES = (
    "INSERT INTO row SELECT number + :moved, :group, ref, brief FROM earlier.row " + _BETWEEN,
    "INSERT INTO entry SELECT number + :moved, body FROM earlier.entry " + _BETWEEN,
    "INSERT INTO folded SELECT of, first + :moved, starts, text FROM earlier.folded "
    "WHERE of = :of AND first >= :first AND first < :end",
)
"""A group's rows out of another index. No piece of searched texts holds rows of two groups."""


def _entry(marked: Marked) -> dict[str, Any]:
    row, marks = marked.row, marked.marks
    texts = [
        row.row,
        row.line,
        row.id,
        row.instruction,
        row.output,
        row.fail_mode,
        row.original,
        list(row.context),
    ]
    return {
        "row": texts,
        "criteria": marks["criteria"],
        "unmeasured": marks.get("unmeasured", {}),
        "findings": [dict(one) for one in marked.findings],
        "content": content(row),
        "cut": marked.cut,
    }


def _about(about: About) -> Any:
    values = {one.name: getattr(about, one.name) for one in fields(about)}
    return contract.plain({**values, "findings": [contract.as_json(one) for one in about.findings]})
