"""The answers of a group's model against the test file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from grading.course.model import Course
from grading.hand_in import row_ids, secrets, tables
from grading.hand_in.tables import is_blank
from grading.model import Level, Trouble
from quality.table import Columns, Table, by_id
from quality.wording import count, listed

KIND = "predictions"
BASE = "base_prediction"
"""The column of the base model's answers, as `finetune predict` writes it; a hand-in's own count for nothing."""
SHOWN = 5


def examine(path: Path, course: Course, test: Table | None) -> tuple[Table | None, tuple[Trouble, ...]]:
    """The answers as outputs, and all that is wrong with them; None where they cannot be read.

    Args:
        test: The prompts that were handed out; None leaves what needs them unchecked.
    """
    read = rows(path, course)
    bare = _without_prompts(path, course, test) if isinstance(read, Trouble) else None
    read = bare or read
    if isinstance(read, Trouble):
        return None, (read,)
    file = path.name
    found = [
        *tables.oddities(read, KIND, frozenset({BASE})),
        *row_ids.troubles(read.rows, test and test.rows, KIND, file, "the test file"),
        *_texts(read, test, file),
        *secrets.in_table(read, file),
    ]
    if not read.rows:
        found.append(
            Trouble(f"{KIND}.no-rows", Level.ERROR, "has a header and no rows", file, "export it again")
        )
    return read, tuple(found)


def columns(course: Course) -> tuple[Columns, ...]:
    """What the columns may be called: as the course says, or as `finetune predict` always writes them."""
    own = replace(course.data_columns, output=course.prediction_column)
    written = Columns(output="prediction")
    return (own,) if own == written else (own, written)


def rows(path: Path, course: Course) -> Table | Trouble:
    """The answers with their instructions, or why there are none."""
    first: Trouble | None = None
    for one in columns(course):
        read = tables.read(path, one, KIND)
        if isinstance(read, Table):
            return read
        first = first or read
    assert first is not None  # there is a way to call the columns
    return first


def _without_prompts(path: Path, course: Course, test: Table | None) -> Table | None:
    """The answers of a file that has ids and answers alone, with the test file's prompts; None where it is not so."""
    for one in columns(course):
        assert one.output is not None
        read = tables.read(path, replace(one, instruction=one.output), KIND)
        if isinstance(read, Table):
            prompts = {row.id: row.instruction for row in test.rows} if test else {}
            filled = (replace(row, instruction=prompts.get(row.id, "")) for row in read.rows)
            return replace(read, rows=tuple(filled))
    return None


def _texts(read: Table, test: Table | None, file: str) -> Iterator[Trouble]:
    blank = [row.row for row in read.rows if is_blank(row.output)]
    if blank:
        what = f"{count(len(blank), 'empty answer')}: row {listed(blank, SHOWN)}"
        yield Trouble(
            f"{KIND}.answer-empty", Level.WARNING, what, file, "let the model answer those prompts again"
        )
    if read.names["instruction"] == read.names["output"]:
        what = "has no column of instructions; the answers are held against the test file's by their ids"
        remedy = "keep the columns as `finetune predict` writes them: id, instruction, prediction"
        yield Trouble(f"{KIND}.no-instructions", Level.WARNING, what, file, remedy)
    if BASE in read.columns:
        what = "has the base model's answers beside; they count for nothing, the course has its own or none"
        yield Trouble(f"{KIND}.base-ignored", Level.NOTE, what, file)
    if test is None:
        return
    known = by_id(test) if read.names["instruction"] != read.names["output"] else {}
    changed = [
        row.row
        for row in read.rows
        if row.id in known and row.instruction.split() != known[row.id].instruction.split()
    ]
    if changed:
        what = f"{count(len(changed), 'row')} with another instruction than the test file: row {listed(changed, SHOWN)}"
        remedy = "put the test file's own instructions back; an answer belongs to its prompt"
        yield Trouble(f"{KIND}.instruction-changed", Level.WARNING, what, file, remedy)
