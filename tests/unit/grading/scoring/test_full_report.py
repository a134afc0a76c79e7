"""The report that is kept for the dashboard: the rows and findings, and only the texts that are kept nowhere else."""

from pathlib import Path
from types import SimpleNamespace

from grading.book.tables import Json
from grading.scoring import full_report
from quality.model import Finding, Fingerprint, Report, Row, RowScore, Severity

FINDING = Finding("GRM001", "grammar", Severity.ERROR, 3, "b", "output", "a word", start=0, end=2)


def made(rows):
    scores = tuple(
        RowScore(row.row, row.line, row.id, 90.0, True, {"grammar": 1.0, "tone": None}) for row in rows
    )
    report = Report(Fingerprint("", "", "", "", ""), scores, (FINDING,), (), {})
    inputs = SimpleNamespace(
        sheet=SimpleNamespace(rows=(Row(2, 2, "a", "Say hi.", "hi"), Row(3, 3, "b", "Bye", "by")))
    )
    return full_report.document(report, SimpleNamespace(rows=rows, path=Path("data.csv")), inputs)


def test_rows_that_the_answers_hold_have_no_texts_here():
    body = made((Row(2, 2, "a", "x", "Hi."), Row(3, 3, "b", "x", "Bye.", "tone")))
    assert body["others"] == {}
    assert body["cut"] == []
    assert [row["id"] for row in body["rows"]] == ["a", "b"]
    assert body["rows"][0]["criteria"] == {"grammar": 1.0, "tone": None}
    assert [one["code"] for one in body["findings"]] == ["GRM001"]


def test_doubled_and_foreign_rows_bring_their_texts_cut():
    long = "x" * (full_report.MOST_TEXT + 1)
    rows = (
        Row(2, 2, "a", "x", "Hi."),
        Row(3, 3, "a", "x", "Hello.", "tone"),
        Row(4, 4, "z", long, "Z\ud800", ""),
    )
    body = made(rows)
    assert body["others"] == {"3": ["x", "Hello.", "tone"], "4": [long[:-1], "Z\ud800", ""]}
    assert body["cut"] == [4]


def test_it_is_json_that_the_book_takes():
    stored = Json().process_bind_param(made((Row(2, 2, "a", "x", "Hi."),)), None)
    assert Json().process_result_value(stored, None)["rows"][0]["score"] == 90.0
