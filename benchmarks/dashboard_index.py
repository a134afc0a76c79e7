"""Parts of `dashboard.py`: the index alone, the memory of whoever opens it, and what a check costs."""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import corpora
from dashboard.index import Index, building
from dashboard.index.parts import Marked, Part, numbered
from dashboard.model import ALONE, About, Filter, Order
from quality import run
from quality.cli_inputs import Options
from quality.fingerprint import fingerprint
from quality.options import resolve
from quality.plan import plan
from quality.reports import json as contract

SAMPLE = 1_000
"""Rows that are checked for their findings."""
QUERY_S = {1_000: 0.1, 20_000: 0.15, 160_000: 0.4}
MEMORY_MB = {1_000: 300, 20_000: 400, 160_000: 900}
COLUMNS = ("id", "instruction", "output", "fail_mode")
LABELS = ("grammar", "factual", "tone", "none", "", "compliance")


def queries(folder: Path, sizes: list[int]) -> bool:
    """How long each question takes, the first time that it is asked."""
    sample = marked(folder)
    good = True
    for rows in sizes:
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "bench.index.sqlite3"
            begun = time.perf_counter()
            building.build(
                path, About("bench", "chat"), [Part(ALONE, "bench", lambda n=rows: repeated(sample, n))]
            )
            took = time.perf_counter() - begun
            size = path.stat().st_size / 1e6
            print(f"{rows:,} rows: built in {took:.1f} s, {size:.0f} MB", flush=True)
            good = asked(Index(path), rows) and good
    return good


def asked(index: Index, rows: int) -> bool:
    """The questions of the pages, timed."""
    code = index.totals().rules[0].code
    key = index.page(start=rows // 2, size=1)[0].key
    word = Filter(text="Nevertheless")
    each: dict[str, Callable[[], Any]] = {
        "totals of all": lambda: index.totals(Filter(lowest=0.001)),
        "text, rare: page": lambda: index.page(word),
        "text, rare: totals": lambda: index.totals(word),
        "text, common: page": lambda: index.page(Filter(text="the")),
        "text, common: totals": lambda: index.totals(Filter(text="the")),
        "text and failing": lambda: index.page(Filter(text="water", passed=False)),
        "failing: page": lambda: index.page(Filter(passed=False)),
        "failing: totals": lambda: index.totals(Filter(passed=False)),
        "a rule: page, worst first": lambda: index.page(Filter(codes=(code,)), order=Order.WORST),
        "a rule: totals": lambda: index.totals(Filter(codes=(code,))),
        "a label: totals": lambda: index.totals(Filter(fail_modes=("grammar",))),
        "all: last page, best first": lambda: index.page(start=rows - 50, order=Order.BEST),
        "all: last page": lambda: index.page(start=rows - 50),
        "one row by number": lambda: index.entry(rows // 2),
        "one row by key": lambda: index.find(key),
    }
    limit = QUERY_S.get(rows)
    good = True
    for name, ask in each.items():
        begun, cpu = time.perf_counter(), time.process_time()
        ask()
        took, cpu = time.perf_counter() - begun, time.process_time() - cpu
        slow = limit is not None and took > limit
        good = good and not slow
        over = "   TOO SLOW" if slow else ""
        print(f"  {name:28} {took * 1000:8.1f} ms, {cpu * 1000:8.1f} ms of CPU{over}", flush=True)
    return good


def memory(folder: Path, sizes: list[int]) -> bool:
    """The greatest resident size of a process that opens a file from a report and is asked, streamlit loaded."""
    sample = marked(folder)
    good = True
    for rows in sizes:
        with tempfile.TemporaryDirectory() as place:
            data, report = Path(place) / "data.csv", Path(place) / "report.json"
            written(data, report, repeated(sample, rows))
            child = [sys.executable, __file__, str(data), str(report)]
            environment = {**os.environ, "PROOFGATE_CACHE": place}
            for when in ("from a report", "again"):
                done = subprocess.run(child, capture_output=True, text=True, env=environment, check=True)
                own, children, seconds = json.loads(done.stdout)
                much = own > MEMORY_MB.get(rows, own)
                good = good and not much
                over = "   TOO MUCH" if much else ""
                print(f"{rows:,} rows, opened {when}: {seconds:.1f} s, server {own:.0f} MB{over}", end="")
                print(f", process that reads the file {children:.0f} MB", flush=True)
    return good


def check(folder: Path, sizes: list[int]) -> bool:
    """What a cold check costs for 1,000 rows."""
    begun = time.perf_counter()
    marked(folder)
    print(
        f"{SAMPLE:,} rows checked without a cache in {time.perf_counter() - begun:.1f} s on {os.cpu_count()} cores"
    )
    return True


def marked(folder: Path) -> list[Marked]:
    """Real answers with the findings of a real check."""
    table = corpora.answers(folder).sample(SAMPLE, random_state=7)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "sample.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            out = csv.writer(stream)
            out.writerow(COLUMNS)
            pairs = zip(table.instruction, table.output, cycle(LABELS))
            out.writerows((f"a{n}", *row) for n, row in enumerate(pairs))
        request = resolve(Options(path, cache=False), start=Path(place)).request
        report = run.check(request)
    found = (contract.as_json(one) for one in report.findings)
    each = numbered(found, (row.row for row in request.table.rows))
    return [
        Marked(
            row,
            {
                "score": s.score,
                "passed": s.passed,
                "criteria": dict(s.criteria),
                "unmeasured": dict(s.unmeasured),
            },
            of,
        )
        for row, s, of in zip(request.table.rows, report.rows, each, strict=True)
    ]


def repeated(sample: list[Marked], rows: int) -> Iterator[Marked]:
    """So many rows, each with an id of its own and a word that no other has."""
    for number, one in enumerate(islice(cycle(sample), rows)):
        row = replace(
            one.row, row=number + 2, line=number + 2, id=f"b{number}", output=f"{one.row.output} x{number}"
        )
        yield Marked(row, one.marks, [{**f, "row": number + 2, "row_id": row.id} for f in one.findings])


def table(path: Path, rows: Iterable[Marked]) -> None:
    """Writes the rows as a table."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(COLUMNS)
        out.writerows((m.row.id, m.row.instruction, m.row.output, m.row.fail_mode) for m in rows)


def written(data: Path, report: Path, rows: Iterator[Marked]) -> None:
    """The table, and its report in the form of the contract, as if it had been checked."""
    every = list(rows)
    table(data, every)
    prints = asdict(fingerprint(plan(resolve(Options(data), start=data.parent).request)))
    head = {
        "format": 1,
        "tool": {},
        "data": {},
        "fingerprint": prints,
        "verdict": {"passed": False, "reasons": []},
    }
    with report.open("w", encoding="ascii") as stream:
        stream.write("{\n" + "".join(f"{json.dumps(k)}: {json.dumps(v)},\n" for k, v in head.items()))
        lists = {
            "rows": ({"row": m.row.row, "line": m.row.line, "id": m.row.id, **m.marks} for m in every),
            "findings": (one for m in every for one in m.findings),
            "outcomes": iter([{"code": "none"}]),
        }
        for name, items in lists.items():
            stream.write(f'"{name}": [\n')
            stream.writelines(
                f"{',' if n else ''}\n"[0 if n else 1 :] + json.dumps(i) for n, i in enumerate(items)
            )
            stream.write("\n],\n" if name != "outcomes" else "\n]\n")
        stream.write("}\n")


def opened(data: Path, report: Path) -> None:
    """Opens the site, asks it, and prints what that took: this process's MB, its children's, seconds."""
    from contextlib import ExitStack

    import altair  # noqa: F401 - what the server has in memory anyway
    import streamlit  # noqa: F401

    from dashboard.opening import ready
    from dashboard.site import Named

    begun = time.perf_counter()
    with ExitStack() as stack:
        site = ready(data, Options(data), Named(report=report)).open(
            stack, lambda: "ta", lambda opening: None
        )
        took = time.perf_counter() - begun
        assert any("report.json, not by" in note for note in site.index.about().notes), (
            site.index.about().notes
        )
        rows = site.index.count()
        for where in (Filter(text="the"), Filter(passed=False), Filter(codes=("GRM001",))):
            site.index.totals(where)
            site.index.page(where, order=Order.WORST)
        site.index.entry(rows)
    # ru_maxrss counts what the parent had before this process was one of its own
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps([own, children, took]))


if __name__ == "__main__":
    opened(Path(sys.argv[1]), Path(sys.argv[2]))
