"""The index as the pages ask it: totals, pages of rows, single rows.

Every question is one query on a SQLite file in the cache, so memory stays flat whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.model import ALL, About, Brief, Entry, Filter, GroupTotals, Order, RowKey, Totals
from quality.model import Finding


@dataclass(frozen=True, slots=True)
class Index:
    """An index file, which nobody changes while it is looked at."""

    path: Path

    def about(self) -> About:
        """What the index was made from."""
        raise NotImplementedError

    def groups(self) -> tuple[GroupTotals, ...]:
        """Every group with rows, in the order of their keys."""
        raise NotImplementedError

    def totals(self, where: Filter = ALL) -> Totals:
        """The rows looked at, in numbers."""
        raise NotImplementedError

    def count(self, where: Filter = ALL) -> int:
        """How many rows are looked at."""
        raise NotImplementedError

    def page(
        self, where: Filter = ALL, *, start: int = 0, size: int = 50, order: Order = Order.TABLE
    ) -> tuple[Brief, ...]:
        """So many of them, from the `start`-th on, counted from 0."""
        raise NotImplementedError

    def briefs(self, numbers: Collection[int]) -> tuple[Brief, ...]:
        """These rows, in the order of the numbers."""
        raise NotImplementedError

    def entry(self, number: int) -> Entry | None:
        """The row of that number; None when there is none."""
        raise NotImplementedError

    def find(self, key: RowKey) -> Entry | None:
        """The row of that key; None when there is none."""
        raise NotImplementedError

    def keys(self, where: Filter = ALL) -> Iterator[tuple[int, RowKey]]:
        """Number and key of each row looked at, in the order of the table."""
        raise NotImplementedError

    def open_findings(self, code: str) -> Iterator[tuple[RowKey, Finding]]:
        """Every open finding of that rule, with its row."""
        raise NotImplementedError
