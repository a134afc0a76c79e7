"""What an index is made of: the rows of each group with their marks and findings, in the form of the JSON report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quality.errors import InputError
from quality.model import Row

Found = Mapping[str, Any]
"""A finding as the JSON report has it."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One row with its marks.

    Attributes:
        marks: `score`, `passed`, `criteria` and `unmeasured`, as the JSON report has them.
        findings: The row's, in the order of the report.
        cut: Whether a text of it goes on beyond what is kept.
    """

    row: Row
    marks: Mapping[str, Any]
    findings: Sequence[Found]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one group.

    Attributes:
        rows: Reads them, when their turn has come; None: they are those of `earlier`.
        inputs: What they were made from, as a hash.
        hand_in: Its version.
        unread: What the reader should know where it has no rows.
    """

    key: str
    label: str
    rows: Callable[[], Iterable[Marked]] | None
    inputs: str = ""
    hand_in: str = ""
    unread: str = ""


def numbered(findings: Iterable[Found], rows: Iterable[int]) -> Iterator[list[Found]]:
    """The findings of each of these record numbers, both in the order of the table; those of the dataset are left out.

    Raises:
        InputError: A finding is of a row that is not among them, or comes too late.
    """
    waiting = (one for one in findings if one["row"] is not None)
    one = next(waiting, None)
    for number in rows:
        of_row: list[Found] = []
        while one is not None and one["row"] == number:
            of_row.append(one)
            one = next(waiting, None)
        yield of_row
    if one is not None:
        raise InputError(f"the report has a finding of row {one['row']} out of its place")
