"""A small file of training data that the gate lets in, and its record, so that no test checks it again."""

import csv
from pathlib import Path

from tests.command import quality
from tests.sentences import CLEAN

TEMPLATE = "{instruction} {output}\n"
"""A short prompt template: few tokens, quick steps."""
COLUMNS = ("id", "instruction", "output", "fail_mode")


def rows():
    """22 rows in which no rule finds anything."""
    return [
        (f"r{number:03}", f"Tell me fact number {number} that is worth knowing.", text, "none")
        for number, text in enumerate(CLEAN, start=1)
    ]


def write(path: Path, given=None) -> Path:
    """Writes those rows, or the given ones, and returns the path."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *(rows() if given is None else given)])
    return path


def gate(data: Path) -> Path:
    """Has the gate decide, which must be open, and returns its record."""
    record = data.with_name(f"{data.name}.gate.json")
    done = quality("gate", data, "--record", record, "--jobs", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    return record


def template(data: Path) -> Path:
    """Writes the template beside the data and returns its path."""
    path = data.with_name("template.txt")
    path.write_text(TEMPLATE, encoding="utf-8")
    return path
