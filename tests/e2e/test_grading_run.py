"""`grading run` as a teaching assistant types it."""

import json
import signal
import sqlite3
import subprocess
import sys

import pytest

from grading.book import marks
from grading.book.book import opened
from grading.course.reading import load
from quality.workers import keeping
from tests.command import grading
from tests.unit.grading.running import courses


@pytest.fixture(autouse=True)
def _one_worker():
    with keeping():
        yield


@pytest.fixture
def folder(tmp_path):
    course = courses.make(tmp_path)
    with opened(course.folder, "") as book:
        courses.hand_in(book, course, "Ayşe & Çağrı", courses.files())
        broken = courses.files(data=b"\0\0\0", predictions=None, notebook=b"{")
        courses.hand_in(book, course, "<script>alert(1)</script>", broken)
    return course.folder


def lines(folder):
    with opened(folder, "") as book, book.reading() as db:
        return {
            group: {mark.key: mark.points for mark in given} for group, given in marks.all_marks(db).items()
        }


def test_a_batch_with_a_broken_hand_in_is_done(folder):
    done = grading("run", "--course", folder, "--jobs", "1", "--by", "ta")
    assert done.returncode == 0, done.stderr
    assert "2 groups graded: 2 scored now" in done.stdout
    assert "g002" in done.stdout
    assert "script" not in done.stdout + done.stderr  # names are nobody's business in a log
    assert "Ayşe" not in done.stdout + done.stderr
    found = lines(folder)
    assert None not in found["g001"].values()
    assert found["g002"]["data_quality"] is None

    again = grading("run", "--course", folder, "--output-format", "json", "--by", "ta")
    body = json.loads(again.stdout)
    assert (body["format"], body["groups"], body["scored"], body["failed"]) == (1, 2, 0, {})
    assert "data_quality" in body["open"]["g002"]
    assert lines(folder) == found


def test_without_a_course_there_is_nothing_to_run(tmp_path):
    done = grading("run", "--course", tmp_path, "--by", "ta")
    assert done.returncode == 2
    assert "course.toml" in done.stderr


def test_a_guide_that_is_not_the_pinned_one_grades_nobody(folder):
    courses_toml = folder / "course.toml"
    text = courses_toml.read_text(encoding="utf-8")
    pinned = load(folder).guide_sha256
    assert pinned
    courses_toml.write_text(text.replace(pinned, "0" * 64), encoding="utf-8")
    done = grading("run", "--course", folder, "--by", "ta")
    assert done.returncode == 2
    assert "pinned" in done.stderr
    assert not lines(folder)


def test_a_killed_run_leaves_a_whole_book_and_goes_on(folder):
    command = [sys.executable, "-P", "-c", "from grading.cli import main; main()"]
    child = subprocess.Popen(
        [*command, "run", "--course", folder, "--jobs", "1", "--by", "ta"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with child, child.stderr as said:
        for line in said:
            if line.startswith("scoring"):
                child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    db = sqlite3.connect(folder / "grading.db")
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
    early = grading("export", "--course", folder, "-o", folder.parent / "early", "--by", "ta")
    assert early.returncode == 1
    assert "cut off" in early.stderr
    done = grading("run", "--course", folder, "--jobs", "1", "--by", "ta")
    assert done.returncode == 0, done.stderr
    assert None not in lines(folder)["g001"].values()
