"""The dashboard: how fast it opens, finds rows and saves, and how much memory its server takes.

    python benchmarks/dashboard.py --corpora DIR [--part PART ...] [--rows 1000 20000 160000]

DIR holds answers_dev.parquet. Rows are real answers; findings are those of a sample of them, checked for it.

queries     the index alone, each question for the first time
memory      opens the site in a process of its own and asks it
check       what a cold check costs
opening     from the command to the link, and to the first page, the index made before
browser     a real server and Chromium: searches, filters, the next row, the server's memory
reviewers   ten reviewers at once: see dashboard_reviewers.py
edits       corrections: see dashboard_edits.py
axe         accessibility: see dashboard_axe.py
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
OF_INDEX = ("queries", "memory", "check")
OF_BROWSER = ("opening", "browser")
COMMANDS = ("reviewers", "edits", "axe")
"""With a command line of their own, which is used with its defaults here."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = (*OF_INDEX, *OF_BROWSER, *COMMANDS)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--part", choices=parts, action="append", help="may be given several times")
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 20_000, 160_000])
    options = parser.parse_args()
    good = True
    for part in options.part or parts:
        print(f"== {part}", flush=True)
        good = _run(part, options.corpora, options.rows) and good
        print(flush=True)
    return 0 if good else 1


def _run(part: str, corpora: Path, rows: list[int]) -> bool:
    if part in COMMANDS:
        given = ["--corpora", corpora] if part == "edits" else []
        script = Path(__file__).with_name(f"dashboard_{part}.py")
        return subprocess.run([sys.executable, script, *given], check=False).returncode == 0
    if part in OF_INDEX:
        import dashboard_index as module
    else:
        import dashboard_browser as module
    return getattr(module, part)(corpora, rows)


if __name__ == "__main__":
    sys.exit(main())
