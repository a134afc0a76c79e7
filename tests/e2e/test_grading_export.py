"""`grading export` and `grading reconcile` as a teaching assistant types them."""

import json

import pytest

from grading.book.book import opened
from grading.scoring.lines import BY_HAND
from tests.command import grading
from tests.graded import graded


@pytest.fixture
def course(tmp_path):
    graded(tmp_path / "course")
    return tmp_path / "course"


def test_export_writes_the_folder_and_says_what_to_look_at_first(course, tmp_path):
    out = tmp_path / "out"
    done = grading("export", "-o", out, "--course", course, "--by", "ta")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-2:] == [f"{out / 'worksheet.csv'}", f"{out / 'export.json'}"]
    said = done.stderr.splitlines()
    assert said[0].startswith("look at these first: 1 grade")
    assert said[1] == "  g001  A: may also be B"
    assert "  g002  predictions" in said
    assert "Harbor" not in done.stderr
    assert (out / "feedback.zip").is_file()


def test_a_line_for_people_is_said_once_for_all_groups(course, tmp_path):
    with opened(course) as book, book.writing() as db:
        said = "update grade_line set sentence = ? where key = 'predictions' and points is null"
        db.exec_driver_sql(said, (json.dumps(BY_HAND),))
    said = grading("export", "-o", tmp_path / "out", "--course", course).stderr.splitlines()
    assert "  predictions waits for a person in 2 groups" in said
    assert not [line for line in said if line.startswith("  g002")]


def test_export_refuses_a_folder_of_somebody_elses(course, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/thesis.txt").write_text("mine", encoding="utf-8")
    done = grading("export", "-o", tmp_path / "out", "--course", course)
    assert done.returncode == 2
    assert "thesis.txt" in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.txt"]


def test_reconcile_ends_with_1_when_moodle_skipped_a_grade(course, tmp_path):
    out = tmp_path / "out"
    grading("export", "-o", out, "--course", course)
    after = tmp_path / "after.csv"
    after.write_bytes((out / "worksheet.csv").read_bytes())
    assert grading("reconcile", after, "--course", course).returncode == 0
    after.write_bytes(after.read_bytes().replace(b",72.00,", b",,"))
    done = grading("reconcile", after, "--course", course)
    assert done.returncode == 1
    assert done.stdout.startswith("Participant 14: sent 72, Moodle has blank: ")


def test_an_assignment_needs_a_gradebook(course, tmp_path):
    done = grading("export", "-o", tmp_path / "out", "--assignment", "HW4", "--course", course)
    assert done.returncode == 2
    assert "--canvas" in done.stderr
