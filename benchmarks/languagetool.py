"""What `quality check --engine languagetool` adds to LanguageTool's own time, as a ratio in one run.

One warm server; the same answers, posted by a bare HTTP client with one connection a core, then checked by `quality`
through that server, in turns. Once with a third of the answers and once with all: the difference is the throughput,
the rest is the start. Wall time on an idle machine; the processors' time, of server and command together, on any.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

import psutil
from corpora import strong

from quality.engines import languagetool
from quality.engines.languagetool.ownership import Address

WARM_UPS = 4
"""Passes over all answers until Java has compiled what it will."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of wall time, and of all processors together."""

    wall: float
    cpu: float

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.wall - other.wall, self.cpu - other.cpu)


def main() -> None:
    options = _options()
    texts = _answers(options.corpora, options.answers)
    some = texts[: len(texts) // 3]
    words = sum(len(text.split()) for text in texts[len(some) :])
    server = Address.read(languagetool.address())
    cores = os.cpu_count() or 1
    print(f"{len(texts)} answers, {cores} cores, {languagetool.version()}")
    with tempfile.TemporaryDirectory() as folder:
        small, whole = _written(Path(folder, "small.csv"), some), _written(Path(folder, "whole.csv"), texts)
        ways: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {
            "the server itself": (
                lambda: bare(some, server.url, cores),
                lambda: bare(texts, server.url, cores),
            ),
            "grammar alone": (
                lambda: check(small, server.url, "GRM"),
                lambda: check(whole, server.url, "GRM"),
            ),
            "all rules": (lambda: check(small, server.url), lambda: check(whole, server.url)),
        }
        for _ in range(WARM_UPS):
            bare(texts, server.url, cores)
        costs: dict[str, list[Cost]] = {name: [] for name in ways}
        for _ in range(options.rounds):
            for name, (less, more) in ways.items():
                first, second = cost(less, server.pid), cost(more, server.pid)
                costs[name].append(second - first)
    own = Cost(*(median(getattr(c, part) for c in costs["the server itself"]) for part in ("wall", "cpu")))
    for name, taken in costs.items():
        wall, cpu = (median(getattr(c, part) for c in taken) for part in ("wall", "cpu"))
        print(
            f"{name:20} {words / wall:8,.0f} words/s ({own.wall / wall:.2f} × the server's own),"
            f" {words / cpu:8,.0f} words a processor second ({own.cpu / cpu:.2f} ×)"
        )


def cost(work: Callable[[], None], server: int) -> Cost:
    """What the work takes, of the server's time too."""
    begin, before = time.perf_counter(), _cpu(server)
    work()
    return Cost(time.perf_counter() - begin, _cpu(server) - before)


def _cpu(server: int) -> float:
    own, served = os.times(), psutil.Process(server).cpu_times()
    return sum(own[:4]) + served.user + served.system


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--answers", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _answers(corpora: Path, count: int) -> list[str]:
    return strong(corpora)["output"].drop_duplicates().sample(count, random_state=4).tolist()


def _written(path: Path, texts: list[str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "instruction", "output", "fail_mode"])
        rows.writerows([f"r{n}", f"Tell me about topic {n}.", text, "none"] for n, text in enumerate(texts))
    return path


def bare(texts: list[str], url: str, connections: int) -> None:
    """Has the server read all texts."""
    todo: queue.SimpleQueue[str] = queue.SimpleQueue()
    for text in texts:
        todo.put(text)
    threads = [threading.Thread(target=_post_all, args=(todo, url)) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _post_all(todo: queue.SimpleQueue[str], url: str) -> None:
    place = urlsplit(url)
    connection = http.client.HTTPConnection(str(place.hostname), place.port)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    while True:
        try:
            body = urlencode({"language": "en-US", "text": todo.get_nowait()})
        except queue.Empty:
            break
        connection.request("POST", f"{place.path}/check", body, headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == http.client.OK
    connection.close()


def check(data: Path, url: str, select: str = "") -> None:
    """Runs the whole command."""
    command = [
        sys.executable,
        "-m",
        "quality.cli",
        "check",
        str(data),
        "--engine",
        "languagetool",
        "--engine-url",
        url,
    ]
    options = [
        "--no-cache",
        "--exit-zero",
        "--output-format",
        "json",
        *(["--select", select] if select else []),
    ]
    done = subprocess.run([*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert done.returncode == 0, done.returncode


if __name__ == "__main__":
    main()
