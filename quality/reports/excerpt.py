"""One line of a cell with a span marked, however long the cell and whatever it holds."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from quality.reports.escape import visible

CUT = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`before + marked + after` fits the width; `offset` and `length` place `marked`, in terminal cells."""

    before: str
    marked: str
    after: str
    offset: int
    length: int


def excerpt(text: str, start: int, end: int, width: int) -> Excerpt:
    """The line on which the span starts, cut around the span to at most `width` terminal cells (at least 20).

    A span that runs over a line end is shown on one line with `↵`; a span longer than the width is cut at its
    end; an empty span is marked by one caret.
    """
    width = max(width, 20)
    left, right = _line(text, start, end, width)
    marked, _ = _head(visible(text[start : min(end, start + width)]), width - 4, cut=end - start > width)
    room = width - _cells(marked)
    before, after = visible(text[left:start]), visible(text[end:right])
    need_before, need_after = _cells(before), _cells(after)
    share = room // 2
    for_after = min(need_after, max(share, room - need_before))
    before, offset = _tail(before, room - for_after)
    after, _ = _head(after, room - offset)
    return Excerpt(before, marked, after, offset, max(_cells(marked), 1))


def opening(text: str, width: int) -> str:
    """The first line that holds anything, cut to `width` terminal cells."""
    bare = text[: width * 8].lstrip()
    first, *rest = bare.split("\n", 1)
    more = bool(rest) or len(text) > width * 8
    return _head(visible(first[: width + 1].rstrip("\r")), max(width, 20), cut=more)[0]


def _line(text: str, start: int, end: int, width: int) -> tuple[int, int]:
    """The bounds of the line around the span, no farther from it than `width` code points."""
    left = max(text.rfind("\n", max(0, start - width - 1), start) + 1, start - width - 1, 0)
    found = text.find("\n", end, end + width + 1)
    right = found if found >= 0 else min(len(text), end + width + 1)
    if found >= 0 and text[found - 1 : found] == "\r" and found > end:
        right = found - 1
    return left, right


def _cells(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)


def _head(text: str, cells: int, *, cut: bool = False) -> tuple[str, int]:
    """The start of the text that fits, `…` at its end if it is cut, and its width."""
    width = _cells(text)
    if width <= cells and not cut:
        return text, width
    if cells < 1:
        return "", 0
    while text and width > cells - 1:
        text = text[: len(text) - max(1, (width - cells + 1) // 2)]
        width = _cells(text)
    return text + CUT, width + 1


def _tail(text: str, cells: int) -> tuple[str, int]:
    """The end of the text that fits, `…` before it if it is cut, and its width."""
    width = _cells(text)
    if width <= cells:
        return text, width
    if cells < 1:
        return "", 0
    while text and width > cells - 1:
        text = text[max(1, (width - cells + 1) // 2) :]
        width = _cells(text)
    return CUT + text, width + 1
