"""Two versions of a text → the spans of what was changed, in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dashboard.shown.pieces import Piece, Span, pieces
from quality.correction.diff import edits
from quality.model import Edit
from quality.reports.corrections import KINDS

Grey = Sequence[tuple[int, int]]


def sides(before: str, after: str, grey: Grey = (), grey_after: Grey = ()) -> tuple[list[Piece], list[Piece]]:
    """The pieces of both versions with their edits marked, and with these stretches greyed."""
    found = _edits(before, after)
    old = [Span(e.start, e.end, "deleted", KINDS[e.kind]) for e in found if e.start < e.end]
    new = [Span(e.new_start, e.new_end, "added", KINDS[e.kind]) for e in found if e.new_start < e.new_end]
    return pieces(before, [*old, *_grey(grey)]), pieces(after, [*new, *_grey(grey_after)])


def number(before: str, after: str) -> int:
    """How many edits lead from the one to the other."""
    return len(_edits(before, after))


def _grey(stretches: Grey) -> list[Span]:
    return [Span(start, end, "grey") for start, end in stretches]


@lru_cache(maxsize=64)
def _edits(before: str, after: str) -> tuple[Edit, ...]:
    return edits(before, after)
