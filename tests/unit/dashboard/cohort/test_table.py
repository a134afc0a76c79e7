"""The course's grades as a table."""

from datetime import UTC, datetime

import pytest

from dashboard.cohort import table
from dashboard.cohort.known import known
from dashboard.cohort.table import Order
from grading.book import hand_ins
from grading.book.book import opened
from grading.model import HandIn, Level, Trouble
from tests.graded import HOSTILE_NAME, graded

DAMAGED = Trouble("archive.damaged", Level.ERROR, "is cut off")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    course = graded(folder)
    with opened(folder) as book:
        later = datetime(2026, 12, 1, tzinfo=UTC)
        with book.writing() as db:
            hand_ins.add(db, HandIn("g003", "d" * 64, later, {}, (DAMAGED,)))
        yield known(book, course)


def keys(lines):
    return [line.key for line in lines]


def test_every_group_is_there_with_its_lines(found):
    lines = table.lines(found)
    assert keys(lines) == ["g001", "g002", "g003", "g004"]
    assert lines[0].lines == {
        "data_quality": 36.4,
        "fail_mode": 12.0,
        "completeness": 10.0,
        "predictions": 22.5,
        "hand_in": 10.0,
        "lateness": 0.0,
    }
    assert (lines[0].points, lines[0].most, lines[0].letter, lines[0].late_days) == (90.9, 100.0, "A", 1)


def test_what_nobody_graded_is_open_and_never_zero(found):
    second = table.lines(found)[1]
    assert second.points is None
    assert second.letter is None
    assert second.lines["predictions"] is None


def test_a_person_is_told_why_to_look(found):
    first, second, third, fourth = table.lines(found)
    assert first.needs == ("the letter may flip",)
    assert second.needs == ("lines without points", "much alike another group")
    assert third.needs[0] == "handed in again since it was graded"
    assert "a mark on a replaced hand-in" in third.needs
    assert "zip: damaged" in third.needs
    assert "lines without points" in fourth.needs
    assert fourth.notes == ("nothing handed in",)


def test_groups_are_found_by_name_member_and_number(found):
    assert keys(table.lines(found, text="byron")) == ["g001"]
    assert keys(table.lines(found, text=HOSTILE_NAME[:9])) == ["g003"]
    assert keys(table.lines(found, text="Participant 13")) == ["g002"]
    assert keys(table.lines(found, text="nobody")) == []


def test_they_are_filtered_by_reason_and_ordered(found):
    assert keys(table.lines(found, reason="the letter may flip")) == ["g001"]
    assert keys(table.lines(found, order=Order.LOWEST)) == ["g003", "g001", "g002", "g004"]
    assert keys(table.lines(found, order=Order.HIGHEST)) == ["g001", "g003", "g002", "g004"]
    assert keys(table.lines(found, order=Order.NEEDS))[0] == "g003"
    assert table.reasons(table.lines(found))["much alike another group"] == 2
