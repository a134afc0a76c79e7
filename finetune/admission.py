"""The gate before the fine-tune: what the user names → the rows that may train, and the record that says so."""

from __future__ import annotations

from collections.abc import Sequence
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

OPEN_WITHOUT = "`--drop-failing` would leave the rows out that do not pass, and train on the {kept} that do"

UNNAMED = "the gate record does not say why"


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
    return admit_resolved(options, checking.inputs(options), drop_failing=drop_failing, record=record)


def admit_resolved(
    options: Options, resolved: Resolved, *, drop_failing: bool = False, record: Path | None = None
) -> Admission:
    """The same, once the inputs are read."""
    if record is not None:
        return _recorded(resolved, record, drop_failing)
    document = checking.document(options, resolved)
    whole = document.verdict
    if drop_failing:
        document = replace(document, verdict=_on_passing_rows(document))
    if not document.verdict.passed:
        raise _refused(document, whole if drop_failing else _on_passing_rows(document), drop_failing)
    made = verdicts.gate_record(document, resolved, drop_failing=drop_failing)
    return _admission(resolved, made)


def _recorded(resolved: Resolved, path: Path, drop_failing: bool) -> Admission:
    """What an earlier gate let in, where its record speaks of the data as it is."""
    record = lineage.read_gate_record(path)
    broken = lineage.broken_links(record, fingerprint(plan(resolved.request))) or _of_other_rows(
        record, resolved.request.table.rows
    )
    if broken:
        raise GateRefused(
            f"the gate record does not let this data in: {'; '.join(broken)}",
            where=str(path),
            remedy="mend what it names, then run `quality gate` on the data again, or leave --gate-record out",
        )
    if record.inputs.get("drop_failing") and not drop_failing:
        raise GateRefused(
            "the gate was open only to the rows that pass",
            where=str(path),
            remedy="add --drop-failing, or mend the other rows and run `quality gate` again",
        )
    return _admission(resolved, record)


def _of_other_rows(record: GateRecord, rows: Sequence[Row]) -> tuple[str, ...]:
    """Why a record of this very data cannot be: it counts other rows than there are."""
    numbers = {row.row for row in rows}
    if record.rows == len(numbers) and numbers.issuperset(record.dropped_rows):
        return ()
    return ("its rows are not those of the table",)


def _admission(resolved: Resolved, record: GateRecord) -> Admission:
    shut_out = frozenset(record.dropped_rows)
    rows = resolved.request.table.rows
    return Admission(
        resolved=resolved,
        record=record,
        rows=tuple(row for row in rows if row.row not in shut_out),
        dropped=tuple(
            Dropped(row.row, row.id, f"does not pass: {record.faults.get(str(row.row), UNNAMED)}")
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
