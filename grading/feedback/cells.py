"""Cells on the page: the words around a fault, and a response before and after its correction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quality.correction.diff import edits
from quality.reports.html_pieces import Piece, gap, runs

AROUND = 240
"""Characters shown on either side of a fault."""
MAX_MARKED = 400
"""Characters of a fault that are shown."""
LEAST_GAP = 40
"""Characters that are left out at the least; to say so takes as many."""
MAX_SIDE = 1_200
"""Characters of a corrected response that are shown, and compared."""


def marked(text: str, start: int | None, end: int | None, severity: str) -> tuple[Piece, ...]:
    """The words around the span of code points with the span marked; without a span, the beginning of the text."""
    low = min(max(start or 0, 0), len(text))
    high = min(max(end if end is not None else low, low), len(text))
    if start is None:
        low = high = 0
    left = low - AROUND if low - AROUND > LEAST_GAP else 0
    right = high + AROUND if len(text) - high - AROUND > LEAST_GAP else len(text)
    shown = low + MAX_MARKED if high - low - MAX_MARKED > LEAST_GAP else high
    return (
        *_gap(left),
        *_run(text[left:low]),
        *_run(text[low:shown], severity),
        *_gap(high - shown),
        *_run(text[high:right]),
        *_gap(len(text) - right),
    )


def sides(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts, with what the correction took away marked in the first and what it put there in the second."""
    old, new = before[:MAX_SIDE], after[:MAX_SIDE]
    made = edits(old, new)
    return (
        (*_side(old, [(edit.start, edit.end) for edit in made]), *_gap(len(before) - len(old))),
        (*_side(new, [(edit.new_start, edit.new_end) for edit in made]), *_gap(len(after) - len(new))),
    )


def _side(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in sorted(spans):
        yield from _run(text[at:start])
        yield from _run(text[start:end], "edit")
        at = end
    yield from _run(text[at:])


def _run(text: str, mark: str = "") -> Iterator[Piece]:
    for part, unseen in runs(text):
        yield Piece(part, severity=mark, unseen=unseen)


def _gap(characters: int) -> Iterator[Piece]:
    if characters > 0:
        yield gap(characters)
