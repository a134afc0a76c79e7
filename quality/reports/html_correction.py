"""What the HTML page shows of one row's correction: both texts with the edits in them, and what they were worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quality.model import Correction, Finding, Row, RowScore
from quality.reports import corrections
from quality.reports.document import Document
from quality.reports.html_pieces import gap, runs, windows

MAX_EDITS = 60
"""Edits of a row that are marked."""
MAX_FIXED = 20
UNEXPLAINED = "no finding explains this edit"


@dataclass(frozen=True, slots=True)
class EditPiece:
    """A run of a text; `title` says what an edit did to it, "" outside of edits."""

    text: str
    title: str = ""
    unexplained: bool = False
    unseen: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One row's correction.

    Attributes:
        words: Its counts.
        before: The original response, with what the edits took away.
        after: The output, with what they put there.
        unexplained: Whether there are edits beyond the findings.
        unmarked: Edits beyond `MAX_EDITS`.
        fixed: Findings on the original that are gone, at most `MAX_FIXED`.
        more_fixed: How many of them are left out.
        inferred: The fail modes that the original seems to have had; () without `--explain`.
    """

    words: str
    before: tuple[EditPiece, ...]
    after: tuple[EditPiece, ...]
    unexplained: bool
    unmarked: int
    fixed: tuple[Finding, ...]
    more_fixed: int
    inferred: tuple[str, ...]


def says_something(row: RowScore) -> bool:
    """Whether the row was edited, or its original had faults."""
    known = row.correction
    return known is not None and bool(known.edits or known.left or known.fixed)


def view(document: Document, score: RowScore, row: Row | None) -> CorrectionView | None:
    """The row's correction; None where there is none, or nothing to say of it."""
    known = score.correction
    if known is None or row is None or row.original is None or not says_something(score):
        return None
    return CorrectionView(
        words=corrections.of_row(known),
        before=tuple(_side(row.original, known, [(e.start, e.end) for e in known.edits])),
        after=tuple(_side(row.output, known, [(e.new_start, e.new_end) for e in known.edits])),
        unexplained=bool(known.unexplained),
        unmarked=max(len(known.edits) - MAX_EDITS, 0),
        fixed=known.fixed[:MAX_FIXED],
        more_fixed=max(len(known.fixed) - MAX_FIXED, 0),
        inferred=tuple(corrections.inferred(document, known)),
    )


def _side(text: str, known: Correction, spans: Sequence[tuple[int, int]]) -> Iterator[EditPiece]:
    """The text with the spans of its edits, which do not overlap; unedited text is not repeated."""
    if not known.edits:
        return
    marked = [(low, high, at) for at, (low, high) in enumerate(spans[:MAX_EDITS]) if low < high]
    marked.sort()
    unexplained = set(known.unexplained)
    at, shown = 0, windows(len(text), [(low, high) for low, high, _ in marked])
    for start, end in shown:
        if start > at:
            yield EditPiece(gap(start - at).text, gap=True)
        at = start
        for low, high, number in marked:
            if at <= low < end:
                yield from _run(text[at:low])
                why = number in unexplained
                title = corrections.KINDS[known.edits[number].kind]
                yield from _run(text[low : min(high, end)], f"{title}; {UNEXPLAINED}" if why else title, why)
                at = min(high, end)
        yield from _run(text[at:end])
        at = end
    if at < len(text):
        yield EditPiece(gap(len(text) - at).text, gap=True)


def _run(text: str, title: str = "", unexplained: bool = False) -> Iterator[EditPiece]:
    for part, unseen in runs(text):
        yield EditPiece(part, title, unexplained, unseen)
