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
        spoken: Whether a sentence says it, which may also deny or suppose it; a calculator's mark and the line over a
            list stand for themselves.
        whole: Whether the span says all of it, so that the same words in the prompt say the same.
    """

    sort: str
    start: int
    end: int
    stated: str
    computed: str
    holds: bool
    message: str = ""
    spoken: bool = True
    whole: bool = True


@dataclass(frozen=True, slots=True)
class TooMuch:
    """A statement that would take too much to recompute: its answer is unmeasured, never passed."""

    reason: str


Reader: TypeAlias = Callable[[str, str], Iterator[Claim | TooMuch]]
"""(instruction, answer) → the statements of one sort in the answer, whatever the answer thinks of them; linear in the
length of both. `asserted` tells which of them count."""
