"""Fail modes: those inferred from seeded faults, wrong labels found, JFLEG's corrections, and what it all costs.

    python benchmarks/fail_mode.py --corpora DIR [--rows 150] [--seed 5] [--show 20] [--part seeded|jfleg|cost]
                                   [--cache DIR]

DIR holds answers_dev.parquet, clough_dev.csv, clough_sources_dev.csv and jfleg_dev.csv. The sheet of seeded faults
(see seeded_faults.py) is checked as `quality check data.csv --original original.csv --against against.csv` does. Half
of its rows carry a wrong label, the others a right one. `--cache` keeps what was measured for the next run; the part
`cost` always starts cold.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from check import QUALITY, cost
from seeded_faults import MODES, Seeded, Sheet, sheet, show

from quality import run
from quality.model import Report
from quality.options import Options, resolve

FIELDS = ("id", "instruction", "output", "fail_mode")
NEUTRAL = "What do you think about this?"
"""A prompt that asks for nothing that a learner's sentence could miss."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A row as an annotator hands it in, with the sheet's response."""

    id: str
    instruction: str
    original: str
    output: str
    label: str


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=150, help="rows of each fail mode")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--show", type=int, default=0, help="rows inferred wrongly that are printed")
    parser.add_argument("--part", choices=("seeded", "jfleg", "cost"), action="append")
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    parts = options.part or ["seeded", "jfleg", "cost"]
    seeded = sheet(options.corpora, options.rows, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PROOFGATE_CACHE"] = str(options.cache or Path(folder) / "cache")
        if "seeded" in parts:
            on_seeded(seeded, Path(folder), options.seed, options.show)
        if "jfleg" in parts:
            on_jfleg(options.corpora, Path(folder))
        if "cost" in parts:
            on_cost(seeded, Path(folder))


def on_seeded(seeded: Sheet, folder: Path, seed: int, most: int) -> None:
    labels = labelled(seeded.rows, seed)
    rows = [Corrected(r.id, r.instruction, r.original, r.output, labels[r.id]) for r in seeded.rows]
    report = checked(rows, folder, seeded.against)
    inferred = strongest(report)
    confusion(seeded.rows, inferred)
    by_sub(seeded.rows, inferred)
    flips(seeded.rows, labels, contradicted(report))
    wrong = [row for row in seeded.rows if inferred[row.id] not in row.modes]
    evidence = {row.id: row.correction.inferred if row.correction else () for row in report.rows}
    for row in random.Random(seed).sample(wrong, min(most, len(wrong))):
        print(f"\n{row.modes} ({row.sub}) inferred as {inferred[row.id]}")
        for mode in evidence[row.id]:
            said = "; ".join(f"{e.rule} {e.weight:.2f}: {e.message}" for e in mode.evidence)
            print(f"    {mode.mode} {mode.strength:.2f}: {said[:400]}")
        show(row)


def labelled(rows: Sequence[Seeded], seed: int) -> dict[str, str]:
    """A label for each row: a wrong one for half of them, of any other mode; one that is right for the rest."""
    draw = random.Random(seed)
    flipped = {row.id for row in draw.sample(list(rows), len(rows) // 2)}
    return {
        row.id: draw.choice([m for m in MODES if m not in row.modes] if row.id in flipped else row.modes)
        for row in rows
    }


def checked(rows: Sequence[Corrected], folder: Path, against: Sequence[str] = ()) -> Report:
    """The report of the real check on these rows, read from files as a user's are."""
    data, original = written(rows, folder)
    given = None
    if against:
        given = folder / "against.csv"
        table(given, ("id", "text"), ((f"source {n}", text) for n, text in enumerate(against)))
    options = Options(data=data, original=original, against=given)
    return run.check(resolve(options, start=folder).request)


def written(rows: Sequence[Corrected], folder: Path) -> tuple[Path, Path]:
    """The corrected table and the sheet, as files."""
    data, original = folder / "data.csv", folder / "original.csv"
    table(data, FIELDS, ((r.id, r.instruction, r.output, r.label) for r in rows))
    table(original, FIELDS, ((r.id, r.instruction, r.original, "") for r in rows))
    return data, original


def table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def strongest(report: Report) -> dict[str, str]:
    """Id → the strongest inferred mode; `none` where nothing is inferred."""
    return {
        row.id: row.correction.inferred[0].mode if row.correction and row.correction.inferred else "none"
        for row in report.rows
    }


def contradicted(report: Report) -> set[str]:
    """Ids of the rows whose label a rule contradicts: the rules on labels that read the original too."""
    codes = {
        code for code, rule in run.rules().items() if code.startswith("LBL") and rule.needs == "original"
    }
    return {f.row_id for f in report.findings if f.code in codes and f.waived is None}


def confusion(rows: Sequence[Seeded], inferred: Mapping[str, str]) -> None:
    """The table of true modes against inferred ones, and macro-F1; either of two true modes is right."""
    pairs = Counter(
        (inferred[row.id] if inferred[row.id] in row.modes else row.modes[0], inferred[row.id])
        for row in rows
    )
    seen = [*MODES, *sorted({got for _, got in pairs} - set(MODES))]
    print("true \\ inferred " + "".join(f"{mode[:11]:>12}" for mode in seen) + "          F1")
    scores: dict[str, float] = {}
    for mode in MODES:
        right = pairs[mode, mode]
        taken = sum(n for (_, got), n in pairs.items() if got == mode)
        there = sum(n for (true, _), n in pairs.items() if true == mode)
        scores[mode] = 2 * right / max(1, taken + there)
        print(f"{mode:16}" + "".join(f"{pairs[mode, got]:12d}" for got in seen) + f"{scores[mode]:12.3f}")
    faults = [score for mode, score in scores.items() if mode != "none"]
    accuracy = sum(pairs[m, m] for m in MODES) / len(rows)
    print(
        f"macro-F1 {sum(scores.values()) / len(scores):.3f} (without `none` {sum(faults) / len(faults):.3f}), "
        f"accuracy {accuracy:.3f}, {len(rows)} rows"
    )


def by_sub(rows: Sequence[Seeded], inferred: Mapping[str, str]) -> None:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        found[row.modes[0], row.sub].append("right" if inferred[row.id] in row.modes else inferred[row.id])
    for (mode, sub), got in sorted(found.items()):
        others = {other: n for other, n in Counter(got).most_common() if other != "right"}
        print(f"  {mode:12} {sub:34} {got.count('right') / len(got):.2f} of {len(got):3d}  {others or ''}")


def flips(rows: Sequence[Seeded], labels: Mapping[str, str], flagged: set[str]) -> None:
    wrong = {row.id for row in rows if labels[row.id] not in row.modes}
    hits = len(wrong & flagged)
    print(
        f"wrong labels: precision {hits / max(1, len(flagged)):.3f}, recall {hits / max(1, len(wrong)):.3f} "
        f"({len(wrong)} wrong, {len(flagged)} contradicted, {len(flagged - wrong)} of them right)"
    )
    for name, group in (
        ("`none` on an edited output", {i for i in wrong if labels[i] == "none"}),
        ("an error on an untouched output", {r.id for r in rows if r.id in wrong and r.modes == ("none",)}),
        (
            "another error",
            {r.id for r in rows if r.id in wrong and r.modes != ("none",) and labels[r.id] != "none"},
        ),
    ):
        print(f"  {name}: {len(group & flagged)} of {len(group)} contradicted")
    right = Counter(row.modes[0] for row in rows if row.id in flagged - wrong)
    print(f"  right labels contradicted, by mode: {dict(right.most_common())}")


def on_jfleg(corpora: Path, folder: Path) -> None:
    """Learners' sentences and their first correction, where it changes them."""
    pairs = pd.read_csv(corpora / "jfleg_dev.csv", keep_default_na=False)
    pairs = pairs[pairs.source.str.split() != pairs.ref0.str.split()]
    for label in ("grammar", "repetition"):
        rows = [
            Corrected(gid, NEUTRAL, source, ref, label)
            for gid, source, ref in zip(pairs.id, pairs.source, pairs.ref0, strict=True)
        ]
        report = checked(rows, folder)
        flagged = contradicted(report)
        print(
            f"JFLEG labelled {label}: {len(flagged)} of {len(rows)} contradicted ({len(flagged) / len(rows):.1%})"
        )
    print(f"  inferred: {dict(Counter(strongest(report).values()).most_common())}")


def on_cost(seeded: Sheet, folder: Path) -> None:
    """CPU of the whole command on 1,000 corrected rows with and without their originals, each with a cold cache."""
    edited = [row for row in seeded.rows if row.modes != ("none",)][:1000]
    rows = [Corrected(r.id, r.instruction, r.original, r.output, r.modes[0]) for r in edited]
    data, original = written(rows, folder)
    command = [QUALITY, "check", str(data), "--output-format", "json", "--exit-zero"]
    plain = cost(command, env={"PROOFGATE_CACHE": str(folder / "plain")})
    both = cost([*command, "--original", str(original)], env={"PROOFGATE_CACHE": str(folder / "both")})
    print(
        f"{len(rows)} rows: plain check {plain.cpu:.1f} s of CPU ({plain.wall:.1f} s), with the originals "
        f"{both.cpu:.1f} s ({both.wall:.1f} s): CPU ratio {both.cpu / plain.cpu:.2f}"
    )


if __name__ == "__main__":
    main()
