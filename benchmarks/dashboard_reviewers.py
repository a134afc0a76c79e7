"""Ten teaching assistants who review at once on one real server, and one who leans on a key.

    python benchmarks/dashboard_reviewers.py [--course DIR] [--reviewers 10] [--seconds 60] [--think 0.5] [--held]

Each reviewer is a websocket client with an invitation of their own. They read a row for `--think` seconds, press
*Accept*, and wait for the next row: that is one save. Afterwards the grade book must hold each of them, in the history
and as each row's version. `--held` leans on the key in a real browser for three seconds instead.

DIR is a course that was run; without one, `examples/cohort` is made, imported and run. DIR's reviews are added to.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")

COMMANDS = Path(sysconfig.get_path("scripts"))
MOST_S = 0.5
"""Seconds that the median save may take, from the press to the next row."""
HELD_S = 3.0
REPEATS = 30
"""Presses a second of a key that is held down."""
QUEUE = "queue=All+rows"
PATIENCE_S = 60


@dataclass
class Reviewer:
    """One client, and what it saw."""

    name: str
    cookie: str
    seconds: list[float] = field(default_factory=list)
    saved: list[tuple[str, int]] = field(default_factory=list)
    refused: int = 0
    conflicts: int = 0
    accept: str = ""
    fragment: str = ""
    said: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--course", type=Path)
    parser.add_argument("--reviewers", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--think", type=float, default=0.5)
    parser.add_argument("--held", action="store_true")
    options = parser.parse_args()
    if options.held:
        return 0 if held(options.course) else 1
    return 0 if reviewers(options.course, options.reviewers, options.seconds, options.think) else 1


def reviewers(folder: Path | None, number: int = 10, seconds: float = 60.0, think: float = 0.5) -> bool:
    """Whether no save was lost and the median one was fast enough; prints the figures."""
    with ExitStack() as stack:
        course = folder or _made(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        before = _book(course)
        server = stack.enter_context(_Server(course))
        base = f"http://{urlsplit(server.url).netloc}"
        everybody = [
            Reviewer(f"TA {at}", _signed_in(_invitation(course, f"TA {at}"))) for at in range(number)
        ]
        spent = asyncio.run(_all(base, server, everybody, seconds, think))
        after = _book(course)
    return _told(everybody, before, after, seconds, spent)


def held(folder: Path | None) -> bool:
    """Whether a key that is held down decides about one row; prints the figures."""
    from playwright.sync_api import sync_playwright

    from tests.served import opened

    with ExitStack() as stack:
        course = folder or _made(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        before = _book(course)
        server = stack.enter_context(_Server(course))
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.goto(server.url)
        opened(page)
        page.goto(f"{server.url.partition('/?')[0]}/review?{QUEUE}")
        opened(page)
        button = page.get_by_role("button", name="Accept")
        button.wait_for()
        page.wait_for_timeout(1_000)
        presses, end = 0, time.monotonic() + HELD_S
        while time.monotonic() < end:
            page.keyboard.down("a")
            presses += 1
            page.wait_for_timeout(1_000 / REPEATS)
        page.keyboard.up("a")
        page.wait_for_timeout(1_000)
        browser.close()
        saved = sum(_book(course).values()) - sum(before.values())
    print(f"a key held for {HELD_S:g} s: {presses} presses, {saved} row decided")
    return saved == 1


async def _all(base: str, server: _Server, everybody: list[Reviewer], seconds: float, think: float) -> float:
    """Lets all of them review; the server's CPU seconds meanwhile."""
    ready = asyncio.Barrier(len(everybody) + 1)
    async with asyncio.timeout(seconds + 3 * PATIENCE_S), asyncio.TaskGroup() as tasks:
        for one in everybody:
            tasks.create_task(_review(base, one, ready, seconds, think))
        await ready.wait()
        before = server.cpu_seconds
    return server.cpu_seconds - before


async def _review(base: str, one: Reviewer, ready: asyncio.Barrier, seconds: float, think: float) -> None:
    from websockets.asyncio.client import connect

    pace = random.Random(one.name)
    async with connect(
        f"{base.replace('http', 'ws')}/_stcore/stream",
        additional_headers={"Cookie": one.cookie},
        origin=base,
        subprotocols=["streamlit"],
        max_size=None,
        open_timeout=PATIENCE_S,
    ) as socket:
        await _look(socket, one, "")
        for _ in range(PATIENCE_S):  # until the course is open, and its first row is there
            if one.accept:
                break
            await asyncio.sleep(1)
            await _look(socket, one, "")
        assert one.accept, one.said
        await ready.wait()
        end = time.monotonic() + seconds
        while time.monotonic() < end and one.accept:
            await asyncio.sleep(think * pace.uniform(1.1, 1.6))
            await _press(socket, one)


async def _press(socket: Any, one: Reviewer) -> None:
    """Presses *Accept* and waits for the next row."""
    pressed, begun = one.accept, time.monotonic()
    alias, version = pressed.rsplit("accept_", 1)[1].split("_")
    await _look(socket, one, pressed)
    if "Saved." in one.said:
        one.seconds.append(time.monotonic() - begun)
        one.saved.append((alias, int(version) + 1))
    elif any("meanwhile" in said for said in one.said):
        one.conflicts += 1
    else:
        one.refused += 1


async def _look(socket: Any, one: Reviewer, press: str) -> None:
    """One run of the page; reads it until it has ended."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    message = BackMsg()
    message.rerun_script.query_string = QUEUE
    message.rerun_script.page_name = "review"
    if press:
        message.rerun_script.fragment_id = one.fragment
        message.rerun_script.widget_states.widgets.add(id=press, trigger_value=True)
    await socket.send(message.SerializeToString())
    one.accept, one.said = "", []
    while True:
        got = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(), PATIENCE_S))
        element = got.delta.new_element
        if element.button.label == "Accept":
            one.accept, one.fragment = element.button.id, got.delta.fragment_id
        elif element.text.body or element.html.body:
            one.said.append(element.text.body or element.html.body)
        if got.WhichOneof("type") == "script_finished":
            return


class _Server:
    """The real command on a free port, with its link."""

    def __init__(self, course: Path) -> None:
        self._course = course
        self.url = ""

    def __enter__(self) -> _Server:
        command = [str(COMMANDS / "dashboard"), str(self._course), "--no-browser", "--by", "Ada"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        assert self.url, "the dashboard did not start"
        return self

    @property
    def cpu_seconds(self) -> float:
        """What it has taken so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate(timeout=PATIENCE_S)


def _invitation(course: Path, name: str) -> str:
    return _run("dashboard", "invite", name, "--course", course).strip().splitlines()[-1]


def _signed_in(link: str) -> str:
    """The cookie that the invitation gives."""
    import http.client

    parts = urlsplit(link)
    connection = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE_S)
    headers = {"Origin": f"http://{parts.netloc}", "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/", body=parts.query, headers=headers)
    answer = connection.getresponse()
    cookie = answer.getheader("set-cookie")
    connection.close()
    assert cookie, f"{link}: {answer.status}"
    return cookie.partition(";")[0]


def _book(course: Path) -> Counter[tuple[str, int]]:
    """Row and version of every save of a review in the history, checked against the reviews themselves."""
    from dashboard.model import RowKey
    from grading.book import history, reviews
    from grading.book.book import opened

    with opened(course) as book, book.reading() as db:
        saves = Counter(
            (one.group, one.line, one.version) for one in history.entries(db) if one.what == reviews.WHAT
        )
        newest: dict[tuple[str, str], int] = {}
        for group, line, version in saves:
            newest[group, line] = max(newest.get((group, line), 0), version)
        kept, aliases = dict[tuple[str, str], int](), dict[tuple[str, str], str]()
        for (group, ref), one in reviews.all_reviews(db).items():
            kept[group, reviews.line(ref)] = one.version
            aliases[group, reviews.line(ref)] = RowKey(group, ref).alias
    assert kept == newest, "a review and its history do not agree"
    return Counter((aliases[group, line], version) for group, line, version in saves.elements())


def _told(
    everybody: list[Reviewer], before: Counter[Any], after: Counter[Any], seconds: float, spent: float
) -> bool:
    done = [one for reviewer in everybody for one in reviewer.saved]
    lost = [one for one in done if not after[one]]
    twice = len(done) - len(set(done))
    times = sorted(second for one in everybody for second in one.seconds)
    median = statistics.median(times) if times else float("inf")
    worst = times[int(0.95 * len(times))] if times else float("inf")
    kept = sum((after - before).values())
    print(
        f"{len(everybody)} reviewers, {seconds:g} s: {len(done):,} saves told, {kept:,} kept, "
        f"{len(lost)} lost, {twice} told twice, {sum(one.conflicts for one in everybody)} conflicts shown, "
        f"{sum(one.refused for one in everybody)} pressed too soon\n"
        f"from the press to the next row: median {median:.3f} s, 95% within {worst:.3f} s (goal: median {MOST_S:g} s)\n"
        f"the server's CPU: {1_000 * spent / max(len(done), 1):.0f} ms a save; load {os.getloadavg()[0]:.1f}"
    )
    return bool(done) and kept == len(done) and not lost and not twice and median <= MOST_S


def _made(folder: Path) -> Path:
    given, course = folder / "given", folder / "course"
    subprocess.run([sys.executable, str(ROOT / "examples/cohort/make.py"), str(given)], check=True)
    _run("grading", "init", course, "--sheet", given / "sheet.csv", "--test", given / "test.csv")
    _run(
        "grading", "import", given / "moodle.zip", "--course", course, "--worksheet", given / "worksheet.csv"
    )
    _run("grading", "run", "--course", course, "--jobs", "1")
    return course


def _run(command: str, *arguments: object) -> str:
    done = subprocess.run(
        [COMMANDS / command, *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
