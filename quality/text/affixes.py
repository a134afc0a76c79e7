"""What two sequences begin with alike."""

from __future__ import annotations

from collections.abc import Sequence


def shared_start(a: Sequence[object], b: Sequence[object]) -> int:
    """How many elements both begin with: characters of texts, tokens of lists."""
    at = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        at += 1
    return at
