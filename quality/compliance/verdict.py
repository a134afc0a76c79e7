"""One ask held against one answer: what a verifier is given, and what it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from quality.model import NOTHING, Ask, Measures, Result
from quality.text.prose import Span


@dataclass(frozen=True, slots=True)
class Case:
    """One ask and the answer to it.

    Attributes:
        measured: What `data.measure` said of the output.
        tolerance: The share by which `about` may be missed.
    """

    ask: Ask
    instruction: str
    output: str
    measured: Measures = field(default_factory=lambda: dict(NOTHING))
    tolerance: float = 0.1

    @property
    def asked(self) -> str:
        """The prompt's own words."""
        return self.instruction[self.ask.start : self.ask.end]

    @property
    def number(self) -> int | None:
        """The value as a number; None when it is none, or absurd."""
        value = self.ask.value
        return int(value) if value.isascii() and value.isdigit() and len(value) <= 7 else None

    @property
    def pieces(self) -> list[dict[str, Any]]:
        """What the parsers said of the output's pieces."""
        return list(self.measured.get("pieces", ()))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verifier says.

    Attributes:
        given: What the answer has instead, or why it cannot be verified.
        start: Where in the output it shows; None for nowhere in particular.
        end: One past the last code point.
        blocks: Whether an unverifiable ask keeps the row from passing: a program that could have told was kept from it
            by a limit, an undetermined language or a value it did not understand.
    """

    result: Result
    given: str = ""
    start: int | None = None
    end: int | None = None
    blocks: bool = False


Verifier: TypeAlias = Callable[[Case], Verdict]

SATISFIED = Verdict(Result.SATISFIED)


def violated(given: str, at: Span | None = None) -> Verdict:
    """No sensible reading of the ask holds."""
    if at is None or at.start >= at.end:
        return Verdict(Result.VIOLATED, given)
    return Verdict(Result.VIOLATED, given, at.start, at.end)


def unverifiable(reason: str, *, blocks: bool = False) -> Verdict:
    """A program cannot tell; `blocks` where it could have, but for a limit."""
    return Verdict(Result.UNVERIFIABLE, reason, blocks=blocks)


def not_understood(case: Case) -> Verdict:
    """The ask's value is not one that this verifier knows."""
    return unverifiable(f"“{case.ask.value[:60]}” was not understood as a value", blocks=True)


_TOKEN = re.compile(r"[^\W_]+")
MAX_PHRASE = 1_000
"""Characters of a phrase to look for; a longer one is taken for a misreading of the prompt."""


def tokens(text: str) -> list[str]:
    """The words of a phrase, folded, so that case, punctuation, mark-up and spacing do not count."""
    return [token.casefold() for token in _TOKEN.findall(text.replace("’", "'"))]


def places(text: str) -> list[re.Match[str]]:
    """Where the words of a text stand."""
    return list(_TOKEN.finditer(text))
