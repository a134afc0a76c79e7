"""Four people save marks on one line at once: is any save lost, any version given twice?

    python benchmarks/cohort_saves.py                       both databases; starts a PostgreSQL server of its own
    python benchmarks/cohort_saves.py --folder DIR          the grade book of that folder, or of DATABASE_URL

Each process reads the line, saves on the version that it saw, and tries again when somebody was faster. Afterwards the
history must hold every save once, with versions 1, 2, 3, … and each `before` equal to the `after` of the version
before it. Ends with 1 when it does not.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import multiprocessing
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from grading.book import history, marks
from grading.book.book import Book, opened
from grading.model import Line
from tests import postgres

GROUP, LINE = "g001", "fail_mode"


def save(folder: Path, url: str | None, who: str, saves: int) -> int:
    """Saves as often as that; how often somebody was faster."""
    conflicts = 0
    with opened(folder, url) as book:
        for number in range(saves):
            while not saved(book, who, number):
                conflicts += 1
    return conflicts


def saved(book: Book, who: str, number: int) -> bool:
    """Whether nobody was faster."""
    with book.reading() as db:
        seen = marks.one(db, GROUP, LINE).version
    with contextlib.suppress(marks.Conflict), book.writing() as db:
        marks.save(
            db, GROUP, LINE, float(number), why=f"save {number}", who=who, expected=seen, hand_in_version=None
        )
        return True
    return False


def wrong(book: Book, processes: int, saves: int) -> list[str]:
    """What the history and the line do not agree on; nothing when every save is there once."""
    with book.reading() as db:
        entries = history.entries(db, GROUP)
        mark = marks.one(db, GROUP, LINE)
    found = []
    if [entry.version for entry in entries] != list(range(1, processes * saves + 2)):
        found.append("versions are missing or given twice")
    told = sorted((entry.who, int(entry.after["points"])) for entry in entries[1:])
    if told != sorted((f"p{process}", number) for process in range(processes) for number in range(saves)):
        found.append("saves are lost or doubled")
    if any(after.before != before.after for before, after in itertools.pairwise(entries[1:])):
        found.append("a save overwrote one that it had not seen")
    if mark.manual is None or (mark.version, mark.manual.points) != (
        entries[-1].version,
        entries[-1].after["points"],
    ):
        found.append("the line is not what the history says last")
    return found


def measure(name: str, folder: Path, url: str | None, processes: int, saves: int) -> bool:
    """Prints the figures of one database; whether nothing was lost."""
    with opened(folder, url) as book, book.writing() as db:
        marks.put_automatic(db, GROUP, [Line(LINE, 0.5, 500.0, 1000.0, "half of it")], who="run")
    start = time.perf_counter()
    # a forked process need not import everything again
    way = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with way.Pool(processes) as pool:
        conflicts = sum(
            pool.starmap(
                save, [(folder, url, f"p{process}", saves) for process in range(processes)], chunksize=1
            )
        )
    seconds = time.perf_counter() - start
    with opened(folder, url) as book:
        found = wrong(book, processes, saves)
    print(
        f"{name}: {processes} processes x {saves} saves in {seconds:.1f} s, {conflicts} conflicts tried again, "
        f"{'; '.join(found) or 'no lost update, no duplicate version'}"
    )
    return not found


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--processes", type=int, default=4)
    arguments.add_argument("--saves", type=int, default=500)
    arguments.add_argument("--folder", type=Path, help="of the grade book")
    given = arguments.parse_args()
    much = (given.processes, given.saves)
    if given.folder:
        return 0 if measure("the book", given.folder, None, *much) else 1
    return 0 if report(*much) else 1


def report(processes: int, saves: int) -> bool:
    """Prints the figures of both databases; whether nothing was lost."""
    much = (processes, saves)
    with tempfile.TemporaryDirectory() as folder:
        good = measure(f"SQLite {sqlite3.sqlite_version}", Path(folder), "", *much)
        if postgres.is_here():
            url = postgres.create(postgres.start())
            good = measure("PostgreSQL", Path(folder), url, *much) and good
        else:
            print("PostgreSQL: not here")
    return good


if __name__ == "__main__":
    sys.exit(main())
