"""The index as the pages ask it: totals, pages of rows, single rows.

Texts stay in a SQLite file in the cache; what filters ask is a few bytes a row in memory.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.index import answering, decoding, storage
from dashboard.index.cells import unpacked
from dashboard.index.columns import Columns, columns
from dashboard.model import ALL, About, Brief, Entry, Filter, GroupTotals, Order, RowKey, Totals

_BATCH = 500
"""Rows that are read at once where all are asked for."""
_KEY = "SELECT r.number, g.key, r.ref"
_OF_ROW = "FROM row r JOIN grp g ON g.id = r.grp "
_AMONG = "WHERE r.number IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Index:
    """An index file, which nobody changes while it is looked at. Each method raises HardwareError if it is damaged.

    Attributes:
        notes: What the reader should know of how it was opened; beside those of the file.
    """

    path: Path
    notes: tuple[str, ...] = ()

    def about(self) -> About:
        """What the index was made from."""
        with storage.reading(self.path) as db:
            about = decoding.about(db.execute("SELECT value FROM about WHERE key = 'about'").fetchone()[0])
        return replace(about, notes=(*self.notes, *about.notes))

    def groups(self) -> tuple[GroupTotals, ...]:
        """Every group with rows, in the order of their keys."""
        query = "SELECT key, label, rows, passing, mean, hand_in FROM grp WHERE rows > 0 ORDER BY id"
        with storage.reading(self.path) as db:
            return tuple(
                GroupTotals(key, unpacked(label), rows, passing, mean, hand_in)
                for key, label, rows, passing, mean, hand_in in db.execute(query)
            )

    def totals(self, where: Filter = ALL) -> Totals:
        """The rows looked at, in numbers."""
        return answering.totals(self.path, where)

    def count(self, where: Filter = ALL) -> int:
        """How many rows are looked at."""
        return len(answering.numbers(self.path, where))

    def page(
        self, where: Filter = ALL, *, start: int = 0, size: int = 50, order: Order = Order.TABLE
    ) -> tuple[Brief, ...]:
        """So many of them, from the `start`-th on, counted from 0."""
        start = max(start, 0)
        return self.briefs(answering.numbers(self.path, where, order)[start : start + max(size, 0)].tolist())

    def briefs(self, numbers: Collection[int]) -> tuple[Brief, ...]:
        """These rows, in the order of the numbers; numbers that no row has are left out."""
        query = f"{_KEY}, r.brief {_OF_ROW} {_AMONG}"
        marks = columns(self.path)
        with storage.reading(self.path) as db:
            found = {
                number: decoding.brief(number, RowKey(group, ref.hex()), *_marks(marks, number), body)
                for number, group, ref, body in db.execute(query, (json.dumps(tuple(numbers)),))
            }
        return tuple(found[number] for number in numbers if number in found)

    def entry(self, number: int) -> Entry | None:
        """The row of that number; None when there is none."""
        return self._entry("WHERE r.number = ?", (number,))

    def find(self, key: RowKey) -> Entry | None:
        """The row of that key; None when there is none."""
        try:
            ref = bytes.fromhex(key.ref)
        except ValueError:
            return None
        return self._entry("WHERE r.ref = ? AND g.key = ?", (ref, key.group))

    def _entry(self, which: str, values: tuple[object, ...]) -> Entry | None:
        return next(self._entries(which, values), None)

    def entries(self, numbers: Collection[int]) -> Iterator[Entry]:
        """These rows, in the order of the table, many in one query; numbers that no row has are left out."""
        wanted = sorted(set(numbers))
        for start in range(0, len(wanted), _BATCH):
            batch = json.dumps(wanted[start : start + _BATCH])
            yield from self._entries(f"{_AMONG} ORDER BY r.number", (batch,))

    def _entries(self, which: str, values: tuple[object, ...]) -> Iterator[Entry]:
        query = f"{_KEY}, e.body {_OF_ROW} JOIN entry e ON e.number = r.number {which}"
        marks = columns(self.path)
        with storage.reading(self.path) as db:  # a reader that stops halfway leaves nothing open
            found = [
                decoding.entry(number, RowKey(group, ref.hex()), *_marks(marks, number), body)
                for number, group, ref, body in db.execute(query, values)
            ]
        yield from found

    def keys(self, where: Filter = ALL) -> Iterator[tuple[int, RowKey]]:
        """Number and key of each row looked at, in the order of the table."""
        query = f"{_KEY} {_OF_ROW} {_AMONG} ORDER BY r.number"
        numbers = answering.numbers(self.path, where)
        for start in range(0, len(numbers), _BATCH):
            with storage.reading(self.path) as db:  # a reader that stops halfway leaves nothing open
                found = db.execute(query, (json.dumps(numbers[start : start + _BATCH].tolist()),)).fetchall()
            yield from ((number, RowKey(group, ref.hex())) for number, group, ref in found)


def _marks(of: Columns, number: int) -> tuple[float | None, bool]:
    """The row's score and whether it passes."""
    score = float(of.score[number - 1])
    return None if math.isnan(score) else score, bool(of.passed[number - 1])
