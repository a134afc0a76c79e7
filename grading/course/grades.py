"""The rubric's lines, the letters and the marks of a course.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from rapidfuzz.distance import OSA

from grading.course.model import AUTOMATIC, LATENESS
from quality import toml_values
from quality.table.delimited import folded
from quality.toml_values import Place

RESERVED = frozenset({LATENESS, "group", "points", "max_points", "late_days", "flags", "letter"})
"""Columns of grades.csv beside the rubric's, and the line that takes off."""
MOST_LINES = 40
_LINE = re.compile(r"\w(?:[\w .-]{0,62}\w)?")
_ALIKE = 0.8
"""Of 1, from which a name is a slip for one of the program's lines: one letter in five, or two that changed places."""


def rubric(table: Mapping[str, object], place: Place) -> Mapping[str, float]:
    """Line → points in the order written; it replaces the default wholly.

    Raises:
        ProofgateError: A line that cannot be one or is a slip for one of the program's, or no point in the whole
            rubric.
    """
    if len(table) > MOST_LINES:
        raise place.refuse(f"[{place.key}] has {len(table)} lines", f"keep it to {MOST_LINES}")
    lines = {_line(key, place): toml_values.number(points, place.at(key)) for key, points in table.items()}
    if not sum(lines.values()):
        raise place.refuse(
            f"[{place.key}] gives no points", "give its lines points, such as data_quality = 40"
        )
    return MappingProxyType(lines)


def _line(key: str, place: Place) -> str:
    """The key, where it may be a line: one of the program's, or a name of its own for a line that people mark."""
    if key in RESERVED:
        raise place.refuse(
            f"`{key}` cannot be a line of the rubric: it is a name of ours", "call it otherwise"
        )
    if not _LINE.fullmatch(key):
        raise place.refuse(
            f"{toml_values.shown(key)} cannot be a line of the rubric",
            "use letters, digits, `_`, `-`, full stops and spaces, 64 at most",
        )
    meant = next((name for name in AUTOMATIC if key != name and _alike(key, name)), None)
    if meant:
        raise place.refuse(
            f"`{place.at(key).key}` is no line that the program grades",
            f"did you mean `{meant}`? A line that people mark needs a name less like it",
        )
    return key


def _alike(key: str, name: str) -> bool:
    """Whether one is the other but for a slip; case, spaces and punctuation are none."""
    return OSA.normalized_similarity(folded(key), folded(name)) >= _ALIKE


def letters(table: Mapping[str, object], place: Place) -> Mapping[str, float]:
    """Letter → per cent from which it is given, falling; empty where the course gives none.

    Raises:
        ProofgateError: No per cent, two letters from the same one, or a name that is no letter.
    """
    found = {key: percent(value, place.at(key)) for key, value in table.items()}
    for key in found:
        if not key.strip() or not key.isprintable() or len(key) > 16:
            raise place.refuse(f"{toml_values.shown(key)} is no letter", "use a short name, such as A or BA")
    if len(set(found.values())) < len(found):
        raise place.refuse(f"two letters of [{place.key}] begin at the same per cent", "give each its own")
    return MappingProxyType(dict(sorted(found.items(), key=lambda one: -one[1])))


def percent(value: object, place: Place) -> float:
    """The number from 0 to 100 that the value is."""
    number = toml_values.number(value, place)
    if number > 100:
        raise place.wrong("a per cent from 0 to 100", value, "90 in 100 is written 90")
    return number


def zero_at(value: object, place: Place) -> float:
    """The mean row score from which points begin: from 0 to below 100."""
    number = percent(value, place)
    if number == 100:
        raise place.wrong("below 100", value, "leave room above it, or nobody can earn a point")
    return number


def chance(value: object, place: Place) -> float:
    """The share above 0 and below 1 that the value is."""
    number = toml_values.share(value, place)
    if not 0 < number < 1:
        raise place.wrong("above 0 and below 1", value, "0.05 lets one pair in twenty of the list be honest")
    return number
