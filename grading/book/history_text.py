"""The history as a person reads it, a line an entry, and as a program does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast
from zoneinfo import ZoneInfo

from grading.book import moments
from grading.book.history import Entry
from grading.book.mark import shown
from quality import wording
from quality.reports.escape import visible

MAX_VALUE = 60
"""Characters of a value that is no mark."""


def render(entries: Iterable[Entry], zone: ZoneInfo) -> str:
    """`2026-11-23 21:09:07  ada  manual  g007 fail_mode 4: 12 → 13  why`, the oldest first; "" without entries.

    The first line names the zone of the times.
    """
    lines = [_line(entry, zone) for entry in entries]
    return "".join(f"{line}\n" for line in (f"times of {zone.key}", *lines)) if lines else ""


def as_json(entries: Iterable[Entry]) -> str:
    """A list of objects, an entry each; `at` is ISO 8601 in UTC."""
    return json.dumps([_object(entry) for entry in entries], indent=2) + "\n"


def _line(entry: Entry, zone: ZoneInfo) -> str:
    parts = (
        moments.local(entry.at, zone),
        visible(entry.who),
        visible(entry.what),
        visible(_change(entry)),
        visible(entry.why or ""),
    )
    return "  ".join(part for part in parts if part)


def _change(entry: Entry) -> str:
    """What became of the line, or in words what was done to the course."""
    about = " ".join(str(part) for part in (entry.group, entry.line, entry.version) if part is not None)
    if entry.before is None and entry.after is None:
        return about
    if entry.line is not None:
        return f"{about}: {_value(entry.before)} → {_value(entry.after)}"
    told = " → ".join(_told(value) for value in (entry.before, entry.after) if value is not None)
    return f"{about}: {told}" if about else told


def _told(value: Any) -> str:
    """`9 new, 1 unknown, 11 files`: what there is none of is left out."""
    if not isinstance(value, dict):
        return _value(value)
    parts = cast("dict[str, Any]", value)
    return ", ".join(said for key, part in parts.items() if (said := _part(key.replace("_", " "), part)))


def _part(noun: str, value: Any) -> str:
    if value is None or value is False or (isinstance(value, int | list | dict) and not value):
        return ""
    if value is True:
        return noun
    if isinstance(value, int):
        return f"{value} {noun}"
    if isinstance(value, float):
        return f"{noun} {value:g}"
    if isinstance(value, dict):  # such as files by their hashes, which the JSON form tells
        return f"{len(cast('dict[str, Any]', value))} {noun}"
    if isinstance(value, list):
        return f"{noun} {wording.listed(cast('list[Any]', value))}"
    return f"{noun} {wording.cut(str(value), MAX_VALUE, '')}"


def _value(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict) and "points" in value:
        points = cast("dict[str, Any]", value)["points"]
        return shown(points) if points is not None else "not graded"
    return wording.cut(json.dumps(value, ensure_ascii=False), MAX_VALUE)


def _object(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "what": entry.what,
        "group": entry.group,
        "line": entry.line,
        "version": entry.version,
        "before": entry.before,
        "after": entry.after,
        "why": entry.why,
    }
