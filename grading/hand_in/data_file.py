"""The corrected rows of a hand-in against the sheet that was handed out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from grading.course.model import Course
from grading.hand_in import row_ids, secrets, tables
from grading.hand_in.tables import is_blank
from grading.model import Level, Trouble
from quality.correction.labels import read_labels
from quality.guide import StyleGuide
from quality.model import Row
from quality.table import Table, by_id, with_originals
from quality.wording import count, cut, listed

KIND = "data"
SHOWN = 5
NULLS = frozenset({"none", "na", "n/a", "null", "nan", "nil"})
"""What programs write for an empty cell, and what reads as a label."""


def examine(
    path: Path, course: Course, guide: StyleGuide, sheet: Table | None
) -> tuple[Table | None, tuple[Trouble, ...]]:
    """The group's rows, which know their originals, and all that is wrong with them; None where they cannot be read.

    Args:
        sheet: The rows before correction; None leaves what needs them unchecked.
    """
    read = tables.read(path, course.data_columns, KIND)
    if isinstance(read, Trouble):
        return None, (read,)
    file = path.name
    found = [
        *tables.oddities(read, KIND, frozenset()),
        *row_ids.troubles(read.rows, sheet and sheet.rows, KIND, file, "the sheet"),
        *_texts(read, sheet, file),
        *_labels(read, course, guide, file),
        *secrets.in_table(read, file),
    ]
    if not read.rows:
        found.append(
            Trouble(f"{KIND}.no-rows", Level.ERROR, "has a header and no rows", file, "export it again")
        )
    return with_originals(read, sheet) if sheet else read, tuple(found)


def _texts(read: Table, sheet: Table | None, file: str) -> Iterator[Trouble]:
    blank = [row.row for row in read.rows if is_blank(row.output)]
    if blank:
        what = f"{count(len(blank), 'row')} without an output: row {listed(blank, SHOWN)}"
        yield Trouble(f"{KIND}.output-empty", Level.ERROR, what, file, "write the corrected response there")
    if sheet is None:
        return
    known = by_id(sheet)
    changed = [row.row for row in read.rows if row.id in known and _differs(row, known[row.id])]
    if changed:
        what = f"{count(len(changed), 'row')} with another instruction than the sheet: row {listed(changed, SHOWN)}"
        yield Trouble(
            f"{KIND}.instruction-changed", Level.ERROR, what, file, "put the sheet's own instructions back"
        )


def _differs(row: Row, original: Row) -> bool:
    return row.instruction.split() != original.instruction.split()


def _labels(read: Table, course: Course, guide: StyleGuide, file: str) -> Iterator[Trouble]:
    column = course.data_columns.fail_mode
    if not read.labelled:
        what = f"has no column `{column}`, so no label can be graded"
        yield Trouble(
            f"{KIND}.no-labels", Level.ERROR, what, file, f"add `{column}`, with a label in every row"
        )
        return
    empty = [row.row for row in read.rows if is_blank(row.fail_mode)]
    if empty:
        what = f"{count(len(empty), 'row')} without a label: row {listed(empty, SHOWN)}"
        remedy = "name the fault of the original; `none` says that it had none"
        yield Trouble(f"{KIND}.label-empty", Level.ERROR, what, file, remedy)
    yield from _words_for_nothing(read, guide, column, file)
    yield from _unknown(read, guide, column, file)


def _words_for_nothing(read: Table, guide: StyleGuide, column: str, file: str) -> Iterator[Trouble]:
    """Cells that another program would take for empty ones; here they are labels like any other."""
    known = [row for row in read.rows if _is_null(row) and guide.fail_mode(row.fail_mode) is not None]
    if known:
        words = listed(dict.fromkeys(row.fail_mode.strip() for row in known), SHOWN)
        what = f"{words} in `{column}` of {count(len(known), 'row')}: read as the label `none`, not as an empty cell"
        yield Trouble(f"{KIND}.label-null", Level.NOTE, what, file, "write `none` where that is meant")


def _is_null(row: Row) -> bool:
    text = row.fail_mode.strip()
    return text != "none" and text.casefold() in NULLS


def _unknown(read: Table, guide: StyleGuide, column: str, file: str) -> Iterator[Trouble]:
    rows: dict[str, list[int]] = {}
    for row in read.rows:
        for name in _unknown_in(row.fail_mode, guide):
            rows.setdefault(cut(name, 40, ""), []).append(row.row)
    if not rows:
        return
    # a nearest label is looked for only where it is shown: the file may hold any number of wrong ones
    said = [f"{name} (row {listed(at, 3)}{_meant(name, guide)})" for name, at in islice(rows.items(), SHOWN)]
    named = listed([*said, *islice(rows, SHOWN, None)], SHOWN)
    what = f"{count(len(rows), 'label')} in `{column}` that the guide does not know: {named}"
    remedy = f"the guide's labels are {', '.join(guide.fail_modes)}"
    yield Trouble(f"{KIND}.label-unknown", Level.ERROR, what, file, remedy)


def _unknown_in(cell: str, guide: StyleGuide) -> Iterator[str]:
    unknown = read_labels(cell, guide)[1] if not is_blank(cell) else ()
    if unknown and tables.is_formula(cell):  # which is no list of labels, though it may hold a `+`
        yield cell.strip()
    else:
        yield from (name for name, _ in unknown)


def _meant(label: str, guide: StyleGuide) -> str:
    near = guide.nearest_fail_mode(label)
    mode = guide.fail_mode(near) if near else None  # an alias is none of the labels that are listed
    return f"; `{mode.name}`?" if mode else ""
