"""A group's page: what it says, what it must never say, and that nothing in it runs or asks for anything."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grading.book.marks import Manual, Mark
from grading.course.model import Course
from grading.feedback.cells import marked, sides
from grading.feedback.html import render
from grading.feedback.titles import number
from grading.feedback.told import Days, Told
from grading.feedback.view import page
from grading.scoring.grade import grade
from quality import checks, guide
from tests.graded import CANARY, HOSTILE, example, quality

COURSE = Course(Path("/c"), Path("/s"), Path("/t"))
RULES = {rule.code: rule for check in checks.load_all() for rule in check.rules}


def mark(key, points, most, sentence="a sentence", manual=None):
    return Mark("g001", key, None if points is None else points / most, points, most, sentence, {}, manual, 1)


MARKS = (
    mark("data_quality", 38.0, 40.0),
    mark("fail_mode", 3.0, 15.0),
    mark("completeness", 10.0, 10.0),
    mark("predictions", 22.5, 25.0),
    mark("hand_in", 10.0, 10.0),
)


def told(marks=MARKS, group="Team", **documents):
    return Told(
        course=COURSE,
        group=group,
        members=2,
        marks=marks,
        grade=grade(marks, COURSE),
        received=datetime(2026, 11, 30, 20, 0, tzinfo=UTC),
        version="a" * 64,
        troubles=(),
        documents=documents,
        days=(),
        guide=guide.load(),
        rules=RULES,
    )


def text(of):
    return render(of).decode("utf-8")


def test_an_open_line_is_not_graded_yet_and_the_grade_with_it():
    open_ = (*MARKS[:3], mark("predictions", None, 25.0), MARKS[4])
    shown = page(told(open_))
    assert not shown.graded
    assert shown.points == "not graded yet"
    assert shown.ungraded == "Predictions"
    assert [line.share for line in shown.lines] == [95.0, 20.0, 100.0, None, 100.0]
    assert "not graded yet" in text(told(open_))


def test_a_graded_group_sees_points_and_letter():
    shown = page(told())
    assert (shown.points, shown.most, shown.letter) == ("83.5", "100", "B")


def test_a_persons_mark_stands_beside_the_programs_with_its_reason():
    manual = Manual(9.0, "discussed in the office hour", "ta", datetime(2026, 12, 1, tzinfo=UTC), "b" * 64)
    marks = (MARKS[0], mark("fail_mode", 3.0, 15.0, manual=manual), *MARKS[2:])
    shown = text(told(marks))
    assert "gave this line 9 points" in shown
    assert "discussed in the office hour" in shown
    assert "The program says 3." in shown
    assert "given on an earlier hand-in" in shown


def test_hostile_texts_are_text():
    manual = Manual(9.0, HOSTILE, "ta", datetime(2026, 12, 1, tzinfo=UTC), None)
    marks = (mark("data_quality", 38.0, 40.0, HOSTILE, manual), *MARKS[1:])
    trouble = {"code": HOSTILE, "level": "error", "what": HOSTILE, "file": HOSTILE, "remedy": HOSTILE}
    body = quality(HOSTILE)
    body["examples"][0]["message"] = HOSTILE
    shown = text(replace(told(marks, HOSTILE, quality=body), troubles=(trouble,)))
    assert "<script" not in shown
    assert "<img" not in shown
    assert "\u202e" not in shown
    assert "\u200b" not in shown
    assert "\\u202e" in shown
    assert not re.search(r"<[^>]+\s(?:on\w+|style|src)=", shown)
    assert not re.search(r'href="(?!#)', shown)


def test_the_policy_forbids_all_but_the_pages_own_style():
    shown = text(told())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', shown)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert "unsafe" not in policy


def test_three_examples_of_different_criteria_with_the_guides_section_and_a_remedy():
    shown = page(told(quality=quality("plain"))).examples
    assert [one.row for one in shown] == ["Row 2, id 2", "Row 4, id 4", "Row 5, id 5"]
    assert shown[0].section.startswith("Chat Style Guide 1.1.2-2")
    assert shown[0].remedy == "Write the word as the dictionary does."
    assert [piece.text for piece in shown[0].pieces if piece.severity] == ["their"]


def test_an_unknown_rule_has_no_remedy_and_breaks_nothing():
    body = quality("plain") | {"examples": [example(2, "cell", 0, 4, "ZZZ999") | {"fix": None}]}
    (one,) = page(told(quality=body)).examples
    assert one.remedy == ""


def test_good_and_weak_criteria_are_not_the_same():
    body = quality("plain") | {"criteria": {"grammar": 0.96, "tone": 1.0, "compliance": 0.7, "factual": None}}
    shown = page(told(quality=body))
    assert [one.title for one in shown.strong] == ["Professional, respectful, helpful"]
    assert [round(one.share) for one in shown.weak] == [70, 96]
    assert "Completeness: 10 of 10 points." in shown.good


def test_examples_cost_points_errors_first_and_the_costliest_criterion_first():
    signs = example(2, "cell", 0, 4, "AIS003", "ai_signals")
    warning = example(3, "cell", 0, 4, "ASK001", "compliance") | {"severity": "warning"}
    tone, grammar = example(4, "cell", 0, 4, "TON001", "tone"), example(5, "cell", 0, 4)
    body = quality("plain") | {
        "criteria": {"tone": 0.9, "grammar": 0.8, "compliance": 0.1, "ai_signals": 0.0, "contract": 1.0},
        "rules": [{"code": "AIS003", "criterion": "ai_signals", "errors": 0, "warnings": 9}],
        "examples": [signs, warning, tone, grammar],
    }
    shown = page(told(quality=body))
    assert [one.code for one in shown.examples] == ["GRM001", "TON001", "ASK001"]
    assert shown.rules == ()
    assert shown.strong == ()  # the sheet itself is no demand of the guide


def test_answers_that_could_not_be_measured_are_named():
    shown = page(told(predictions={"unmeasured": 2, "unmeasured_ids": ["t008", "jane.doe@gmail.com"]}))
    (said,) = shown.predictions
    assert said.startswith("2 answers could not be measured by the program: t008, ")
    assert "jane" not in said


@pytest.mark.parametrize(("value", "said"), [(2.675, "2.68"), (1.005, "1.01"), (-0.001, "0"), (40.0, "40")])
def test_points_are_rounded_as_in_the_worksheet(value, said):
    assert number(value) == said


def test_a_gap_leaves_more_out_than_it_says():
    text = "x" * 260 + "teh" + "y" * 300
    pieces = marked(text, 260, 263, "error")
    assert pieces[0].text == "x" * 260
    assert pieces[-1].text == "60 characters"


def test_what_others_wrote_is_not_told():
    differing = [
        {"id": "2", "label": "tone", "consensus": CANARY, "share": 0.9},
        {"id": "3", "label": "tone", "consensus": "grammar", "share": 0.9},
    ]
    alone = [{"id": "1", "kind": "number", "value": "1988", "others_value": CANARY, "others": 3}]
    signals = [{"kind": "labels", "groups": ["g001", "g002"], "sentence": CANARY, "count": 2, "detail": {}}]
    of = told(consensus={"differing": differing}, facts=alone, signals=signals, stability={"flips": [CANARY]})
    shown = text(of)
    assert CANARY not in shown
    assert "g002" not in shown
    assert [one.consensus for one in page(of).labels] == ["", "grammar"]
    assert "1988" in shown


def test_personal_data_is_masked():
    body = quality("write to jane.doe@gmail.com")
    assert "jane.doe" not in text(told(quality=body))


def test_a_cell_of_100_000_characters_is_cut_around_the_fault():
    cell = "x " * 50_000 + "teh" + " y" * 10_000
    body = quality("plain") | {
        "examples": [example(2, cell, 100_000, 100_003)],
        "improved": [{"id": "2", "before": cell, "after": cell.replace("teh", "the"), "fixed": []}],
    }
    shown = render(told(quality=body))
    assert len(shown) < 60_000
    assert b'<mark class="error">teh</mark>' in shown


def test_late_days_of_members_are_named_where_they_differ():
    days = (Days("Ada", 1.0, 1.0, -10.0), Days("Ben", 0.0, 0.0, -20.0))
    late = Mark("g001", "lateness", None, -10.0, 0.0, "one day late", {}, None, 1)
    shown = text(replace(told((*MARKS, late)), days=days))
    assert "<bdi>Ada</bdi>: 1 late day used, 1 left" in shown
    assert "One day late." in shown


@pytest.mark.parametrize("state", ["consistent", "not given", "broken"])
def test_lineage_is_evidence_without_points(state):
    shown = text(told(examined={"lineage": {"state": state, "links": []}}))
    assert f"Records of the training: {state}." in shown
    assert "o points depend on it" in shown


def test_the_same_marks_give_the_same_bytes():
    assert render(told(quality=quality("plain"))) == render(told(quality=quality("plain")))


def test_a_group_of_which_nothing_is_known_has_a_page():
    marks = tuple(mark(one.key, None, one.most, "") for one in MARKS)
    of = replace(told(marks), received=None)
    assert "When it was handed in is not known" in text(of)
    assert "Nothing to remark" in text(of)
    assert "Nothing was handed in" in text(replace(of, version=""))


def test_spans_are_code_points_and_empty_ones_mark_nothing():
    pieces = marked("a😀b teh c", 4, 7, "error")
    assert [piece.text for piece in pieces if piece.severity] == ["teh"]
    assert "".join(piece.text for piece in pieces) == "a😀b teh c"
    assert [piece.text for piece in marked("abc", None, None, "error")] == ["abc"]
    assert [piece.text for piece in marked("abc", 7, 9, "error")] == ["abc"]


def test_both_sides_of_a_correction_hold_their_whole_text():
    before, after = sides("He go home.", "He goes home.")
    assert "".join(piece.text for piece in before) == "He go home."
    assert [piece.text for piece in after if piece.severity] == ["goes"]
