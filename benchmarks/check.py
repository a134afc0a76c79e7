"""Speed of the whole `quality check`, as ratios in one run.

    python benchmarks/check.py --corpora DIR [--rows 1000]

DIR holds answers_dev.parquet (answers of many models to the AlpacaEval prompts). Each run is a process of its own;
CPU and memory are the operating system's account of it and of its workers.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

QUALITY = str(Path(sysconfig.get_path("scripts")) / "quality")
RAW_HARPER = """
import sys, pandas
from harper import Linter
frame = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
part, parts = int(sys.argv[2]), int(sys.argv[3])
linter = Linter()
for text in frame.output[part::parts]:
    linter.lint(text)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command cost: seconds of wall, seconds of CPU with all its children, peak MiB of all together."""

    wall: float
    cpu: float
    peak_mib: float


def cost(*commands: list[str], env: dict[str, str] | None = None) -> Cost:
    """The cost of commands that run side by side; an exit code above 1 ends the benchmark."""
    before, start = os.times(), time.perf_counter()
    running = [
        subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, **(env or {})}
        )
        for command in commands
    ]
    peak = _Peak([process.pid for process in running])
    errors = [process.communicate()[1] for process in running]
    for process, error in zip(running, errors, strict=True):
        if process.returncode > 1:
            sys.exit(error.decode())
    wall, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, cpu, peak.stop())


class _Peak:
    """Samples the resident memory of processes and their children five times a second."""

    def __init__(self, pids: list[int]) -> None:
        self._pids, self._most, self._stop = pids, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.wait(0.2):
            self._most = max(self._most, sum(map(_resident_mib, _family(self._pids))))

    def stop(self) -> float:
        self._stop.set()
        self._thread.join()
        return self._most


def _family(pids: list[int]) -> list[int]:
    found = list(pids)
    for pid in found:
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _resident_mib(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def sheet(frame: pd.DataFrame, target: Path) -> Path:
    """The rows as a course sheet."""
    table = pd.DataFrame(
        {
            "id": [f"r{n:06d}" for n in range(len(frame))],
            "instruction": frame.instruction.to_list(),
            "output": frame.output.to_list(),
            "fail_mode": "none",
        }
    )
    table.to_csv(target, index=False)
    return target


def check(data: Path, cache: Path, *options: str) -> list[str]:
    """The command; output goes to a file, as a user's would."""
    os.environ["PROOFGATE_CACHE"] = str(cache)
    return [QUALITY, "check", str(data), *options, "-o", str(data.with_suffix(".txt"))]


def ratio(name: str, value: float, limit: float, note: str) -> None:
    print(f"{name:<58} {value:6.3f}   {'at most' if value <= limit else 'MISSES'} {limit:g}   {note}")


def rows_with_grammar(frame: pd.DataFrame, folder: Path, count: int) -> None:
    """The ratios against raw Harper, and those of the second run."""
    data = sheet(frame.sample(count, random_state=17), folder / "rows.csv")
    raw = cost([sys.executable, "-c", RAW_HARPER, str(data), "0", "1"])
    halves = [[sys.executable, "-c", RAW_HARPER, str(data), str(part), "2"] for part in (0, 1)]
    raw_two = cost(*halves)
    first = cost(check(data, folder / "cache", "--jobs", "2"))
    again = cost(check(data, folder / "cache", "--jobs", "2"))
    edit_one(data)
    edited = cost(check(data, folder / "cache", "--jobs", "2"))
    print(
        f"{count} rows: raw Harper {raw.cpu:.1f} s CPU; "
        f"on two workers {raw_two.wall:.1f} s wall, {raw_two.cpu:.1f} s CPU"
    )
    print(f"quality check: {first.wall:.1f} s wall, {first.cpu:.1f} s CPU, {first.peak_mib:.0f} MiB")
    ratio("CPU of the check / raw Harper's", first.cpu / raw.cpu, 1.35, f"{first.cpu:.1f} / {raw.cpu:.1f} s")
    ratio(
        "wall on two cores / raw Harper's on two workers",
        first.wall / raw_two.wall,
        1.0,
        f"{first.wall:.1f} / {raw_two.wall:.1f} s",
    )
    ratio("second run, nothing changed / first (wall)", again.wall / first.wall, 0.08, f"{again.wall:.2f} s")
    ratio("second run, one row edited / first (wall)", edited.wall / first.wall, 0.10, f"{edited.wall:.2f} s")


def edit_one(data: Path) -> None:
    """Adds a sentence to one output."""
    frame = pd.read_csv(data, dtype=str, keep_default_na=False)
    at = random.Random(3).randrange(len(frame))
    frame.loc[at, "output"] = str(frame.loc[at, "output"]) + " This sentence is new."
    frame.to_csv(data, index=False)


def all_rows_without_grammar(frame: pd.DataFrame, folder: Path) -> None:
    """The whole corpus, cold."""
    data = sheet(frame, folder / "all.csv")
    whole = cost(check(data, folder / "cold", "--jobs", "2", "--ignore", "GRM"))
    print(
        f"{len(frame)} rows without grammar: {whole.wall:.1f} s wall, {whole.cpu:.1f} s CPU, {whole.peak_mib:.0f} MiB"
    )
    ratio("wall / 60 s", whole.wall / 60, 1.0, "")
    ratio("memory / 2 GiB", whole.peak_mib / 2048, 1.0, "")


def main() -> None:
    """Prints every ratio with the limit that the project sets itself."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--skip-all", action="store_true", help="leave the whole corpus out")
    options = parser.parse_args()
    frame = pd.read_parquet(options.corpora / "answers_dev.parquet")
    with tempfile.TemporaryDirectory() as name:
        rows_with_grammar(frame, Path(name), options.rows)
        if not options.skip_all:
            all_rows_without_grammar(frame, Path(name))


if __name__ == "__main__":
    main()
