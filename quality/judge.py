"""Rows × measures × facts → findings. The only place where a rule's crash is caught, recorded and survived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

from quality import waive
from quality.correction.case import Side
from quality.correction.review import reviewed
from quality.errors import in_words
from quality.measure import Measured
from quality.model import (
    CRASHED,
    AskResult,
    Correction,
    Finding,
    NotApplicable,
    Prompt,
    Row,
    Unmeasured,
)
from quality.rule import Check, Context, Inputs

COLLECT_BATCH = 4_096


@dataclass(frozen=True, slots=True)
class Facts:
    """What one check knows of the table, or why it does not.

    Attributes:
        findings: About the table as a whole.
        statistics: For the report's `dataset`.
    """

    value: Any = None
    findings: tuple[Finding, ...] = ()
    statistics: Mapping[str, Any] = field(default_factory=dict[str, Any])
    crash: str | None = None


@dataclass(slots=True)
class Tally:
    """One family's count over the table.

    Attributes:
        judged: Rows on which it did not crash.
        unmeasured: (criterion, reason) → rows among them.
    """

    judged: int = 0
    unmeasured: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    failed: dict[int, str] = field(default_factory=dict[int, str])
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Bench:
    """What every row is judged with.

    Attributes:
        facts: Family → what it knows of the table.
        codes: The rules whose findings count.
        tallies: Family → its count, filled while rows are judged.
        reviewed: What tells a correction from its two versions.
    """

    checks: Sequence[Check]
    measured: Measured
    facts: Mapping[str, Facts]
    inputs: Inputs
    codes: frozenset[str]
    tallies: Mapping[str, Tally]
    reviewed: Callable[[Row, Prompt, Side, Side, Inputs], Correction] = reviewed


@dataclass(frozen=True, slots=True)
class Judged:
    """All that the checks say of one row.

    Attributes:
        unmeasured: Criterion → reason.
        inapplicable: Criteria that do not apply to the row.
        ask_results: The prompt's asks held against the answer.
        correction: What was changed against the original response.
    """

    findings: tuple[Finding, ...]
    unmeasured: Mapping[str, str]
    inapplicable: frozenset[str]
    ask_results: tuple[AskResult, ...] = ()
    correction: Correction | None = None


def gather(check: Check, rows: Sequence[Row], measured: Measured, inputs: Inputs) -> Facts:
    """The check's facts about the table, from the rows that it could measure."""
    try:
        value = _collected(
            check, [row for row in rows if _is_measured(check, row, measured)], measured, inputs
        )
        return Facts(
            value=value,
            findings=tuple(check.about(value, inputs)) if check.about else (),
            statistics=dict(check.statistics(value)) if check.statistics else {},
        )
    except Exception as error:  # any fault of a rule is recorded and fails the gate
        return Facts(crash=in_words(error))


def _collected(check: Check, rows: Sequence[Row], measured: Measured, inputs: Inputs) -> Any:
    if check.collect is None or check.finish is None or check.merge is None:
        return None
    whole: Any = None
    for at in range(0, len(rows), COLLECT_BATCH) or (0,):
        batch = rows[at : at + COLLECT_BATCH]
        part = check.collect(batch, [measured.of(check, row) for row in batch], inputs)
        whole = part if at == 0 else check.merge(whole, part)
    return check.finish(whole, inputs)


def _is_measured(check: Check, row: Row, measured: Measured) -> bool:
    """Whether the check has something to say of every cell that it reads in the row."""
    if check.measure is None:
        return True
    known = measured.of(check, row)
    return len(known) == len(check.columns) and not any("unmeasured" in one for one in known.values())


def judge_row(
    row: Row, prompt: Prompt, bench: Bench, broken: str | None = None, original: Judged | None = None
) -> Judged:
    """What all checks say of one row; those that follow are told what the others found.

    Args:
        row: With the instruction that counts.
        prompt: What that instruction asks.
        bench: What every row is judged with; its tallies are filled.
        broken: Why the row cannot be judged at all, such as a prompt that could not be read; None as a rule.
        original: What the checks say of the response before correction; None without one.
    """
    said = _Sum()
    for check in bench.checks:
        if not check.follows:
            said.add(_asked(check, Context(row, prompt, bench.inputs), bench, broken))
    told = _told(row, prompt, said, original, bench)
    for check in bench.checks:
        if check.follows:
            said.add(_asked(check, told, bench, broken))
    return replace(said.judged(), correction=told.correction)


def _told(row: Row, prompt: Prompt, said: _Sum, original: Judged | None, bench: Bench) -> Context:
    """The context of the checks that follow."""
    context = Context(row, prompt, bench.inputs, faults=frozenset(_faults(said.findings)))
    if original is None or row.original is None:
        return context
    crashed = sorted(key for key, why in original.unmeasured.items() if why == CRASHED)
    if crashed:
        return replace(context, uncompared=f"a rule crashed on the original response ({', '.join(crashed)})")
    try:
        correction = bench.reviewed(row, prompt, _side(original), _side(said.judged()), bench.inputs)
    except Exception as error:  # any fault of the comparison is recorded and fails the gate
        return replace(context, uncompared=in_words(error))
    return replace(context, correction=correction)


def _side(judged: Judged) -> Side:
    return Side(judged.findings, judged.ask_results, judged.unmeasured)


def _asked(check: Check, context: Context, bench: Bench, broken: str | None) -> _Said:
    """What one check says of one row; its tally is filled."""
    facts, tally, row = bench.facts[check.family], bench.tallies[check.family], context.row
    given = replace(context, measures=bench.measured.of(check, row), facts=facts.value)
    start = perf_counter()
    said = _said(check, given, broken or bench.measured.crash(check, row) or facts.crash)
    tally.seconds += perf_counter() - start
    if said.crash is not None:
        tally.failed[row.row] = said.crash
    else:
        tally.judged += 1
        tally.unmeasured.update(said.unmeasured.items())
    said.findings = [finding for finding in said.findings if finding.code in bench.codes]
    return said


@dataclass(slots=True)
class _Said:
    """What one check says of one row."""

    findings: Sequence[Finding] = ()
    unmeasured: dict[str, str] = field(default_factory=dict[str, str])
    inapplicable: set[str] = field(default_factory=set[str])
    ask_results: list[AskResult] = field(default_factory=list[AskResult])
    crash: str | None = None


@dataclass(slots=True)
class _Sum:
    """What all checks say of one row, so far."""

    findings: list[Finding] = field(default_factory=list[Finding])
    unmeasured: dict[str, str] = field(default_factory=dict[str, str])
    inapplicable: set[str] = field(default_factory=set[str])
    ask_results: list[AskResult] = field(default_factory=list[AskResult])

    def add(self, said: _Said) -> None:
        self.findings += said.findings
        self.unmeasured.update(said.unmeasured)
        self.inapplicable |= said.inapplicable
        self.ask_results += said.ask_results

    def judged(self) -> Judged:
        inapplicable = frozenset(self.inapplicable - self.unmeasured.keys())
        return Judged(tuple(self.findings), self.unmeasured, inapplicable, tuple(self.ask_results))


def _said(check: Check, context: Context, crash: str | None) -> _Said:
    if crash is not None:
        return _Said(unmeasured=dict.fromkeys(_criteria(check), CRASHED), crash=crash)
    reason = _unreadable(context)
    if reason:
        return _Said(unmeasured=dict.fromkeys(_criteria(check), reason))
    try:
        return _judgements(check, context)
    except Exception as error:  # any fault of a rule is recorded and fails the gate
        return _Said(unmeasured=dict.fromkeys(_criteria(check), CRASHED), crash=in_words(error))


def _judgements(check: Check, context: Context) -> _Said:
    """The check's judgements sorted by sort; findings beyond the limit make the criterion unmeasured."""
    most = context.guide.threshold("limits.max_findings_per_row")
    said = _Said()
    findings: list[Finding] = []
    for judgement in check.judge(context):
        if isinstance(judgement, Unmeasured):
            said.unmeasured[judgement.criterion] = judgement.reason
        elif isinstance(judgement, NotApplicable):
            said.inapplicable.add(judgement.criterion)
        elif isinstance(judgement, AskResult):
            said.ask_results.append(judgement)
        elif len(findings) < most:
            findings.append(judgement)
        else:
            said.unmeasured[judgement.criterion] = f"more than {most:g} findings in one row"
            break
    said.findings = waive.waive(findings, context.prompt, context.row.instruction)
    return said


def _unreadable(context: Context) -> str | None:
    """Why the row cannot be judged: a cell beyond the limit, or one that the check could not measure."""
    limit = context.guide.threshold("limits.max_cell_characters")
    for column in ("instruction", "output"):
        if len(getattr(context.row, column)) > limit:
            return f"{column} over {limit:,.0f} characters"
    return next((str(m["unmeasured"]) for m in context.measures.values() if "unmeasured" in m), None)


def _faults(findings: Sequence[Finding]) -> set[str]:
    return {f.criterion for f in findings if f.is_error}


def _criteria(check: Check) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.criterion for rule in check.rules))
