import re
from dataclasses import replace

from quality import reports
from quality.model import RowScore
from quality.reports.figures import bins, figures


def test_scores_fall_into_steps_of_ten():
    rows = [RowScore(n, n, "a", score, score > 50, {}) for n, score in enumerate((0, 9.99, 10, 99, 100, 55))]
    counted = {name: (failing, passing) for name, failing, passing in bins(rows) if failing or passing}
    assert counted == {"0–9": (2, 0), "10–19": (1, 0), "50–59": (0, 1), "90–100": (0, 2)}


def test_a_score_that_is_no_number_is_in_no_step():
    assert all(not any(counts) for _, *counts in bins([RowScore(2, 2, "a", float("nan"), False, {})]))


def test_the_table_in_figures(document):
    text = "\n".join(figures(document))
    assert re.search(r"90–100 +1  █+\n", text)
    assert re.search(r"50–59 +2  ░+\n", text)
    # row 2 has grammar errors, row 5 was not measured, the others are clean
    assert re.search(r"grammar +3 +4 +75\.0%", text)
    assert re.search(r"plagiarism +0 +1 +0\.0%", text)
    assert "Corrections" not in text


def test_labels_stand_against_the_errors_that_are_left(document):
    table = "\n".join(figures(document)).partition("Rows with errors left, by label and criterion:\n")[2]
    head, *rows = [line.split() for line in table.splitlines() if line]
    assert head == ["label", "rows", "contract", "grammar", "plagiarism", "fail_mode"]
    told = {" ".join(cells[:-5]): cells[-5:] for cells in rows}
    assert told["grammar"] == ["1", "·", "1", "·", "·"]
    assert told["(no known label)"] == ["2", "1", "·", "·", "1"]
    assert told["none"] == ["2", "·", "·", "1", "·"]


def test_no_figure_speaks_of_a_single_row(document):
    text = "\n".join(figures(document))
    assert not any(row.id in text for row in document.rows.values())


def test_an_empty_table_has_no_figures(document):
    empty = replace(document.report, rows=(), findings=())
    assert list(figures(replace(document, report=empty))) == []


def test_statistics_alone_show_them(document):
    assert "Scores of the rows" not in reports.render("text", document)
    assert "Scores of the rows" in reports.render("text", replace(document, statistics=True))
