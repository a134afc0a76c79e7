"""`make demo`: what a student group sees when it checks a half-good correction of its homework."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUALITY = Path(sysconfig.get_path("scripts")) / "quality"
HOMEWORK = ["examples/homework/data.csv", "--original", "examples/homework/original.csv"]
HEAD_LINES = 24


def quality(*arguments: str, expected: tuple[int, ...]) -> str:
    """Shows the command, runs it, returns what it printed; an exit code that was not expected ends the demo."""
    print(f"\n$ quality {' '.join(arguments)}", flush=True)
    done = subprocess.run(
        [QUALITY, *arguments], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    if done.returncode not in expected:
        sys.exit(done.returncode or 1)
    return done.stdout


def shortened(text: str) -> str:
    """The first findings and the summary."""
    lines = text.splitlines()
    summary = next((n for n, line in enumerate(lines) if line.startswith("rule ")), len(lines))
    left_out = summary - HEAD_LINES
    if left_out < HEAD_LINES:
        return text
    return "\n".join([*lines[:HEAD_LINES], f"   … {left_out} more lines of findings …", "", *lines[summary:]])


def main() -> None:
    """Checks the example, writes the HTML report, and asks the gate."""
    print(shortened(quality("check", *HOMEWORK, expected=(1,))))
    quality("check", *HOMEWORK, "--output-format", "html", "-o", "report.html", expected=(1,))
    print(quality("gate", *HOMEWORK, "--record", "data.csv.gate.json", expected=(1,)))
    print(f"The whole report, for a browser: {ROOT / 'report.html'}")
    print("Your turn: .venv/bin/quality fix examples/homework/data.csv --diff")
    print("A file that passes: .venv/bin/quality gate examples/homework/fixed.csv")


if __name__ == "__main__":
    main()
