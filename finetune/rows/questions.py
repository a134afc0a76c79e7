"""The test file → the instructions to be answered: `id, instruction`, in any format of `quality.table`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from quality import table
from quality.errors import InputError
from quality.model import Row
from quality.reports.escape import shown_id
from quality.table import STANDARD, Columns, Table
from quality.table.types import at
from quality.wording import count, listed

_REMEDY = "correct the file; a prediction belongs to one id"


def read(path: Path, columns: Columns = STANDARD) -> Table:
    """The test file, with an id of its own and an instruction in every row; other columns are ignored.

    Args:
        columns: What the columns are called there; the answers' is not looked for.

    Raises:
        InputError: It cannot be read as rows, holds none, or a row lacks an id or an instruction.
    """
    asked = table.read(path, replace(columns, output=None), labels_required=False)
    if not asked.rows:
        raise InputError(
            "holds no instruction", where=str(path), remedy="it needs a row for each, under `id,instruction`"
        )
    _refuse(path, [row for row in asked.rows if not row.id.strip()], "no id")
    _refuse(path, [row for row in asked.rows if not row.instruction.strip()], "no instruction")
    _refuse_doubled(path, asked.rows)
    return asked


def _refuse_doubled(path: Path, rows: Iterable[Row]) -> None:
    known: dict[str, Row] = {}
    for row in rows:
        first = known.setdefault(row.id.strip(), row)
        if first is not row:
            raise InputError(
                f"rows {first.row} and {row.row} have the same id `{shown_id(row.id.strip())}`",
                where=at(path, row.line),
                remedy=_REMEDY,
            )


def _refuse(path: Path, rows: Iterable[Row], lack: str) -> None:
    found = list(rows)
    if found:
        verb = "has" if len(found) == 1 else "have"
        raise InputError(
            f"{count(len(found), 'row')} {verb} {lack}: row {listed(row.row for row in found)}",
            where=at(path, found[0].line),
            remedy=_REMEDY,
        )
