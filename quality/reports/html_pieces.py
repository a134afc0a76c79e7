"""Which parts of a cell the HTML page shows, cut so that the template only lays them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quality.reports.escape import INVISIBLE

MAX_CELL = 4_000
"""Characters of a cell that are shown whatever it holds."""
AROUND = 200
"""Characters shown on either side of a span that lies beyond `MAX_CELL`."""

_UNSEEN = re.compile(f"((?:(?![\n\t])[{INVISIBLE}])+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a cell's text, within the findings of these numbers; a gap says what is left out."""

    text: str
    numbers: tuple[int, ...] = ()
    severity: str = ""
    starts: tuple[int, ...] = ()
    unseen: bool = False
    gap: bool = False


def gap(characters: int) -> Piece:
    """What stands for text that is not shown."""
    return Piece(f"{characters:,} characters", gap=True)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The text in runs, with whether nobody can see them; CR LF becomes LF."""
    for index, part in enumerate(_UNSEEN.split(text.replace("\r\n", "\n"))):
        if part:
            yield part, index % 2 == 1


def windows(length: int, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a long text that are shown: its beginning, and some text around each span."""
    wanted = [(0, min(length, MAX_CELL))]
    for low, high in sorted(spans):
        start, end = max(0, low - AROUND), min(length, min(high, low + MAX_CELL) + AROUND)
        if start <= wanted[-1][1]:
            wanted[-1] = (wanted[-1][0], max(wanted[-1][1], end))
        else:
            wanted.append((start, end))
    return wanted
