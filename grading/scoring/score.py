"""One hand-in → what is known of it, as documents, and the lines that follow without the other groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from grading.course.inputs import Inputs
from grading.hand_in.contents import Examined, examine
from grading.model import NOTHING, HandIn, Level, Line, Role, Trouble
from grading.scoring import completeness, full_report, lines, predictions, quality, row_marks
from grading.scoring.faults import fault
from quality import lineage
from quality.errors import InputError
from quality.memo import Memo
from quality.model import Row
from quality.table import Table

MOST_TEXT = full_report.MOST_TEXT
"""Characters of an answer that is held against the other groups'; longer ones are compared by their beginning."""


@dataclass(slots=True)
class Bench:
    """What every hand-in of a course is scored with, in one process.

    Attributes:
        untouched: Id → what the sheet's own row scores.
        base: What the base model's answers earn; None without base predictions.
        data_memo: What the groups' data have in common, found out once.
        predictions_memo: The same for their predictions.
        sheet: The report on the sheet itself, as `full_report` has it, for the grade book; empty where it is there.
    """

    inputs: Inputs
    untouched: Mapping[str, float]
    base: predictions.Base | None
    data_memo: Memo = field(default_factory=Memo)
    predictions_memo: Memo = field(default_factory=Memo)
    sheet: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Scored:
    """What one hand-in is worth by itself.

    Attributes:
        lines: Those of the rubric; what needs the other groups is still open in them.
        documents: Name → JSON values, for the grade book.
    """

    lines: tuple[Line, ...]
    documents: Mapping[str, Any]


def bench(inputs: Inputs) -> Bench:
    """What the hand-ins are scored with; the sheet itself and the base's answers are checked for it.

    Raises:
        EngineUnavailable: No worker process can start.
    """
    untouched = quality.of_sheet(inputs)
    sheet = full_report.document(untouched, inputs.sheet, inputs)
    return Bench(inputs, quality.sheet_scores(untouched), predictions.base_values(inputs), sheet=sheet)


def score(hand_in: HandIn, with_: Bench) -> Scored:
    """What is known of the hand-in. It depends on its files and the course alone, and raises for nothing in them.

    A part that crashes costs its own lines; the document `failures` says what happened.
    """
    inputs = with_.inputs
    examined = looked_at(hand_in, inputs)
    documents: dict[str, Any] = {
        "examined": _examined(hand_in, examined),
        "answers": _answers(hand_in, examined, inputs),
    }
    failures: dict[str, str] = {}
    for name, part in _PARTS.items():
        try:
            documents |= part(examined, with_)
        except Exception as error:  # one group's trouble, and nobody else's
            failures[name] = fault(error)
    if failures:
        documents["failures"] = failures
    return Scored(lines.automatic(documents, hand_in.troubles, inputs.course), documents)


def looked_at(hand_in: HandIn, inputs: Inputs) -> Examined:
    """What the hand-in holds; a table of many times the rows that were asked for is not graded, for want of time."""
    found = examine(hand_in.files, inputs)
    more = (
        _too_many(found.data, inputs.sheet, Role.DATA),
        _too_many(found.predictions, inputs.test, Role.PREDICTIONS),
    )
    return replace(
        found,
        data=None if more[0] else found.data,
        predictions=None if more[1] else found.predictions,
        troubles=(*filter(None, more), *found.troubles),
    )


MOST_TIMES = 10
"""Rows of a hand-in's table for each row that was asked for; a slip doubles them, and nothing honest goes beyond."""
MOST_MORE = 1_000
"""Rows beyond that, so that a short homework is no trap."""


def _too_many(of: Table | None, asked: Table, role: Role) -> Trouble | None:
    if of is None or len(of.rows) <= MOST_TIMES * len(asked.rows) + MOST_MORE:
        return None
    what = f"has {len(of.rows):,} rows, where {len(asked.rows):,} were asked for"
    remedy = "hand in the rows of the homework alone"
    return Trouble(f"{role.value}.too-many-rows", Level.ERROR, what, of.path.name, remedy)


def _quality(examined: Examined, with_: Bench) -> dict[str, Any]:
    if examined.data is None:
        return {}
    report = quality.checked(with_.inputs, examined.data, with_.data_memo)
    return {
        "quality": quality.document(report, examined.data, with_.inputs, with_.untouched),
        "row_marks": row_marks.as_json(quality.marks(report, examined.data, with_.inputs, with_.untouched)),
        "report": full_report.document(report, examined.data, with_.inputs),
    }


def _completeness(examined: Examined, with_: Bench) -> dict[str, Any]:
    if examined.data is None:
        return {}
    return {"completeness": completeness.document(with_.inputs.sheet.rows, examined.data.rows)}


def _predictions(examined: Examined, with_: Bench) -> dict[str, Any]:
    if examined.predictions is None:
        return {}
    body, marks = predictions.document(with_.inputs, examined.predictions, with_.base, with_.predictions_memo)
    return {"predictions": body, "answer_marks": row_marks.as_json(marks)}


_PARTS: Mapping[str, Callable[[Examined, Bench], dict[str, Any]]] = MappingProxyType(
    {"quality": _quality, "completeness": _completeness, "predictions": _predictions}
)
"""Document → what makes it; each can fail alone."""


def _examined(hand_in: HandIn, found: Examined) -> dict[str, Any]:
    seen = found.notebook
    return {
        "hand_in": hand_in.version,
        "files": sorted(role.value for role in hand_in.files),
        "troubles": [one.as_json() for one in found.troubles],
        "lineage": {
            "state": found.lineage,
            "links": [
                {"name": one.name, "state": str(one.state), "detail": one.detail} for one in found.links
            ],
        },
        "notebook": None
        if seen is None
        else {
            "code_cells": seen.code_cells,
            "run_cells": seen.run_cells,
            "cleared": seen.cleared,
            "errors": list(seen.errors),
            "interrupted": seen.interrupted,
            "code_sha256": seen.code_sha256,
            "outputs_sha256": seen.outputs_sha256,
        },
    }


def _answers(hand_in: HandIn, found: Examined, inputs: Inputs) -> dict[str, Any]:
    """What is compared between groups: texts and labels by id, the first of several rows with one id."""
    return {
        "outputs": _by_id(found.data, inputs.sheet, "output"),
        "labels": _by_id(found.data, inputs.sheet, "fail_mode"),
        "predictions": _by_id(found.predictions, inputs.test, "output"),
        "notebook_sha256": found.notebook.code_sha256 if found.notebook else "",
        "lineage_hashes": _records(hand_in),
    }


def _records(hand_in: HandIn) -> dict[str, str]:
    """Kind → hash of what the records in the notebook speak of; groups that share one share more than a homework."""
    notebook = hand_in.files.get(Role.NOTEBOOK)
    try:
        bundle = lineage.bundle_in_notebook(notebook) if notebook else None
    except InputError:  # no notebook; `examine` has said so
        return {}
    found: dict[str, str] = {}
    if bundle and bundle.gate:
        found["gate"] = lineage.gate_record_sha256(bundle.gate)
    if bundle and bundle.run:
        found["run"] = lineage.run_record_sha256(bundle.run)
        found["adapter"] = bundle.run.adapter_sha256
    return found


def _by_id(of: Table | None, asked: Table, column: str) -> dict[str, str]:
    wanted = {row.id for row in asked.rows}
    found: dict[str, str] = {}
    for row in of.rows if of else ():
        if row.id in wanted:
            found.setdefault(row.id, _text(row, column))
    return found


def _text(row: Row, column: str) -> str:
    return str(getattr(row, column))[:MOST_TEXT]
