"""Rows and findings in the form of the JSON report → an index file. One builder, whatever the report came from."""
# ruff: noqa: S608 - queries are put together from words of ours; what a person typed is a parameter

from __future__ import annotations

import math
import sqlite3
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from dashboard.index import columns, storage
from dashboard.index.cells import SEPARATOR, as_bytes, folded, packed
from dashboard.index.columns import TYPES, Columns
from dashboard.index.parts import Found, Marked, Part
from dashboard.model import About, content, ref
from quality.model import Severity
from quality.reports import json as contract

OPENING = 200
"""Characters of the output that a list shows."""
PIECE = 1 << 19
"""Bytes of folded text that are kept in one piece, save the last row's."""
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
        self._starts: array[int] = array("I")
        self._text = bytearray()
        if earlier is not None:
            for table in (
                "label",
                "kind",
                "rule",
            ):  # so that each has the number that the earlier index gave it
                db.execute(f"INSERT INTO {table} SELECT * FROM earlier.{table}")
        self._numbers: dict[str, dict[tuple[object, ...], int]] = {
            table: {tuple(values): id for id, *values in db.execute(f"SELECT * FROM {table}")}
            for table in _NUMBERED
        }

    def add_all(self, about: About, parts: Iterable[Part]) -> None:
        """Every part, then what is known of all of them."""
        for id, part in enumerate(parts, 1):
            first = self.number + 1
            if part.rows is None:
                self._take_over(id, part)
            else:
                self._add(id, part.rows())
            self._close_group(id, part, first)
        self.progress(self.number)
        arrays = [(name, self._bytes(name)) for name in TYPES]
        self.db.executemany("INSERT INTO array VALUES (?, ?)", arrays)
        self.db.execute("INSERT INTO about VALUES ('about', ?)", (as_bytes(_about(about)),))

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
            if len(self._text) >= PIECE:
                self._put_texts()
        self._put_texts()

    def _add_row(self, group: int, marked: Marked, of: str) -> None:
        row, number = marked.row, self.number
        opened = [one for one in marked.findings if one["waived"] is None and one.get("accepted") is None]
        self._put_numbers(group, marked, opened)
        self._starts.append(len(self._text))
        for text in (row.id, row.instruction, row.output, row.original or ""):
            self._text += folded(text) + SEPARATOR
        weighed = sorted(opened, key=lambda one: one["severity"] != Severity.ERROR)  # otherwise as they were
        codes = list(dict.fromkeys(one["code"] for one in weighed))
        shown = as_bytes([row.row, row.id, row.fail_mode, codes, row.output[:OPENING]])
        self.db.execute("INSERT INTO row VALUES (?, ?, ?, ?)", (number, group, bytes.fromhex(of), shown))
        self.db.execute("INSERT INTO entry VALUES (?, ?)", (number, as_bytes(_entry(marked))))

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

    def _put_texts(self) -> None:
        if self._starts:
            values = (self.number + 1 - len(self._starts), self._starts.tobytes(), bytes(self._text))
            self.db.execute("INSERT INTO folded VALUES (?, ?, ?)", values)
        self._starts, self._text = array("I"), bytearray()

    def _take_over(self, group: int, part: Part) -> None:
        """The group's rows as the earlier index has them, under the numbers that they have now."""
        assert self.earlier is not None
        query = "SELECT first, rows FROM earlier.grp WHERE key = ?"
        first, rows = self.db.execute(query, (part.key,)).fetchone()
        moved = self.number + 1 - first
        for query in _COPIES:
            self.db.execute(query, {"moved": moved, "first": first, "end": first + rows, "group": group})
        of_rows = slice(first - 1, first - 1 + rows)
        of_findings = slice(*self.earlier.finding_row.searchsorted([first, first + rows]).tolist())
        self._arrays["group"].extend([group] * rows)
        for name in ("label", "passed", "score", "kind"):
            self._arrays[name].extend(getattr(self.earlier, name)[of_rows].tolist())
        self._arrays["finding_row"].extend(
            row + moved for row in self.earlier.finding_row[of_findings].tolist()
        )
        for name in ("finding_rule", "findings"):
            self._arrays[name].extend(getattr(self.earlier, name)[of_findings].tolist())
        self.number += rows
        self.progress(self.number)

    def _known(self, table: str, *values: object) -> int:
        """The values' number in that table, a new one where they have none yet."""
        numbers = self._numbers[table]
        if values not in numbers:
            numbers[values] = len(numbers) + 1
            marks = ", ".join("?" * (len(values) + 1))
            self.db.execute(f"INSERT INTO {table} VALUES ({marks})", (numbers[values], *values))
        return numbers[values]


_NUMBERED = ("label", "kind", "rule")
"""Tables of what is written once, and known by its number everywhere else."""
_CODES = {"u4": "I", "?": "B", "f8": "d"}
"""How `array` calls the types."""
_BETWEEN = "WHERE number >= :first AND number < :end"
_COPIES = (
    "INSERT INTO row SELECT number + :moved, :group, ref, brief FROM earlier.row " + _BETWEEN,
    "INSERT INTO entry SELECT number + :moved, body FROM earlier.entry " + _BETWEEN,
    "INSERT INTO folded SELECT first + :moved, starts, text FROM earlier.folded WHERE first >= :first AND first < :end",
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
