"""What a person decided about findings, and what such a decision is known by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from quality.baseline.entries import digest


class Scope(StrEnum):
    """For how much a decision holds."""

    ROW = "row"
    """This finding, at this place in a row of this id, as long as all that it depends on stays as it is."""
    TEXT = "text"
    """The same rule on the same words in the same line of text; for one about a whole cell, in a row of these texts."""
    WORD = "word"
    """The same rule on the same words, wherever they stand."""


SCOPES = tuple(Scope)
"""The narrowest first."""


class Key(NamedTuple):
    """What a decision holds for; what its scope does not look at is empty."""

    scope: Scope
    code: str
    content: str
    column: str
    start: int | None
    end: int | None
    words: str
    row_id: str


@dataclass(frozen=True, slots=True)
class Decision:
    """That findings are mistaken.

    Attributes:
        code: The rule's.
        content: SHA-256 in hex: of all that the finding depends on (`row`), of the line of text and its column
            (`text`), or of the words (`word`).
        column: Where the finding was seen, as `start`, `end` and `row_id`.
        start: First code point of its words, line ends counted as one; None for a finding about a whole cell.
        end: One past the last.
        words: The words that it marks; "" for a finding about a whole cell.
        who: Who decided.
        why: Their reason, on one line.
        at: When, ISO 8601 with its zone.
    """

    scope: Scope
    code: str
    content: str
    column: str
    start: int | None
    end: int | None
    words: str
    row_id: str
    who: str
    why: str
    at: str

    @property
    def key(self) -> Key:
        """What it is known by: equal keys hold for the same findings."""
        place = (self.column, self.start, self.end, self.words, self.row_id)
        return key_of(self.scope, self.code, self.content, *place)

    @property
    def accepted(self) -> str:
        """What the findings that it holds for carry."""
        return f"dismissed by {self.who}: {self.why}"


def key_of(
    scope: Scope,
    code: str,
    content: str,
    column: str,
    start: int | None,
    end: int | None,
    words: str,
    row_id: str,
) -> Key:
    """The key of a place under a scope."""
    if scope is Scope.WORD:
        return Key(scope, code, content, "", None, None, words, "")
    if scope is Scope.TEXT:
        return Key(scope, code, content, column, None, None, words, "")
    return Key(scope, code, content, column, start, end, words, row_id)


def of_words(words: str) -> str:
    """What a decision about words everywhere has as its content."""
    return digest([words])


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of a file, each key once, in the file's order."""

    path: Path
    decisions: tuple[Decision, ...]

    @property
    def sha256(self) -> str:
        """Of every decision, whatever the file's order and layout."""
        return digest([astuple(one) for one in in_order(self.decisions)])


def in_order(decisions: Sequence[Decision]) -> list[Decision]:
    """By rule, then from the narrowest scope to the widest, then by place."""
    return sorted(decisions, key=lambda one: (one.code, SCOPES.index(one.scope), *_place(one), one.at))


def _place(one: Decision) -> tuple[str, str, int, int, str, str]:
    start, end = (-1 if place is None else place for place in (one.start, one.end))
    return one.row_id, one.column, start, end, one.words, one.content
