"""An import that is killed at any point: what is there is whole, and the same command again does all of it."""

import signal
import subprocess
import sys

import pytest
from sqlalchemy import text

from grading.book import hand_ins, history
from grading.book.book import opened
from grading.collecting.importing import import_
from grading.collecting.result import State
from tests.unit.grading.collecting.downloads import course, hand_in, moodle
from tests.zips import HAND_IN

CHILD = """
import os, signal, sys
from pathlib import Path
from grading.book.book import opened
from grading.collecting import importing, storing
from grading.course.model import Course

def killing(holder, name, calls):
    real, left = getattr(holder, name), [calls]
    def killer(*given, **more):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **more)
    setattr(holder, name, killer)

source, folder, holder, name, calls = sys.argv[1:]
killing(eval(holder, {"importing": importing, "storing": storing}), name, int(calls))
folder = Path(folder)
with opened(folder, "") as book:
    importing.import_(Path(source), Course(folder, folder / "a", folder / "b"), book, who="ta")
"""


@pytest.mark.parametrize(
    ("holder", "name", "calls"),
    [
        ("importing.people", "put_group", 2),
        ("storing.os", "fsync", 6),
        ("storing", "_take_place", 2),
        ("importing.hand_ins", "add", 2),
        ("importing.history", "append", 1),
    ],
)
def test_kill_9(tmp_path, holder, name, calls):
    folder = tmp_path / "course"
    folder.mkdir()
    source = moodle(
        tmp_path / "all.zip",
        {f"Group {n}_{n}_assignsubmission_file/CS412-HW4-Group-{n}.zip": hand_in(str(n)) for n in (1, 2, 3)},
    )
    with opened(folder, ""):
        pass
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(source), str(folder), holder, name, str(calls)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    here = course(folder)
    with opened(folder, "") as book:
        with book.reading() as db:
            assert db.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert not hand_ins.current(db)
            assert not history.entries(db)
        for whole in here.submissions.glob("*/[!.]*"):
            assert {path.name for path in whole.iterdir()} == {*HAND_IN, "hand-in.zip"}
        again = import_(source, here, book, who="ta")
        assert again.count(State.NEW) == 3
        assert import_(source, here, book, who="ta").count(State.UNCHANGED) == 3
    assert not list(here.submissions.glob("*/.*"))
    for group in again.groups:
        number = group.name.rpartition(" ")[2].encode()
        assert {role: path.read_bytes()[-1:] for role, path in group.hand_in.files.items()} == dict.fromkeys(
            group.hand_in.files, number
        )
