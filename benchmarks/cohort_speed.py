"""A large course through `grading`: import, run, run again after one changed hand-in; wall time, CPU time, memory.

Each command runs in a process of its own with a new cache, as a teaching assistant runs it. Wall time depends on what
else the machine does; CPU seconds are those of all its processes. Memory is the largest sum of the resident sizes of
all of them, so pages that they share count several times.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cohort_course import Course, material

GRADING = Path(sysconfig.get_path("scripts")) / "grading"
SECONDS, MEMORY_GIB, AGAIN, GRAMMAR = 300.0, 4.0, 0.10, 1.3
"""What is to be reached; for 200 groups with 800 rows on 2 cores."""
SAMPLE = 4_000
"""Texts that raw Harper reads."""
POLL_S = 0.1
STEPS = ("measuring", "scoring", "comparing", "looking")
"""How the lines begin by which `grading run` says what it does."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took.

    Attributes:
        wall: Seconds.
        cpu: Seconds, of all its processes.
        peak: Bytes, of all its processes together.
    """

    wall: float = 0.0
    cpu: float = 0.0
    peak: int = 0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.cpu + other.cpu, max(self.peak, other.peak))

    def __str__(self) -> str:
        return f"{self.wall:.1f} s wall, {self.cpu:.1f} s CPU, peak {self.peak / 2**30:.2f} GiB"


def report(corpora: Path, groups: int, rows: int, seed: int, own: float, grammar: Sequence[bool]) -> None:
    """Prints every figure.

    Args:
        grammar: Whether the course grades grammar, one run each.
    """
    course = Course(material(corpora, rows), groups, seed, own)
    print(
        f"{groups} groups × {len(course.material.versions)} rows and {len(course.material.asked)} predictions, "
        f"own edits in {own:.0%} of the rows; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "given"
        course.write(given)
        print(f"  Moodle's zip: {(given / 'moodle.zip').stat().st_size / 2**20:.0f} MiB", flush=True)
        raw = raw_harper(distinct(course)) if True in grammar else 0.0
        without: Spent | None = None
        for with_grammar in grammar:
            spent = graded(course, given, Path(folder), raw if with_grammar else None)
            if not with_grammar:
                without = spent
            elif without:
                extra = spent.cpu - without.cpu
                print(f"  grammar's part of it: {extra:.0f} s CPU, {extra / raw:.2f} × raw Harper")


def graded(course: Course, given: Path, folder: Path, raw: float | None) -> Spent:
    """The course from its download to grades, and again; what the first run took.

    Args:
        raw: CPU seconds of raw Harper on the distinct texts; None: the course does not grade grammar.
    """
    name = "without grammar" if raw is None else "with grammar"
    here, cache = folder / name.replace(" ", "-"), folder / f"cache {name}"
    command(cache, "init", here, "--sheet", given / "sheet.csv", "--test", given / "test.csv")
    if raw is None:
        changed = (
            (here / "course.toml").read_text(encoding="utf-8").replace("ignore = []", 'ignore = ["GRM"]')
        )
        (here / "course.toml").write_text(changed, encoding="utf-8")
    worksheet = ("--worksheet", given / "worksheet.csv", "--course", here, "--by", "ta")
    print(f"{name}:")
    taken, _ = command(cache, "import", given / "moodle.zip", *worksheet)
    first, said = command(cache, "run", "--course", here, "--by", "ta", "--output-format", "json")
    summary = json.loads(said)
    unexpected = [note for note in summary["notes"] if "no deadline" not in note]
    if summary["failed"] or unexpected:
        print(f"  NOT WHOLE: {len(summary['failed'])} groups failed; {unexpected}")
    print(f"  import: {taken}")
    print(f"  run: {first}; {summary['scored']} groups scored, {len(summary['open'])} with open lines")
    whole = taken + first
    if raw is None:
        print(
            f"  import and run: {whole.wall:.1f} s wall of {SECONDS:.0f}, {whole.cpu:.1f} s CPU; "
            f"{whole.peak / 2**30:.2f} GiB of {MEMORY_GIB:.0f}"
        )
    else:
        print(
            f"  run ÷ raw Harper in one process on the distinct texts (to reach: {GRAMMAR}): "
            f"{first.wall / raw:.2f} by time, {first.cpu / raw:.2f} by CPU"
        )
    course.download(given / "changed.zip", [4], again=1)
    taken_again, _ = command(cache, "import", given / "changed.zip", *worksheet)
    again, said = command(cache, "run", "--course", here, "--by", "ta", "--output-format", "json")
    scored = json.loads(said)["scored"]
    print(
        f"  after {scored} changed hand-in: import {taken_again.wall:.1f} s, run {again}; "
        f"{again.wall / first.wall:.1%} of the first run's wall time, {again.cpu / first.cpu:.1%} of its CPU, "
        f"with both imports {(taken_again + again).wall / whole.wall:.1%} (to reach: {AGAIN:.0%})"
    )
    none, _ = command(cache, "run", "--course", here, "--by", "ta")
    print(f"  nothing changed: {none}", flush=True)
    return first


def distinct(course: Course) -> list[str]:
    """Every text of the course that somebody has to proof-read, once."""
    import csv
    import io

    from grading.course.model import Files

    texts = dict.fromkeys(course.material.prompts.values()) | dict.fromkeys(course.material.asked.values())
    texts |= dict.fromkeys(versions[0] for versions in course.material.versions.values())
    names = Files()
    for group in range(len(course.names)):
        files = course.files(group, 0)
        for name, column in ((names.data, "output"), (names.predictions, "prediction")):
            texts |= dict.fromkeys(
                row[column] for row in csv.DictReader(io.StringIO(files[name].decode(), newline=""))
            )
    return list(texts)


def raw_harper(texts: Sequence[str]) -> float:
    """CPU seconds that Harper alone takes for these texts, one after the other in a new process."""
    step = max(1, len(texts) // SAMPLE)
    sample = texts[::step]
    words, read = (sum(len(text.split()) for text in some) for some in (texts, sample))
    program = (
        "import json, sys, time, harper\n"
        "linter = harper.Linter(); linter.lint('Warm up teh linter.')\n"
        "texts = json.load(sys.stdin); start = time.process_time()\n"
        "for text in texts: linter.lint(text)\n"
        "print(time.process_time() - start)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        input=json.dumps(sample),
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = float(done.stdout) * words / read
    print(
        f"raw Harper: {float(done.stdout):.1f} s CPU for {len(sample):,} texts of {read:,} words, "
        f"so {seconds:.0f} s for {len(texts):,} distinct texts of {words:,} words"
    )
    return seconds


def command(cache: Path, *arguments: object) -> tuple[Spent, str]:
    """Runs `grading` to its end.

    Raises:
        SystemExit: It failed.
    """
    environment = {**os.environ, "PROOFGATE_CACHE": str(cache)}
    environment.pop("DATABASE_URL", None)
    start = time.perf_counter()
    with (
        tempfile.TemporaryFile("w+") as told,
        subprocess.Popen(
            [str(GRADING), *map(str, arguments)],
            stdout=told,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        ) as process,
    ):
        watch = _Watch(process.pid)
        assert process.stderr is not None
        lines = [(time.perf_counter() - start, line.strip()) for line in process.stderr]
        code = process.wait()
        spent = Spent(time.perf_counter() - start, *watch.end())
        told.seek(0)
        said = told.read()
    if code:
        sys.exit(f"grading {arguments[0]} ended with {code}: {lines}")
    steps = [(at, line) for at, line in lines if line.startswith(STEPS)]
    if steps:
        ends = [at for at, _ in steps[1:]] + [spent.wall]
        print(
            "    "
            + "; ".join(f"{line} {end - at:.1f} s" for (at, line), end in zip(steps, ends, strict=True))
        )
    return spent, said


class _Watch:
    """Adds up what a process and all that it starts use, until the process ends."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak = pid, 0
        self.cpu: dict[int, float] = {}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def end(self) -> tuple[float, int]:
        """CPU seconds and the peak in bytes."""
        self.over.set()
        self.thread.join()
        return sum(self.cpu.values()), self.peak

    def _run(self) -> None:
        while not self.over.wait(POLL_S):
            self.peak = max(self.peak, sum(self._read(pid) for pid in _tree(self.pid)))

    def _read(self, pid: int) -> int:
        """Resident bytes of the process; notes its CPU seconds so far."""
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended
            return 0
        self.cpu[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return int(fields[21]) * os.sysconf("SC_PAGE_SIZE")


def _tree(pid: int) -> Iterable[int]:
    """The process and all its descendants."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _tree(int(child))
