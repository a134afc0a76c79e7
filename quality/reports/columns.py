"""Tables for a terminal: words to the left of their column, numbers to the right."""

from __future__ import annotations

from collections.abc import Sequence


def widths(*rows: Sequence[str]) -> list[int]:
    """The width of each column, in characters."""
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def line(cells: Sequence[str], widths: Sequence[int], words: int) -> str:
    """One row of the table; the first so many `words` cells hold words, the others numbers."""
    texts = [cell.ljust(width) for cell, width in zip(cells[:words], widths[:words], strict=True)]
    numbers = [cell.rjust(width) for cell, width in zip(cells[words:], widths[words:], strict=True)]
    return "  ".join([*texts, *numbers]).rstrip()
