"""Two checked versions of a file → the difference between them, fit to be shown.

Findings are told apart on the texts as read; what the difference holds of them and of the cells has its personal data
masked, as in every report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quality.correction.compare import Compared, compare
from quality.correction.diff import edits
from quality.model import Edit, Finding, Row, RowScore
from quality.reports.document import Document
from quality.reports.mask import masked, masked_text, masked_together
from quality.version_diff.pairs import Pairs, pairs

COLUMNS = ("output", "instruction", "fail_mode", "id")
"""Cells that a finding may point into."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that is not the same in both versions."""

    column: str
    before: str
    after: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row whose cells or findings are not the same in both versions."""

    id: str
    before: RowScore
    after: RowScore
    cells: tuple[CellChange, ...]
    findings: Compared

    @property
    def new_errors(self) -> int:
        """Errors that the earlier version did not have and that nobody has accepted."""
        return _errors(self.findings.introduced)

    @property
    def gained(self) -> float:
        """Points of the score."""
        return self.after.score - self.before.score

    def changed(self, column: str) -> bool:
        """Whether that cell is not the same."""
        return any(cell.column == column for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Difference:
    """What improved and what got worse between two versions of a file.

    Attributes:
        before: The earlier version, with personal data masked.
        after: The later one.
        rows: The rows that changed, the worst first.
        same: How many rows are in both and did not change.
        added: Rows of the later file alone; `removed`: of the earlier file alone.
        added_errors: Open errors in added rows.
        duplicates: Ids that stand more than once in one of the files.
        table: Findings about the table as a whole.
    """

    before: Document
    after: Document
    rows: tuple[RowChange, ...]
    same: int
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    added_errors: int
    duplicates: tuple[str, ...]
    table: Compared

    @property
    def new_errors(self) -> int:
        """Errors that came in with the later version, in added rows too."""
        rows = sum(row.new_errors for row in self.rows)
        return rows + self.added_errors + _errors(self.table.introduced)

    @property
    def edited(self) -> tuple[RowChange, ...]:
        """Rows of which a cell changed."""
        return tuple(row for row in self.rows if row.cells)

    def changed(self, column: str) -> int:
        """Of how many rows that cell changed."""
        return sum(row.changed(column) for row in self.rows)

    @property
    def rose(self) -> tuple[RowChange, ...]:
        """Rows that did not pass and pass now."""
        return tuple(row for row in self.rows if not row.before.passed and row.after.passed)

    @property
    def fell(self) -> tuple[RowChange, ...]:
        """Rows that passed and pass no more."""
        return tuple(row for row in self.rows if row.before.passed and not row.after.passed)

    @property
    def worse(self) -> bool:
        """Whether anything got worse: an error came in, or a row passes no more."""
        return bool(self.new_errors or self.fell)

    def compared(self) -> Iterable[Compared]:
        """The findings of the rows in both versions, and those about the table."""
        yield from (row.findings for row in self.rows)
        yield self.table


def _errors(findings: Iterable[Finding]) -> int:
    """How many errors somebody has to see to."""
    return sum(finding.is_open_error for finding in findings)


def difference(before: Document, after: Document) -> Difference:
    """What changed from one version to the other."""
    aligned = pairs(tuple(before.rows.values()), tuple(after.rows.values()))
    was, now = _Side.of(before), _Side.of(after)
    rows = [_row(old, new, was, now) for old, new in aligned.both]
    changed = [row for row in rows if row.cells or _moved(row)]
    changed.sort(key=lambda row: (-row.new_errors, row.gained, row.after.row))
    return Difference(
        before=was.shown,
        after=now.shown,
        rows=tuple(changed),
        same=len(rows) - len(changed),
        **_alone(aligned, was, now),
        added_errors=sum(_errors(now.findings[row.row]) for row in aligned.added),
        duplicates=tuple(map(masked_text, aligned.duplicates)),
        table=_told(compare(was.findings[None], now.findings[None], (), ("", "")), was, now),
    )


def _alone(aligned: Pairs, was: _Side, now: _Side) -> dict[str, tuple[Row, ...]]:
    return {
        "added": tuple(now.shown.rows[row.row] for row in aligned.added),
        "removed": tuple(was.shown.rows[row.row] for row in aligned.removed),
    }


def _moved(row: RowChange) -> bool:
    """Whether the row's findings or its passing changed, though no cell did."""
    found = row.findings
    return bool(found.fixed or found.introduced) or row.before.passed != row.after.passed


@dataclass(frozen=True, slots=True)
class _Side:
    """One version: its findings by row as found, and all of it as it may be shown."""

    shown: Document
    findings: Mapping[int | None, Sequence[Finding]]
    scores: Mapping[int, RowScore]
    masks: Mapping[int, Finding]

    @staticmethod
    def of(document: Document) -> _Side:
        shown = masked(document)
        by_row: dict[int | None, list[Finding]] = defaultdict(list)
        for finding in document.report.findings:
            by_row[finding.row].append(finding)
        together = zip(document.report.findings, shown.report.findings, strict=True)
        return _Side(
            shown,
            by_row,
            {row.row: row for row in shown.report.rows},
            {id(raw): mask for raw, mask in together},
        )


def _row(old: Row, new: Row, was: _Side, now: _Side) -> RowChange:
    texts = {column: (getattr(old, column), getattr(new, column)) for column in COLUMNS}
    changes = {column: edits(*pair) for column, pair in texts.items() if pair[0] != pair[1]}
    found = _by_column(was.findings.get(old.row, ()), now.findings.get(new.row, ()))
    parts = [
        compare(one, other, changes.get(column, ()), texts.get(column, ("", "")))
        for column, (one, other) in found.items()
    ]
    return RowChange(
        id=now.shown.rows[new.row].id,
        before=was.scores[old.row],
        after=now.scores[new.row],
        cells=tuple(_cell(column, texts[column], made) for column, made in changes.items()),
        findings=_told(_joined(parts), was, now),
    )


def _by_column(
    was: Iterable[Finding], now: Iterable[Finding]
) -> dict[str, tuple[list[Finding], list[Finding]]]:
    found: dict[str, tuple[list[Finding], list[Finding]]] = defaultdict(lambda: ([], []))
    for side, findings in enumerate((was, now)):
        for finding in findings:
            found[finding.column][side].append(finding)
    return found


def _joined(parts: Sequence[Compared]) -> Compared:
    return Compared(
        fixed=tuple(finding for part in parts for finding in part.fixed),
        left=tuple(finding for part in parts for finding in part.left),
        introduced=tuple(finding for part in parts for finding in part.introduced),
    )


def _told(found: Compared, was: _Side, now: _Side) -> Compared:
    """The findings as they may be shown."""
    return Compared(
        fixed=tuple(was.masks[id(finding)] for finding in found.fixed),
        left=tuple(now.masks[id(finding)] for finding in found.left),
        introduced=tuple(now.masks[id(finding)] for finding in found.introduced),
    )


def _cell(column: str, texts: tuple[str, str], made: Sequence[Edit]) -> CellChange:
    before, after = masked_together(*texts)
    shown = (
        replace(edit, before=before[edit.start : edit.end], after=after[edit.new_start : edit.new_end])
        for edit in made
    )
    return CellChange(column, before, after, tuple(shown))
