"""The program's points beside a person's, with a version that tells whether somebody was faster."""

import math
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from grading.book import history, marking, marks, people
from grading.course.model import LATENESS
from grading.model import Line
from quality.errors import InputError

HALF = Line("fail_mode", 0.5, 7.5, 15.0, "half of the labels agree", {"agreed": 10, "of": 20})


def put(book, *lines, group="g001", who="run"):
    with book.writing() as db:
        marks.put_automatic(db, group, lines, who=who)


def give(book, points, expected, key="fail_mode", why="looked at it", who="ada"):
    with book.writing() as db:
        return marks.save(
            db, "g001", key, points, why=why, who=who, expected=expected, hand_in_version="ab" * 32
        )


def of(book, key="fail_mode"):
    with book.reading() as db:
        return next((mark for mark in marks.marks(db, "g001") if mark.key == key), None)


def told(book):
    with book.reading() as db:
        return [(entry.line, entry.version, entry.what, entry.who) for entry in history.entries(db, "g001")]


def test_what_the_program_says_is_kept(book):
    put(book, HALF)
    mark = of(book)
    assert (mark.value, mark.points, mark.most, mark.effective, mark.version) == (0.5, 7.5, 15.0, 7.5, 1)
    assert (mark.sentence, mark.evidence, mark.manual) == (HALF.sentence, {"agreed": 10, "of": 20}, None)


def test_not_graded_is_neither_zero_nor_full(book):
    put(book, Line("fail_mode", None, None, 15.0, "its data cannot be read"))
    assert of(book).effective is None


def test_the_same_again_changes_nothing(book):
    put(book, HALF)
    before = of(book), told(book)
    put(book, HALF)
    assert (of(book), told(book)) == before


def test_a_tuple_in_the_evidence_is_the_same_again(book):
    put(book, Line("fail_mode", 0.5, 7.5, 15.0, "half", {"ids": ("1", "2")}))
    put(book, Line("fail_mode", 0.5, 7.5, 15.0, "half", {"ids": ("1", "2")}))
    assert of(book).evidence == {"ids": ["1", "2"]}
    assert len(told(book)) == 1


def test_a_persons_mark_counts_and_the_programs_stays_beside_it(book):
    put(book, HALF)
    assert give(book, 12, expected=1) == 2
    mark = of(book)
    assert (mark.effective, mark.points, mark.version) == (12.0, 7.5, 2)
    manual = mark.manual
    assert (manual.points, manual.why, manual.who, manual.hand_in_version) == (
        12.0,
        "looked at it",
        "ada",
        "ab" * 32,
    )


def test_a_changed_grade_leaves_a_persons_mark(book):
    put(book, HALF)
    give(book, 12, expected=1)
    put(book, Line("fail_mode", 1.0, 20.0, 20.0, "all agree"))
    mark = of(book)
    assert (mark.effective, mark.points, mark.most, mark.manual.who, mark.version) == (
        12.0,
        20.0,
        20.0,
        "ada",
        3,
    )


def test_a_mark_that_is_taken_back_leaves_the_programs(book):
    put(book, HALF)
    give(book, 12, expected=1)
    assert give(book, None, expected=2, why="a slip") == 3
    assert (of(book).effective, of(book).manual) == (7.5, None)
    assert give(book, None, expected=3) == 3  # there is nothing to take back
    assert told(book) == [
        ("fail_mode", 1, "automatic", "run"),
        ("fail_mode", 2, "manual", "ada"),
        ("fail_mode", 3, "manual", "ada"),
    ]


def test_the_second_of_two_gets_a_conflict_that_holds_both(book):
    put(book, HALF)
    give(book, 12, expected=1)
    with pytest.raises(marks.Conflict) as caught:
        give(book, 9, expected=1, who="eve")
    conflict = caught.value
    assert (conflict.mark.effective, conflict.points, conflict.expected, conflict.exit_code) == (
        12.0,
        9,
        1,
        1,
    )
    assert (conflict.last.who, conflict.last.after["points"]) == ("ada", 12)
    assert "by ada (manual) at " in str(conflict)
    assert "it is at 12 of 15 points and version 2, you saw version 1; 9 points was not saved" in str(
        conflict
    )
    assert of(book).effective == 12.0
    assert len(told(book)) == 2


def test_the_time_of_a_conflict_is_the_courses(book):
    put(book, HALF)
    with pytest.raises(marks.Conflict, match=r"\d\d:\d\d:\d\d UTC: "):
        give(book, 12, expected=7)
    with pytest.raises(marks.Conflict) as caught:
        give(replace(book, zone="Asia/Tokyo"), 12, expected=7)
    shown = f"{caught.value.last.at.astimezone(ZoneInfo('Asia/Tokyo')):%Y-%m-%d %H:%M:%S} Asia/Tokyo"
    assert shown in str(caught.value)


def test_a_mark_that_is_not_there_cannot_be_taken_back_and_that_is_said(book):
    put(book, HALF)
    with book.writing() as db:
        group = people.put_group(db, name="T", identifier=None)
        said = marking.give(db, group, "fail_mode", None, why="a slip", who="ada", expected=None)
    assert said == (
        "g001 fail_mode: there is no mark of a person to take back; 7.5 of 15 points stay, version 1"
    )


def test_a_run_that_changed_the_points_overtakes(book):
    put(book, HALF)
    put(book, Line("fail_mode", 0.6, 9.0, 15.0, "more than half"))
    with pytest.raises(marks.Conflict, match=r"by run \(automatic\)"):
        give(book, 12, expected=1)


def test_a_run_that_only_says_it_differently_does_not(book):
    put(book, HALF)
    put(book, Line("fail_mode", 0.5, 7.5, 15.0, "10 of 20 labels agree", {"agreed": 10}))
    assert of(book).sentence == "10 of 20 labels agree"
    assert give(book, 12, expected=1) == 2


@pytest.mark.parametrize("points", [-0.5, 15.01, math.nan, math.inf, -math.inf])
def test_points_that_are_not_the_lines_to_give(book, points):
    put(book, HALF)
    with pytest.raises(InputError, match="cannot be given"):
        give(book, points, expected=1)
    assert (of(book).version, of(book).manual) == (1, None)


@pytest.mark.parametrize("points", [0.5, math.nan, -math.inf])
def test_lateness_gives_nothing(book, points):
    put(book, Line(LATENESS, None, -10.0, 0.0, "a day late"))
    with pytest.raises(InputError, match="give 0 or less"):
        give(book, points, expected=1, key=LATENESS)
    assert give(book, -5.0, expected=1, key=LATENESS) == 2
    assert of(book, LATENESS).effective == -5.0


def test_a_mark_without_a_reason_or_without_a_line(book):
    put(book, HALF)
    with pytest.raises(InputError, match=r"needs a reason[\s\S]*--why"):
        give(book, 1, expected=1, why=" \n")
    with pytest.raises(InputError, match=r"no line 'fail_mod'[\s\S]*did you mean fail_mode"):
        give(book, 1, expected=1, key="fail_mod")


def test_a_line_of_a_group_that_was_never_graded(book):
    with pytest.raises(InputError, match=r"g001 has no line[\s\S]*grading run"):
        give(book, 1, expected=1)


def test_lines_that_leave_the_rubric_go_and_their_versions_go_on(book):
    put(book, HALF, Line("completeness", 1.0, 10.0, 10.0, "all there"))
    put(book, Line("completeness", 1.0, 10.0, 10.0, "all there"))
    assert of(book) is None
    put(book, HALF, Line("completeness", 1.0, 10.0, 10.0, "all there"))
    assert [version for line, version, *_ in told(book) if line == "fail_mode"] == [1, 2, 3]
    assert of(book).version == 3


def test_a_line_that_a_person_marked_stays(book):
    put(book, HALF)
    give(book, 12, expected=1)
    put(book)
    assert of(book).effective == 12.0


def test_all_marks_of_all_groups(book):
    put(book, HALF)
    put(book, HALF, Line("a", None, None, 1.0, ""), group="g002")
    with book.reading() as db:
        assert {group: [mark.key for mark in found] for group, found in marks.all_marks(db).items()} == {
            "g001": ["fail_mode"],
            "g002": ["a", "fail_mode"],
        }


def test_what_fails_later_in_the_transaction_takes_the_history_with_it(book):
    put(book, HALF)
    with pytest.raises(InputError), book.writing() as db:
        marks.save(db, "g001", "fail_mode", 12, why="x", who="ada", expected=1, hand_in_version=None)
        raise InputError("something else went wrong")
    assert (of(book).effective, len(told(book))) == (7.5, 1)
