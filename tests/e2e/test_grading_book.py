"""The grade book under several processes, on a full disk, under kill -9; and its commands."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from grading.book import history
from grading.book.book import opened
from quality.errors import HardwareError
from tests.book_writer import work
from tests.command import grading

ROOT = Path(__file__).parents[2]


def test_four_processes_save_at_once_and_nothing_is_lost(database, tmp_path):
    saves = 25
    done = subprocess.run(
        [
            sys.executable,
            ROOT / "benchmarks" / "cohort_saves.py",
            "--folder",
            tmp_path,
            "--saves",
            str(saves),
        ],
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "no lost update, no duplicate version" in done.stdout
    with opened(tmp_path, database) as book, book.reading() as db:
        entries = history.entries(db, "g001")
    assert [entry.version for entry in entries] == list(range(1, 4 * saves + 2))
    for process in range(4):
        told = [entry.after["points"] for entry in entries if entry.who == f"p{process}"]
        assert told == list(range(saves))


def whole(path):
    """How many groups are there; each is wholly there, and the file is sound."""
    db = sqlite3.connect(path)
    try:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = {
            table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("identity", "hand_in", "document", "grade_line", "history")
        }
    finally:
        db.close()
    groups = counts["identity"]
    assert counts == {
        "identity": groups,
        "hand_in": groups,
        "document": groups,
        "grade_line": 2 * groups,
        "history": 2 * groups,
    }
    return groups


def test_a_disk_that_is_full_at_any_point(tmp_path):
    """Pages are granted one by one: whatever step finds none, the group is wholly there or not at all."""
    with opened(tmp_path, "") as book, book.outside() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar()
    written = refused = 0
    for most in range(pages, pages + 40):
        with opened(tmp_path, "") as book:
            event.listen(
                book.engine,
                "connect",
                lambda db, _, most=most: db.execute(f"PRAGMA max_page_count={most}").close(),
            )
            try:
                with book.writing() as db:
                    work(db, tmp_path, written)
            except HardwareError as error:
                assert "the disk is full" in str(error)
                refused += 1
            else:
                written += 1
        assert whole(tmp_path / "grading.db") == written
    assert written >= 2
    assert refused >= 10


def test_a_disk_that_is_full_while_a_new_book_is_made(tmp_path, monkeypatch):
    from grading.book import sqlite_file

    prepare = sqlite_file._prepare
    refused = 0
    for most in range(1, 200, 3):
        monkeypatch.setattr(
            sqlite_file,
            "_prepare",
            lambda db, record, most=most: (
                prepare(db, record),
                db.execute(f"PRAGMA max_page_count={most}").close(),
            ),
        )
        try:
            with opened(tmp_path, ""):
                break
        except HardwareError as error:
            assert "the disk is full" in str(error)
            refused += 1
    assert refused > 3
    monkeypatch.undo()
    with opened(tmp_path, "") as book, book.writing() as db:
        work(db, tmp_path, 0)
    assert whole(tmp_path / "grading.db") == 1


def test_a_writer_that_is_killed(tmp_path):
    """Killed at an arbitrary moment; what it said was written is there, and the next one goes on."""
    told = 0
    for rounds in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.book_writer", tmp_path, str(told)], stdout=subprocess.PIPE, cwd=ROOT
        )
        with writer:
            for _ in range(3 + rounds):
                told = int(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL)
        groups = whole(tmp_path / "grading.db")
        assert groups >= told
        told = groups


@pytest.fixture
def course(tmp_path):
    """A course folder with one graded group."""
    (tmp_path / "sheet.csv").write_text("id,instruction,output,fail_mode\n1,Say hi.,Hi!,none\n")
    (tmp_path / "test.csv").write_text("id,instruction\n1,Say hi.\n")
    made = grading(
        "init", tmp_path / "cs412", "--sheet", tmp_path / "sheet.csv", "--test", tmp_path / "test.csv"
    )
    assert made.returncode == 0, made.stderr
    with opened(tmp_path / "cs412") as book, book.writing() as db:
        work(db, tmp_path / "cs412", 0)
    return tmp_path / "cs412"


def mark(course, *arguments, by="ada"):
    return grading("mark", *arguments[:2], "--course", course, "--by", by, *arguments[2:])


def test_a_mark_by_hand_and_its_history(course):
    done = mark(course, "Team 0", "fail_mode", "12", "--why", "right after all")
    assert (done.returncode, done.stdout) == (0, "g001 fail_mode: 7.5 → 12 of 15 points, version 2\n"), (
        done.stderr
    )
    told = grading("history", "g001", "--course", course)
    assert re.search(
        r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  ada  manual  g001 fail_mode 2: – → 12  right after all$",
        told.stdout,
        re.M,
    )
    entries = json.loads(grading("history", "--course", course, "--output-format", "json").stdout)
    assert [(entry["who"], entry["line"], entry["version"]) for entry in entries] == [
        ("run", "fail_mode", 1),
        ("run", "lateness", 1),
        ("ada", "fail_mode", 2),
    ]


def test_a_mark_on_a_version_that_is_not_the_newest(course):
    assert mark(course, "g001", "fail_mode", "12", "--why", "a").returncode == 0
    done = mark(course, "g001", "fail_mode", "9", "--why", "b", "--expect", "1", by="eve")
    assert (done.returncode, done.stdout) == (1, "")
    assert "changed meanwhile by ada" in done.stderr
    assert mark(course, "g001", "fail_mode", "9", "--why", "b", "--expect", "2", by="eve").returncode == 0


def test_a_mark_that_is_taken_back(course):
    mark(course, "g001", "fail_mode", "12", "--why", "a")
    done = mark(course, "g001", "fail_mode", "none", "--why", "a slip")
    assert done.stdout == "g001 fail_mode: 12 → 7.5 of 15 points, version 3\n"


@pytest.mark.parametrize(
    "points",
    [("-5", "--why", "a day late"), ("--why", "a day late", "--", "-5"), ("--why=a day late", "-5.0")],
)
def test_points_below_zero(course, points):
    done = mark(course, "g001", "lateness", *points)
    assert done.stdout == "g001 lateness: 0 → -5 points, version 2\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("g001", "fail_mode", "16"), "16 points cannot be given"),
        (("g001", "fail_mode", "nan"), "nan points cannot be given"),
        (("g001", "fail_mode", "a lot"), "'a lot' is no number of points"),
        (("g001", "fail_mod", "1"), "did you mean fail_mode?"),
        (("g009", "fail_mode", "1"), "there is no group 'g009'"),
    ],
)
def test_marks_that_cannot_be_given(course, arguments, said):
    done = mark(course, *arguments, "--why", "x")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_outside_a_course_folder_no_book_is_made(tmp_path):
    done = grading("history", "--course", tmp_path)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []
