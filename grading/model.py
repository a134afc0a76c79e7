"""Every value that travels through grading. Frozen; imports nothing of ours.

HandIn ─ scoring → Line ─ book (beside a person's mark) → Grade ─→ worksheet, feedback
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})
_HUGE = 1e15
"""From here on a float has no cents."""


def rounded(points: float) -> float:
    """The points with two decimals, halves away from zero: 2.675 is 2.68 in every file; what is not finite stays."""
    if not isfinite(points) or abs(points) >= _HUGE:
        return points
    exact = Decimal(str(round(points, 9)))  # 0.1 + 0.2 and the like are noise, not cents
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP)) + 0.0  # and no -0.0


class Role(StrEnum):
    """What a file is in a hand-in; a hand-in has one of each."""

    DATA = "data"
    PREDICTIONS = "predictions"
    NOTEBOOK = "notebook"


class Level(StrEnum):
    """How much a trouble weighs: an error keeps something from being graded, a note costs nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong with a hand-in, in words for its group. Raw: whoever shows it escapes it.

    Attributes:
        code: Dotted and stable, such as `archive.too-large` or `notebook.cleared`.
        file: The file's name inside the hand-in; "" when it is about the whole.
        remedy: What the group can do; "" when there is nothing to do.
    """

    code: str
    level: Level
    what: str
    file: str = ""
    remedy: str = ""

    def as_json(self) -> dict[str, str]:
        """The trouble as JSON values."""
        return {**asdict(self), "level": str(self.level)}

    @classmethod
    def from_json(cls, body: Mapping[str, str]) -> Trouble:
        """The trouble again."""
        rest = dict(body)
        return cls(level=Level(rest.pop("level")), **rest)


@dataclass(frozen=True, slots=True)
class HandIn:
    """What one group handed in at one time.

    Attributes:
        group: Key of the group in the grade book, such as `g007`; tells nothing of who they are.
        version: SHA-256 over what was handed in, hex.
        received: When the LMS received it, with its zone; None where nothing says so.
        files: Where each file lies now; a role without a usable file is missing.
        troubles: What was seen when it was unpacked.
    """

    group: str
    version: str
    received: datetime | None
    files: Mapping[Role, Path]
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What the program says on one line of the rubric.

    Attributes:
        key: A key of the course's rubric, or `lateness`.
        value: 0..1 of what the line is about; None where it was not graded, which is neither zero nor full.
        points: What it earns, 0 to `most`; for lateness 0 or less; None where it was not graded.
        most: Points that the line can give.
        sentence: Why, for the group and the teaching assistant.
        evidence: JSON values behind it.
    """

    key: str
    value: float | None
    points: float | None
    most: float
    sentence: str
    evidence: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
