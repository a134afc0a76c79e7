"""Two checked versions of a file, made of rows and findings."""

import pandas as pd
import pytest

from quality import guide
from quality.model import Finding, Fingerprint, Report, Row, RowScore, Severity, Verdict
from quality.reports import Document

HASHES = Fingerprint(*(digit * 64 for digit in "12345"))
GUIDE = guide.load()


def made(rows, findings=(), path="data.csv", passed=False):
    """A document of those rows; a row passes when it has no error, and an error costs ten points."""
    errors = {row.row: 0 for row in rows}
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.row is not None:
            errors[finding.row] += 1
    scores = tuple(
        RowScore(
            row.row, row.line, row.id, 100.0 - 10 * errors[row.row], not errors[row.row], {"grammar": 1.0}
        )
        for row in rows
    )
    return Document(
        report=Report(HASHES, scores, tuple(findings), (), {}),
        verdict=Verdict(HASHES, passed, () if passed else ("too few rows",), ()),
        rows={row.row: row for row in rows},
        frame=pd.DataFrame(),
        path=path,
        guide=GUIDE,
        rules={},
    )


def row(number, output, id_=None, instruction="Say it.", label="grammar"):
    return Row(number, number, id_ or f"r{number}", instruction, output, label)


def error(of, marked, code="GRM001", column="output", severity=Severity.ERROR, **more):
    start = getattr(of, column).index(marked)
    return Finding(
        *(
            code,
            "grammar",
            severity,
            of.row,
            of.id,
            column,
            f"“{marked}” is wrong",
            start,
            start + len(marked),
        ),
        **more,
    )


@pytest.fixture
def make():
    return made


@pytest.fixture
def a_row():
    return row


@pytest.fixture
def an_error():
    return error
