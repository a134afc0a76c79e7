"""Lines → grade: one that nobody graded leaves the grade open."""

from dataclasses import dataclass, replace

import pytest

from grading.course.model import LATENESS, Course
from grading.scoring.grade import Grade, grade, letter, of_member, passes
from tests.unit.grading.scoring.test_lateness import DEADLINE


@dataclass(frozen=True)
class Mark:
    key: str
    effective: float | None


@pytest.fixture
def course(tmp_path):
    return Course(folder=tmp_path, sheet=tmp_path / "sheet.csv", test=tmp_path / "test.csv")


def full(course, **changed):
    return [Mark(key, changed.get(key, most)) for key, most in course.rubric.items()]


def test_all_lines_add_up(course):
    found = grade(full(course, hand_in=5.0), course)
    assert found == Grade(95.0, 100.0, "A", ())


def test_a_line_that_nobody_graded_leaves_the_grade_open(course):
    found = grade(full(course, predictions=None), course)
    assert (found.points, found.letter, found.ungraded) == (None, None, ("predictions",))


def test_a_line_that_is_missing_is_not_graded_either(course):
    assert grade(full(course)[1:], course).ungraded == ("data_quality",)
    assert grade([], course).points is None


def test_not_a_number_is_no_grade(course):
    assert grade(full(course, hand_in=float("nan")), course).points is None


def test_lateness_is_wanted_once_there_is_a_deadline(course):
    late = replace(course, deadline=DEADLINE)
    assert grade(full(course), late).ungraded == (LATENESS,)
    assert grade([*full(course), Mark(LATENESS, None)], late).ungraded == (LATENESS,)
    assert grade([*full(course), Mark(LATENESS, -20.0)], late).points == 80.0


def test_a_person_may_take_points_off_for_lateness_without_a_deadline(course):
    assert grade([*full(course), Mark(LATENESS, -20.0)], course).points == 80.0


def test_no_grade_is_below_zero(course):
    late = replace(course, deadline=DEADLINE)
    marks = [*full(course, data_quality=0.0, predictions=0.0), Mark(LATENESS, -100.0)]
    assert grade(marks, late).points == 0.0


def test_lines_that_the_rubric_has_no_longer_count_for_nothing(course):
    assert grade([*full(course), Mark("bonus", 50.0)], course).points == 100.0


@pytest.mark.parametrize(
    ("points", "name"), [(100, "A"), (90, "A"), (89.99, "B"), (60, "D"), (59.99, "F"), (0, "F")]
)
def test_letters_start_where_the_course_says(course, points, name):
    assert letter(points, course) == name


def test_binary_fractions_cost_no_letter(course):
    odd = replace(course, rubric={"data_quality": 0.7, "fail_mode": 0.1}, pass_mark=50.0)
    assert letter(0.72, odd) == "A"
    assert passes(0.4, replace(odd, pass_mark=50.0))


def test_a_course_without_letters_gives_none(course):
    assert letter(95, replace(course, letters={})) is None


def test_a_member_can_lose_more_than_the_group(course):
    whole = Grade(80.0, 100.0, "B", ())
    members = {"members": [{"person": "p0001", "points_off": 10.0}, {"person": "p0002", "points_off": 30.0}]}
    assert of_member(whole, members, "p0001") == 80.0
    assert of_member(whole, members, "p0002") == 60.0
    assert of_member(whole, None, "p0002") == 80.0
    assert of_member(Grade(None, 100.0, None, ("x",)), members, "p0002") is None
