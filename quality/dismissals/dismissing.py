"""A report → the same with the findings that decisions hold for marked as dismissed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from quality.dismissals.decisions import SCOPES, Decision, Decisions, Key, Scope, in_order
from quality.dismissals.places import Places
from quality.model import Finding, Report, Row, Status


def dismiss(
    report: Report, decisions: Decisions, rows: Sequence[Row], sheet: Mapping[str, Row] | None
) -> Report:
    """The report whose findings carry the decisions that hold for them; scores and `passed` stay as they are.

    Its `dataset` says what each decision was used for, and which found nothing.

    Args:
        rows: The table's own, with their originals.
        sheet: The original sheet's rows by id; None without `--original`.
    """
    held = matched(report.findings, decisions.decisions, Places(rows, sheet))
    findings = tuple(
        finding if one is None else marked(finding, one)
        for finding, one in zip(report.findings, held, strict=True)
    )
    told = {
        "file": decisions.path.name,
        "entries": len(decisions.decisions),
        "dismissed": sum(
            one is not None and one.code == of.code for of, one in zip(report.findings, held, strict=True)
        ),
        "uses": uses(report.findings, held),
        "stale": [
            {"scope": str(one.scope), "code": one.code, "id": one.row_id, "words": one.words}
            for one in _stale(report, decisions, held)
        ],
    }
    return replace(report, findings=findings, dataset={**report.dataset, "decisions": told})


def matched(
    findings: Sequence[Finding], decisions: Iterable[Decision], places: Places
) -> list[Decision | None]:
    """For each finding the decision that holds for it, the narrowest of several; None for none.

    What only repeats other findings of its row falls with them, once all of these are dismissed.

    Args:
        findings: All of their rows.
    """
    known: dict[Key, Decision] = {}
    for one in in_order(tuple(decisions)):
        known.setdefault(one.key, one)
    asked: set[tuple[Scope, str, str]] = {(key.scope, key.code, key.row_id) for key in known}
    held = [_held(finding, known, asked, places) for finding in findings]
    rows: dict[int | None, list[int]] = {findings[n].row: [] for n, one in enumerate(held) if one is not None}
    for number, finding in enumerate(findings):
        if finding.row in rows:
            rows[finding.row].append(number)
    for of_row in rows.values():
        for number in of_row:
            if (
                findings[number].code in REPEATING
                and findings[number].waived is None
                and held[number] is None
            ):
                held[number] = _fallen(findings[number], [(findings[n], held[n]) for n in of_row])
    return held


REPEATING = frozenset({"EDT001", "EDT002"})
"""Rules that say of errors of the output only whether the original had them; `detail.codes` names which."""


def _fallen(finding: Finding, of_row: Sequence[tuple[Finding, Decision | None]]) -> Decision | None:
    """The decision with which the finding falls; None as long as one of the errors that it repeats is left."""
    codes = finding.detail.get("codes", ())
    repeated = [(one, by) for one, by in of_row if one.code in codes and one.is_error]
    if any(by is None and not one.is_dismissed for one, by in repeated):
        return None
    here = (finding.column, finding.start, finding.end)
    repeated.sort(
        key=lambda pair: (pair[0].column, pair[0].start, pair[0].end) != here
    )  # whose words it marks
    return next((by for _, by in repeated if by is not None), None)


def _held(
    finding: Finding, known: Mapping[Key, Decision], asked: set[tuple[Scope, str, str]], places: Places
) -> Decision | None:
    if finding.waived is not None or finding.row is None:
        return None
    wanted = [
        scope
        for scope in SCOPES
        if (scope, finding.code, finding.row_id if scope is Scope.ROW else "") in asked
    ]
    possible = places.scopes(finding) if wanted else ()
    found = (known.get(places.key(finding, scope)) for scope in wanted if scope in possible)
    return next((one for one in found if one is not None), None)


def marked(finding: Finding, by: Decision) -> Finding:
    """The finding as dismissed by that decision."""
    told = {"scope": str(by.scope), "who": by.who, "why": by.why, "at": by.at}
    return replace(finding, accepted=by.accepted, detail={**finding.detail, "dismissed": told})


def uses(findings: Sequence[Finding], held: Sequence[Decision | None]) -> list[dict[str, Any]]:
    """Each decision that holds for something, with the number of its findings and rows, as JSON values.

    Findings that only repeat others are not counted.
    """
    numbers: dict[Key, tuple[Decision, list[int | None]]] = {}
    for finding, one in zip(findings, held, strict=True):
        if one is not None and one.code == finding.code:
            numbers.setdefault(one.key, (one, []))[1].append(finding.row)
    ordered = in_order([one for one, _ in numbers.values()])
    return [_use(one, numbers[one.key][1]) for one in ordered]


def _use(one: Decision, rows: Sequence[int | None]) -> dict[str, Any]:
    return {**decided(one), "findings": len(rows), "rows": len(set(rows))}


def decided(one: Decision) -> dict[str, Any]:
    """The decision as reports tell of it, as JSON values."""
    return {
        "scope": str(one.scope),
        "code": one.code,
        "content": one.content,
        "id": one.row_id,
        "words": one.words,
        "who": one.who,
        "why": one.why,
        "at": one.at,
    }


def _stale(report: Report, decisions: Decisions, held: Sequence[Decision | None]) -> list[Decision]:
    """The decisions that found nothing; what this run did not see to may still hold."""
    used = {one.key for one in held if one is not None}
    silent = {outcome.code for outcome in report.outcomes if outcome.status is not Status.RAN}
    unread = {row.id for row in report.rows if row.unmeasured}
    return [
        one
        for one in in_order(decisions.decisions)
        if one.key not in used
        and one.code not in silent
        and not (one.row_id in unread if one.scope is Scope.ROW else unread)
    ]
