"""What a rule of inference is: a pure function of one case that says what it saw, and how much that counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quality.correction.reading import View


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule saw.

    Attributes:
        share: Of the rule's weight, above 0 to 1.
        message: In words that name no fail mode and no criterion.
    """

    share: float
    message: str


@dataclass(frozen=True, slots=True)
class Clue:
    """One rule of inference, documented.

    Attributes:
        name: In kebab-case.
        criterion: What the original broke where the rule speaks; the guide's fail modes of that criterion are meant.
        weight: How strongly it speaks at most, above 0 to 1.
        looks_at: What it looks at, in one sentence.
        see: What it saw; None for nothing.
    """

    name: str
    criterion: str
    weight: float
    looks_at: str
    see: Callable[[View], Seen | None]


def several(count: int, one: str, many: str = "") -> str:
    """`1 word was respelt`, `3 words were respelt`; `many` has `{}` for the number, as has `one`."""
    return (one if count == 1 or not many else many).format(count)


def rising(count: float, first: float, step: float) -> float:
    """`first` for a count of 1 and `step` more for each further one, at most 1."""
    return min(1.0, first + step * (count - 1))
