"""Text → words, sentences and lines with their spans, all in code points of the text as given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
"""A word: letters and digits, joined by apostrophes or hyphens. Linear in the text."""

_SENTENCE_END = re.compile(r"(?<![.!?…。！？])[.!?…。！？]++[\"'”’)\]]*+(?=\s|$)|\n+")
"""Starts only where a run of marks starts and never gives one back: linear in the text."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: `text == whole[start:end]`."""

    start: int
    end: int
    text: str


def words(text: str) -> list[str]:
    """The words, as written, in order."""
    return WORD.findall(text)


def shortened(text: str, most: int) -> str:
    """The text on one line, cut to so many code points."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[:most] + "…"


def sentences(text: str) -> Iterator[Span]:
    """The sentences, cut at end marks and at line ends; abbreviations may cut one in two."""
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        yield from _stripped(text, start, mark.end())
        start = mark.end()
    yield from _stripped(text, start, len(text))


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        at = start + len(piece) - len(piece.lstrip())
        yield Span(at, at + len(bare), bare)
