"""Whether a group's data has every row of the sheet, answered, labelled, with the prompt as it was. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grading.hand_in.tables import is_blank
from quality.model import Row

MOST_NAMED = 20
"""Ids that are named; the others are counted."""


def document(sheet: Sequence[Row], rows: Sequence[Row]) -> dict[str, Any]:
    """JSON values: how many of the sheet's ids are complete, and what the others lack, with ids.

    An id is complete when one row has it, with an answer, a label, and the sheet's prompt but for white space.
    """
    given: dict[str, list[Row]] = {}
    for row in rows:
        given.setdefault(row.id, []).append(row)
    lacking: dict[str, list[str]] = {
        "missing": [],
        "doubled": [],
        "no_answer": [],
        "no_label": [],
        "other_prompt": [],
    }
    complete = 0
    for asked in sheet:
        faults = _faults(asked, given.get(asked.id, []))
        complete += not faults
        for fault in faults:
            lacking[fault].append(asked.id)
    return {
        "ids": len(sheet),
        "complete": complete,
        **{name: {"count": len(ids), "ids": ids[:MOST_NAMED]} for name, ids in lacking.items()},
    }


def _faults(asked: Row, found: Sequence[Row]) -> list[str]:
    if not found:
        return ["missing"]
    faults = ["doubled"] if len(found) > 1 else []
    if any(is_blank(row.output) for row in found):
        faults.append("no_answer")
    if any(is_blank(row.fail_mode) for row in found):
        faults.append("no_label")
    if any(row.instruction.split() != asked.instruction.split() for row in found):
        faults.append("other_prompt")
    return faults
