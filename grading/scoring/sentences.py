"""What lines are made from, and the sentences that several of them need. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grading.model import Level, Role
from quality.wording import count, listed

Documents = Mapping[str, Any]
"""Name → JSON values: `examined`, `quality`, `completeness`, `predictions`, `consensus`, `failures`."""
Graded = tuple[float | None, str, Mapping[str, Any]]
"""A line's value, its sentence and its evidence."""


def body(documents: Documents, name: str) -> dict[str, Any]:
    """The document; empty where there is none."""
    return dict(documents.get(name) or {})


def unreadable(role: Role, documents: Documents) -> str:
    """Why a file's lines are open."""
    examined = body(documents, "examined")
    troubles: list[dict[str, str]] = examined.get("troubles", [])
    if role.value not in examined.get("files", ()):
        return f"not graded: the {role.value} file is missing or in doubt"
    why = [
        one["what"]
        for one in troubles
        if one["code"].startswith(f"{role.value}.") and one["level"] == Level.ERROR
    ]
    return f"not graded: the {role.value} file {why[0] if why else 'could not be graded'}"


def not_run(failed: Sequence[Mapping[str, Any]]) -> str:
    """Why a report is no ground for points, and the way out."""
    crashed = [f"{one['code']} {one['status']} ({one['detail']})" for one in failed if "ids" not in one]
    unread = [
        f"{one['code']} unmeasured in {one['detail']} ({listed(one['ids'])})"
        for one in failed
        if "ids" in one
    ]
    return f"not graded: {listed((*crashed, *unread), 5)}; {_WAY_OUT}"


_WAY_OUT = "leave its rules out with `ignore` in course.toml, or mark the line with `grading mark`"


def unmeasured(found: Mapping[str, Any], noun: str) -> list[str]:
    """What is said of rows or answers that could not be measured, by the group's doing or not."""
    said: list[str] = []
    if excused := found.get("unmeasured", 0):
        counts = "counts" if excused == 1 else "count"
        said.append(f"{count(excused, noun)} could not be measured, and {counts} neither for nor against")
    if unread := found.get("unread", 0):
        said.append(f"in {count(unread, noun)} something could not be measured, and earns nothing")
    return said
