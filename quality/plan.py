"""What a user asks for → which rules will answer, and why the others will not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quality import checks as registry
from quality.baseline import Baseline
from quality.corpus import Corpus
from quality.dismissals import Decisions
from quality.engines import embedding
from quality.errors import ProofgateError, in_words
from quality.guide import StyleGuide
from quality.judge import Tally
from quality.llm_judge.endpoint import Endpoint
from quality.measure import Measured
from quality.model import INPUT_NOT_GIVEN, NOT_REQUESTED, Outcome, Status
from quality.rule import Check, Rule
from quality.table import Table
from quality.wording import listed


@dataclass(frozen=True, slots=True)
class Request:
    """What to check and how.

    Attributes:
        sheet: The original sheet of `--original`.
        against: The reference corpus of `--against`.
        baseline: The findings that the user accepts, of `--baseline`; they quiet a report and change no row's marks.
        decisions: The findings that persons dismissed, of `--decisions`; they do the same.
        codes: The rules that the user's selection leaves; None means all.
        engine: The grammar engine, one of `guide.ENGINES`.
        engine_url: Where the user says that the engine's server runs; "" for one of our own.
        judge: The language model of `--judge`, whose advice is asked for.
        workers: Processes that measure; 0 means one for each core.
    """

    table: Table
    guide: StyleGuide
    sheet: Table | None = None
    against: Corpus | None = None
    baseline: Baseline | None = None
    decisions: Decisions | None = None
    codes: frozenset[str] | None = None
    engine: str = "harper"
    engine_url: str = ""
    judge: Endpoint | None = None
    workers: int = 0
    cache: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """Which rules a run asks.

    Attributes:
        checks: All families of this version.
        active: Those that run.
        reviewing: Those among them that read the original responses too: they know faults that a fail mode names.
        codes: The rules whose findings count.
        heard: The rules that the checks which follow are told of: a selection narrows what is reported, not what
            is true.
        unavailable: Family → why its engine is not there.
        asked: The criteria of those rules.
        criteria: What the guide's rules cover in this run.
        left_out: Criterion → why this run does not measure it, though it should.
    """

    request: Request
    checks: tuple[Check, ...]
    active: tuple[Check, ...]
    reviewing: tuple[Check, ...]
    codes: frozenset[str]
    heard: frozenset[str]
    unavailable: Mapping[str, str]
    asked: frozenset[str]
    criteria: frozenset[str]
    left_out: Mapping[str, str]


def rules() -> dict[str, Rule]:
    """Every rule of this version by code."""
    return {rule.code: rule for check in registry.load_all() for rule in check.rules}


def plan(request: Request) -> Plan:
    """The rules that the guide, the selection, the inputs and the engines at hand leave."""
    checks = registry.load_all(request.engine, request.engine_url)
    on = {rule.code for c in checks for rule in c.rules if request.guide.severity(rule.code) != "off"}
    codes = frozenset(on if request.codes is None else on & request.codes)
    heard = frozenset(on) if any(c.follows and _asks(c, codes, request) for c in checks) else codes
    wanted = [c for c in checks if _asks(c, codes if c.follows else heard, request)]
    missing = {c.family: why for c in wanted if (why := _missing_engine(c))}
    active = tuple(c for c in wanted if c.family not in missing)
    covering = [(c.family, r) for c in checks for r in c.rules if not _silent(r, codes, request)]
    return Plan(
        request=request,
        checks=checks,
        active=active,
        reviewing=tuple(c for c in active if _reviews(c, request)),
        codes=codes,
        heard=heard,
        unavailable=missing,
        asked=frozenset(rule.criterion for c in checks for rule in c.rules if rule.code in codes),
        criteria=frozenset(rule.criterion for _, rule in covering),
        left_out={
            **{rule.criterion: NOT_REQUESTED for _, rule in covering if rule.code not in codes},
            **{rule.criterion: missing[family] for family, rule in covering if family in missing},
        },
    )


def asks_judge(planned: Plan) -> bool:
    """Whether one of the rules whose findings count is the judge's."""
    return any(r.needs == "judge" and r.code in planned.codes for c in planned.active for r in c.rules)


def without_judge(planned: Plan, why: str) -> Plan:
    """The plan, after the judge turned out to be gone: its rules are missing as those of any engine are."""
    families = [c for c in planned.active if any(rule.needs == "judge" for rule in c.rules)]
    missing = {c.family: why for c in families}
    return replace(
        planned,
        active=tuple(c for c in planned.active if c.family not in missing),
        unavailable={**planned.unavailable, **missing},
        left_out={**planned.left_out, **{rule.criterion: why for c in families for rule in c.rules}},
    )


def _asks(check: Check, codes: frozenset[str], request: Request) -> bool:
    """Whether one of the check's rules is among the codes and has what it needs."""
    return any(rule.code in codes and not _not_given(rule, request) for rule in check.rules)


def _reviews(check: Check, request: Request) -> bool:
    named = {mode.criterion for mode in request.guide.fail_modes.values()}
    return request.sheet is not None and not check.follows and any(r.criterion in named for r in check.rules)


def _missing_engine(check: Check) -> str:
    """Why the check's engine is not there; "" when it is."""
    try:
        check.engine_version()
    except ProofgateError as error:
        said = ": ".join(filter(None, (error.where, error.what)))
        return " → ".join(filter(None, (said, error.remedy)))
    except Exception as error:  # whatever ails it, the engine is not there
        return in_words(error)
    return ""


def _silent(rule: Rule, codes: frozenset[str], request: Request) -> bool:
    """Whether the rule says nothing here and nobody misses it."""
    off = request.guide.severity(rule.code) == "off"
    permitted = rule.code not in codes and rule.code in request.guide.gate.ignorable
    return off or permitted or bool(_not_given(rule, request))


def _not_given(rule: Rule, request: Request) -> str:
    """Why the rule has nothing to compare; "" when it has."""
    given = {
        "original": request.sheet,
        "against": request.against,
        "embedding": embedding.installed() or None,
        "judge": request.judge,
    }
    return INPUT_NOT_GIVEN[rule.needs] if rule.needs and given[rule.needs] is None else ""


def outcomes(plan: Plan, tallies: Mapping[str, Tally], measured: Measured) -> tuple[Outcome, ...]:
    """What became of every rule of this version."""
    return tuple(_outcome(plan, c, rule, tallies, measured) for c in plan.checks for rule in c.rules)


def _outcome(
    plan: Plan, check: Check, rule: Rule, tallies: Mapping[str, Tally], measured: Measured
) -> Outcome:
    not_given = _not_given(rule, plan.request)
    if rule.code not in plan.codes or not_given:
        return Outcome(rule.code, Status.NOT_REQUESTED, detail=not_given)
    if check.family in plan.unavailable:
        rows = len(plan.request.table.rows)
        return Outcome(rule.code, Status.UNAVAILABLE, unmeasured=rows, detail=plan.unavailable[check.family])
    tally = tallies[check.family]
    reasons = {
        why: rows for (criterion, why), rows in tally.unmeasured.items() if criterion == rule.criterion
    }
    unmeasured = sum(reasons.values())
    return Outcome(
        code=rule.code,
        status=Status.CRASHED if tally.failed else Status.RAN,
        measured=tally.judged - unmeasured,
        unmeasured=unmeasured,
        failed=tuple(tally.failed),
        seconds=round(measured.seconds.get(check.name, 0.0) + tally.seconds, 3),
        detail="; ".join(_troubles(reasons, tally.failed)),
    )


def _troubles(unmeasured: Mapping[str, int], failed: Mapping[int, str]) -> Sequence[str]:
    """Why rows went unmeasured, with counts; and what crashed, each cause once with its first rows."""
    rows_by_crash: dict[str, list[int]] = {}
    for row, crash in failed.items():
        rows_by_crash.setdefault(crash, []).append(row)
    return [
        *(f"{count} × {reason}" for reason, count in sorted(unmeasured.items())),
        *(f"{crash} (row {listed(rows, 5)})" for crash, rows in list(rows_by_crash.items())[:3]),
    ]
