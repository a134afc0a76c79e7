"""The texts that are searched, without upper and lower case, many of them in one piece of an index.

What stands beside an answer (id, instruction, original) is the same in every group of a course: it is kept and searched
once. Pieces are not compressed: inflating them would take longer than searching them.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dashboard.index import storage
from dashboard.index.cells import SEPARATOR, folded

OUTPUT = "output"
"""Numbered as the rows are."""
BESIDE = "beside"
"""Id, instruction and original; numbered as in the table `beside`."""
PIECE = 1 << 19
"""Bytes of text in one piece, save its last text."""


class Pieces:
    """Takes texts, numbered from 1, and puts them into the index.

    Attributes:
        first: Number of the first text that is not in the index yet.
    """

    def __init__(self, db: sqlite3.Connection, of: str, first: int = 1) -> None:
        self.db = db
        self.of = of
        self.first = first
        self._starts: array[int] = array("I")
        self._text = bytearray()

    def add(self, *texts: str) -> None:
        """The next number's texts; nothing is found across two of them."""
        self._starts.append(len(self._text))
        for text in texts:
            self._text += folded(text) + SEPARATOR
        if len(self._text) >= PIECE:
            self.put()

    def put(self) -> None:
        """What waits becomes a piece."""
        if self._starts:
            values = (self.of, self.first, self._starts.tobytes(), bytes(self._text))
            self.db.execute("INSERT INTO folded VALUES (?, ?, ?, ?)", values)
        self.first += len(self._starts)
        self._starts, self._text = array("I"), bytearray()


def found(path: Path, of: str, wanted: bytes, among: NDArray[np.bool_] | None = None) -> NDArray[np.intp]:
    """The numbers under which that folded text stands, rising.

    Args:
        among: [rows] Pieces without any of these are left out; None: all are searched.
    """
    numbers: list[int] = []
    with storage.reading(path) as db:
        query = "SELECT first, starts, text FROM folded WHERE of = ? ORDER BY first"
        for first, starts, text in db.execute(query, (of,)):
            rows = array("I", starts)
            if among is None or among[first - 1 : first - 1 + len(rows)].any():
                numbers += [first + place for place in _places(text, rows, wanted)]
    return np.array(numbers, np.intp)


def _places(text: bytes, starts: array[int], wanted: bytes) -> Iterator[int]:
    """Which of those that begin at `starts` hold the text."""
    at = text.find(wanted)
    while at >= 0:
        place = bisect_right(starts, at) - 1
        yield place
        if place + 1 == len(starts):
            return
        at = text.find(wanted, starts[place + 1])
