"""What every format is given, and what several of them say in the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality import wording
from quality.guide import StyleGuide
from quality.model import (
    CRASHED,
    INPUT_NOT_GIVEN,
    NOT_REQUESTED,
    Ask,
    Finding,
    Outcome,
    Report,
    Result,
    Row,
    RowScore,
    Severity,
    Status,
    Verdict,
)
from quality.reports.escape import visible
from quality.rule import Rule
from quality.wording import count

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Document:
    """A report with all that a reader of it needs.

    Attributes:
        rows: The rows by record number.
        frame: All columns of the table as text, indexed by record number; read by `csv` alone.
        path: The table's path as the user gave it.
        rules: The rules by code.
        notes: What reading the table assumed (encoding, delimiter, shape).
        statistics: Leave the single findings out of the terminal's report.
        explain: Show which fail modes the originals had; choosing the label is the annotator's work, so not by default.
        options: The option words of the user's command that the next one needs as well, one word an argument.
    """

    report: Report
    verdict: Verdict
    rows: Mapping[int, Row]
    frame: pd.DataFrame
    path: str
    guide: StyleGuide
    rules: Mapping[str, Rule]
    notes: tuple[str, ...] = ()
    statistics: bool = False
    explain: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """One rule's findings, counted; waived ones are in `waived` alone, accepted ones in `accepted`."""

    code: str
    name: str
    severity: str
    findings: int
    rows: int
    fixable: int
    waived: int
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """A report in numbers: errors and warnings are the open ones; `safe` and `unsafe` count those with such a fix."""

    errors: int
    warnings: int
    waived: int
    safe: int
    unsafe: int
    rows: int
    passing: int
    accepted: int = 0

    @property
    def findings(self) -> int:
        """All findings that somebody has to see to."""
        return self.errors + self.warnings


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that was not measured: what, and why."""

    what: str
    why: str


def counts(document: Document) -> Counts:
    """The report in numbers."""
    open_ = [finding for finding in document.report.findings if finding.is_open]
    waived = sum(finding.waived is not None for finding in document.report.findings)
    errors = sum(finding.is_open_error for finding in open_)
    safe = sum(finding.fix is not None and finding.fix.safe for finding in open_)
    return Counts(
        errors=errors,
        warnings=len(open_) - errors,
        waived=waived,
        safe=safe,
        unsafe=sum(finding.fix is not None for finding in open_) - safe,
        rows=len(document.report.rows),
        passing=sum(row.passed for row in document.report.rows),
        accepted=len(document.report.findings) - len(open_) - waived,
    )


def tallies(document: Document) -> list[Tally]:
    """The rules that found something: errors first, then by number of findings."""
    by_code: dict[str, list[Finding]] = {}
    for finding in document.report.findings:
        by_code.setdefault(finding.code, []).append(finding)
    found = [_tally(document, code, findings) for code, findings in by_code.items()]
    return sorted(found, key=lambda tally: (tally.severity != Severity.ERROR, -tally.findings, tally.code))


def _tally(document: Document, code: str, findings: list[Finding]) -> Tally:
    open_ = [finding for finding in findings if finding.is_open]
    waived = sum(finding.waived is not None for finding in findings)
    return Tally(
        code=code,
        name=rule_name(document, code),
        severity=str(findings[0].severity),
        findings=len(open_),
        rows=len({finding.row for finding in open_ if finding.row is not None}),
        fixable=sum(finding.fix is not None and finding.fix.safe for finding in open_),
        waived=waived,
        accepted=len(findings) - len(open_) - waived,
    )


def asked(document: Document) -> str:
    """How the prompts' asks were answered, in one line; "" without any."""
    results = Counter(str(held.result) for row in document.report.rows for held in row.ask_results)
    told = ", ".join(f"{results[result]:,} {result}" for result in Result)
    return f"The prompts make {count(results.total(), 'ask')}: {told}" if results else ""


def ask_in_words(ask: Ask) -> str:
    """`number words <= 50`, `persona pirate`: what is asked, without the part of its kind before the colon."""
    name = ask.kind.partition(":")[2].replace("_", " ")
    part = f"in {ask.part}" if ask.part not in ("", "each") else ask.part
    unit = "" if ask.unit and ask.unit in name else ask.unit
    return " ".join(piece for piece in (name, ask.relation, ask.value, unit, part) if piece)


def rule_name(document: Document, code: str) -> str:
    """The rule's name; "" for a code that is not known here."""
    rule = document.rules.get(code)
    return rule.name if rule else ""


def section(document: Document, criterion: str) -> str:
    """Where the style guide states the criterion, such as `Chat Style Guide 1.1.2-2`, or how it calls it."""
    return document.guide.section_of(criterion)


def remedy(document: Document, code: str) -> str:
    """What the annotator does about a finding of the rule; "" for a code that is not known here."""
    rule = document.rules.get(code)
    return rule.remedy if rule else ""


def cell(document: Document, finding: Finding) -> str | None:
    """The text of the finding's cell as read; None when it is about a row, the dataset or another column."""
    row = document.rows.get(finding.row) if finding.row is not None else None
    if row is None or not finding.column:
        return None
    known = {
        "id": row.id,
        "instruction": row.instruction,
        "output": row.output,
        "fail_mode": row.fail_mode,
        "original": row.original,
    }
    return known.get(finding.column)


def line(document: Document, finding: Finding) -> int | None:
    """The physical line on which the finding's row starts."""
    row = document.rows.get(finding.row) if finding.row is not None else None
    return row.line if row else None


def span(text: str, start: int | None, end: int | None) -> tuple[int, int] | None:
    """The span within the text's bounds; None when the finding is about the whole cell."""
    if start is None:
        return None
    low = min(max(start, 0), len(text))
    return low, min(max(end if end is not None else low, low), len(text))


def unmeasured(row: RowScore) -> dict[str, str]:
    """Criterion → reason, without what the user's selection left out of every row."""
    return {criterion: why for criterion, why in row.unmeasured.items() if why != NOT_REQUESTED}


def listed(items: Iterable[object], most: int = 10) -> str:
    """The items with commas, fit to be shown; what is over the limit is counted."""
    return wording.listed((visible(str(item)) for item in items), most)


def troubles(document: Document) -> list[Trouble]:
    """What was not measured: crashed and missing rules first, then rows by criterion and reason."""
    return [*_outcome_troubles(document), *_row_troubles(document)]


def _outcome_troubles(document: Document) -> Iterator[Trouble]:
    grouped: dict[tuple[Status, tuple[int, ...], str], list[str]] = {}
    for outcome in document.report.outcomes:
        if outcome.detail in INPUT_NOT_GIVEN.values():
            continue  # nothing to compare with; the verdict's notes say so
        if outcome.status is not Status.RAN or outcome.failed or _unseen(document, outcome):
            grouped.setdefault((outcome.status, outcome.failed, outcome.detail), []).append(outcome.code)
    for (status, failed, detail), codes in grouped.items():
        on = f" on {count(len(failed), 'row')} (row {listed(failed)})" if failed else ""
        words = {
            Status.CRASHED: f"crashed{on}",
            Status.UNAVAILABLE: "could not run",
            Status.NOT_REQUESTED: "left out by --select or --ignore",
            Status.RAN: f"failed{on}" if failed else "did not see every row",
        }
        yield Trouble(f"{listed(codes, 40)} {words[status]}", detail)


def _unseen(document: Document, outcome: Outcome) -> bool:
    """Rows went unmeasured that no row's score speaks of."""
    rule = document.rules.get(outcome.code)
    return outcome.unmeasured > 0 and not any(
        rule is None or rule.criterion in row.unmeasured for row in document.report.rows
    )


def _row_troubles(document: Document) -> Iterator[Trouble]:
    grouped: dict[tuple[str, str], list[int]] = {}
    for row in document.report.rows:
        for criterion, reason in unmeasured(row).items():
            if reason == CRASHED:
                continue  # the outcomes say so, rule by rule
            grouped.setdefault((criterion, reason), []).append(row.row)
    most_first = sorted(grouped.items(), key=lambda item: -len(item[1]))
    for (criterion, reason), rows in most_first[:20]:
        yield Trouble(f"{criterion} not measured in {count(len(rows), 'row')} (row {listed(rows)})", reason)
    if len(most_first) > 20:
        rest = Counter(criterion for (criterion, _), _ in most_first[20:])
        yield Trouble(
            f"{len(most_first) - 20:,} more reasons", ", ".join(f"{c}: {n}" for c, n in rest.items())
        )


def accepted(document: Document) -> str:
    """How many findings the baseline accepts or decisions dismiss, and the files' names; "" for none.

    What only repeats other findings and fell with them is not counted, as it is not at the gate.
    """
    dataset = document.report.dataset
    number = counts(document).accepted
    if "decisions" in dataset:
        fallen = sum(one.is_dismissed for one in document.report.findings)
        number -= fallen - int(dataset["decisions"]["dismissed"])
    names = [visible(str(dataset[key]["file"])) for key in ("baseline", "decisions") if key in dataset]
    name = f" in {' and '.join(names)}" if names else ""
    done = "dismissed" if "decisions" in dataset and "baseline" not in dataset else "accepted"
    return f"{count(number, 'finding')} more {done}{name}" if number else ""


def passing(document: Document) -> str:
    """`4 of 5 rows pass`."""
    numbers = counts(document)
    verb = "passes" if numbers.rows == 1 else "pass"
    return f"{numbers.passing:,} of {count(numbers.rows, 'row')} {verb}"


def by_guide(document: Document) -> str:
    """By which guide the gate judged, with the beginning of its hash."""
    return f"by guide {visible(document.guide.name)} (sha256 {document.report.fingerprint.guide[:8]})"


def still_ends_with_1(document: Document) -> str:
    """Why `quality check` fails though the gate is open; "" where it does not."""
    errors = counts(document).errors
    if not (document.verdict.passed and errors):
        return ""
    are = "is" if errors == 1 else "are"
    return f"{count(errors, 'error')} {are} left, so `quality check` ends with 1"
