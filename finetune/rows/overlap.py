"""Instructions that stand both in the training data and in the test file: their predictions would show memory alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from finetune.rows.prompt_template import asked
from quality.errors import GateRefused
from quality.model import Row
from quality.reports.escape import shown_id
from quality.wording import count, listed

DIGITS = 16
"""Hex digits of a key: by chance two of 100,000 instructions share one once in four thousand million data sets."""


def key(row: Row) -> str:
    """What two rows share that ask the same thing: a short SHA-256, in hex, that white space and case do not change."""
    text = " ".join(asked(row).split()).casefold()
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def keys(rows: Iterable[Row]) -> tuple[str, ...]:
    """The keys of those rows, in their order."""
    return tuple(map(key, rows))


def refuse(train: Iterable[Row], test: Iterable[Row], path: Path) -> None:
    """Makes sure that no row to be trained on is a row of the test file.

    Args:
        path: Of the test file.

    Raises:
        GateRefused: Some are; the message names their ids.
    """
    tested = {key(row): row for row in test}
    shared = [(row, tested[found]) for row in train if (found := key(row)) in tested]
    if shared:
        pairs = (
            shown_id(row.id) if row.id == other.id else f"{shown_id(row.id)} (there {shown_id(other.id)})"
            for row, other in shared
        )
        raise GateRefused(
            f"{count(len(shared), 'row')} to be trained on {'asks' if len(shared) == 1 else 'ask'} "
            f"what the test file asks: {listed(pairs)}",
            where=str(path),
            remedy="take these rows out of the training data; a test that was learned by heart tells nothing",
        )
