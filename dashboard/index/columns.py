"""What a filter asks of each row, as arrays: a few bytes a row, read at once and searched in milliseconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dashboard.index import storage
from dashboard.index.cells import unpacked

TYPES = {
    "group": "u4",
    "label": "u4",
    "passed": "?",
    "score": "f8",
    "kind": "u4",
    "beside": "u4",
    "finding_rule": "u4",
    "finding_row": "u4",
    "findings": "u4",
}
"""Name of an array → how its numbers are stored, the least significant byte first."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The index's rows; arrays of rows are in the order of their numbers.

    Attributes:
        group: [rows] Number of the group, from 1.
        label: [rows] Number of the fail mode's text.
        score: [rows] 0..100; NaN without one.
        kind: [rows] Number of the set of criteria that have an open finding in the row.
        beside: [rows] Number of the texts beside the answer: see `searching.py`.
        finding_rule: [findings] Number of the rule; one entry for each rule with an open finding in a row.
        finding_row: [findings] The row's number, rising.
        findings: [findings] How many they are.
    """

    group: NDArray[np.uint32]
    label: NDArray[np.uint32]
    passed: NDArray[np.bool_]
    score: NDArray[np.float64]
    kind: NDArray[np.uint32]
    beside: NDArray[np.uint32]
    finding_rule: NDArray[np.uint32]
    finding_row: NDArray[np.uint32]
    findings: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers in the arrays stand for.

    Attributes:
        rules: (Code, criterion, severity).
        kinds: The names of the criteria; () for rows without any open finding.
    """

    groups: Mapping[int, str]
    labels: Mapping[int, str]
    rules: Mapping[int, tuple[str, str, str]]
    kinds: Mapping[int, tuple[str, ...]]


@lru_cache(maxsize=2)
def columns(path: Path) -> Columns:
    """The arrays of that index."""
    with storage.reading(path) as db:
        return read(db, "main")


def read(db: sqlite3.Connection, schema: str) -> Columns:
    """The arrays of the index that is attached under that name."""
    stored: dict[str, bytes] = dict(db.execute(f"SELECT name, value FROM {schema}.array"))  # noqa: S608 - a name of ours
    return Columns(*(np.frombuffer(stored[one.name], f"<{TYPES[one.name]}") for one in fields(Columns)))


@lru_cache(maxsize=2)
def names(path: Path) -> Names:
    """What the numbers in that index's arrays stand for."""
    with storage.reading(path) as db:
        return Names(
            groups=dict(db.execute("SELECT id, key FROM grp")),
            labels={id: unpacked(text) for id, text in db.execute("SELECT id, text FROM label")},
            rules={
                id: (code, criterion, severity)
                for id, code, criterion, severity in db.execute(
                    "SELECT id, code, criterion, severity FROM rule"
                )
            },
            kinds={
                id: tuple(filter(None, criteria.split("\n")))
                for id, criteria in db.execute("SELECT id, criteria FROM kind")
            },
        )
