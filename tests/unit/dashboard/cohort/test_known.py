"""What is remembered of a course, and when it is read anew."""

from sqlalchemy import update

from dashboard.cohort.known import known
from grading.book import documents, marks, people, settings
from grading.book.book import opened
from grading.book.tables import grade_line
from tests.graded import graded


def saved(db):
    marks.save(db, "g001", "hand_in", 9.0, why="x", who="ta", expected=1, hand_in_version=None)


def told_otherwise(db):
    """As a run does that gives the same points for another reason: no new version, nothing in the history."""
    db.execute(
        update(grade_line).where(grade_line.c.grp == "g001").values(sentence="another", evidence={"a": 1})
    )


CHANGES = {
    "mark": saved,
    "sentence": told_otherwise,
    "document": lambda db: documents.put(db, "g001", "stability", "1" * 64, {}),
    "cut off": lambda db: settings.put(db, settings.CUT_OFF_RUN, True),
    "person": lambda db: people.put_person(db, identifier="Participant 11", name="Ada King", email=""),
    "group": lambda db: people.put_group(db, name="New", identifier="99"),
}


def test_it_is_read_again_when_anything_in_it_changed(tmp_path):
    course = graded(tmp_path)
    with opened(tmp_path) as book:
        for what, change in CHANGES.items():
            before = known(book, course)
            assert known(book, course) is before
            with book.writing() as db:
                change(db)
            after = known(book, course)
            assert after is not before, what
            assert after.state != before.state


def test_two_courses_are_not_taken_for_one_another(tmp_path):
    first, second = graded(tmp_path / "a"), graded(tmp_path / "b")
    with opened(tmp_path / "a") as one, opened(tmp_path / "b") as other:
        with other.writing() as db:
            saved(db)
        assert known(one, first).cases["g001"].grade.points == 90.9
        assert known(other, second).cases["g001"].grade.points == 89.9
