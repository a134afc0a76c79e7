"""Phrases that a correction cut in the same words from several sentences: what came back was too much of one thing."""

from __future__ import annotations

from collections import Counter

from quality.correction.changes import Changes, Exchange, piece

MAX_EXCHANGES = 240
"""Exchanges that are looked at."""


def repeated_cuts(changed: Changes) -> frozenset[tuple[str, ...]]:
    """Words of two and more that were cut in the same order from several sentences that stay."""
    cuts: Counter[tuple[str, ...]] = Counter()
    set_off: set[tuple[str, ...]] = set()
    for exchange in changed.exchanges[:MAX_EXCHANGES]:
        if len(exchange.before) > MAX_CUT or any(map(str.isalnum, exchange.after)):
            continue
        cut = piece(exchange.before).words
        if len(cut) > 1:
            cuts[cut] += 1
            if _is_set_off(exchange):
                set_off.add(cut)
    least = max(2, AGAIN * cuts.total())
    return frozenset(cut for cut in set_off if cuts[cut] >= least)


def _is_set_off(exchange: Exchange) -> bool:
    """Whether a mark stands at one end of a cut; what stands within a clause is a turn of wordy style."""
    before, after = exchange.left[-3:].rstrip(), exchange.right[:3].lstrip()
    ends = (before[-1:], exchange.before[:1], exchange.before[-1:], after[:1])
    return any(end in _MARKS for end in ends)


_MARKS = tuple(",;:.!?()–—")
AGAIN = 0.7
"""Share of the cuts that a phrase must be for its coming back to be their reason, and not their being empty words."""
MAX_CUT = 200
"""Characters of a phrase that a text may repeat."""
