"""A long text in pieces, cut where a reader would pause: between paragraphs, else lines, sentences, words."""

from __future__ import annotations

from collections.abc import Iterator

_PAUSES = ("\n\n", "\n", ". ", " ")


def pieces(text: str, most: int) -> Iterator[tuple[int, str]]:
    """The text in pieces of at most `most` code points, each with its start; joined they are the text."""
    start = 0
    while len(text) - start > most:
        end = _cut(text, start, start + most)
        yield start, text[start:end]
        start = end
    if text:
        yield start, text[start:]


def _cut(text: str, start: int, end: int) -> int:
    """Where the piece ends: after the last pause in its second half, else where it must."""
    for pause in _PAUSES:
        at = text.rfind(pause, start + (end - start) // 2, end)
        if at >= 0:
            return at + len(pause)
    return end
