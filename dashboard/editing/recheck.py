"""One row checked again: at once what is about the row, and beside it what the last full check says of the others.

A row alone has no near-duplicates, no usual length, no words that others share. So it is checked alone twice, as
the last full check saw it and as it is now. What only the full check found stays as it was and says so; what the
full check did not mind (a name that many rows use) is not minded now. The corpus of `--against` and the judge are not
asked: what they said stays as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dashboard.model import Entry, content
from quality import run, score
from quality.guide import StyleGuide
from quality.model import Finding, Prompt, Report, Row, RowScore
from quality.plan import Request

AS_OF = "as of the last full check"
_Place = tuple[str, str, int | None, int | None, str]


@dataclass(frozen=True, slots=True)
class Alone:
    """What the checks say of a row in a table of its own."""

    score: RowScore
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction did to its row.

    Attributes:
        gone: Open findings that are no more.
        new: Open findings that were not there.
    """

    before: float | None
    after: float | None
    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]


def alone(request: Request, row: Row, sheet: Mapping[str, Row] | None) -> Alone:
    """What the checks say of the row in a table of its own.

    Args:
        request: Of the whole table.
        sheet: The rows of the original sheet by id; None without one.

    Raises:
        ProofgateError: It cannot be checked.
    """
    original = sheet.get(row.id) if sheet is not None else None
    known = (
        replace(request.sheet, rows=(original,) if original else (), cells=(), source=b"")
        if request.sheet
        else None
    )
    lone = replace(
        request,
        table=replace(request.table, rows=(row,), cells=(), source=b""),
        sheet=known,
        against=None,
        judge=None,
        workers=1,
    )
    report: Report = run.check(lone)
    return Alone(report.rows[0], tuple(one for one in report.findings if one.row == row.row))


def corrected(entry: Entry, row: Row, was: Alone, now: Alone, guide: StyleGuide) -> Entry:
    """The entry of the corrected row.

    Args:
        entry: As the last full check saw the row.
        row: As it is now.
        was: What the checks say of the former alone.
        now: Of the latter.
    """
    findings = (*_not_forgiven(entry, row, was, now), *_hanging(entry, row, was))
    unmeasured = {
        **{key: why for key, why in entry.unmeasured.items() if key not in was.score.unmeasured},
        **now.score.unmeasured,
    }
    applicable = {key for key, value in now.score.criteria.items() if value is not None} | unmeasured.keys()
    marks = score.row_score(
        row,
        Prompt("open", now.score.asks),
        findings,
        applicable=applicable,
        unmeasured=unmeasured,
        guide=guide,
        ask_results=now.score.ask_results,
        correction=now.score.correction,
    )
    return replace(
        unchecked(entry, row),
        score=marks.score,
        passed=marks.passed,
        criteria=marks.criteria,
        unmeasured=marks.unmeasured,
        findings=findings,
    )


def unchecked(entry: Entry, row: Row, why: str = "") -> Entry:
    """The entry with the row's new texts, of which nothing is known."""
    new = replace(entry.row, output=row.output, fail_mode=row.fail_mode)
    return replace(
        entry,
        row=new,
        content=content(new),
        score=None,
        passed=False,
        criteria=dict.fromkeys(entry.criteria),
        unmeasured=dict.fromkeys(entry.criteria, why or "not checked since it was corrected"),
        findings=(),
    )


def change(before: Entry, after: Entry) -> Change:
    """What became of the row between two entries of it; a finding that only moved is the same one."""
    return Change(
        before.score,
        after.score,
        tuple(_beyond(before, after)),
        tuple(_beyond(after, before, dismissed=True)),
    )


def _beyond(one: Entry, other: Entry, *, dismissed: bool = False) -> Iterator[Finding]:
    """Open findings of the one that the other lacks.

    Args:
        dismissed: Those that are dismissed in the other are known there, too.
    """
    known = Counter(
        _named(finding, other.row)
        for finding in other.findings
        if finding.is_open or (dismissed and finding.is_dismissed)
    )
    for finding in one.findings:
        if finding.is_open:
            name = _named(finding, one.row)
            if known[name]:
                known[name] -= 1
            else:
                yield finding


def _not_forgiven(entry: Entry, row: Row, was: Alone, now: Alone) -> Iterator[Finding]:
    """What is found now, without that which the full check did not mind in the same words."""
    beyond = Counter(map(_place, was.findings)) - Counter(map(_place, entry.findings))
    forgiven = {_named(one, entry.row) for one in was.findings if beyond[_place(one)]}
    yield from (one for one in now.findings if _named(one, row) not in forgiven)


def _hanging(entry: Entry, row: Row, was: Alone) -> Iterator[Finding]:
    """What only the full check found, as far as its words are still there."""
    beyond = Counter(map(_place, entry.findings)) - Counter(map(_place, was.findings))
    for one in entry.findings:
        if not beyond[_place(one)]:
            continue
        words, cell = _words(one, entry.row), str(getattr(row, one.column, "") or "")
        start, end, fix = one.start, one.end, one.fix
        if cell != str(getattr(entry.row, one.column, "") or ""):
            start, fix = cell.find(words) if words else None, None
            end = None if start is None else start + len(words)
        if start != -1:
            message = one.message if one.message.endswith(AS_OF) else f"{one.message}; {AS_OF}"
            yield replace(one, start=start, end=end, fix=fix, message=message)


def _place(finding: Finding) -> _Place:
    return finding.code, finding.column, finding.start, finding.end, finding.severity


def _named(finding: Finding, row: Row) -> tuple[str, str, str, str]:
    return finding.code, finding.column, finding.severity, _words(finding, row).casefold()


def _words(finding: Finding, row: Row) -> str:
    cell: str = getattr(row, finding.column, "") or ""
    return "" if finding.start is None else cell[finding.start : finding.end]
