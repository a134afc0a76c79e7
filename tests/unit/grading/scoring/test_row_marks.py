import json
from dataclasses import replace
from pathlib import Path

import pytest

from grading.course.model import DATA_QUALITY, FAIL_MODE, PREDICTIONS, Course
from grading.scoring import lines
from grading.scoring.regrading import regraded
from grading.scoring.report import by_id
from grading.scoring.row_marks import as_json, from_json, joined, of_labels, of_report
from grading.scoring.stability import RowMarks
from quality import run
from quality.guide import load
from quality.run import Request
from quality.table import parse

_SHIPPED = load()
GUIDE = replace(
    _SHIPPED, rules={code: "off" if code.startswith("GRM") else how for code, how in _SHIPPED.rules.items()}
)
"""Without grammar, which is the slow part."""
COURSE = Course(Path("/c"), Path("/c/sheet.csv"), Path("/c/test.csv"), deadline=None)


@pytest.fixture(scope="module")
def table():
    """Several rules' faults in one row, and rows that have one or none."""
    rows = [
        "id,instruction,output,fail_mode",
        "1,Name a colour.,Blue is a colour. Blue is a colour. Blue is a colour. You idiot!,none",
        "2,Why is the sky blue?,Because of the way in which air scatters the light of the sun.,none",
        "3,Tell me about cats.,Cats are small animals that like fish. You are stupid to ask me that.,none",
        "3,Tell me about cats.,Cats are small animals that like fish.,none",
        "4,Why do we sleep?,\x07Sleep gives the brain the time that it needs to rest.,none",
    ]
    # without labels: the rules about these hear what the other rules found
    return replace(parse("\n".join(rows).encode(), Path("data.csv")), labelled=False)


@pytest.fixture(scope="module")
def report(table):
    return _checked(table, GUIDE)


def _checked(table, guide):
    return run.check(Request(table, guide, workers=1))


def test_each_row_has_its_score_the_lowest_of_those_with_one_id(report):
    marks = of_report(report, GUIDE, {"1", "2", "3", "4"})
    lowest = {}
    for row in report.rows:
        lowest[row.id] = min(row.score, lowest.get(row.id, 100.0))
    assert {row.id: row.values["quality"] for row in marks} == lowest
    assert len({*lowest.values()}) > 2


def test_without_a_rule_is_what_a_run_with_the_rule_off_scores(table, report):
    marks = {row.id: row for row in of_report(report, GUIDE, {row.id for row in table.rows})}
    off = {"TON002", "CSV006"}  # no row has both
    rules = {code: "off" if code in off else how for code, how in GUIDE.rules.items()}
    scores = {row.row: row.score for row in _checked(table, replace(GUIDE, rules=rules)).rows}
    places = {id: score.row for id, score in by_id(report, set(marks)).items()}
    assert off <= {code for row in marks.values() for code in row.without}
    for row in marks.values():
        (without,) = [values for code, values in row.without.items() if code in off] or [row.values]
        assert without["quality"] == scores[places[row.id]], row.id
    assert {*marks["1"].without} == {"REP003", "TON002"}


def test_kept_as_json_and_read_again(report):
    marks = of_report(report, GUIDE, {"1", "2"})
    assert from_json(json.loads(json.dumps(as_json(marks)))) == marks


def test_joined_keeps_what_is_there_and_adds_rows():
    rows = [RowMarks("1", {"quality": 80.0}, {"A": {"quality": 90.0}})]
    assert joined(rows, own={"1": 1.0, "2": None}) == (
        RowMarks("1", {"quality": 80.0, "own": 1.0}, {"A": {"quality": 90.0}}),
        RowMarks("2", {"own": None}),
    )


def test_labels_without_a_correction_are_not_judged():
    table = parse(b"id,instruction,output,fail_mode\n1,a,b,tone\n", Path("data.csv"))
    assert of_labels([(table.rows[0], None)], GUIDE) == {"1": None}


DOCUMENTS = {
    "quality": {
        "mean_score": 80.0,
        "sheet_mean_score": 60.0,
        "answered": 10,
        "sheet_rows": 10,
        "outcomes_failed": [],
        "labels": {"agreed": 4, "plausible": 2, "contradicted": 4, "not_judged": 0, "known": 10},
    },
    "consensus": {"share": 0.7, "judged": 10, "differing": []},
    "predictions": {
        "asked": 10,
        "answered": 10,
        "mean_value": 0.8,
        "mean_score": 80.0,
        "base_mean_score": None,
        "win_rate": None,
        "outcomes_failed": [],
        **dict.fromkeys(("loops", "echoes", "repeated_answers", "curt"), 0),
    },
}
POINTS = {**{line.key: line.points for line in lines.automatic(DOCUMENTS, (), COURSE)}, "completeness": 9.0}
POINTS["hand_in"] = 10.0
MEANS = {"quality": 80.0, "sheet": 60.0, "own": 0.5, "others": 0.7, "answer": 0.8}


def test_the_means_of_the_documents_give_the_grade_of_the_lines():
    assert regraded(DOCUMENTS, POINTS, frozenset(), COURSE)(MEANS) == pytest.approx(sum(POINTS.values()))


def test_other_means_move_the_lines_that_hang_on_them():
    total = regraded(DOCUMENTS, POINTS, frozenset(), COURSE)
    before = total(MEANS)
    rubric = COURSE.rubric
    assert total({**MEANS, "quality": 90.0}) - before == pytest.approx(rubric[DATA_QUALITY] / 4)
    assert total({**MEANS, "sheet": 80.0}) - before == pytest.approx(-rubric[DATA_QUALITY] / 2)
    assert total({**MEANS, "own": 0.7}) - before == pytest.approx(rubric[FAIL_MODE] / 10)
    assert total({**MEANS, "others": 0.9}) - before == pytest.approx(rubric[FAIL_MODE] / 10)
    assert total({**MEANS, "answer": 0.9}) - before == pytest.approx(rubric[PREDICTIONS] / 10)


def test_a_persons_mark_hangs_on_no_row():
    total = regraded(DOCUMENTS, {**POINTS, DATA_QUALITY: 40.0}, frozenset({DATA_QUALITY}), COURSE)
    assert total(MEANS) == total({**MEANS, "quality": 0.0})


def test_an_open_line_leaves_the_grade_open():
    assert regraded(DOCUMENTS, {**POINTS, "hand_in": None}, frozenset(), COURSE)(MEANS) is None
    from datetime import UTC, datetime

    due = replace(COURSE, deadline=datetime(2026, 1, 1, tzinfo=UTC))
    assert regraded(DOCUMENTS, POINTS, frozenset(), due)(MEANS) is None
    assert regraded(DOCUMENTS, {**POINTS, "lateness": -10.0}, frozenset(), due)(MEANS) is not None
