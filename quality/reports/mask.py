"""Personal data never reaches a reader of a report: every format is given the document that `masked` returns.

Whatever cell, id, message or statistic holds an e-mail address, a phone number, a key or a card number, each of its
code points becomes `•`, but for the first ones, which say what it was (`hf_••••`, `j•••@••••`). Lengths stay, so that
spans, carets and the JSON report's `start` and `end` still point at the cell as read. A message that quotes a piece of
such a value is masked too, and a correction that would show one is left out of the report. The data is not touched,
and neither are the file names that the user gave.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from quality.model import Ask, Correction, Finding, Report, Row, RowScore
from quality.text.personal import Kind, Personal, personal_data

if TYPE_CHECKING:
    import pandas as pd

    from quality.reports.document import Document

DOT = "•"
MIN_PIECE = 6
"""Code points of a value that show it when a message quotes them."""
MIN_WORD = 3
"""The same for a word of a message about a span within the value."""
_WORD = re.compile(r"[\w.+%@/=-]+")


def masked(document: Document, *, table: bool = False) -> Document:
    """The document as a format may show it; with `table` for a format that shows the columns of the user's table."""
    rows = _Rows(document.rows)
    verdict = document.verdict
    reasons, notes = _all(verdict.reasons), _all(verdict.notes)
    return replace(
        document,
        report=_report(document.report, rows),
        rows=rows,
        frame=_frame(document.frame, rows) if table else document.frame,
        verdict=replace(verdict, reasons=reasons, notes=notes),
        notes=_all(document.notes),
    )


@lru_cache(maxsize=4096)
def masked_text(text: str) -> str:
    """The text with the personal data in it masked; as long as it was."""
    return _hidden(text, [(one.start, one.end, one.open) for one in personal_data(text)])


def masked_together(*texts: str) -> tuple[str, ...]:
    """The texts, versions of one cell, with the personal data of any of them masked in all."""
    values = Values.of(texts)
    return tuple(map(values.hide, texts))


def masked_findings(findings: Iterable[Finding], rows: Mapping[int, Row]) -> tuple[Finding, ...]:
    """The findings as a report may show them, given the rows by record number."""
    known = _Rows(rows)
    return tuple(_finding(finding, known) for finding in findings)


@dataclass(frozen=True, slots=True)
class Values:
    """The personal data that a row holds, in one case, and what a message must not show of it."""

    whole: tuple[str, ...] = ()
    pieces: frozenset[str] = frozenset()

    @staticmethod
    def of(texts: Iterable[str]) -> Values:
        """What these texts hold."""
        found = [_secret(text, one) for text in texts for one in personal_data(text)]
        whole = tuple(dict.fromkeys(_one_case(value) for value in found))
        pieces = (value[at : at + MIN_PIECE] for value in whole for at in range(len(value) - MIN_PIECE + 1))
        return Values(whole, frozenset(pieces))

    def hide(self, text: str) -> str:
        """The text without personal data and without these values."""
        shown = masked_text(text) if len(text) < _REMEMBERED else masked_text.__wrapped__(text)
        if not self.whole:
            return shown
        plain = _one_case(shown)
        places = [m.span() for value in self.whole for m in re.finditer(re.escape(value), plain)]
        return _hidden(shown, [(start, end, ()) for start, end in places])

    def hide_quoted(self, text: str, *, within: bool = False) -> str:
        """The text without these values and any piece of them; `within`: it speaks of a span inside one of them."""
        shown = self.hide(text)
        if not self.whole:
            return shown
        plain = _one_case(shown)
        places = [
            (at, at + MIN_PIECE)
            for at in range(len(plain) - MIN_PIECE + 1)
            if plain[at : at + MIN_PIECE] in self.pieces
        ]
        if within:
            words = (word for word in _WORD.finditer(plain) if len(word.group()) >= MIN_WORD)
            places += [word.span() for word in words if any(word.group() in value for value in self.whole)]
        return _hidden(shown, [(start, end, ()) for start, end in places])


_REMEMBERED = 2_000
_NONE = Values()


def _secret(text: str, one: Personal) -> str:
    """The part of a value that tells it: of an address what stands before the `@`, of others all but the open start."""
    if one.kind is Kind.EMAIL:
        return text[one.start : text.index("@", one.start, one.end)]
    return text[one.open[-1][1] : one.end]


def _one_case(text: str) -> str:
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def _hidden(text: str, spans: Iterable[tuple[int, int, tuple[tuple[int, int], ...]]]) -> str:
    letters: list[str] | None = None
    for start, end, opened in spans:
        letters = letters if letters is not None else list(text)
        shown = {at for low, high in opened for at in range(low, high)}
        for at in range(start, end):
            if at not in shown and not letters[at].isspace():
                letters[at] = DOT
    return text if letters is None else "".join(letters)


def _all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(masked_text, texts))


@dataclass(slots=True)
class _Rows(Mapping[int, Row]):
    """The rows with their cells masked, each when it is first asked for."""

    rows: Mapping[int, Row]
    known: dict[int, Row] = field(default_factory=dict[int, Row])
    held: dict[int, Values] = field(default_factory=dict[int, Values])

    def __getitem__(self, number: int) -> Row:
        if number not in self.known:
            row, values = self.rows[number], self.values_in(number)
            self.known[number] = _row(row, values) if values.whole else row
        return self.known[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def values_in(self, number: int | None) -> Values:
        """The personal data of a row; nothing for the table as a whole and for a row that is not known."""
        if number is None or number not in self.rows:
            return _NONE
        if number not in self.held:
            row = self.rows[number]
            cells = (row.id, row.instruction, row.output, row.fail_mode, row.original or "", *row.context)
            values = Values.of(cells)
            self.held[number] = values if values.whole else _NONE
        return self.held[number]

    def is_within(self, finding: Finding) -> bool:
        """Whether the finding's span touches personal data of its cell."""
        row = self.rows.get(finding.row) if finding.row is not None else None
        cell = getattr(row, finding.column, None) if row and finding.column in _CELLS else None
        if cell is None:
            return False
        spans = [(finding.start, finding.end)] if finding.start is not None else []
        spans += [(finding.fix.start, finding.fix.end)] if finding.fix else []
        return any(
            start <= one.end and one.start <= (start if end is None else end)
            for one in personal_data(cell)
            for start, end in spans
        )


_CELLS = frozenset({"id", "instruction", "output", "fail_mode", "original"})


def _row(row: Row, values: Values) -> Row:
    return replace(
        row,
        id=values.hide(row.id),
        instruction=values.hide(row.instruction),
        output=values.hide(row.output),
        fail_mode=values.hide(row.fail_mode),
        original=None if row.original is None else values.hide(row.original),
        context=tuple(map(values.hide, row.context)),
    )


def _report(report: Report, rows: _Rows) -> Report:
    return replace(
        report,
        rows=tuple(_score(row, rows) for row in report.rows),
        findings=tuple(_finding(finding, rows) for finding in report.findings),
        outcomes=tuple(replace(o, detail=masked_text(o.detail)) if o.detail else o for o in report.outcomes),
        dataset=_inside(report.dataset, masked_text),
    )


def _score(row: RowScore, rows: _Rows) -> RowScore:
    def given(text: str) -> str:
        return rows.values_in(row.row).hide_quoted(text) if text else text

    return replace(
        row,
        id=masked_text(row.id),
        unmeasured={masked_text(key): masked_text(why) for key, why in row.unmeasured.items()},
        asks=tuple(map(_ask, row.asks)),
        ask_results=tuple(
            replace(held, ask=_ask(held.ask), given=given(held.given)) for held in row.ask_results
        ),
        correction=_correction(row.correction, rows, row.row) if row.correction else None,
    )


def _correction(correction: Correction, rows: _Rows, number: int) -> Correction:
    values, row = rows.values_in(number), rows[number]
    before, after = row.original or "", row.output
    return replace(
        correction,
        edits=tuple(
            replace(e, before=before[e.start : e.end], after=after[e.new_start : e.new_end])
            for e in correction.edits
        ),
        fixed=tuple(_finding(finding, rows) for finding in correction.fixed),
        left=tuple(_finding(finding, rows) for finding in correction.left),
        introduced=tuple(_finding(finding, rows) for finding in correction.introduced),
        inferred=tuple(
            replace(
                mode,
                evidence=tuple(replace(e, message=values.hide_quoted(e.message)) for e in mode.evidence),
            )
            for mode in correction.inferred
        ),
    )


def _ask(ask: Ask) -> Ask:
    return replace(ask, value=masked_text(ask.value), unit=masked_text(ask.unit), part=masked_text(ask.part))


def _finding(finding: Finding, rows: _Rows) -> Finding:
    values = rows.values_in(finding.row)
    within = bool(values.whole) and rows.is_within(finding)

    def hidden(text: str) -> str:
        return values.hide_quoted(text, within=within)

    fix = finding.fix
    if fix and (within or hidden(fix.text) != fix.text):
        fix = None
    return replace(
        finding,
        row_id=values.hide(finding.row_id),
        message=hidden(finding.message),
        related=_all(finding.related),
        waived=None if finding.waived is None else hidden(finding.waived),
        accepted=None if finding.accepted is None else hidden(finding.accepted),
        detail=_inside(finding.detail, hidden) if finding.detail else finding.detail,
        fix=fix,
    )


def _inside(value: Any, hidden: Any) -> Any:
    """The JSON value with every text in it masked."""
    if isinstance(value, str):
        return hidden(value)
    if isinstance(value, Mapping):
        items = cast(Mapping[Any, Any], value)
        return {_inside(key, hidden): _inside(items[key], hidden) for key in items}
    if isinstance(value, list | tuple):
        return [_inside(item, hidden) for item in cast(Iterable[Any], value)]
    return value


def _frame(frame: pd.DataFrame, rows: _Rows) -> pd.DataFrame:
    """The table with every text in it masked."""
    import pandas as pd

    held = [rows.values_in(int(number)) for number in frame.index]
    columns = {
        at: [v.hide(c) if isinstance(c, str) else c for v, c in zip(held, frame.iloc[:, at], strict=True)]
        for at in range(frame.shape[1])
    }
    # As objects: a column type of its own would not hold lone surrogates.
    shown = pd.DataFrame(columns, index=frame.index, dtype=object)
    shown.columns = pd.Index([masked_text(str(name)) for name in frame.columns], dtype=object)
    return shown
