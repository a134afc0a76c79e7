"""The history as a person reads it, a line an entry, and as a program does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast
from zoneinfo import ZoneInfo

from grading.book.history import Entry
from grading.book.mark import shown
from quality import wording
from quality.reports.escape import visible

MAX_VALUE = 60
"""Characters of a value that is no mark."""


def render(entries: Iterable[Entry], zone: ZoneInfo) -> str:
    """`2026-11-23 21:09:07  ada  manual  g007 fail_mode 4: 12 → 13  why`, the oldest first; "" without entries."""
    return "".join(f"{_line(entry, zone)}\n" for entry in entries)


def as_json(entries: Iterable[Entry]) -> str:
    """A list of objects, an entry each; `at` is ISO 8601 in UTC."""
    return json.dumps([_object(entry) for entry in entries], indent=2) + "\n"


def _line(entry: Entry, zone: ZoneInfo) -> str:
    at = entry.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    about = " ".join(str(part) for part in (entry.group, entry.line, entry.version) if part is not None)
    change = (
        ""
        if entry.before is None and entry.after is None
        else f": {_value(entry.before)} → {_value(entry.after)}"
    )
    parts = (
        at,
        visible(entry.who),
        visible(entry.what),
        f"{visible(about)}{change}",
        visible(entry.why or ""),
    )
    return "  ".join(part for part in parts if part)


def _value(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict) and "points" in value:
        points = cast("dict[str, Any]", value)["points"]
        return shown(points) if points is not None else "not graded"
    return visible(wording.cut(json.dumps(value, ensure_ascii=False), MAX_VALUE))


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
