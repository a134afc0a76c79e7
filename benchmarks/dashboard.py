"""The dashboard: how fast rows are found, and how much memory its server takes.

    python benchmarks/dashboard.py --corpora DIR [--part queries|memory|check] [--rows 1000 20000 160000]

DIR holds answers_dev.parquet. Rows are real answers; findings are those of a sample of them, checked for it. `queries`
times the index alone, each question for the first time; `memory` opens the site in a process of its own and asks it.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
PARTS = ("queries", "memory", "check")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--part", choices=PARTS, action="append", help="may be given several times")
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 20_000, 160_000])
    options = parser.parse_args()
    import dashboard_index

    good = True
    for part in options.part or PARTS:
        print(f"== {part}", flush=True)
        good = getattr(dashboard_index, part)(options.corpora, options.rows) and good
        print(flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
