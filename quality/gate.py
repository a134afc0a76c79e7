"""Report + policy → verdict. Fails closed: what is not known to be good refuses, and says what to do.

The policy is the guide's `[gate]` table; this module holds no number of its own.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping

from quality.baseline import policy
from quality.dismissals import policy as dismissed
from quality.guide import StyleGuide
from quality.model import (
    CRASHED,
    INPUT_NOT_GIVEN,
    NOT_REQUESTED,
    Outcome,
    Report,
    Status,
    Verdict,
)
from quality.wording import count, listed, percent

LISTED = 6
"""Rules that a reason names before it says how many more there are."""


def decide(
    report: Report, guide: StyleGuide, criteria: Mapping[str, str], *, drop_failing: bool = False
) -> Verdict:
    """The verdict on a report.

    Args:
        criteria: Code → criterion, for every rule that this version of the tool has.
        drop_failing: Decide on the rows that pass alone. Which rows pass is known only where every rule ran, so a
            rule that crashed, was missing or was left out refuses all the same, and so do too many unmeasured rows.
    """
    excused = policy.excused(report, guide)
    let_in = {row.row for row in excused}
    passing = tuple(row.row for row in report.rows if row.passed or row.row in let_in)
    kept = passing if drop_failing else tuple(row.row for row in report.rows)
    reasons = (
        *_rows(report, guide, len(kept)),
        *_outcomes(report, guide, criteria),
        *_contract(report, guide, frozenset(kept)),
        *_unmeasured(report, guide),
        *(() if drop_failing else _passing(report, guide, len(passing), len(excused))),
    )
    dropped = _dropped(report, len(kept)) if drop_failing else ()
    quieted = (*dismissed.notes(report), *policy.notes(report, guide, excused))
    notes = (*_notes(report, guide), *quieted, *dropped)
    return Verdict(report.fingerprint, not reasons, reasons, passing, notes)


def _dropped(report: Report, kept: int) -> Iterator[str]:
    left_out = len(report.rows) - kept
    if left_out:
        yield f"{left_out} of {len(report.rows)} rows do not pass and are left out, as --drop-failing asks"


def _rows(report: Report, guide: StyleGuide, kept: int) -> Iterator[str]:
    if not report.rows:
        yield "there are no rows: nothing was checked"
    elif kept < guide.gate.min_rows:
        there_are = f"there are {kept} rows" if kept == len(report.rows) else f"{kept} rows are left"
        yield (
            f"{there_are}, and the guide wants at least {guide.gate.min_rows}: "
            "add rows, or lower gate.min_rows in a guide of your own"
        )
    elif not kept:
        yield "no row passes: nothing is left to train on"
    broken = [row.id for row in report.rows if not math.isfinite(row.score)]
    if broken:
        yield f"{len(broken)} rows have no finite score (first: {broken[0]!r}): report this as a bug of proofgate"


def _outcomes(report: Report, guide: StyleGuide, criteria: Mapping[str, str]) -> Iterator[str]:
    outcomes = {outcome.code: outcome for outcome in report.outcomes}
    nothing_given = {o.code for o in report.outcomes if o.detail in INPUT_NOT_GIVEN.values()}
    wanted = [
        code
        for code, severity in guide.rules.items()
        if severity != "off" and code in criteria and code not in nothing_given
    ]
    skipped = [c for c in wanted if c not in outcomes or outcomes[c].status is Status.NOT_REQUESTED]
    if any(code not in guide.gate.ignorable for code in skipped):
        yield (
            f"{len(skipped)} rules did not run, left out by --select, --ignore or the configuration "
            f"({listed(skipped, LISTED)}): check again without narrowing"
        )
    ran = [outcomes[code] for code in wanted if code not in skipped]
    yield from _broken(ran, len(report.rows))
    covered = {criteria[code] for code in wanted}
    for key in guide.gate.required:
        if key not in covered:
            yield f"the guide requires {key} and turns all of its rules off: turn one on, or take it off gate.required"


def _notes(report: Report, guide: StyleGuide) -> Iterator[str]:
    missed = [
        why for needed, why in INPUT_NOT_GIVEN.items() if needed != "judge"
    ]  # nobody misses mere advice
    yield from dict.fromkeys(o.detail for o in report.outcomes if o.detail in missed)
    for outcome in report.outcomes:
        reason = guide.gate.ignorable.get(outcome.code)
        if reason and outcome.status is Status.NOT_REQUESTED and guide.severity(outcome.code) != "off":
            yield f"{outcome.code} was left out, as the guide permits: {reason}"


def _broken(outcomes: list[Outcome], rows: int) -> Iterator[str]:
    for status, remedy in (
        (Status.UNAVAILABLE, "install what they need"),
        (
            Status.CRASHED,
            "see the outcomes in the report; mend or remove the rows named there, and check again",
        ),
    ):
        hit = [outcome for outcome in outcomes if outcome.status is status]
        if hit:
            codes = listed((outcome.code for outcome in hit), LISTED)
            yield f"{len(hit)} rules {status.value} ({codes}; {hit[0].detail}): {remedy}"
    blind = [
        o.code for o in outcomes if o.status is Status.RAN and (o.measured + o.unmeasured != rows or o.failed)
    ]
    if blind:
        yield f"{len(blind)} rules did not see every row ({listed(blind, LISTED)}): check again"


def _contract(report: Report, guide: StyleGuide, kept: frozenset[int]) -> Iterator[str]:
    errors_left = [f for f in report.findings if f.is_error and (f.row is None or f.row in kept)]
    counts = Counter(f.criterion for f in errors_left)
    accepted = Counter(f.criterion for f in errors_left if f.accepted is not None)
    by = policy.quieting(report)
    for key in guide.gate.clean:
        if counts[key]:
            title = guide.criteria[key].title
            errors = count(counts[key], "error")
            quiet = f" ({accepted[key]} of them accepted by {by}, which counts for nothing here)"
            yield (
                f"{errors}{quiet if accepted[key] else ''} in “{title}”, where none may be left: "
                f"mend the rows that `quality check`{f' without {by}' if accepted[key] else ''} names"
            )


def _unmeasured(report: Report, guide: StyleGuide) -> Iterator[str]:
    rows_of: dict[str, list[int]] = {}
    for row in report.rows:
        for key, why in row.unmeasured.items():
            if why not in (NOT_REQUESTED, CRASHED):
                rows_of.setdefault(key, []).append(row.row)
    alike: dict[tuple[int, ...], list[str]] = {}
    for key, rows in sorted(rows_of.items()):
        alike.setdefault(tuple(rows), []).append(key)
    whole, limit = len(report.rows), guide.gate.max_unmeasured_share
    for rows, keys in alike.items():
        if not len(rows) / whole <= limit:
            yield (
                f"{', '.join(keys)} could not be measured in {len(rows)} of {whole} rows "
                f"({percent(len(rows), whole)}; at most {limit:.0%}): "
                "the report gives the reason for each; shorten, translate or remove them"
            )


def _passing(report: Report, guide: StyleGuide, passing: int, excused: int) -> Iterator[str]:
    wanted = guide.gate.min_passing_share
    share = passing / len(report.rows) if report.rows else math.nan
    if report.rows and not share >= wanted:
        missing = math.ceil(wanted * len(report.rows)) - passing
        by_file = f", {excused} of them by {policy.quieting(report)}" if excused else ""
        yield (
            f"{passing} of {len(report.rows)} rows pass{by_file} "
            f"({percent(passing, len(report.rows))}; at least {wanted:.0%}): "
            f"mend at least {missing} more, starting with what `quality fix` can do"
        )
