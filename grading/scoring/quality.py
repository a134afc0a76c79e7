"""The quality rules on a group's data, with the sheet beside it → the document that data quality is graded by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from grading.course.inputs import Inputs
from grading.hand_in.tables import is_blank
from grading.scoring import asking, dismissed, evidence, report, row_marks
from grading.scoring.stability import RowMarks
from quality import run
from quality.correction import labels
from quality.memo import Memo
from quality.model import Report, Row
from quality.table import Table


def of_sheet(inputs: Inputs, memo: Memo | None = None) -> Report:
    """The rules' report on the sheet itself, as it was handed out."""
    return _checked(asking.of_data(inputs, replace(inputs.sheet, labelled=False), labelled=False), memo)


def sheet_scores(untouched: Report) -> dict[str, float]:
    """Id → what the sheet's own row scores when nobody touches it, under the same rules; for those measured in full."""
    return {row.id: row.score for row in untouched.rows if not row.unmeasured}


def checked(inputs: Inputs, data: Table, memo: Memo | None = None) -> Report:
    """The rules' report on a group's data: as `quality check DATA --original SHEET`, but labels weigh nothing.

    What the course's staff dismissed costs nothing in it.
    """
    return _checked(asking.of_data(inputs, data), memo)


def _checked(asked: run.Request, memo: Memo | None) -> Report:
    return dismissed.rescored(run.check(_alone(asked), memo=memo), asked.table.rows, asked.guide)


def _alone(asked: run.Request) -> run.Request:
    """In this process as far as can be: groups are checked side by side already."""
    return replace(asked, workers=1)


def document(of: Report, data: Table, inputs: Inputs, untouched: Mapping[str, float]) -> dict[str, Any]:
    """JSON values: what the report says of the sheet's rows that the group answered.

    Args:
        untouched: As `sheet_scores` gives it.
    """
    rows = {row.row: row for row in data.rows}
    wanted = {row.id for row in inputs.sheet.rows}
    answered = {row.id for row in data.rows if row.id in wanted and not is_blank(row.output)}
    scores = report.by_id(of, answered)
    counted = report.counted(scores, _excused(inputs, untouched))
    dataset = of.dataset
    return {
        "rows": len(of.rows),
        "passing": sum(row.passed for row in of.rows),
        "sheet_rows": len(wanted),
        "answered": len(scores),
        "unmeasured": len(scores) - len(counted),
        "unread": sum(bool(score.unmeasured) for score in counted.values()),
        "mean_score": report.mean(score.score for score in counted.values()),
        "sheet_mean_score": report.mean(untouched[key] for key in counted if key in untouched),
        "criteria": dict(dataset["criteria"]),
        "rules": evidence.tallied(of.findings),
        "labels": _labels(of, data, inputs),
        "examples": evidence.examples(of, rows, run.rules()),
        "improved": evidence.improved(of.rows, rows),
        "outcomes_failed": report.failed(of, scores),
        **dismissed.told(of),
    }


def marks(of: Report, data: Table, inputs: Inputs, untouched: Mapping[str, float]) -> tuple[RowMarks, ...]:
    """What the grade takes from each of the sheet's rows that the group has, and would take without each rule."""
    wanted = {row.id for row in inputs.sheet.rows}
    answered = {row.id for row in data.rows if row.id in wanted and not is_blank(row.output)}
    counted = report.counted(report.by_id(of, answered), _excused(inputs, untouched))
    rows = row_marks.of_report(of, asking.of_data(inputs, data).guide, counted)
    pairs = (
        (row, score.correction) for row, score in zip(data.rows, of.rows, strict=True) if row.id in wanted
    )
    return row_marks.joined(
        rows,
        **{
            row_marks.SHEET: {key: untouched[key] for key in counted if key in untouched},
            row_marks.OWN: row_marks.of_labels(pairs, inputs.guide),
        },
    )


def _excused(inputs: Inputs, untouched: Mapping[str, float]) -> Callable[[str], bool]:
    """Whether nobody's correction of a row could be measured: the sheet's own cannot, or its prompt asks for such."""
    prompts = {row.id: row.instruction for row in inputs.sheet.rows}
    return lambda id: id not in untouched or report.asks_for_it(prompts[id])


def _labels(of: Report, data: Table, inputs: Inputs) -> dict[str, int]:
    """How the labels stand to the group's own corrections, each id once, and how many rows have a label at all."""
    wanted = {row.id for row in inputs.sheet.rows}
    first: dict[str, tuple[Row, Any]] = {}
    for row, score in zip(data.rows, of.rows, strict=True):
        if row.id in wanted:
            first.setdefault(row.id, (row, score.correction))
    known = sum(bool(labels.read_labels(row.fail_mode, inputs.guide)[0]) for row, _ in first.values())
    return {**labels.totals(first.values(), inputs.guide), "known": known}
