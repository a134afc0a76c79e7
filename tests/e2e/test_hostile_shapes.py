"""Texts that have broken proof-readers, tokenizers and regular expressions, through every check, under hard limits.

Each run is a process with a limit of CPU time and of address space, so that what hangs or swells fails the test. Run
by itself (`python test_hostile_shapes.py FAMILY SIZE`), this file is the process that measures and judges one
family's shapes and prints a JSON line for each.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quality import checks

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="resource limits"),
    # of Python 3.12, where pytest-xdist's thread is beside the fork that `preexec_fn` needs
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

WORDS = "The capital of France is Paris, and it lies on the river Seine. "
CPU_S = 300
MEMORY_MB = 4096


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _nested(opening: str, closing: str) -> Callable[[int], str]:
    return lambda size: (opening * size)[: size // 2] + (closing * size)[: size // 2]


def _between(start: str, unit: str, end: str) -> Callable[[int], str]:
    return lambda size: start + _repeated(unit)(size - len(start) - len(end)) + end


SHAPES: dict[str, Callable[[int], str]] = {
    "opening brackets": _repeated("("),
    "nested brackets": _nested("([{", "}])"),
    "nested quotes": _nested("“‘", "’”"),
    "straight quotes": _repeated("\"'"),
    "zero-width characters": _between("a", "\u200b", "b"),
    "one word": _repeated("abcdefghijklmnopqrstuvwxyz"),
    "dotted letters": _repeated("a."),
    "backticks": _repeated("`"),
    "unclosed fences": _repeated("```python\nx\n"),
    "dollars": _repeated("$"),
    "comment openings": _repeated("<!--"),
    "pipes": _repeated("|"),
    "table rows": _repeated("| a | b |\n"),
    "quote marks": _repeated("> "),
    "hashes": _repeated("#"),
    "emoji joined": _repeated("👩\u200d👧\u200d"),
    "combining marks": _between("e", "\u0301", ""),
    "right-to-left marks": _repeated("\u202e\u200f"),
    "digits": _repeated("1234567890"),
    "newlines": _repeated("\n"),
    "spaces": _between("a", " ", "b"),
    "one sentence without end": _repeated("word and "),
    "one sentence again and again": _repeated(WORDS),
    "list items": _repeated("- a\n"),
    "links": _repeated("[a](http://a.b)"),
    "addresses": _repeated("http://a.b/c?d=e&"),
    "stars and underscores": _repeated("*_"),
    "hyphens": _repeated("a-"),
    "apostrophes": _repeated("a'"),
    "backslashes": _repeated("\\"),
    "entities": _repeated("&amp;"),
    "tags": _repeated("<b>"),
    "asks for lengths": _repeated("at least 300 words, "),
    "another script": _repeated("北京是中国的首都"),
    "mojibake": _repeated("Ã©â€™"),
    "control characters": _repeated("\x01\x7f"),
    "words of no language": lambda size: " ".join(f"w{n * n % 99991:x}" for n in range(size // 6))[:size],
}


def _limit(cpu_s: int = CPU_S) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB << 20, MEMORY_MB << 20))


# --- the whole run ----------------------------------------------------------------------------------------------


def report_on(rows: list[tuple[str, str]], folder: Path, cpu_s: int = CPU_S) -> dict[str, Any]:
    """The JSON report of `quality check` on (instruction, output) rows."""
    data, report = folder / "data.csv", folder / "report.json"
    with data.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "instruction", "output", "fail_mode"])
        writer.writerows([f"r{n}", *row, "none"] for n, row in enumerate(rows))
    command = [sys.executable, "-c", "from quality.cli import main; main()", "check", str(data), "--no-cache"]
    done = subprocess.run(
        [*command, "--output-format", "json", "-o", str(report)],
        preexec_fn=lambda: _limit(cpu_s),
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 1), done.stderr[-2000:]
    return json.loads(report.read_text(encoding="utf-8"))


def crashed(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(o["code"], o["detail"]) for o in report["outcomes"] if o["status"] == "crashed" or o["failed"]]


def test_megabyte_outputs_are_checked_and_none_passes(tmp_path: Path) -> None:
    report = report_on([("Tell me about it.", shape(1_000_000)) for shape in SHAPES.values()], tmp_path)
    assert not crashed(report)
    assert [name for name, row in zip(SHAPES, report["rows"], strict=True) if row["passed"]] == []


def test_megabyte_instructions_are_checked(tmp_path: Path) -> None:
    report = report_on([(shape(1_000_000), WORDS.strip()) for shape in SHAPES.values()], tmp_path)
    assert not crashed(report)
    assert len(report["rows"]) == len(SHAPES)


def test_outputs_within_the_limits_are_measured_or_said_not_to_be(tmp_path: Path) -> None:
    report = report_on([("Tell me about it.", shape(10_000)) for shape in SHAPES.values()], tmp_path)
    assert not crashed(report)
    assert [name for name, row in zip(SHAPES, report["rows"], strict=True) if row["passed"]] == []


@pytest.mark.parametrize("rows", [500, pytest.param(2_000, marks=pytest.mark.slow)])
def test_templated_rows_are_compared_without_comparing_all_with_all(tmp_path: Path, rows: int) -> None:
    report = report_on([_templated(n) for n in range(rows)], tmp_path, cpu_s=150)
    assert not crashed(report)
    copied = {f["row"] for f in report["findings"] if f["code"] == "DUP001"}
    assert len(copied) == rows


def _templated(n: int) -> tuple[str, str]:
    return (
        f"Describe country {n}.",
        f"Country number {n} lies in the north of the world. Its people like to read, to sing, and to walk by the "
        f"sea. The capital lies on river {n * 3}. Every year many visitors come to see the old town and its market.",
    )


# --- one family at a time ---------------------------------------------------------------------------------------


LARGEST = 200_000
"""Code points of the longest cell that a run hands to a check (`limits.max_cell_characters`)."""


@pytest.mark.slow
@pytest.mark.parametrize("family", checks.FAMILIES)
def test_every_family_survives_every_shape(family: str) -> None:
    command = [sys.executable, __file__, family, str(LARGEST)]
    done = subprocess.run(command, capture_output=True, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["shape"] for line in lines] == list(SHAPES), (
        lines[-1:],
        done.returncode,
        done.stderr[-2000:],
    )
    assert all(line["seconds"] < CPU_S for line in lines)


def answers(family: str, size: int) -> Iterator[dict[str, Any]]:
    """What the family says of every shape, judged as the only row of its table."""
    from quality import guide, prompt
    from quality.model import Finding, Row, Unmeasured
    from quality.rule import Context, Inputs

    check, inputs = checks.load(family), Inputs(guide=guide.load())
    for name, shape in SHAPES.items():
        start = time.process_time()
        text = shape(size)
        row = Row(2, 2, "r1", "Tell me about it.", text, "none")
        cells = {c: check.measure(str(getattr(row, c))) for c in check.columns} if check.measure else {}
        facts = None
        if check.collect and check.finish:
            facts = check.finish(check.collect([row], [cells], inputs), inputs)
        reason = next((m["unmeasured"] for m in cells.values() if "unmeasured" in m), None)
        judged = (
            []
            if reason
            else list(check.judge(Context(row, prompt.read(row.instruction), inputs, cells, facts)))
        )
        yield {
            "shape": name,
            "seconds": time.process_time() - start,
            "unmeasured": reason or next((j.reason for j in judged if isinstance(j, Unmeasured)), None),
            "findings": sum(isinstance(j, Finding) for j in judged),
        }


if __name__ == "__main__":
    _limit()
    for answer in answers(sys.argv[1], int(sys.argv[2])):
        print(json.dumps(answer), flush=True)  # noqa: T201
