"""Findings → the keys under which a decision can speak of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from quality.baseline.entries import Contents, digest, plain
from quality.dismissals.decisions import Decision, Key, Scope, key_of, of_words
from quality.model import Finding, Row


class Places:
    """Where findings stand, in the rows that they were found in."""

    def __init__(self, rows: Sequence[Row], sheet: Mapping[str, Row] | None) -> None:
        """Takes the rows.

        Args:
            rows: All that the findings speak of, those named in `related` among them.
            sheet: The original sheet's rows by id; None without one.
        """
        self._rows = {row.row: row for row in rows}
        self._sheet = sheet or {}
        self._contents = Contents([self._as_asked(row) for row in rows], {})

    def scopes(self, finding: Finding) -> tuple[Scope, ...]:
        """What can be decided of it, the narrowest first; nothing of what is about the table as a whole."""
        if finding.row not in self._rows:
            return ()
        words = self._span(finding)[2]
        return (Scope.ROW, Scope.TEXT, Scope.WORD) if words.strip() else (Scope.ROW, Scope.TEXT)

    def key(self, finding: Finding, scope: Scope) -> Key:
        """What a decision of that scope about it would be known by; the scope is one of its `scopes`."""
        start, end, words = self._span(finding)
        place = (finding.column, start, end, words, finding.row_id)
        return key_of(scope, finding.code, self._content(finding, scope), *place)

    def decision(self, finding: Finding, scope: Scope, *, who: str, why: str, at: str) -> Decision:
        """The decision of that scope about it."""
        start, end, words = self._span(finding)
        place = (finding.column, start, end, words, finding.row_id)
        return Decision(scope, finding.code, self._content(finding, scope), *place, who, why, at)

    def _content(self, finding: Finding, scope: Scope) -> str:
        start, end, words = self._span(finding)
        if scope is Scope.WORD:
            return of_words(words)
        if start is None or end is None:
            # one rule can say several things of one cell; its sentence tells them apart
            return digest([self._contents.of([finding]), self._own_instruction(finding), finding.message])
        if scope is Scope.TEXT:
            cell = plain(self._cell(finding)) or ""
            return digest([finding.column, cell[_begin(cell, start) : _stop(cell, end)]])
        return digest([self._contents.of([finding]), self._own_instruction(finding)])

    def _own_instruction(self, finding: Finding) -> str | None:
        """What the file itself says was asked, for findings that hang on it; all others hang on what the sheet asks."""
        if finding.column != "instruction" and finding.criterion != "contract":
            return None
        return plain(self._rows[finding.row or 0].instruction)

    def _as_asked(self, row: Row) -> Row:
        """The row with the sheet's instruction, which is what its rules read."""
        return replace(row, instruction=self._sheet[row.id].instruction) if row.id in self._sheet else row

    def _span(self, finding: Finding) -> tuple[int | None, int | None, str]:
        """Its place with line ends as one, and its words; spreadsheets change line ends, and mean nothing by it."""
        cell = self._cell(finding)
        if finding.start is None or finding.end is None or cell is None:
            return None, None, ""
        start, end = (len(plain(cell[:place]) or "") for place in (finding.start, finding.end))
        return start, end, (plain(cell) or "")[start:end]

    def _cell(self, finding: Finding) -> str | None:
        """The text of its column; of the instruction as the sheet asks it, for the rules read that one."""
        row = self._rows.get(finding.row or 0)
        if row is None or finding.column not in ("instruction", "output", "fail_mode", "original", "id"):
            return None
        value: str | None = getattr(self._as_asked(row), finding.column)
        return value


def _begin(text: str, start: int) -> int:
    return text.rfind("\n", 0, start) + 1


def _stop(text: str, end: int) -> int:
    stop = text.find("\n", end)
    return len(text) if stop < 0 else stop
