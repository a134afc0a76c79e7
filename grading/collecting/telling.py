"""What an import did, for a terminal and as JSON. The teaching assistant reads it, so it names groups."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from grading.collecting.result import Group, Imported, State, Unknown
from grading.hand_in import trouble_text
from grading.hand_in.trouble_text import said
from grading.model import Role
from quality.reports import columns
from quality.wording import count, cut

_HEAD = ("group", "name", "state", "received", "files")
_NAME = 32


def as_text(imported: Imported, zone: str) -> str:
    """A table of the groups, what is wrong with which hand-in, and who is in no group.

    Args:
        zone: IANA name, for times.
    """
    blocks = ["\n".join(_table(imported.groups, ZoneInfo(zone)))]
    blocks += ["\n".join(_about(group)) for group in imported.groups if _worth(group)]
    if imported.unknown:
        blocks.append("\n".join(_unknown(imported.unknown)))
    return "\n\n".join([*blocks, _sum(imported)]) + "\n"


def as_json(imported: Imported) -> str:
    """The same as one JSON value."""
    body = {
        "format": 1,
        "groups": [_group(group) for group in imported.groups],
        "unknown": [{"who": one.who, "why": one.why} for one in imported.unknown],
        "notes": list(imported.notes),
    }
    return json.dumps(body, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def _group(group: Group) -> dict[str, Any]:
    held = group.hand_in
    return {
        "group": group.key,
        "name": group.name,
        "state": group.state.name.lower(),
        "version": held.version if held else None,
        "received": held.received.isoformat() if held and held.received else None,
        "files": [role.value for role in held.files] if held else [],
        "troubles": [trouble_text.as_json(one) for one in held.troubles] if held else [],
    }


def _table(groups: Sequence[Group], zone: ZoneInfo) -> Iterator[str]:
    rows = [_HEAD, *(_row(group, zone) for group in groups)]
    widths = columns.widths(*rows)
    for row in rows:
        yield columns.line(row, widths, len(_HEAD))


def _row(group: Group, zone: ZoneInfo) -> tuple[str, ...]:
    held = group.hand_in
    files = "" if held is None else ", ".join(role.value for role in Role if role in held.files) or "none"
    received = _time(held.received, zone) if held else ""
    return group.key, said(cut(group.name, _NAME, "")), group.state.value, received, files


def _time(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else "not known"


def _worth(group: Group) -> bool:
    """Whether there is something to tell of it: of what did not change, it was told before."""
    told = group.state in (State.NEW, State.NEWER, State.OLDER, State.RENEWED)
    return told and group.hand_in is not None and bool(group.hand_in.troubles)


def _about(group: Group) -> Iterator[str]:
    yield f"{group.key} {said(cut(group.name, _NAME, ''))}"
    for line in trouble_text.lines(group.hand_in.troubles if group.hand_in else ()):
        yield f"  {line}"


def _unknown(unknown: Sequence[Unknown]) -> Iterator[str]:
    yield f"{count(len(unknown), 'submission')} of nobody's group, not taken:"
    for one in unknown:
        yield f"  {said(cut(one.who, 2 * _NAME, ''))}: {said(one.why)}"
    yield "  → name their group in the roster, and import again with --roster"


def _sum(imported: Imported) -> str:
    states = _present(imported)
    return f"{count(len(imported.groups), 'group')}: {states or 'none'}"


def _present(imported: Imported) -> str:
    numbers: Iterable[tuple[State, int]] = ((state, imported.count(state)) for state in State)
    return ", ".join(f"{number:,} {state.value}" for state, number in numbers if number)
