"""Needless rewrites (EDT003): learners' sentences with their corrections, and whole answers written anew.

    python benchmarks/rewrites.py --corpora DIR [--rows 150] [--seed 5] [--show 5]

JFLEG's corrections, all of grammar, are touches: what is flagged there is mostly a false alarm. An answer with seeded
errors of grammar that another strong model's answer to the same prompt replaces is a needless rewrite.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from pathlib import Path

import corpora
from fail_mode import NEUTRAL, Corrected, checked
from seeded_faults import sheet


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=150)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in (
            ("corrections of learners' sentences", touched(options.corpora)),
            (
                "answers with errors of grammar, corrected",
                answers(options.corpora, options.rows, options.seed, False),
            ),
            (
                "answers with errors of grammar, written anew",
                answers(options.corpora, options.rows, options.seed, True),
            ),
        ):
            report = checked(rows, Path(folder))
            found = [f for f in report.findings if f.code == "EDT003"]
            print(f"{name}: {len(found)} of {len(rows)} flagged ({len(found) / len(rows):.1%})")
            for finding in found[: options.show]:
                row = next(row for row in rows if row.id == finding.row_id)
                print(f"    {finding.message}\n      - {row.original[:300]}\n      + {row.output[:300]}")


def touched(folder: Path) -> list[Corrected]:
    """Learners' sentences of twelve words and more with their first correction."""
    with (folder / "jfleg_dev.csv").open(encoding="utf-8", newline="") as file:
        return [
            Corrected(row["id"], NEUTRAL, row["source"], row["ref0"], "grammar")
            for row in csv.DictReader(file)
            if len(row["source"].split()) >= 12 and row["source"] != row["ref0"]
        ]


def answers(folder: Path, number: int, seed: int, anew: bool) -> list[Corrected]:
    """Answers with seeded errors of grammar and their correction, or another answer to the prompt in its place."""
    rows = [row for row in sheet(folder, number, seed).rows if row.modes == ("grammar",)]
    if not anew:
        return [Corrected(r.id, r.instruction, r.original, r.output, "grammar") for r in rows]
    draw, others = random.Random(seed), corpora.strong(folder).groupby("instruction")["output"].apply(list)
    return [
        Corrected(r.id, r.instruction, r.original, other, "grammar")
        for r in rows
        if (other := draw.choice(others[r.instruction])) != r.output
    ]


if __name__ == "__main__":
    main()
