"""All rules together on answers of strong models: how many rows they flag and refuse, and what they cost beside Harper.

    python benchmarks/strong_answers.py --corpora DIR [--rows 300] [--seed 11] [--show 50] [--engine harper]

DIR holds answers_dev.parquet. `--show N` prints N random flagged places of compliance, tone and chattiness, to be read
and judged. Cost: CPU of every family but grammar and of reading the prompts, as a share of raw Harper's on the same
rows.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpora import strong

from quality import checks, guide, prompt, run, table
from quality.judge import Bench, Tally, gather, judge_row
from quality.measure import Measured
from quality.model import Finding, Report, Row
from quality.rule import Inputs

ANSWERING = ("compliance", "tone", "chattiness")
OLDER = ("contract", "grammar", "repetition", "length", "near_duplicate", "fail_mode")
"""Families that were there before prompts were read for what they ask."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--engine", default="harper")
    options = parser.parse_args()
    sheet = as_sheet(options.corpora, options.rows, options.seed)
    report = run.check(run.Request(sheet, guide.load(), engine=options.engine))
    rows = {row.row: row for row in sheet.rows}
    flagged(report)
    show(report, rows, options.show, options.seed)
    cost(list(sheet.rows))


def as_sheet(corpora: Path, rows: int, seed: int) -> table.Table:
    sample = strong(corpora).sample(rows, random_state=seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        labelled = sample[["instruction", "output"]].assign(
            id=[f"s{n}" for n in range(rows)], fail_mode="none"
        )
        labelled.to_csv(path, index=False)
        return table.read(path)


def errors(report: Report) -> list[Finding]:
    return [f for f in report.findings if f.is_error and f.row]


def flagged(report: Report) -> None:
    whole = len(report.rows)
    found = errors(report)

    def share(rows: set[int | None]) -> str:
        return f"{len(rows)} of {whole} rows ({len(rows) / whole:.1%})"

    print(f"with an error: {share({f.row for f in found})}")
    print(f"not passing: {share({row.row for row in report.rows if not row.passed})}")
    print(
        f"with an error in {', '.join(ANSWERING)}: {share({f.row for f in found if f.criterion in ANSWERING})}"
    )
    unmeasured = Counter((key, why) for row in report.rows for key, why in row.unmeasured.items())
    print(f"unmeasured: {dict(unmeasured)}")
    by_code: dict[str, set[int | None]] = defaultdict(set)
    for finding in report.findings:
        if finding.waived is None:
            by_code[f"{finding.code} {finding.severity}"].add(finding.row)
    for code, hit in sorted(by_code.items()):
        print(f"  {code:16} {len(hit):4d} rows")
    print(f"waived: {dict(Counter(f.code for f in report.findings if f.waived is not None))}")


def show(report: Report, rows: Mapping[int, Row], most: int, seed: int) -> None:
    places = [f for f in report.findings if f.row and f.waived is None and f.criterion in ANSWERING]
    for finding in random.Random(seed).sample(places, min(most, len(places))):
        row = rows[finding.row or 0]
        text = getattr(row, finding.column or "output")
        at = slice(max(0, (finding.start or 0) - 60), (finding.end or 160) + 60)
        print(f"{finding.code} {finding.severity} row {finding.row}: {finding.message}")
        print(f"    prompt {row.instruction[:200]!r}\n    {finding.column} {text[at]!r}")
        print(f"    {json.dumps(dict(finding.detail), default=str)[:300]}")


def cost(rows: Sequence[Row]) -> None:
    import harper

    linter = harper.Linter()
    linter.lint("Warm up.")
    raw = seconds(lambda: [linter.lint(row.output) for row in rows])
    prompt.read("Warm up: write 3 words.")
    spent = {"prompts": seconds(lambda: [prompt.read(row.instruction) for row in rows])}
    for family in checks.FAMILIES:
        if family != "grammar":
            spent[family] = seconds(lambda family=family: judged(family, rows))
    newer = sum(value for family, value in spent.items() if family not in OLDER)
    print(f"CPU of raw Harper {raw:.2f} s; all other families but grammar {sum(spent.values()):.2f} s;")
    print(f"those of compliance, tone, chattiness and prompts {newer:.2f} s = {newer / raw:.1%} of Harper's")
    print("  " + "  ".join(f"{family} {value / raw:.1%}" for family, value in spent.items()))


def seconds(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def judged(family: str, rows: Sequence[Row]) -> None:
    """One family's whole work on the rows, without the cache."""
    check, inputs, measured = checks.load(family), Inputs(guide=guide.load()), Measured()
    for row in rows:
        for column in check.columns if check.measure else ():
            measured.measures[family][getattr(row, column)] = (check.measure or dict)(getattr(row, column))
    facts = {family: gather(check, rows, measured, inputs)}
    bench = Bench([check], measured, facts, inputs, frozenset(inputs.guide.rules), {family: Tally()})
    for row in rows:
        judge_row(row, prompt.read(row.instruction), bench)


if __name__ == "__main__":
    main()
