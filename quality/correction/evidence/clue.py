"""What a rule of inference is: a pure function of one case that says what it saw, and how much that counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quality.correction.changes import Exchange
from quality.correction.reading import Taken, View


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


def became(exchanges: Sequence[Exchange]) -> str:
    """What the first exchange put in place of what, and how many more there are."""
    first = exchanges[0]
    before, after = quoted(first.before), quoted(first.after)
    if before and after:
        said = f"“{before}” became “{after}”"
    elif before or after:
        said = f"“{before}” was taken out" if before else f"“{after}” was put in"
    else:
        said = "marks were changed"
    return said + more(len(exchanges) - 1)


def gone(taken: Sequence[Taken]) -> str:
    """Which sentence or phrase was taken out first, and how many more were."""
    return f"“{quoted(taken[0].piece.text)}” was taken out" + more(len(taken) - 1)


def more(count: int) -> str:
    """`, and 2 more such changes`; nothing for none."""
    return f", and {count} more such change{'s' * (count > 1)}" if count > 0 else ""


def quoted(text: str) -> str:
    """The text's first words on one line, without marks at its ends."""
    listed = text[:SHOWN].split()
    cut = listed[:WORDS_SHOWN]
    return " ".join(cut).strip(' ,;:.!?*_#"“”') + ("…" if len(listed) > len(cut) or len(text) > SHOWN else "")


SHOWN = 60
"""Characters of a text that a message quotes …"""
WORDS_SHOWN = 8
"""… and words."""
