"""Grammar engines behind one small protocol: text → matches with spans in code points.

An engine is a module or object with `check` and `version`; the grammar family decides what a match is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Match:
    """One remark of an engine on `text[start:end]`, in code points.

    Attributes:
        kind: The engine's own category, such as `Spelling`.
        rule: The engine's own name of the rule.
        suggestions: What could stand in the span's place, best first; "" removes it.
    """

    start: int
    end: int
    kind: str
    rule: str
    message: str
    suggestions: tuple[str, ...] = ()


class Unreadable(Exception):
    """A text that an engine refuses.

    Args:
        reason: In words, for the report.
        passing: Whether it may be read another time, so that nobody should remember the refusal.
    """

    def __init__(self, reason: str, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.passing = passing


class Engine(Protocol):
    """What proof-reads a text."""

    def check(self, text: str) -> tuple[Match, ...]:
        """Every match, in the order of their spans; overlapping ones are all kept."""
        ...

    def version(self) -> str:
        """Name and version, as it enters the cache key."""
        ...
