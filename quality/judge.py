"""Rows × measures × facts → findings. The only place where a rule's crash is caught, recorded and survived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from quality import waive
from quality.measure import Measured
from quality.model import CRASHED, Finding, NotApplicable, Prompt, Row, Severity, Unmeasured
from quality.rule import Check, Context, Inputs

COLLECT_BATCH = 4_096


@dataclass(frozen=True, slots=True)
class Facts:
    """What one check knows of the table, or why it does not."""

    value: Any = None
    crash: str | None = None


@dataclass(slots=True)
class Tally:
    """One family's count over the table."""

    measured: int = 0
    unmeasured: Counter[str] = field(default_factory=Counter[str])
    failed: dict[int, str] = field(default_factory=dict[int, str])
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """All that the checks say of one row.

    Attributes:
        unmeasured: Criterion → reason.
        inapplicable: Criteria that do not apply to the row.
    """

    findings: tuple[Finding, ...]
    unmeasured: Mapping[str, str]
    inapplicable: frozenset[str]


def gather(check: Check, rows: Sequence[Row], measured: Measured, inputs: Inputs) -> Facts:
    """The check's facts about the table, from the rows that it could measure."""
    if check.collect is None or check.finish is None or check.merge is None:
        return Facts()
    try:
        whole: Any = None
        for at in range(0, len(rows), COLLECT_BATCH) or (0,):
            batch = rows[at : at + COLLECT_BATCH]
            part = check.collect(batch, [measured.of(check, row) for row in batch], inputs)
            whole = part if at == 0 else check.merge(whole, part)
        return Facts(check.finish(whole, inputs))
    except Exception as error:  # any fault of a rule is recorded and fails the gate
        return Facts(crash=_words(error))


def judge_row(
    row: Row,
    prompt: Prompt,
    checks: Sequence[Check],
    measured: Measured,
    facts: Mapping[str, Facts],
    inputs: Inputs,
    codes: frozenset[str],
    tallies: Mapping[str, Tally],
) -> Judged:
    """What all checks say of one row; those that follow are told the faults that the others found."""
    findings: list[Finding] = []
    unmeasured: dict[str, str] = {}
    inapplicable: set[str] = set()
    for check in checks:
        faults = frozenset(_faults(findings)) if check.follows else frozenset[str]()
        context = Context(row, prompt, inputs, measured.of(check, row), facts[check.family].value, faults)
        tally = tallies[check.family]
        start = perf_counter()
        crash = facts[check.family].crash or measured.crash(check, row)
        own, missing, skipped, crash = _judge(check, context, crash)
        tally.seconds += perf_counter() - start
        if crash is not None:
            tally.failed[row.row] = crash
            missing = dict.fromkeys(_criteria(check), CRASHED)
        elif missing:
            tally.unmeasured.update(missing.values())
        else:
            tally.measured += 1
        findings += waive.waive(
            [finding for finding in own if finding.code in codes], prompt, row.instruction
        )
        unmeasured.update(missing)
        inapplicable |= skipped
    return Judged(tuple(findings), unmeasured, frozenset(inapplicable - unmeasured.keys()))


def _judge(
    check: Check, context: Context, crash: str | None
) -> tuple[list[Finding], dict[str, str], set[str], str | None]:
    """One check on one row: findings, unmeasured criteria, inapplicable criteria, crash."""
    findings: list[Finding] = []
    unmeasured: dict[str, str] = {}
    inapplicable: set[str] = set()
    if crash is not None:
        return findings, unmeasured, inapplicable, crash
    reason = _unreadable(context)
    if reason:
        return findings, dict.fromkeys(_criteria(check), reason), inapplicable, None
    most = context.guide.threshold("limits.max_findings_per_row")
    try:
        for judgement in check.judge(context):
            if isinstance(judgement, Unmeasured):
                unmeasured[judgement.criterion] = judgement.reason
            elif isinstance(judgement, NotApplicable):
                inapplicable.add(judgement.criterion)
            elif len(findings) < most:
                findings.append(judgement)
            else:
                unmeasured[judgement.criterion] = f"more than {most:g} findings in one row"
                break
    except Exception as error:  # any fault of a rule is recorded and fails the gate
        return [], {}, set(), _words(error)
    return findings, unmeasured, inapplicable, None


def _unreadable(context: Context) -> str | None:
    """Why the row cannot be judged: a cell beyond the limit, or one that the check could not measure."""
    limit = context.guide.threshold("limits.max_cell_characters")
    for column in ("instruction", "output"):
        if len(getattr(context.row, column)) > limit:
            return f"{column} over {limit:,.0f} characters"
    return next((str(m["unmeasured"]) for m in context.measures.values() if "unmeasured" in m), None)


def _faults(findings: Sequence[Finding]) -> set[str]:
    return {f.criterion for f in findings if f.severity is Severity.ERROR and f.waived is None}


def _criteria(check: Check) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.criterion for rule in check.rules))


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:200]}"
