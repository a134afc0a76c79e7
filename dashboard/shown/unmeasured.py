"""What a run did not measure, in words. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from quality.model import INPUT_NOT_GIVEN, Status
from quality.wording import count, listed

_WORDS = {
    Status.CRASHED: "crashed",
    Status.UNAVAILABLE: "could not run",
    Status.NOT_REQUESTED: "left out by --select or --ignore",
    Status.RAN: "did not see every row",
}


def troubles(outcomes: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """What became of rules that did not see every row, with the reason; one line for all rules of one fate.

    Args:
        outcomes: As the JSON report has them.
    """
    grouped: dict[tuple[str, str], list[str]] = {}
    for one in outcomes:
        if one["detail"] in INPUT_NOT_GIVEN.values():
            continue  # nothing to compare with; the verdict's notes say so
        if words := _fate(one):
            grouped.setdefault((words, one["detail"]), []).append(one["code"])
    return [(f"{listed(codes, 40)} {words}", detail) for (words, detail), codes in grouped.items()]


def _fate(outcome: Mapping[str, Any]) -> str:
    """What became of the rule; "" where it saw every row."""
    status = Status(outcome["status"])
    failed = len(outcome["failed"])
    if status is Status.RAN and failed:
        return f"failed on {count(failed, 'row')}"
    if status is not Status.RAN or outcome["unmeasured"]:
        return _WORDS[status]
    return ""
