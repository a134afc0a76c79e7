"""The user's table with more columns: `score`, `passed`, `findings`; safe to open in a spreadsheet.

Every record and column is there, in order, as text. A cell that a spreadsheet could take for a formula has an
apostrophe before it (`escape.csv_cell`), so this file is for reading, not for correcting: correct the
original. UTF-8 with a byte-order mark, CRLF, every cell quoted, comma-separated. `findings` holds one finding
a line; findings about the whole table are in the other formats. With `--original`, `correction` says what was
changed and which findings that fixed; with `--explain`, `inferred` says which fail modes the original may have had.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from quality.model import Finding, RowScore
from quality.reports import corrections
from quality.reports import document as doc
from quality.reports.document import Document
from quality.reports.escape import csv_cell
from quality.wording import cut

COLUMNS = ("score", "passed", "findings")
BOM = "\ufeff"
MAX_CELL = 32_000
"""Characters of `findings`; a cell of a spreadsheet holds 32,767."""


def render(document: Document) -> str:
    """The table with a byte-order mark before it; where a name is taken, ours gets `quality_` before it."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    frame = document.frame
    own = [str(name) for name in frame.columns]
    columns = _columns(document)
    writer.writerow([csv_cell(name) for name in (*own, *_names(own, columns))])
    marks, none = _marks(document, columns), ("",) * len(columns)
    for number, cells in zip(frame.index, frame.itertuples(index=False, name=None), strict=True):
        row = (*cells, *marks.get(int(number), none))
        writer.writerow(["" if cell is None else csv_cell(str(cell)) for cell in row])
    return BOM + text.getvalue()


def _columns(document: Document) -> tuple[str, ...]:
    """Our columns: those about corrections only where there are any."""
    if all(row.correction is None for row in document.report.rows):
        return COLUMNS
    return (*COLUMNS, "correction", *["inferred"] * document.explain)


def _names(own: list[str], columns: Iterable[str]) -> list[str]:
    """Our columns' names, told apart from the user's."""
    names: list[str] = []
    for name in columns:
        free = name
        while free in own:
            free = f"quality_{free}"
        names.append(free)
    return names


def _marks(document: Document, columns: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    found: dict[int | None, list[Finding]] = {}
    for finding in document.report.findings:
        found.setdefault(finding.row, []).append(finding)
    marks: dict[int, tuple[str, ...]] = {}
    for row in document.report.rows:
        cells = {
            "score": f"{row.score:.1f}",
            "passed": "true" if row.passed else "false",
            "findings": _findings(found.get(row.row, ()), doc.unmeasured(row).items()),
            "correction": _correction(row),
            "inferred": _cut("\n".join(corrections.inferred(document, row.correction))),
        }
        marks[row.row] = tuple(cells[name] for name in columns)
    return marks


def _correction(row: RowScore) -> str:
    """What was changed, then the findings that are gone, one a line."""
    if row.correction is None:
        return ""
    gone = (f"fixed: {_line(finding)}" for finding in row.correction.fixed)
    return _cut("\n".join([corrections.of_row(row.correction), *gone]))


def _findings(findings: Iterable[Finding], unmeasured: Iterable[tuple[str, str]]) -> str:
    lines = [*map(_line, findings), *(f"{criterion} not measured: {why}" for criterion, why in unmeasured)]
    return _cut("\n".join(lines))


def _cut(text: str) -> str:
    return cut(text, MAX_CELL, " (the rest is in the other formats)")


def _line(finding: Finding) -> str:
    place = f" {finding.column}" if finding.column else ""
    if finding.start is not None:
        place += f":{finding.start}-{finding.end}"
    fix = f' → "{finding.fix.text}"' if finding.fix else ""
    waived = f' (waived: "{finding.waived}")' if finding.waived is not None else ""
    accepted = f' (accepted: "{finding.accepted}")' if finding.accepted is not None else ""
    return f"{finding.code} {finding.severity}{place}: {finding.message}{fix}{waived}{accepted}"
