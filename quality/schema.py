"""The contract of the four columns, stated in pandera and validated lazily: every breach is reported at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from quality.model import Row
from quality.rule import DATASET, Violation
from quality.table import Table, by_id
from quality.text.affixes import shared_start

if TYPE_CHECKING:
    import pandas as pd

_BLANK = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]*"
)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class _Clause:
    """One sentence of the contract: which texts of a column keep it."""

    code: str
    column: str
    kept: Callable[[Sequence[str]], list[bool]]


def violations(table: Table, sheet: Table | None = None) -> Mapping[int, tuple[Violation, ...]]:
    """Every breach of the contract by record number; what concerns the table as a whole stands under `DATASET`.

    Args:
        table: The rows to judge.
        sheet: The original sheet that they correct, to compare ids and instructions with.

    Raises:
        InputError: Two rows of the sheet share an id.
    """
    return of_rows(table.rows, by_id(sheet) if sheet else None)


def of_rows(
    rows: Sequence[Row], sheet: Mapping[str, Row] | None = None
) -> Mapping[int, tuple[Violation, ...]]:
    """The same for bare rows; the sheet's rows by id."""
    found: dict[int, list[Violation]] = defaultdict(list)
    by_number = {row.row: row for row in rows}
    numbers = _numbers_by_id(rows)
    for number, code, column in _failures(rows, _clauses(rows, numbers, sheet)):
        found[number].append(_violation(by_number[number], code, column, numbers, sheet))
    ids = {row.id for row in rows}
    missing = [key for key in sheet or () if key not in ids]
    if missing:
        found[DATASET].append(_missing(missing))
    return {number: tuple(found[number]) for number in sorted(found)}


def blank(text: str) -> bool:
    """Whether a reader would see nothing: white space and invisible characters only."""
    return _BLANK.fullmatch(text) is not None


def plain(text: str) -> str:
    """The text without differences of white space, which a spreadsheet makes by itself."""
    return " ".join(text.split())


def _numbers_by_id(rows: Sequence[Row]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        numbers[row.id.strip()].append(row.row)
    return numbers


def _clauses(
    rows: Sequence[Row], numbers: Mapping[str, Sequence[int]], sheet: Mapping[str, Row] | None
) -> list[_Clause]:
    clauses = [
        _Clause("CSV001", "id", lambda ids: [blank(i) or len(numbers[i.strip()]) == 1 for i in ids]),
        _Clause("CSV002", "id", _shown),
        _Clause("CSV003", "instruction", _shown),
        _Clause("CSV004", "output", _shown),
    ]
    if sheet is not None:
        asked = [sheet[row.id].instruction if row.id in sheet else row.instruction for row in rows]
        clauses += (
            _Clause("CSV008", "instruction", lambda texts: [*map(_same, texts, asked)]),
            _Clause("CSV009", "id", lambda ids: [i in sheet or blank(i) for i in ids]),
        )
    return clauses


def _shown(texts: Sequence[str]) -> list[bool]:
    return [not blank(text) for text in texts]


def _same(text: str, asked: str) -> bool:
    return text == asked or plain(text) == plain(asked)


def _failures(rows: Sequence[Row], clauses: Sequence[_Clause]) -> list[tuple[int, str, str]]:
    """Record number, code and column of each breach, as pandera finds them."""
    import pandas as pd
    import pandera.pandas as pa
    from pandera.config import ValidationDepth, config_context

    columns = ("id", "instruction", "output")
    frame = pd.DataFrame(
        {name: [getattr(row, name) for row in rows] for name in columns},
        index=pd.Index([row.row for row in rows], dtype="int64"),
        dtype=object,
    )
    schema = pa.DataFrameSchema(
        {name: pa.Column(object, [_check(pa, c) for c in clauses if c.column == name]) for name in columns},
        strict=True,
    )
    try:
        # an environment variable can turn pandera off; the contract is no option
        with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = cast(Any, errors).failure_cases
        found: list[tuple[Any, Any, Any]] = cases[["index", "check", "column"]].to_numpy().tolist()
        return sorted((int(number), str(code), str(column)) for number, code, column in found)
    return []


def _check(pandera: Any, clause: _Clause) -> Any:
    def keeps(series: pd.Series[str]) -> pd.Series[bool]:
        return series.__class__(clause.kept(series.tolist()), index=series.index, dtype=bool)

    return pandera.Check(keeps, error=clause.code)


def _violation(
    row: Row,
    code: str,
    column: str,
    numbers: Mapping[str, Sequence[int]],
    sheet: Mapping[str, Row] | None,
) -> Violation:
    if code == "CSV001":
        others = [number for number in numbers[row.id.strip()][:7] if number != row.row]
        listed = ", ".join(map(str, others[:5])) + (" …" if len(others) > 5 else "")
        return Violation(code, row.row, column, f"the id `{cut(row.id)}` also stands in row {listed}")
    if code == "CSV008" and sheet is not None:
        return Violation(code, row.row, column, changed(sheet[row.id].instruction, row.instruction))
    if code == "CSV009":
        return Violation(code, row.row, column, f"the original sheet has no id `{cut(row.id)}`")
    return Violation(code, row.row, column, f"the {column} is empty")


def _missing(ids: Sequence[str]) -> Violation:
    listed = ", ".join(f"`{cut(key)}`" for key in ids[:5]) + (" …" if len(ids) > 5 else "")
    rows = "1 row" if len(ids) == 1 else f"{len(ids)} rows"
    return Violation("CSV009", DATASET, "", f"{rows} of the original sheet missing: {listed}", tuple(ids))


def changed(before: str, after: str) -> str:
    """What an edit changed, in the fewest words: the differing middle of both texts."""
    old, new = plain(before), plain(after)
    head = shared_start(old, new)
    tail = shared_start(old[head:][::-1], new[head:][::-1])
    was, now = old[head : len(old) - tail], new[head : len(new) - tail]
    if not was:
        return f"the instruction was changed: “{cut(now)}” was added at character {head + 1}"
    if not now:
        return f"the instruction was changed: “{cut(was)}” was taken out at character {head + 1}"
    return f"the instruction was changed: “{cut(was)}” became “{cut(now)}”"


def cut(text: str) -> str:
    """A text short enough for a message."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
