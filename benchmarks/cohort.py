"""Grading a course: copying found and not imagined, consensus, speed, saves at once, hostile archives.

    python benchmarks/cohort.py --corpora DIR [--part copying|speed|consensus|saves|archive|all]

DIR holds jfleg_dev.csv, seed_tasks_dev.csv and answers_dev.parquet. Ends with 1 when a save was lost. A quick look at
the speed: `--part speed --groups 40 --rows 200`; its wall times mean something only while nothing else runs.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
PARTS = ("copying", "consensus", "saves", "archive", "speed")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument(
        "--part", choices=(*PARTS, "all"), action="append", help="may be given several times; all by default"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--trials", type=int, help="of copying (200) and consensus (10)")
    parser.add_argument("--groups", type=int, default=200, help="of `speed`")
    parser.add_argument("--rows", type=int, default=800, help="of `speed`")
    parser.add_argument("--own", type=float, help="share of rows with an edit of the group's own, of `speed`")
    parser.add_argument("--grammar", choices=("without", "with", "both"), default="both", help="of `speed`")
    options = parser.parse_args()
    asked = options.part or ["all"]
    good = True
    for part in PARTS if "all" in asked else asked:
        print(f"== {part}", flush=True)
        good = run(part, options) and good
        print(flush=True)
    return 0 if good else 1


def run(part: str, options: argparse.Namespace) -> bool:
    """One part; whether nothing was lost."""
    if part == "copying":
        import cohort_copying

        cohort_copying.report(options.corpora, options.trials or 200, options.seed)
    elif part == "consensus":
        import cohort_consensus

        cohort_consensus.report(options.corpora, options.trials or 10, options.seed)
    elif part == "saves":
        import cohort_saves

        return cohort_saves.report(processes=4, saves=500)
    elif part == "archive":
        import cohort_archive

        cohort_archive.report()
    else:
        import cohort_course
        import cohort_speed

        grammar = {"without": (False,), "with": (True,), "both": (False, True)}[options.grammar]
        own = cohort_course.OWN if options.own is None else options.own
        cohort_speed.report(options.corpora, options.groups, options.rows, options.seed, own, grammar)
    return True


if __name__ == "__main__":
    sys.exit(main())
