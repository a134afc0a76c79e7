"""The export that the page makes, and the files that it offers."""

import io
import zipfile

import pytest

from dashboard.outgoing import files
from grading.book import marks
from grading.book.book import opened
from grading.exporting import folder
from grading.exporting.refusal import ExportRefused
from quality import lock
from quality.errors import InputError, ProofgateError
from tests.graded import VERSIONS, graded

NO = {"accept_superseded": False, "accept_above": False, "force": False}


@pytest.fixture
def course(tmp_path):
    return graded(tmp_path)


@pytest.fixture
def book(course, tmp_path):
    with opened(tmp_path) as one:
        yield one


def marked(book, points=9.0, version=VERSIONS["g001"]):
    with book.writing() as db:
        expected = marks.one(db, "g001", "hand_in").version
        marks.save(
            db, "g001", "hand_in", points, why="x", who="ta", expected=expected, hand_in_version=version
        )


def test_nothing_is_offered_before_the_first_export(book, course):
    assert files.last(book, course) is None


def test_the_files_are_those_of_the_export_and_nothing_else(book, course):
    done = files.make(course, book, who="ada", **NO)
    found = files.last(book, course)
    assert (found.who, found.since) == ("ada", 0)
    assert set(found.files) == set(files.OFFERED)
    assert found.files["grades.csv"] == (done.out / "grades.csv").read_bytes()
    assert len(zipfile.ZipFile(io.BytesIO(found.files["feedback.zip"])).namelist()) == 4

    (done.out / "grades.csv").write_text("g001,100\n")
    (done.out / "copying.csv").unlink()
    (done.out / "copying.csv").symlink_to(course.folder / "grading.db")
    assert set(files.last(book, course).files) == set(files.OFFERED) - {"grades.csv", "copying.csv"}
    with pytest.raises(InputError, match="edited since"):
        files.make(course, book, who="ada", **NO)
    assert files.make(course, book, who="ada", **NO | {"force": True}).files


def test_two_exports_at_once_do_not_meet(book, course):
    with lock.held(folder.lock_of(files.folder(course)), where=course.folder, taken="x"):
        with pytest.raises(ProofgateError, match="another export"):
            files.make(course, book, who="ada", **NO)
        assert files.last(book, course) is None
    assert files.make(course, book, who="ada", **NO).files


def test_marks_that_came_later_are_told(book, course):
    files.make(course, book, who="ada", **NO)
    marked(book)
    assert files.last(book, course).since == 1


def test_marks_on_a_replaced_hand_in_go_out_only_when_accepted(book, course):
    marked(book, 10.0, version="0" * 64)
    with pytest.raises(ExportRefused, match="a hand-in that was replaced"):
        files.make(course, book, who="ada", **NO)
    assert files.last(book, course) is None
    done = files.make(course, book, who="ada", **NO | {"accept_superseded": True})
    said = "\n".join(files.told(done))
    assert "g001  hand_in: 10 by ta" in said
    assert "g001, A: may also be B" in said
    assert "Not graded, so their cells are blank: 2 groups: g002, g004" in said
