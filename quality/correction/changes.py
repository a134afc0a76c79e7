"""What a correction took out, put in and exchanged, in pieces that can be read: sentences, lines, parts of sentences.

Edits say where two texts differ; why a text was changed shows in what became of whole sentences. A sentence of which
next to nothing stays was removed; what was changed inside a sentence that stays is an exchange, a trim or an insertion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from quality.model import Edit, EditKind
from quality.text.prose import sentences, words
from quality.text.tokens import tokens
from quality.text.topic import topic_words

MAX_PIECES = 300
"""Sentences on a side that are looked at; a text with more is judged by its first ones."""
GONE_SHARE = 0.7
"""Share of a sentence's letters and digits that edits must touch for it to count as removed or added."""
_MARKUP = re.compile(r"^[ \t>]*(?:[-*+•]|\d{1,3}[.)]|#{1,6})[ \t]+")


_STAYS = frozenset({EditKind.RESTRUCTURE, EditKind.SPELLING, EditKind.GRAMMAR, EditKind.PUNCTUATION})


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a line, without its list mark.

    Attributes:
        at: Its place among the sentences of its text.
        words: Its words in small letters.
        stems: Its content words, each with its rarity.
    """

    at: int
    text: str
    words: tuple[str, ...]
    stems: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was changed within sentences that stay; one side is empty for a trim or an insertion."""

    kind: EditKind
    before: str
    after: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Changes:
    """A correction in pieces.

    Attributes:
        old: The original's sentences, in order.
        new: The output's.
        removed: Those of the original that are gone.
        added: Those of the output that are new.
        exchanges: What was changed within the others, in order.
        old_words: Words of the original.
        new_words: Words of the output.
        kept: Words of the original that stay, moved or mended in their letters at most.
        kept_new: Words of the output that were there.
    """

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    removed: tuple[Piece, ...]
    added: tuple[Piece, ...]
    exchanges: tuple[Exchange, ...]
    old_words: int
    new_words: int
    kept: int
    kept_new: int

    @property
    def kept_share(self) -> float:
        """Share of the original's words that stay, 0..1."""
        return self.kept / self.old_words if self.old_words else 0.0

    @property
    def kept_new_share(self) -> float:
        """Share of the output's words that were there, 0..1."""
        return self.kept_new / self.new_words if self.new_words else 0.0


def is_recased(exchange: Exchange) -> bool:
    """Whether only capitals differ."""
    before, after = exchange.before, exchange.after
    return before != after and before.casefold() == after.casefold()


def doubled(exchange: Exchange) -> int:
    """How many words were cut that stand again right beside the cut; 0 for any other edit."""
    cut = [word.lower() for word in words(exchange.before)]
    if not cut or exchange.after:
        return 0
    beside = (*words(exchange.left)[-len(cut) :], *words(exchange.right)[: len(cut)])
    near = {word.lower() for word in beside}
    return len(cut) if sum(word in near for word in cut) >= DOUBLED_SHARE * len(cut) else 0


DOUBLED_SHARE = 0.8
"""Share of the words cut that must stand beside the cut."""


def changes(before: str, after: str, edits: Sequence[Edit]) -> Changes:
    """The correction of `before` to `after` in pieces; `edits` are what changed between them."""
    real = [edit for edit in edits if edit.kind is not EditKind.FORMAT]
    # what was moved or mended in its letters is still there
    changed = [edit for edit in real if edit.kind not in _STAYS]
    old_touched = _touched(before, [(e.start, e.end) for e in changed])
    new_touched = _touched(after, [(e.new_start, e.new_end) for e in changed])
    old, gone = _pieces(before, old_touched)
    new, come = _pieces(after, new_touched)
    kept, old_words = _kept(before, old_touched)
    kept_new, new_words = _kept(after, new_touched)
    removed_spans = [span for _, span in gone]
    added_spans = [span for _, span in come]
    return Changes(
        old=old,
        new=new,
        removed=tuple(piece for piece, _ in gone),
        added=tuple(piece for piece, _ in come),
        exchanges=tuple(_exchanges(before, after, real, removed_spans, added_spans)),
        old_words=old_words,
        new_words=new_words,
        kept=kept,
        kept_new=kept_new,
    )


def piece(text: str, at: int = 0) -> Piece:
    """The text as one piece."""
    bare = _MARKUP.sub("", text)
    return Piece(at, bare, tuple(word.lower().replace("’", "'") for word in words(bare)), topic_words(bare))


_Counts = Sequence[int]


def _touched(text: str, spans: Sequence[tuple[int, int]]) -> _Counts:
    """For each place the number of letters and digits before it that lie in one of the spans."""
    marks = bytearray(len(text) + 1)
    for start, end in spans:
        marks[start:end] = b"\x01" * (end - start)
    return [0, *accumulate(mark and text[at].isalnum() for at, mark in enumerate(marks[:-1]))]


def _pieces(text: str, touched: _Counts) -> tuple[tuple[Piece, ...], list[tuple[Piece, tuple[int, int]]]]:
    """The text's sentences, and those of them that edits cover."""
    found: list[Piece] = []
    covered: list[tuple[Piece, tuple[int, int]]] = []
    for span in sentences(text):
        letters = sum(map(str.isalnum, span.text))
        if not letters:
            continue
        if len(found) >= MAX_PIECES:
            break
        one = piece(span.text, len(found))
        found.append(one)
        if touched[span.end] - touched[span.start] >= GONE_SHARE * letters:
            covered.append((one, (span.start, span.end)))
    return tuple(found), covered


def _kept(text: str, touched: _Counts) -> tuple[int, int]:
    """Words that lie in no touched stretch, and all words."""
    cut = tokens(text)
    spans = [
        (start, end)
        for start, end, token in zip(cut.starts, cut.ends, cut.texts, strict=True)
        if token and token[0].isalnum()
    ]
    return sum(touched[end] == touched[start] for start, end in spans), len(spans)


def _exchanges(
    before: str,
    after: str,
    edits: Sequence[Edit],
    removed: Sequence[tuple[int, int]],
    added: Sequence[tuple[int, int]],
) -> Iterator[Exchange]:
    """The edits without what lies in removed or added sentences."""
    for edit in edits:
        cut, put = edit.before.strip(), edit.after.strip()
        if any(map(str.isalnum, cut + put)):
            cut = _outside(before, edit.start, edit.end, removed)
            put = _outside(after, edit.new_start, edit.new_end, added)
        elif any(first <= edit.start <= last for first, last in removed):
            continue
        if cut or put:
            left, right = before[max(0, edit.start - _NEAR) : edit.start], before[edit.end : edit.end + _NEAR]
            yield Exchange(edit.kind, cut, put, left, right)


_NEAR = 80
"""Code points beside an exchange that are kept with it."""


def _outside(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    """`text[start:end]` without the spans, stripped."""
    parts: list[str] = []
    at = start
    for first, last in spans:
        if last <= at or first >= end:
            continue
        parts.append(text[at : max(at, first)])
        at = max(at, last)
    parts.append(text[at : max(at, end)])
    return " ".join(part.strip() for part in parts if any(map(str.isalnum, part)))
