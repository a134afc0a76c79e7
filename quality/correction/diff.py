"""Two versions of a text → the edits that lead from the first to the second, as a person would count them.

tokens ─ align ─ stretches ─ kinds ─ moves ─→ edits. Applied in order they turn `before` into `after` exactly.
"""

from __future__ import annotations

from dataclasses import replace

from quality.correction.align import align
from quality.correction.kinds import kind
from quality.correction.moves import with_moves
from quality.correction.stretches import Stretch, stretches
from quality.model import Edit, EditKind
from quality.text.affixes import shared_start
from quality.text.tokens import Tokens, pieces, tokens

__all__ = ["edits"]


def edits(before: str, after: str) -> tuple[Edit, ...]:
    """What was changed, in the order of both texts; () for equal texts.

    The edits are disjoint, never empty, and neither start nor end with a token that both sides share. Spans are code
    points. Linear in memory; time is bounded: two stretches too long and too unlike to be aligned are one rewrite.
    """
    if before == after:
        return ()
    old, new = tokens(before), tokens(after)
    found = stretches(old, new, align(old, new))
    made = [_edit(old, new, one, kind(old, new, one)) for one in found]
    # an alignment may leave a word that both sides of a stretch have
    return with_moves([one for one in made if one.before != one.after], before)


def _edit(old: Tokens, new: Tokens, one: Stretch, of: EditKind) -> Edit:
    """The edit of one stretch, without the tokens that both of its ends share."""
    edit = Edit(
        of,
        *_span(old, one.i1, one.i2, gap=one.gap),
        *_span(new, one.j1, one.j2, gap=one.gap),
        before="",
        after="",
    )
    was, now = old.text[edit.start : edit.end], new.text[edit.new_start : edit.new_end]
    was_pieces, now_pieces = pieces(was), pieces(now)
    head = shared_start(was_pieces, now_pieces)
    tail = shared_start(was_pieces[head:][::-1], now_pieces[head:][::-1])
    first, last = sum(map(len, was_pieces[:head])), sum(map(len, was_pieces[len(was_pieces) - tail :]))
    return replace(
        edit,
        start=edit.start + first,
        end=edit.end - last,
        new_start=edit.new_start + first,
        new_end=edit.new_end - last,
        before=was[first : len(was) - last],
        after=now[first : len(now) - last],
    )


def _span(tokens: Tokens, start: int, end: int, *, gap: bool) -> tuple[int, int]:
    """Code points of tokens with the white space before them, and with that after them if `gap`."""
    return tokens.before(start), tokens.starts[end] if gap else tokens.before(end)
