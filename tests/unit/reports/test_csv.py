import csv
import io
from dataclasses import replace

import pytest

from quality import reports
from quality.reports.escape import csv_cell


def records(document):
    return list(csv.reader(io.StringIO(reports.render("csv", document)[1:], newline=""), strict=True))


def test_the_users_table_is_there_with_three_columns_more(document):
    header, *rows = records(document)
    assert header == ["id", "instruction", "output", "fail_mode", "note", "score", "passed", "findings"]
    assert [row[0] for row in rows] == ["r0001", "r0002", "r0003", "r0004", "r0005"]
    assert rows[1][5:] == [
        "100.0",
        "true",
        'GRM002 error output:0-3: a sentence starts in lower case (waived: "all in lower case")',
    ]
    assert "grammar not measured: not in English" in rows[3][7]


def test_a_column_that_is_called_as_ours_keeps_its_name(document):
    frame = document.frame.rename(columns={"note": "score"})
    header, *rows = records(replace(document, frame=frame))
    assert header[4:] == ["score", "quality_score", "passed", "findings"]
    assert rows[0][4] == "'=note 2"


def test_a_row_without_a_score_has_empty_marks(document):
    report = replace(document.report, rows=document.report.rows[1:], findings=())
    assert records(replace(document, report=report))[1][5:] == ["", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\n=1",
        "＝1",
        "\u200b=1",
        "'=1",
        "- a list item",
    ],
)
def test_what_a_spreadsheet_could_compute_has_an_apostrophe(text):
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "'quoted'", "007", "\nnew line", " space", "e=mc²"])
def test_other_text_is_as_it_was(text):
    assert csv_cell(text) == text
