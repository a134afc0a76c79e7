"""A statement that can be recomputed, and how it came out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an answer, recomputed.

    Attributes:
        sort: What it states, such as `arithmetic`; each sort has its rule.
        start: First code point of the statement in the answer.
        end: One past the last.
        stated: What the answer says, as it says it.
        computed: What comes out, in the answer's own form.
        holds: Whether both are the same within the precision that the answer shows.
        message: What is wrong, for the annotator; "" when it holds.
    """

    sort: str
    start: int
    end: int
    stated: str
    computed: str
    holds: bool
    message: str = ""


@dataclass(frozen=True, slots=True)
class TooMuch:
    """A statement that would take too much to recompute: its answer is unmeasured, never passed."""

    reason: str


Reader: TypeAlias = Callable[[str, str], Iterator[Claim | TooMuch]]
"""(instruction, answer) → the statements of one sort in the answer; linear in their length."""
