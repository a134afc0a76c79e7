"""A cell's text cut where spans start and end, so that a template only lays the pieces out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quality.reports.html_pieces import gap, runs, windows

MAX_SPANS = 200
"""Spans of a cell that are marked."""
LOUDEST = ("error", "warning", "waived", "deleted", "added", "grey")
"""Kinds of spans; where several lie upon one another the first of them gives the look."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a cell, in code points, half-open.

    Attributes:
        kind: One of `LOUDEST`.
        title: What is to be said of it; raw.
        number: Of the finding; 0 without one.
    """

    start: int
    end: int
    kind: str
    title: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a cell's text under the same spans; a gap says what is left out.

    Attributes:
        starts: Numbers of the findings that start here.
        several: Whether more than one finding lies on it.
    """

    text: str
    kind: str = ""
    title: str = ""
    starts: tuple[int, ...] = ()
    several: bool = False
    unseen: bool = False
    gap: bool = False


def pieces(text: str, spans: Sequence[Span] = ()) -> list[Piece]:
    """The pieces; joined, those that are no gaps are what is shown of the text.

    Spans beyond the text are cut to it; long texts are shown in windows: their beginning, and around each span.
    """
    held = [
        Span(low, high, one.kind, one.title, one.number)
        for one in spans[:MAX_SPANS]
        for low, high in (_within(one, len(text)),)
    ]
    return list(_pieces(text, held))


def _within(span: Span, length: int) -> tuple[int, int]:
    low = min(max(span.start, 0), length)
    return low, min(max(span.end, low), length)


def _pieces(text: str, spans: list[Span]) -> Iterator[Piece]:
    at = 0
    for start, end in windows(len(text), [(one.start, one.end) for one in spans]):
        if start > at:
            yield _gap(start - at)
        edges = {edge for one in spans for edge in (one.start, one.end) if start < edge < end}
        for low, high in itertools.pairwise(sorted({start, end, *edges})):
            halved = text.startswith("\r\n", high - 1)  # a span that cuts a line end in two
            here = [one for one in spans if one.start <= low and high <= one.end]
            yield from _run(text[low : high - halved], here, low)
        at = end
    if at < len(text):
        yield _gap(len(text) - at)


def _run(text: str, here: list[Span], low: int) -> Iterator[Piece]:
    kind = min((one.kind for one in here), key=LOUDEST.index, default="")
    title = "; ".join(dict.fromkeys(one.title for one in here if one.title))
    starts = tuple(one.number for one in here if one.number and one.start == low)
    for part, unseen in runs(text):
        yield Piece(part, kind, title, starts, several=sum(one.number > 0 for one in here) > 1, unseen=unseen)
        starts = ()


def _gap(characters: int) -> Piece:
    return Piece(gap(characters).text, gap=True)
