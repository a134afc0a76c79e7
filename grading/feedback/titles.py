"""What the page, `show` and the tables call the lines of the rubric, and how they write numbers and moments."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from grading.course.model import (
    COMPLETENESS,
    DATA_QUALITY,
    FAIL_MODE,
    HAND_IN,
    LATENESS,
    PREDICTIONS,
)
from grading.model import rounded
from quality.wording import listed

NOT_GRADED = "not graded yet"
NO_DEADLINE = "no deadline is set in course.toml, so lateness is not graded"
BORDER = "pass"
"""What stability calls a flip of the pass mark."""
TITLES = {
    DATA_QUALITY: "Quality of the data",
    FAIL_MODE: "Error labels",
    COMPLETENESS: "Completeness",
    PREDICTIONS: "Predictions",
    HAND_IN: "The hand-in itself",
    LATENESS: "Lateness",
}
LINEAGE_WORDS = {
    "consistent": "The records of the gate, the training run and the predictions agree with the files. "
    "That shows consistency, not honesty; no points depend on it.",
    "not given": "The hand-in holds no records of the gate, the training run or the predictions, or not all of them. "
    "No points depend on it.",
    "broken": "The records and the files do not agree: the data, the adapter or the predictions were changed after "
    "they were recorded. No points depend on it; your teaching assistant may ask.",
}


def title(key: str) -> str:
    """The line's name for a reader: `essay_style` is `Essay style`."""
    return TITLES.get(key) or (key.replace("_", " ").replace("-", " ").strip().capitalize() or key)


def number(value: float) -> str:
    """At most two decimals, none where there are none to show: `31.5`, `40`, `-10`."""
    return f"{rounded(value):.2f}".rstrip("0").rstrip(".")


def points(value: float | None) -> str:
    """The number, or that it was not graded, which is neither zero nor full."""
    return number(value) if value is not None and math.isfinite(value) else NOT_GRADED


def flips(found: Sequence[str]) -> str:
    """What the grade could as well be: `may also be B, C`, `may pass or fail`, or both."""
    letters = [one for one in found if one != BORDER]
    parts = [f"may also be {listed(letters)}"] if letters else []
    return "; ".join([*parts, *(["may pass or fail"] if BORDER in found else [])])


def moment(at: datetime, zone: str) -> str:
    """`2026-11-03 23:59:01 (Europe/Istanbul)`."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S} ({zone})"


def sentence(text: str) -> str:
    """With a capital letter and a full stop."""
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in ('.', '!', '?', '…', '') else '.'}"
