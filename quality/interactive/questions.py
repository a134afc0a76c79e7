"""Findings, less what was skipped → what is asked next, and how far the annotator is."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quality.interactive.answers import Answer, Reply
from quality.model import Finding, Row, Severity

CELLS = ("id", "instruction", "output", "fail_mode", "original")

_Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A finding that the annotator is asked about.

    Attributes:
        content: SHA-256, hex, of the words that it marks, or of its whole cell: an edit of those asks it anew.
    """

    row: Row
    finding: Finding
    content: str


def open_questions(
    findings: Iterable[Finding], rows: Mapping[int, Row], answers: Iterable[Answer]
) -> list[Question]:
    """What is not answered yet: in the order of the rows, errors before warnings, then as the text runs.

    Args:
        findings: On the rows as they are now.
        rows: By record number.
        answers: Of which the skipped ones are not asked again while the words that they are about stand.
    """
    skipped = Counter(
        _key(a.id, a.row, a.code, a.column, a.content) for a in answers if a.reply is Reply.SKIP
    )
    asked: list[Question] = []
    for finding in sorted((f for f in findings if f.is_open and f.row in rows), key=_order):
        row = rows[finding.row or 0]
        content = hashlib.sha256(_about(row, finding).encode("utf-8", "surrogatepass")).hexdigest()
        key = _key(row.id, row.row, finding.code, finding.column, content)
        if skipped[key]:
            skipped[key] -= 1
        else:
            asked.append(Question(row, finding, content))
    return asked


def following(questions: Sequence[Question], row: int) -> Question | None:
    """The next question: of this row, else of the rows behind it, else from the top; None when all are answered."""
    behind = (question for question in questions if question.row.row >= row)
    return next(behind, questions[0] if questions else None)


def progress(questions: Iterable[Question], answers: Iterable[Answer], row: int) -> tuple[int, int]:
    """The place of the row among those with findings, and how many these are, answered ones included."""
    rows = sorted({row, *(q.row.row for q in questions), *(a.row for a in answers)})
    return rows.index(row) + 1, len(rows)


def _order(finding: Finding) -> tuple[int, bool, str, int, str]:
    warning = finding.severity is not Severity.ERROR
    return finding.row or 0, warning, finding.column, finding.start or 0, finding.code


def _key(row_id: str, row: int, code: str, column: str, content: str) -> _Key:
    """A row is known by its id, so that the file may be sorted in between; one without an id by its place."""
    return row_id if row_id.strip() else f"\0{row}", code, column, content


def _about(row: Row, finding: Finding) -> str:
    if finding.column not in CELLS:
        return "\0".join(getattr(row, column) or "" for column in CELLS)
    cell: str = getattr(row, finding.column) or ""
    marked = "" if finding.start is None else cell[finding.start : finding.end]
    return marked or cell
