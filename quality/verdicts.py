"""A checked document → an exit code, and the gate's word in words with its record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from quality import lineage
from quality.errors import ProofgateError
from quality.lineage import FixRecord, GateRecord
from quality.model import CRASHED, NOT_REQUESTED, Report, Status
from quality.options import Resolved
from quality.reports import document as doc
from quality.reports.document import Document
from quality.reports.escape import visible
from quality.reports.mask import masked_text
from quality.reports.steps import next_line, next_steps
from quality.wording import listed

MOST_CODES = 5
"""That a row's fault names."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the gate says, the exit code that goes with it, and what went wrong after the verdict."""

    text: str
    exit_code: int
    error: ProofgateError | None = None


def exit_code(document: Document) -> int:
    """`check`'s exit code: 2 a rule could not work at all, 1 the data does not pass, 0 clean."""
    report = document.report
    if any(wholly_failed(report)):
        return 2
    errors = any(finding.is_open_error for finding in report.findings)
    crashed = any(outcome.failed for outcome in report.outcomes)
    unchecked = sum(
        any(why not in (NOT_REQUESTED, CRASHED) for why in row.unmeasured.values()) for row in report.rows
    )
    too_many = unchecked > document.guide.gate.max_unmeasured_share * len(report.rows)
    return 1 if errors or crashed or too_many else 0


def wholly_failed(report: Report) -> list[str]:
    """The codes of rules that worked on no row, though they should have."""
    return [
        outcome.code
        for outcome in report.outcomes
        if outcome.status is Status.UNAVAILABLE or (report.rows and len(outcome.failed) == len(report.rows))
    ]


def recorded(document: Document, resolved: Resolved, target: Path, fixed: FixRecord | None = None) -> Spoken:
    """The verdict in words; its record goes to the target, a refusal too.

    A record that cannot be written does not keep the verdict from being said.

    Args:
        fixed: What `quality fix` says it did to this data; a record of other data refuses.
    """
    document = _bound(document, fixed)
    record = gate_record(document, resolved, fixed)
    try:
        lineage.write_gate_record(target, record)
    except ProofgateError as error:
        return replace(_speak(document, record.reasons), exit_code=error.exit_code, error=error)
    return _speak(document, record.reasons, (f"gate record: {target}",), record=target)


def gate_record(
    document: Document, resolved: Resolved, fixed: FixRecord | None = None, *, drop_failing: bool = False
) -> GateRecord:
    """The record of the document's verdict.

    Args:
        drop_failing: Whether the verdict is one on the rows that pass alone.
    """
    verdict, request = document.verdict, resolved.request
    inputs = {
        "data": request.table.path.name,
        "original": request.sheet.path.name if request.sheet else None,
        "against": request.against.path.name if request.against else None,
        "baseline": request.baseline.path.name if request.baseline else None,
        **({"decisions": request.decisions.path.name} if request.decisions else {}),
        "guide": request.guide.name,
        "engine": request.engine,
        "judge": f"{request.judge.model} at {request.judge.url}" if request.judge else None,
        "fix_record": lineage.fix_record_sha256(fixed) if fixed else None,
        "unsafe_fixes": fixed.unsafe_allowed if fixed else None,
        "drop_failing": drop_failing,
    }
    kept = replace(verdict, notes=tuple(map(masked_text, verdict.notes)))
    faults = _faults(document.report)
    return lineage.gate_record(kept, tuple(document.rows), request.guide.rules, inputs, faults)


def _faults(report: Report) -> dict[int, str]:
    """Record number → why the row does not pass: the codes of its errors, or the criteria that nobody measured."""
    codes: dict[int, set[str]] = {}
    for finding in report.findings:
        if finding.is_error and finding.row is not None:
            codes.setdefault(finding.row, set()).add(finding.code)
    return {
        row.row: listed(sorted(codes[row.row]), MOST_CODES)
        if row.row in codes
        else f"not measured in {listed(sorted(row.unmeasured), MOST_CODES)}"
        for row in report.rows
        if not row.passed
    }


def refusal(document: Document) -> Spoken:
    """The gate's word on a document that does not pass, for a command that has to stop there."""
    return _speak(document, document.verdict.reasons)


def _bound(document: Document, fixed: FixRecord | None) -> Document:
    """The document, whose verdict refuses when the fix record speaks of other data."""
    broken = lineage.broken_fix(fixed, document.verdict.fingerprint) if fixed else ()
    if not broken:
        return document
    verdict = document.verdict
    return replace(document, verdict=replace(verdict, passed=False, reasons=(*verdict.reasons, *broken)))


def verified(document: Document, earlier: Path, record: GateRecord, fixed: FixRecord | None = None) -> Spoken:
    """Whether an earlier record speaks of the data as it is now, and of that fix record if one is given."""
    document = _bound(document, fixed)
    broken = lineage.broken_links(record, document.verdict.fingerprint)
    if fixed and record.inputs.get("fix_record") != lineage.fix_record_sha256(fixed):
        broken = (*broken, "the gate record was not made with this fix record: run `quality gate` again")
    notes = ["the rows are those of the record; the file was saved again in other bytes"]
    same = lineage.same_rows_other_bytes(record, document.verdict.fingerprint)
    reasons = tuple(dict.fromkeys((*broken, *document.verdict.reasons)))
    return _speak(document, reasons, tuple(notes if same else ()), record=None if broken else earlier)


def _speak(
    document: Document, reasons: tuple[str, ...], notes: tuple[str, ...] = (), record: Path | None = None
) -> Spoken:
    """The verdict in words; `record` is the one that speaks of the data as it is."""
    name, guide = visible(document.path), doc.by_guide(document)
    if reasons:
        head = f"The gate refuses {name} {guide}:"
    else:
        head = f"The gate is open for {name} {guide}: {doc.passing(document)}."
    numbered = [f"  {number}. {visible(masked_text(reason))}" for number, reason in enumerate(reasons, 1)]
    steps = next_steps(document, unseen=True, record=str(record or ""))
    said = [visible(masked_text(f"Note: {note}")) for note in (*document.verdict.notes, *notes)]
    code = 2 if wholly_failed(document.report) else 1 if reasons else 0
    return Spoken("\n".join([head, *numbered, next_line(steps), *said]) + "\n", code)
