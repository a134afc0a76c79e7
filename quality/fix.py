"""Corrections → a new file. Safe ones only unless told; a correction that would bring a new finding is taken back."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quality import files, run, table
from quality.errors import EngineUnavailable, InputError
from quality.lineage import FixRecord, Version
from quality.measure import Progress
from quality.model import Finding, Fix, Report, Status
from quality.options import Resolved
from quality.run import Request
from quality.table import Table

MAX_PASSES = 40
"""A correction may uncover another (a doubled word, then its article), and corrections of a row that would bring a new
finding are tried again one by one; real text settles in two to four passes."""

Cell = tuple[int, str]
Wanted = Mapping[Cell, Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A corrected table.

    Attributes:
        before: The table as read.
        content: The corrected file's bytes.
        cells: Cell → its corrected text.
        applied: Findings whose correction was applied.
        kept_back: Findings whose correction would have brought a new finding.
        left: Findings that remain and carry no applicable correction.
    """

    before: Table
    content: bytes
    cells: Mapping[Cell, str]
    applied: tuple[Finding, ...]
    kept_back: tuple[Finding, ...]
    left: tuple[Finding, ...]


def unadvised(resolved: Resolved) -> Resolved:
    """The request without its judge: it has no corrections, its mood would hold others back, and no text leaves."""
    return replace(resolved, request=replace(resolved.request, judge=None))


def fix(request: Request, *, unsafe: bool, progress: Progress = lambda done, total: None) -> Fixed:
    """The table with every applicable correction, checked again until nothing more applies.

    Raises:
        EngineUnavailable: A rule's engine is not here, so that its corrections would be missing.
    """
    start = request.table
    current, report = start, run.check(request, progress)
    need_engines(report)
    applied: list[Finding] = []
    kept_back: dict[_Correction, Finding] = {}
    one_by_one: set[int] = set()
    # the first correction in a row revives what is accepted for the row as it was, and the user said that it may stay
    accepted = {(f.row, f.code) for f in report.findings if f.accepted is not None and _as_it_was(f)}
    for _ in range(MAX_PASSES):
        free = [finding for finding in report.findings if (finding.row, finding.code) not in accepted]
        wanted = _applicable(free, current, kept_back, one_by_one, unsafe)
        if not wanted:
            break
        candidate = _with(current, wanted)
        again = run.check(replace(request, table=candidate), progress)
        blamed = _blamed(report, again, {cell[0] for cell in wanted})
        if not blamed:
            applied += [finding for findings in wanted.values() for finding in findings]
            current, report = candidate, again
        for (row, _), findings in wanted.items():
            if row in blamed and len(findings) == 1 and _only_cell(row, wanted):
                kept_back[_correction(findings[0], current)] = findings[0]
        one_by_one |= blamed
    cells = _changed(start, current)
    return Fixed(
        before=start,
        content=table.splice(start, cells),
        cells=cells,
        applied=tuple(applied),
        kept_back=tuple(kept_back.values()),
        left=tuple(f for f in report.findings if f.is_open),
    )


def need_engines(report: Report) -> None:
    """Returns when every rule's engine was there.

    Raises:
        EngineUnavailable: One was not, so that its corrections would be missing.
    """
    missing = next((o.detail for o in report.outcomes if o.status is Status.UNAVAILABLE), None)
    if missing is not None:
        raise EngineUnavailable(missing)


_Correction = tuple[int | None, str, str, str]


def _correction(finding: Finding, current: Table) -> _Correction:
    """What a correction does, wherever in its cell: places move when others are applied."""
    row = next(row for row in current.rows if row.row == finding.row)
    fix = finding.fix
    assert fix is not None
    return finding.row, finding.column, getattr(row, finding.column)[fix.start : fix.end], fix.text


def _only_cell(row: int, wanted: Wanted) -> bool:
    return sum(number == row for number, _ in wanted) == 1


def _as_it_was(finding: Finding) -> bool:
    """Whether it may stay only as long as nothing around it changes; words dismissed everywhere stay so."""
    return not finding.is_dismissed or finding.detail["dismissed"]["scope"] != "word"


def _applicable(
    findings: Sequence[Finding],
    current: Table,
    kept_back: Mapping[_Correction, Finding],
    one_by_one: set[int],
    unsafe: bool,
) -> dict[Cell, list[Finding]]:
    """The corrections to apply by cell, in the order of the text; of two that overlap the first.

    Args:
        findings: What the last check found.
        current: The table that it checked.
        kept_back: Corrections that are not to be tried again.
        one_by_one: Rows of which only the first correction is applied at a time.
        unsafe: Whether suggestions that need a look are applied as well.
    """
    cells: dict[Cell, list[Finding]] = {}
    begun: set[int] = set()
    ordered = sorted(findings, key=lambda f: (f.row or 0, f.column, f.fix.start if f.fix else 0, f.code))
    for finding in ordered:
        one, row = finding.fix, finding.row
        if one is None or row is None or not finding.is_open or not (one.safe or unsafe):
            continue
        if finding.column not in ("instruction", "output") or (row in one_by_one and row in begun):
            continue
        if kept_back and _correction(finding, current) in kept_back:
            continue
        taken = cells.setdefault((row, finding.column), [])
        last = taken[-1].fix if taken else None
        if last is None or one.start >= max(last.end, last.start + 1):
            taken.append(finding)
            begun.add(row)
    return {cell: taken for cell, taken in cells.items() if taken}


def _with(current: Table, wanted: Wanted) -> Table:
    rows = {row.row: row for row in current.rows}
    cells = {
        (number, column): apply(getattr(rows[number], column), [f.fix for f in findings if f.fix])
        for (number, column), findings in wanted.items()
    }
    return table.edited(current, table.splice(current, cells))


def apply(text: str, fixes: Sequence[Fix]) -> str:
    """The text with non-overlapping corrections applied."""
    for one in sorted(fixes, key=lambda f: f.start, reverse=True):
        text = text[: one.start] + one.text + text[one.end :]
    return text


def _blamed(before: Report, after: Report, touched: set[int]) -> set[int]:
    """The touched rows whose corrections brought something that was not there.

    That is a code more often than before, waived or not, or a criterion that can no longer be measured. What is new
    in a row that was not touched, or about the table, is blamed on the touched rows that it names, else on all.
    """
    counts = Counter((f.row, f.code) for f in before.findings)
    again = Counter((f.row, f.code) for f in after.findings)
    numbers = {row.id: row.row for row in after.rows}
    blamed: set[int] = set()
    for finding in after.findings:
        if again[finding.row, finding.code] <= counts[finding.row, finding.code]:
            continue
        named = {numbers[other] for other in finding.related if other in numbers} & touched
        blamed |= {finding.row} if finding.row in touched else named or touched
    known = {row.row: set(row.unmeasured) for row in before.rows}
    lost = {row.row for row in after.rows if set(row.unmeasured) - known[row.row]}
    if lost:
        blamed |= lost & touched or touched
    return blamed


def _changed(start: Table, current: Table) -> dict[Cell, str]:
    return {
        (old.row, column): getattr(new, column)
        for old, new in zip(start.rows, current.rows, strict=True)
        for column in ("instruction", "output")
        if getattr(old, column) != getattr(new, column)
    }


def write(fixed: Fixed, target: Path, *, named: bool) -> None:
    """Puts the corrected file there.

    Raises:
        InputError: The file exists and the user did not name it.
    """
    if not named and target.exists():
        raise InputError("is there already", where=str(target), remedy="name the file to write with -o")
    files.replace(target, fixed.content)


def record(fixed: Fixed, target: Path, *, unsafe: bool) -> FixRecord:
    """What was done, bound to the data before and after.

    Args:
        target: Where the corrected file goes.
        unsafe: Whether suggestions that need a look were applied as well.
    """
    after = table.edited(fixed.before, fixed.content)
    codes = {True: Counter[str](), False: Counter[str]()}
    for finding in fixed.applied:
        codes[finding.fix is not None and finding.fix.safe][finding.code] += 1
    return FixRecord(
        before=Version.of(fixed.before),
        after=Version.of(after, target),
        safe=dict(sorted(codes[True].items())),
        unsafe=dict(sorted(codes[False].items())),
        unsafe_allowed=unsafe,
    )


def record_path(target: Path) -> Path | None:
    """Where the record of a corrected file goes unless the user names a place; a pipe or device has none."""
    return None if files.is_special(target) else target.with_name(f"{target.name}.fix.json")


def diff(fixed: Fixed, name: str) -> str:
    """What would change, cell by cell as a unified diff, then the findings that nothing here corrects."""
    from quality.reports.escape import visible
    from quality.reports.mask import masked_findings, masked_text, masked_together

    rows = {row.row: row for row in fixed.before.rows}
    out: list[str] = []
    for (number, column), text in sorted(fixed.cells.items()):
        row = rows[number]
        before, after = masked_together(getattr(row, column), text)
        label = f"{name}:{row.line} [{masked_text(row.id)}] {column}"
        lines = difflib.unified_diff(
            before.splitlines(), after.splitlines(), label, f"{label} (corrected)", lineterm="", n=1
        )
        out += [visible(line) for line in lines]
    if fixed.left:
        out.append(f"Not corrected by this command ({len(fixed.left)}):")
        for finding in masked_findings(fixed.left, rows):
            line = rows[finding.row].line if finding.row in rows else 1
            out.append(
                f"  {name}:{line} [{visible(finding.row_id)}] {finding.code} {visible(finding.message)}"
            )
    return "\n".join(out) + "\n" if out else ""


def summary(fixed: Fixed, target: Path | None) -> str:
    """One or two sentences on what was done."""
    count, cells = len(fixed.applied), len(fixed.cells)
    done = f"{count} corrections in {cells} cells"
    text = f"{done} → {target}" if target else f"{done} would be made"
    for finding in fixed.kept_back[:8]:
        text += (
            f"\nnot applied in row {finding.row} ({finding.code}): the correction would bring a new finding"
        )
    return f"{text}\n{len(fixed.left)} findings are left for a person"
