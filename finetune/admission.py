"""The gate before the fine-tune: what the user names → the rows that may train, and the record that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from finetune.rows.examples import Dropped
from quality import checking, gate, lineage, verdicts
from quality.cli_inputs import Options
from quality.errors import GateRefused, ProofgateError
from quality.fingerprint import fingerprint
from quality.lineage import GateRecord
from quality.model import Row, Verdict
from quality.options import Resolved
from quality.plan import plan
from quality.reports.document import Document
from quality.wording import listed

OPEN_WITHOUT = "`--drop-failing` would leave the rows out that do not pass, and train on the {kept} that do"


@dataclass(frozen=True, slots=True)
class Admission:
    """What the gate let in.

    Attributes:
        rows: Those that pass, in the table's order; no other is ever trained on.
        dropped: The others, with why.
        record: What the gate said, to which the run is bound.
        notes: What the user should know of it.
    """

    resolved: Resolved
    record: GateRecord
    rows: tuple[Row, ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...]


def admit(options: Options, *, drop_failing: bool = False, record: Path | None = None) -> Admission:
    """The rows that may train, once the gate is open.

    Args:
        drop_failing: Let the rows that pass in where the others would keep the gate shut.
        record: A gate record; while it speaks of the data as it is, nothing is checked again.

    Raises:
        GateRefused: The data does not pass, or is not what the record speaks of.
        ProofgateError: It cannot be checked.
    """
    resolved = checking.inputs(options)
    if record is not None:
        return _recorded(resolved, record, drop_failing)
    document = checking.document(options, resolved)
    whole = document.verdict
    if drop_failing:
        document = replace(document, verdict=_on_passing_rows(document))
    if not document.verdict.passed:
        raise _refused(document, whole if drop_failing else _on_passing_rows(document), drop_failing)
    made = verdicts.gate_record(document, resolved, drop_failing=drop_failing)
    return _admission(resolved, made, _faults(document))


def _recorded(resolved: Resolved, path: Path, drop_failing: bool) -> Admission:
    """What an earlier gate let in, where its record speaks of the data as it is."""
    record = lineage.read_gate_record(path)
    broken = lineage.broken_links(record, fingerprint(plan(resolved.request)))
    if broken:
        raise GateRefused(f"the gate record does not let this data in: {'; '.join(broken)}", where=str(path))
    if record.inputs.get("drop_failing") and not drop_failing:
        raise GateRefused(
            "the gate was open only to the rows that pass",
            where=str(path),
            remedy="add --drop-failing, or mend the other rows and run `quality gate` again",
        )
    return _admission(resolved, record, {})


def _admission(resolved: Resolved, record: GateRecord, faults: Mapping[int, str]) -> Admission:
    shut_out = frozenset(record.dropped_rows)
    rows = resolved.request.table.rows
    return Admission(
        resolved=resolved,
        record=record,
        rows=tuple(row for row in rows if row.row not in shut_out),
        dropped=tuple(
            Dropped(row.row, row.id, faults.get(row.row, "does not pass, by the gate record"))
            for row in rows
            if row.row in shut_out
        ),
        notes=(*resolved.notes, *record.notes),
    )


def _on_passing_rows(document: Document) -> Verdict:
    criteria = {code: rule.criterion for code, rule in document.rules.items()}
    return gate.decide(document.report, document.guide, criteria, drop_failing=True)


def _refused(document: Document, other: Verdict, drop_failing: bool) -> ProofgateError:
    """The gate's word; 2 where a rule could not work at all, as at `quality gate`."""
    spoken = verdicts.refusal(document)
    remedy = ""
    if not drop_failing and other.passed:
        remedy = OPEN_WITHOUT.format(kept=len(other.passing_rows))
    if spoken.exit_code != GateRefused.exit_code:
        return ProofgateError(spoken.text.rstrip(), remedy=remedy)
    return GateRefused(spoken.text.rstrip(), remedy=remedy)


def _faults(document: Document) -> dict[int, str]:
    """Record number → why the row does not pass, in the codes of its errors or the criteria that nobody measured."""
    codes: dict[int, list[str]] = {}
    for finding in document.report.findings:
        if finding.is_error and finding.row is not None:
            codes.setdefault(finding.row, []).append(finding.code)
    return {
        row.row: f"does not pass: {_named(codes.get(row.row, ()))}"
        if row.row in codes
        else f"does not pass: not measured in {listed(sorted(row.unmeasured), 3)}"
        for row in document.report.rows
        if not row.passed
    }


def _named(codes: Sequence[str]) -> str:
    return listed(sorted(set(codes)), 5)
