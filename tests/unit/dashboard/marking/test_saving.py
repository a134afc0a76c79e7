"""A person's mark, saved on what they saw or not at all."""

from datetime import UTC, datetime

import pytest

from dashboard.cohort.known import known
from dashboard.marking import saving
from dashboard.marking.saving import Replaced
from grading.book import hand_ins, marks
from grading.book.book import opened
from grading.book.mark import Conflict
from grading.model import HandIn
from quality.errors import InputError
from tests.graded import VERSIONS, graded

LATER = HandIn("g001", "d" * 64, datetime(2026, 12, 1, tzinfo=UTC), {})


@pytest.fixture
def course(tmp_path):
    return graded(tmp_path)


@pytest.fixture
def book(course, tmp_path):
    with opened(tmp_path) as one:
        yield one


def seen(book, course, version=1):
    return saving.seen(known(book, course).cases["g001"], "hand_in", version)


def mark(book):
    with book.reading() as db:
        return marks.one(db, "g001", "hand_in")


def hand_in_again(book):
    with book.writing() as db:
        hand_ins.add(db, LATER)


def test_a_mark_is_kept_with_its_reason_and_the_hand_in_that_was_seen(book, course):
    assert saving.save(book, seen(book, course), 8.0, why=" read it ", who="ada") == 2
    manual = mark(book).manual
    assert (manual.points, manual.why, manual.who, manual.hand_in_version) == (
        8.0,
        "read it",
        "ada",
        VERSIONS["g001"],
    )


def test_a_hand_in_that_came_meanwhile_is_never_marked_unseen(book, course):
    on = seen(book, course)
    hand_in_again(book)
    with pytest.raises(Replaced, match="handed in again"):
        saving.save(book, on, 8.0, why="x", who="ada")
    assert mark(book).version == 1


def test_a_mark_on_the_graded_hand_in_says_so_while_a_newer_one_waits(book, course):
    hand_in_again(book)
    saving.save(book, seen(book, course), 8.0, why="x", who="ada")
    assert mark(book).manual.hand_in_version == VERSIONS["g001"]
    assert [one.key for one in known(book, course).cases["g001"].superseded] == ["hand_in"]


def test_a_line_that_changed_meanwhile_is_left_alone(book, course):
    on = seen(book, course)
    saving.save(book, on, 8.0, why="x", who="ada")
    with pytest.raises(Conflict):
        saving.save(book, on, 2.0, why="y", who="ben")
    assert mark(book).effective == 8.0


def test_nothing_is_saved_without_a_reason_or_beyond_the_line(book, course):
    for given, why in ((8.0, " \n"), (10.5, "x"), (-1.0, "x"), (float("nan"), "x"), (None, "")):
        with pytest.raises(InputError):
            saving.save(book, seen(book, course), given, why=why, who="ada")
    assert mark(book).version == 1


def test_a_mark_is_taken_back(book, course):
    saving.save(book, seen(book, course), 8.0, why="x", who="ada")
    saving.save(book, seen(book, course, 2), None, why="not so", who="ada")
    assert (mark(book).manual, mark(book).version) == (None, 3)


@pytest.mark.parametrize(("text", "number"), [("12", 12.0), (" 7,5 ", 7.5), ("0", 0.0), ("-3.25", -3.25)])
def test_points_are_read_as_people_write_them(text, number):
    assert saving.points(text) == number


@pytest.mark.parametrize(
    "text", ["", "ten", "1/2", "1,000.5", "1,000", "1_5", "1e1", "nan", "٧", "9\n8", "\u202e9\u200b"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(InputError, match="no number") as refused:
        saving.points(text)
    assert "\u202e" not in str(refused.value)
