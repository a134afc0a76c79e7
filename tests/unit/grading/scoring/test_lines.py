"""Documents → lines: what is not known is open, what is known is worth what the rubric says."""

import copy
import json
from dataclasses import replace

import pytest

from grading.course.model import AUTOMATIC, LATENESS, Course
from grading.model import Level, Trouble
from grading.scoring import lines
from grading.scoring.lateness import Lateness

KNOWN = {
    "examined": {
        "files": ["data", "notebook", "predictions"],
        "troubles": [],
        "notebook": {"code_cells": 2, "cleared": False, "errors": [], "interrupted": False},
    },
    "quality": {
        "mean_score": 90.0,
        "sheet_mean_score": 80.0,
        "answered": 10,
        "sheet_rows": 10,
        "labels": {"agreed": 6, "plausible": 2, "contradicted": 2, "not_judged": 0, "known": 10},
        "outcomes_failed": [],
    },
    "completeness": {
        "ids": 10,
        "complete": 9,
        **{
            name: {"count": 0, "ids": []}
            for name in ("missing", "doubled", "no_answer", "no_label", "other_prompt")
        },
    },
    "predictions": {
        "asked": 4,
        "answered": 4,
        "mean_score": 80.0,
        "mean_value": 0.8,
        "loops": 0,
        "echoes": 0,
        "repeated_answers": 0,
        "curt": 0,
        "base_mean_score": None,
        "win_rate": None,
        "outcomes_failed": [],
    },
    "consensus": {"share": 0.5, "judged": 8},
}


@pytest.fixture
def course(tmp_path):
    return Course(folder=tmp_path, sheet=tmp_path / "sheet.csv", test=tmp_path / "test.csv")


@pytest.fixture
def known():
    return copy.deepcopy(KNOWN)


def points(documents, course, troubles=()):
    return {line.key: line.points for line in lines.automatic(documents, troubles, course)}


def test_each_line_is_worth_its_share(known, course):
    assert points(known, course) == {
        "data_quality": 20.0,
        "fail_mode": 9.0,
        "completeness": 9.0,
        "predictions": 20.0,
        "hand_in": 10.0,
    }


def test_every_line_says_why_and_its_evidence_is_json(known, course):
    for line in lines.automatic(known, (), course):
        assert line.sentence
        json.dumps(dict(line.evidence), allow_nan=False)


def test_the_quality_sentence_states_both_numbers(known, course):
    (line, *_) = lines.automatic(known, (), course)
    assert "90.0" in line.sentence
    assert "80.0" in line.sentence


@pytest.mark.parametrize("missing", ["quality", "completeness", "predictions"])
def test_what_is_not_known_is_open_and_neither_zero_nor_full(known, course, missing):
    del known[missing]
    found = points(known, course)
    lost = {"quality": {"data_quality", "fail_mode"}}.get(missing, {missing})
    assert {key for key, value in found.items() if value is None} == lost


def test_nothing_known_gives_nothing(course):
    assert set(points({}, course).values()) == {None}


def test_a_crash_opens_its_own_lines(known, course):
    known["failures"] = {"predictions": "ValueError: boom"}
    found = {line.key: line for line in lines.automatic(known, (), course)}
    assert found["predictions"].points is None
    assert "boom" in found["predictions"].sentence
    assert found["data_quality"].points == 20.0
    known["failures"] = {"all": "killed"}
    assert set(points(known, course).values()) == {None}


def test_rules_that_did_not_run_are_no_ground_for_points(known, course):
    failed = [{"code": "GRM001", "status": "crashed", "detail": "boom"}]
    known["quality"]["outcomes_failed"] = failed
    known["predictions"]["outcomes_failed"] = failed
    found = points(known, course)
    assert (found["data_quality"], found["predictions"]) == (None, None)


def test_what_could_not_be_measured_is_named_with_the_way_out(known, course):
    unread = {"code": "grammar", "status": "unmeasured", "detail": "4 of 10 rows", "ids": ["r3", "r5"]}
    known["quality"]["outcomes_failed"] = [unread]
    (line, *_) = lines.automatic(known, (), course)
    assert line.points is None
    assert all(said in line.sentence for said in ("r3, r5", "`ignore`", "`grading mark`"))


def test_halves_of_a_cent_go_up_whatever_their_binary_fraction(known, course):
    known["completeness"] |= {"complete": 107, "ids": 200}
    assert points(known, replace(course, rubric={"completeness": 5.0})) == {"completeness": 2.68}


def test_a_few_easy_rows_do_not_earn_full_quality(known, course):
    known["quality"] |= {"mean_score": 100.0, "answered": 5, "sheet_rows": 100}
    assert points(known, course)["data_quality"] == 2.0


def test_one_label_does_not_earn_all_of_them(known, course):
    known["quality"]["labels"] = {"agreed": 1, "plausible": 0, "contradicted": 0, "not_judged": 0, "known": 1}
    known["consensus"] = {"share": None, "judged": 0}
    assert points(known, course)["fail_mode"] == 1.5


def test_fail_mode_is_the_half_that_is_known(known, course):
    known["consensus"] = {}
    assert points(known, course)["fail_mode"] == 10.5
    known["quality"]["labels"] |= {"agreed": 0, "plausible": 0, "contradicted": 0}
    assert points(known, course)["fail_mode"] is None


@pytest.mark.parametrize(
    ("zero_at", "mean", "sheet", "expected"),
    [
        (None, 80.0, 80.0, 0.0),
        (None, 70.0, 80.0, 0.0),
        (None, 100.0, 80.0, 40.0),
        (50.0, 75.0, 80.0, 20.0),
        (None, 99.6, 99.9, 32.0),
        (None, 90.0, None, None),
        (0.0, 25.0, None, 10.0),
    ],
)
def test_quality_is_linear_from_zero_at(known, course, zero_at, mean, sheet, expected):
    known["quality"] |= {"mean_score": mean, "sheet_mean_score": sheet}
    assert points(known, replace(course, zero_at=zero_at))["data_quality"] == expected


def test_a_quarter_of_predictions_is_for_doing_better_than_the_base(known, course):
    known["predictions"] |= {"base_mean_score": 70.0, "win_rate": 1.0}
    assert points(known, course)["predictions"] == 21.25
    known["predictions"]["win_rate"] = None
    assert points(known, course)["predictions"] == 15.0


def test_spoilt_answers_are_named(known, course):
    known["predictions"] |= {"loops": 1, "curt": 2}
    sentence = next(line.sentence for line in lines.automatic(known, (), course) if line.key == "predictions")
    assert "1 answer goes round in a loop" in sentence
    assert "a word or two" in sentence


@pytest.mark.parametrize(
    ("change", "share"),
    [
        ({"cleared": True}, 4 / 5),
        ({"errors": ["cell 2: NameError"]}, 5 / 6),
        ({"interrupted": True}, 1),
    ],
)
def test_cleared_outputs_and_errors_cost_and_an_interruption_does_not(known, course, change, share):
    known["examined"]["notebook"] |= change
    assert points(known, course)["hand_in"] == round(10 * share, 2)


def test_what_a_missing_notebook_hides_costs_nothing_more(known, course):
    known["examined"] |= {"files": ["data", "predictions"], "notebook": None}
    *_, line = lines.automatic(known, (), course)
    assert line.points == 7.5
    assert (
        "not there: the notebook file; cannot be seen, and costs nothing: the notebook's outputs"
        in line.sentence
    )
    assert "file names" not in line.sentence.partition("not there")[2]


def test_errors_of_cleared_outputs_are_not_said_to_be_there(known, course):
    known["examined"]["notebook"] |= {"cleared": True}
    *_, line = lines.automatic(known, (), course)
    assert line.evidence["parts"]["a notebook without errors"] is None


def test_a_missing_file_costs_its_part_and_an_archive_that_cannot_be_opened_is_open(known, course):
    known["examined"]["files"] = ["data", "notebook"]
    del known["predictions"]
    found = points(known, course)
    assert found["hand_in"] == round(10 * 5 / 6, 2)
    assert found["predictions"] is None
    broken = (Trouble("archive.broken", Level.ERROR, "the zip is cut off"),)
    assert points({}, course, broken)["hand_in"] is None


def test_a_file_under_another_name_costs_that_part(known, course):
    wrong = Trouble("files.name", Level.WARNING, "is called work.ipynb")
    assert points(known, course, (wrong,))["hand_in"] == round(10 * 5 / 6, 2)
    assert points(known, course, (replace(wrong, level=Level.NOTE),))["hand_in"] == 10.0


def test_lines_for_people_are_open_and_lines_may_be_left_out(known, course):
    own = replace(course, rubric={"report": 30.0, "completeness": 20.0})
    found = {line.key: line for line in lines.automatic(known, (), own)}
    assert list(found) == ["report", "completeness"]
    assert (found["report"].points, found["report"].sentence) == (None, lines.BY_HAND)
    assert found["completeness"].points == 18.0


def test_no_hand_in_leaves_every_line_open(course):
    assert {line.points for line in lines.nothing(course)} == {None}
    assert [line.key for line in lines.nothing(course)] == list(AUTOMATIC)


def test_lateness_takes_off_what_every_member_loses_and_keeps_each_members_own():
    late = Lateness(2, (2.0, 0.0), (5.0, 20.0), "2 days late")
    line = lines.lateness_line(late, ["p0001", "p0002"], {})
    assert (line.key, line.points, line.most) == (LATENESS, -5.0, 0.0)
    assert [one["points_off"] for one in line.evidence["members"]] == [5.0, 20.0]
    assert lines.lateness_line(Lateness(None, (), (), "?"), [], {}).points is None
