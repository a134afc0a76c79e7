"""Commands on a course that are killed anywhere, and that meet a full disk anywhere.

Whatever happens, the grade book is sound, what a command does in one transaction is wholly there or not at all, no file
is half written under its name, and the same command again ends as if nothing had happened.
"""

import random
import re
import resource
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.command import grading
from tests.killed import Killer
from tests.unit.grading.collecting.downloads import ARCHIVE, hand_in, moodle, row, worksheet

ROOT = Path(__file__).parents[2]
EARLY = "Monday, 30 November 2026, 9:00 PM"
VOLATILE = {"at", "imported", "manual_at", "inputs"}
SLOW = 'ignore = ["GRM", "PRM", "FCT", "TON", "LEN", "ASK", "REP", "DUP", "LBL", "AIS"]'
"""Rules that would start engines: what is written of a group is the same without them."""
MOST = 1
"""Statements, and changes of files, before which a command is killed, beside its first, its last and some commits."""


WRITES = {"INSERT", "UPDATE", "DELETE"}


@pytest.fixture(scope="module")
def stages(tmp_path_factory):
    """Course folders after each command, and the command that follows: name → (folder before, arguments)."""
    base = tmp_path_factory.mktemp("stages")
    (base / "sheet.csv").write_text("id,instruction,output,fail_mode\n1,Say hi,Hi,\n")
    (base / "test.csv").write_text("id,instruction\n1,Say hi\n")
    people = [
        row(101, "Ada Kaya", "Whales", EARLY),
        row(102, "Bo Ay", "Whales", EARLY),
        row(103, "Cem Can", "Sharks", EARLY),
        *(row(number, f"Somebody {number}" * 80, "") for number in range(200, 240)),
    ]
    sheet = worksheet(base / "grades.csv", *people)
    download = moodle(
        base / "all.zip",
        {
            f"{name}_{number}_assignsubmission_file/{ARCHIVE.format(group)}": hand_in(
                "\n" * number, **{"large.bin": random.Random(number).randbytes(300_000)}
            )
            for name, number, group in (("Ada Kaya", 101, "Whales"), ("Cem Can", 103, "Sharks"))
        },
    )
    course = base / "now"
    made = grading("init", course, "--sheet", base / "sheet.csv", "--test", base / "test.csv")
    assert made.returncode == 0, made.stderr
    settings = course / "course.toml"
    settings.write_text(re.sub(r"^ignore = .*$", SLOW, settings.read_text(), flags=re.M))
    assert grading("history", "--course", course).returncode == 0  # makes the book
    commands = {
        "import": ("import", download, "--worksheet", sheet),
        "run": ("run", "--jobs", "1"),
        "mark": ("mark", "Sharks", "fail_mode", "7", "--why", "Cem Can was ill. " * 2_000),
        "export": ("export", "-o", "{}/out"),
        "backup": ("backup",),
        "forget": ("forget", "Cem Can", "--yes"),
    }
    found = {}
    for name, command in commands.items():
        found[name] = (base / f"before-{name}", command if name == "backup" else (*command, "--by", "ta"))
        shutil.copytree(course, found[name][0])
        done = grading(*placed(found[name][1], course))
        assert done.returncode == 0, done.stderr
    return found


@pytest.fixture(scope="module")
def killer():
    with Killer(ROOT) as one:
        yield one


def placed(arguments, course):
    return (*(str(one).replace("{}", str(course)) for one in arguments), "--course", course)


def copied(stages, name, tmp_path):
    """The folder as it was before that command, and the command."""
    before, arguments = stages[name]
    course = tmp_path / "course"
    if course.exists():
        shutil.rmtree(course)
    shutil.copytree(before, course)
    return course, placed(arguments, course)


def tables(course):
    """Table → its rows without moments; the book is sound."""
    with closing(sqlite3.connect(course / "grading.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for name in names:
            cursor = db.execute(f"SELECT * FROM {name}")
            columns = [column for column, *_ in cursor.description]
            kept = [number for number, column in enumerate(columns) if column not in VOLATILE]
            found[name] = sorted(([one[number] for number in kept] for one in cursor), key=repr)
    return found


def files(course):
    """Path → content of every file that has its name; the book and its copies, which are looked over, left out."""
    for copy in (course / "backups").glob("[!.]*.db"):
        with closing(sqlite3.connect(copy)) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return {
        path.relative_to(course).as_posix(): path.read_bytes()
        for path in sorted(course.rglob("*"))
        if path.is_file()
        and not path.name.startswith("grading.db")
        and not any(part.startswith(".") or part == "backups" for part in path.relative_to(course).parts)
    }


def without_history(found):
    """A command that is given twice is in the history twice."""
    return {name: rows for name, rows in found.items() if name not in ("history", "sqlite_sequence")}


def points(seen):
    """Where to kill: first, last, every commit, and some between."""
    draw = random.Random(len(seen))
    writes = [at for at in range(2, len(seen)) if seen[at - 1].split()[0] in WRITES]
    files = [at for at in range(2, len(seen)) if seen[at - 1].startswith(("os.", "open"))]
    commits = [
        at for at in range(2, len(seen)) if seen[at - 1] == "commit" and seen[at - 2].split()[0] in WRITES
    ]
    chosen = {1, len(seen), *commits[:2], *(at + 1 for at in commits[-2:])}
    chosen |= {at for some in (writes, files) for at in draw.sample(some, min(MOST, len(some)))}
    return sorted(chosen)


def is_between(found, before, after):
    """Each file is as it was or as it will be, none of them half."""
    for name, content in found.items():
        assert content in (before.get(name), after.get(name)), name


@pytest.mark.parametrize("name", ["import", "run", "mark", "export", "backup", "forget"])
def test_killed_anywhere(stages, killer, tmp_path, name):
    course, arguments = copied(stages, name, tmp_path)
    was, files_were = tables(course), files(course)
    warm = killer.warm(course, *arguments)
    assert warm["code"] == 0, warm
    course, _ = copied(stages, name, tmp_path)
    clean = killer.run(course, *arguments)
    assert clean["code"] == 0, (tmp_path / "printed").read_text()
    will, files_will = tables(course), files(course)
    assert len(clean["points"]) >= 6
    for at in points(clean["points"]):
        course, _ = copied(stages, name, tmp_path)
        killed = killer.run(course, *arguments, at=at)
        assert killed["killed"], (at, killed)
        found = tables(course)
        is_between(files(course), files_were, files_will)
        whole[name](found, was, will)
        again = killer.run(course, *arguments)
        said = (tmp_path / "printed").read_text()
        done_before = name == "forget" and without_history(found) == without_history(will)
        assert again["code"] == 0 or (done_before and "nobody here is" in said), (
            at,
            killed["points"][-1],
            said,
        )
        assert without_history(tables(course)) == without_history(will), (at, killed["points"][-1])
        assert files(course) == files_will


def all_or_nothing(found, was, will):
    """One transaction; `forget` notes in a second one that it is done."""
    now, then = without_history(found), without_history(will)
    now["setting"] = [one for one in now["setting"] if "unfinished" not in one[0]]
    assert now in (without_history(was), then)
    assert len(found["history"]) in (len(was["history"]), len(will["history"]))


def imported(found, was, will):
    """Groups and persons in one, hand-ins in the other."""
    if not found.get("identity"):
        assert not found.get("member")
        assert not found.get("hand_in")
        return
    assert [found[name] for name in ("identity", "member")] == [will[name] for name in ("identity", "member")]
    assert found["hand_in"] in ([], will["hand_in"])
    assert bool(found["history"]) == bool(found["hand_in"])


def graded(found, was, will):
    """A group's own documents in one, all groups' lines in one."""
    groups = {}
    for one in found["document"]:
        groups.setdefault(one[0], set()).add(one[1])
    own = {"examined", "answers"}
    assert all(own <= names for group, names in groups.items() if group and names & own)
    assert found["grade_line"] in (was["grade_line"], will["grade_line"])
    assert len(found["history"]) in (len(was["history"]), len(will["history"]))


whole = {
    "import": imported,
    "run": graded,
    "mark": all_or_nothing,
    "export": all_or_nothing,
    "backup": all_or_nothing,
    "forget": all_or_nothing,
}


@contextmanager
def pages(course, more):
    """The database finds so many pages more than it has."""
    with closing(sqlite3.connect(course / "grading.db")) as db:
        now = db.execute("PRAGMA page_count").fetchone()[0]

    def limit(connection, _):
        connection.execute(f"PRAGMA max_page_count={now + more}").close()

    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)


@contextmanager
def file_size(most):
    """No file can grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("name", ["import", "run", "mark", "export"])
def test_the_database_finds_no_page_more(stages, tmp_path, name):
    """Pages are granted one by one, until the command finds enough of them."""
    course, arguments = copied(stages, name, tmp_path)
    was, files_were = tables(course), files(course)
    refused = 0
    for more in range(0, 100, 1 if name == "mark" else 3):
        with pages(course, more):
            done = grading(*arguments)
        found = tables(course)
        if done.returncode == 0:
            break
        refused += 1
        assert done.returncode == 2, done.stderr
        assert "the disk is full" in done.stderr
        if name in ("mark", "export"):
            assert found == was
            assert files(course) == files_were
        else:
            whole[name](found, was, found)
    assert refused or name == "export"
    assert done.returncode == 0
    assert without_history(found) != without_history(was)


LIMITS = (0, 300, 2_000, 33_000, 45_000, 110_000, 150_000, 250_000)
"""Bytes; SQLite's shared index has 32,768, the book more than 100,000, a hand-in 300,000."""


@pytest.mark.parametrize("name", ["import", "mark", "export", "forget"])
def test_no_file_can_grow(stages, tmp_path, name):
    """The hand-ins, the log, the export, the copies: whichever meets the end of the disk first."""
    course, arguments = copied(stages, name, tmp_path)
    was, files_were = tables(course), files(course)
    assert grading(*arguments).returncode == 0
    will, files_will = tables(course), files(course)
    refused = 0
    for limit in LIMITS:
        copied(stages, name, tmp_path)
        with file_size(limit):
            done = grading(*arguments)
        whole[name](tables(course), was, will)
        is_between(files(course), files_were, files_will)
        if done.returncode:
            refused += 1
            assert done.returncode == 2
            assert re.search("full|fails|cannot be|too large", done.stderr), done.stderr
            done = grading(*arguments)
            assert done.returncode == 0, done.stderr
        assert without_history(tables(course)) == without_history(will)
        assert files(course) == files_will
    assert refused > 3
