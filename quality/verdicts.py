"""A checked document → an exit code, and the gate's word in words with its record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from quality import lineage
from quality.errors import ProofgateError
from quality.guide import StyleGuide
from quality.lineage import GateRecord
from quality.model import CRASHED, NOT_REQUESTED, Report, Severity, Status, Verdict
from quality.options import Resolved
from quality.reports import document as doc
from quality.reports.document import Document
from quality.reports.escape import visible
from quality.reports.mask import masked_text
from quality.reports.steps import next_line, next_steps


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the gate says, the exit code that goes with it, and what went wrong after the verdict."""

    text: str
    exit_code: int
    error: ProofgateError | None = None


def exit_code(report: Report, verdict: Verdict, guide: StyleGuide) -> int:
    """`check`'s exit code: 2 a rule could not work at all, 1 the data does not pass, 0 clean."""
    if any(wholly_failed(report)):
        return 2
    errors = any(f.severity is Severity.ERROR and f.waived is None for f in report.findings)
    crashed = any(outcome.failed for outcome in report.outcomes)
    unchecked = sum(
        any(why not in (NOT_REQUESTED, CRASHED) for why in row.unmeasured.values()) for row in report.rows
    )
    too_many = unchecked > guide.gate.max_unmeasured_share * len(report.rows)
    return 1 if errors or crashed or too_many else 0


def wholly_failed(report: Report) -> list[str]:
    """The codes of rules that worked on no row, though they should have."""
    return [
        outcome.code
        for outcome in report.outcomes
        if outcome.status is Status.UNAVAILABLE or (report.rows and len(outcome.failed) == len(report.rows))
    ]


def recorded(document: Document, resolved: Resolved, target: Path) -> Spoken:
    """The verdict in words; its record goes to the target, a refusal too.

    A record that cannot be written does not keep the verdict from being said.
    """
    verdict, request = document.verdict, resolved.request
    inputs = {
        "data": request.table.path.name,
        "original": request.sheet.path.name if request.sheet else None,
        "against": request.against.path.name if request.against else None,
        "guide": request.guide.name,
        "engine": request.engine,
    }
    record = lineage.gate_record(verdict, tuple(document.rows), request.guide.rules, inputs)
    try:
        lineage.write_gate_record(target, record)
    except ProofgateError as error:
        return replace(_speak(document, verdict.reasons), exit_code=error.exit_code, error=error)
    return _speak(document, verdict.reasons, (f"gate record: {target}",), record=target)


def verified(document: Document, earlier: Path, record: GateRecord) -> Spoken:
    """Whether an earlier record speaks of the data as it is now."""
    broken = lineage.broken_links(record, document.verdict.fingerprint)
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
