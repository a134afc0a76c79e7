"""What the template is given of a row: values ready to be laid out, their texts raw."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.shown.pieces import Piece


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding with the words that explain it; raw.

    Attributes:
        standing: Its severity while it is open, else `waived` or `accepted`.
        rule: Its code and name.
        section: The clause of the guide.
        place: Column and span.
        new: The text of its fix; None without one.
    """

    number: int
    standing: str
    message: str
    rule: str
    section: str
    remedy: str
    place: str
    related: str
    waived: str | None
    accepted: str | None
    old: str
    new: str | None
    safe: bool


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What was changed against the original: in words, and both texts with the edits marked."""

    words: str
    old: list[Piece]
    new: list[Piece]


@dataclass(frozen=True, slots=True)
class AskView:
    """One thing that the prompt asks.

    Attributes:
        asked: The prompt's own words.
        missed: Whether a finding says that the answer does not do it; that it does is not known here.
    """

    words: str
    asked: str
    missed: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One row.

    Attributes:
        group: Name of its group; "" where it is not to be seen.
        why: It does not pass; "" where it passes.
        line: Physical line; 0 where it is the row's number.
        score: 0..100 in words.
        criteria: Title, value in words, share in per cent; of those below 1.
        full: Titles of those at 1.
        absent: Titles of those that do not apply.
        left_out: Findings beyond those shown.
    """

    row: int
    line: int
    id: str
    group: str
    passed: bool
    why: str
    score: str
    asks: tuple[AskView, ...]
    cells: tuple[tuple[str, list[Piece]], ...]
    findings: tuple[FindingView, ...]
    unmeasured: tuple[tuple[str, str], ...]
    criteria: tuple[tuple[str, str, str], ...]
    full: str
    absent: str
    left_out: int
    correction: CorrectionView | None
