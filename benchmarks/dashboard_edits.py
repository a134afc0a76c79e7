"""How long a correction takes in the dashboard: written to the new file, logged, and its row checked again.

    python benchmarks/dashboard_edits.py --corpora DIR [--rows 1000 20000] [--edits 50]

Rows are real answers, each beside an original with a fault put in. Every edit adds a sentence that was never measured,
so nothing comes from the cache but what the row was before, as after a full check. The record of the corrections is
written between edits, as after each one in the dashboard. Target: 1 s each, the worst too.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks import corpora
from dashboard.editing import checking, files, recheck
from dashboard.editing.desk import Desk, seen
from dashboard.model import ALONE, Entry, RowKey, content, ref
from quality.cli_inputs import Options
from quality.model import Row
from quality.options import resolve
from quality.run import sheet_rows

HEADER = ("id", "instruction", "output", "fail_mode")


def table(path: Path, texts: list[tuple[str, str]]) -> None:
    """Writes a table of those prompts and answers."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        rows = ((f"r{number}", *pair, "") for number, pair in enumerate(texts))
        csv.writer(stream).writerows((HEADER, *rows))


def desk_on(folder: Path, texts: list[tuple[str, str]]) -> tuple[Desk, float]:
    """A desk on so many rows, and how long opening it took, the tables themselves read."""
    table(folder / "data.csv", texts)
    table(folder / "original.csv", [(prompt, answer.replace("the", "teh", 1)) for prompt, answer in texts])
    options = Options(folder / "data.csv", original=folder / "original.csv")
    request = resolve(options, start=folder).request
    start = time.perf_counter()
    found = files.find(request.table)
    desk = Desk(request, files.beside(options.data), sheet_rows(request), found.copy, [], 0, 0)
    return desk, time.perf_counter() - start


def entry_of(desk: Desk, row: Row) -> Entry:
    """The row as an index has it, but for what hangs on the other rows."""
    known = recheck.alone(desk.request, row, desk.sheet)
    score = known.score
    key = RowKey(ALONE, ref(row.id))
    return Entry(
        0, key, row, score.score, score.passed, score.criteria, score.unmeasured, known.findings, content(row)
    )


def edits(desk: Desk, number: int) -> list[tuple[float, float]]:
    """Seconds of each edit: to the disk, and in all."""
    rows = desk.request.table.rows
    took: list[tuple[float, float]] = []
    found = 0
    for nth, row in enumerate(rows[:: max(1, len(rows) // number)][:number]):
        cells = {"output": f"{row.output} It was mended on the {nth}th of {time.time_ns()} teh days."}
        before = entry_of(desk, row)
        start = time.perf_counter()
        desk.save(row.row, seen(row), cells)
        saved = time.perf_counter()
        entry = desk.entry(before)
        took.append((saved - start, time.perf_counter() - start))
        found += bool(recheck.change(before, entry).new)
        desk.write_record()
    assert found > number * 0.8, f"the fault that was put in was found in {found} rows alone"
    return took


def main(folder: Path, rows: list[int], number: int) -> int:
    """Prints the figures; 1 where an edit took longer than a second."""
    answers = corpora.answers(folder).sample(frac=1, random_state=8)
    pairs = list(zip(answers.instruction, answers.output, strict=True))
    slow = 0
    for count in rows:
        with tempfile.TemporaryDirectory() as place:
            desk, opening = desk_on(Path(place), list(islice(cycle(pairs), count)))
            start = time.perf_counter()
            desk.warm(desk.request.table.rows[-1])
            checking.submit(int).result()
            warm = time.perf_counter() - start
            took = edits(desk, number)
            disk, whole = ([one[at] for one in took] for at in (0, 1))
            megabytes = len(desk.copy.content) / 1e6
            print(
                f"{count:>7,} rows, {megabytes:.1f} MB: {len(took)} edits, median {statistics.median(whole):.2f} s, "
                f"worst {max(whole):.2f} s (to the disk: {statistics.median(disk):.2f}, worst {max(disk):.2f}); "
                f"once: desk {opening:.1f} s, worker {warm:.1f} s; "
                f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most"
            )
            slow += sum(one > 1 for one in whole)
            assert (
                replace(desk.copy.full(), path=desk.places.target).source == desk.places.target.read_bytes()
            )
    checking.close()
    return int(slow > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--edits", type=int, default=50)
    given = parser.parse_args()
    sys.exit(main(given.corpora, given.rows, given.edits))
