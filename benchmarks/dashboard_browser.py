"""Part `browser` of `dashboard.py`: the real server and a real Chromium, from the key that is pressed to what is shown.

For each size a file with its report; for the largest also a course of groups of 800 rows each, in a grade book. Every
search and filter is asked once, so nothing is remembered of it.
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import dashboard_index as made

from dashboard.index.parts import Marked
from quality.reports import json as contract
from tests import served
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.command import grading

FILTER_S = {1_000: 0.5, 20_000: 0.5, 160_000: 1.0}
NEXT_S = 0.25
MEMORY_MB = made.MEMORY_MB
OPENED_S = 5.0
OF_COURSE = 160_000
"""Rows from which on a course is looked at, too."""
GROUP_ROWS = 800
WORDS = ("Nevertheless", "water", "the", "nowhere at all", "I cannot", "Python", "xyzzy", "b777")
STEPS = 20
WAIT_MS = 60_000
PATIENCE_MS = 900_000
"""For a large file whose index is made first."""
STARTS = 3
SHOWN = "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
ROW = "() => document.querySelector('[aria-label^=\"Row \"]')?.getAttribute('aria-label') ?? ''"
LIST = "() => [...document.querySelectorAll('[data-testid=stText]')].map(e => e.textContent).join('|')"


def browser(folder: Path, sizes: list[int]) -> bool:
    """Opening, searching, filtering, going on, and the server's memory afterwards."""
    from playwright.sync_api import sync_playwright

    sample = made.marked(folder)
    good = True
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        for rows in sizes:
            for name, files in _places(sample, rows):
                with tempfile.TemporaryDirectory() as place:
                    print(f"{name}, {rows:,} rows", flush=True)
                    good = looked_at(chromium, rows, files(Path(place))) and good
        chromium.close()
    return good


def opening(folder: Path, sizes: list[int]) -> bool:
    """Seconds from the command to the link, to the first heading and to the open page, of a file that is unchanged."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver, tempfile.TemporaryDirectory() as place:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        command = _file(Path(place), made.marked(folder), min(sizes))
        took = [_opened(chromium, command)[1] for _ in range(STARTS + 1)]
        chromium.close()
    print(f"{min(sizes):,} rows, the first time: {_seconds(took[0])}")
    middle = [statistics.median(one) for one in zip(*took[1:], strict=True)]
    print(
        f"median of {STARTS} later times: {_seconds(middle)}; worst heading {max(one[1] for one in took):.1f} s"
    )
    return middle[1] <= OPENED_S


def _opened(
    chromium: Any, command: tuple[Any, ...], stack: ExitStack | None = None
) -> tuple[Any, tuple[float, float, float]]:
    """The page and the process behind it, as long as the stack is open; the seconds until link, heading, open page."""
    with ExitStack() as own:
        keep = stack or own
        began = time.perf_counter()
        process, url = keep.enter_context(served.running(*command))
        link = time.perf_counter() - began
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        keep.callback(page.close)
        page.set_default_timeout(WAIT_MS)
        page.goto(url)
        page.get_by_role("heading").first.wait_for()
        heading = time.perf_counter() - began
        page.locator("[data-testid=stSidebarNav]").wait_for(state="attached", timeout=PATIENCE_MS)
        served.ready(page)
        return (page, process), (link, heading, time.perf_counter() - began)


def _seconds(of: Sequence[float]) -> str:
    return "link after {:.1f} s, heading {:.1f} s, open {:.1f} s".format(*of)


def looked_at(chromium: Any, rows: int, command: tuple[Any, ...]) -> bool:
    """One server with its figures printed; whether all are small enough."""
    with ExitStack() as stack:
        (page, process), took = _opened(chromium, command, stack)
        print(f"  {_seconds(took)}")
        page.goto(f"{page.url.rstrip('/')}/rows")
        served.opened(page)
        page.locator('[aria-label^="Row "]').first.wait_for(state="attached")
        good = [
            _told("search", _searches(page), FILTER_S.get(rows), process.pid),
            _told("rule", _rules(page), FILTER_S.get(rows), process.pid),
            _told("next row", _steps(page), NEXT_S, process.pid),
        ]
        peak = _peak_mb(process.pid)
        most = MEMORY_MB.get(rows, peak)
        print(f"  server {peak:.0f} MB at most{'' if peak <= most else '   TOO MUCH'}", flush=True)
    return all(good) and peak <= most


def _searches(page: Any) -> Iterator[float]:
    box = page.get_by_label("Search", exact=True)
    for word in WORDS:
        box.fill(word)
        yield _until_other(page, LIST, lambda: box.press("Enter"))
    _all_rows(page)


def _rules(page: Any) -> Iterator[float]:
    for place in range(5):
        box = page.get_by_role("combobox", name=re.compile("Rules"))
        box.click()
        option = page.get_by_role("option").nth(place)
        option.wait_for()
        yield _until_other(page, LIST, option.click)
        page.keyboard.press("Escape")
        _all_rows(page)


def _steps(page: Any) -> Iterator[float]:
    for _ in range(STEPS):
        yield _until_other(page, ROW, lambda: page.keyboard.press("j"))


def _all_rows(page: Any) -> None:
    _until_other(page, LIST, page.get_by_role("button", name="Show all rows").click)


def _until_other(page: Any, what: str, act: Callable[[], object]) -> float:
    """Seconds from the act until something else is shown and nothing runs."""
    before = page.evaluate(what)
    began = time.perf_counter()
    act()
    page.wait_for_function(f"before => ({what})() !== before && ({SHOWN})()", arg=before, polling="raf")
    took = time.perf_counter() - began
    page.wait_for_timeout(100)  # the grid draws itself later
    return took


def _told(what: str, acts: Iterator[float], most: float | None, pid: int) -> bool:
    """The seconds of each, as a browser's user has them; the server's share of a processor tells a busy machine."""
    before = _cpu_s(pid)
    seconds = list(acts)
    cpu = (_cpu_s(pid) - before) / len(seconds)
    median = statistics.median(seconds)
    slow = most is not None and median > most
    over = f"   TOO SLOW, more than {most} s" if slow else ""
    print(
        f"  {what}: median {median:.2f} s, worst {max(seconds):.2f} s of {len(seconds)}; "
        f"the server works {cpu:.2f} s for each{over}",
        flush=True,
    )
    return not slow


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def _places(sample: list[Marked], rows: int) -> Iterator[tuple[str, Callable[[Path], tuple[Any, ...]]]]:
    yield "file", lambda place: _file(place, sample, rows)
    if rows >= OF_COURSE:
        yield "course", lambda place: _course(place, sample, rows)


def _file(place: Path, sample: list[Marked], rows: int) -> tuple[Any, ...]:
    os.environ["PROOFGATE_CACHE"] = str(place / "cache")
    data, report = place / "data.csv", place / "report.json"
    made.written(data, report, made.repeated(sample, rows))
    return data, "--report", report


def _course(place: Path, sample: list[Marked], rows: int) -> tuple[Any, ...]:
    """A course whose book has the documents that `grading run` would have written; nobody handed in any file."""
    from grading.book import documents, people
    from grading.book.book import opened

    os.environ["PROOFGATE_CACHE"] = str(place / "cache")
    course, sheet, test = place / "course", place / "sheet.csv", place / "test.csv"
    of_sheet = list(islice(made.repeated(sample, GROUP_ROWS), GROUP_ROWS))
    made.table(sheet, of_sheet)
    made.table(test, of_sheet[:5])
    done = grading("init", course, "--sheet", sheet, "--test", test)
    assert done.returncode == 0, done.stderr
    each = made.repeated(sample, rows)
    with opened(course) as book:
        for number in range(rows // GROUP_ROWS):
            report, answers = _documents([*islice(each, GROUP_ROWS)], of_sheet)
            with book.writing() as db:
                key = people.put_group(db, name=f"Group {number + 1}", identifier=None)
                documents.put(db, key, "report", f"{number:064x}", report)
                documents.put(db, key, "answers", f"{number:064x}", answers)
    return (course,)


def _documents(rows: list[Marked], sheet: list[Marked]) -> tuple[Any, Any]:
    """A group's `report` and `answers`: these answers to the sheet's questions."""
    numbers = {own.row.row: asked.row for own, asked in zip(rows, sheet, strict=True)}
    placed = [(one, numbers[one.row.row]) for one in rows]
    found = [
        {**finding, "row": asked.row, "row_id": asked.id} for one, asked in placed for finding in one.findings
    ]
    marks = [
        contract.plain({"row": asked.row, "line": asked.line, "id": asked.id, **one.marks})
        for one, asked in placed
    ]
    answers = {
        "outputs": {asked.id: one.row.output for one, asked in placed},
        "labels": {asked.id: one.row.fail_mode for one, asked in placed},
    }
    return {"rows": marks, "findings": found, "others": {}, "cut": []}, answers
