"""Rows × checks → Report: the main path, from top to bottom.

table ─ plan ─ violations ─ prompts ─ measure (workers, cache) ─ consult (--judge) ─ gather ─ judge ─ score ─→ Report

With `--original` the responses before correction are measured, gathered and judged beside the rows, so that each row's
correction is known when it is judged.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import NamedTuple

from quality import prompt, schema, statistics
from quality.baseline import accept
from quality.cache import open_cache
from quality.dismissals import dismiss
from quality.errors import in_words
from quality.fingerprint import fingerprint
from quality.guide import StyleGuide
from quality.judge import Bench, Judged, Tally, gather, judge_row
from quality.llm_judge.consult import consult
from quality.measure import Limits, Measured, Progress, Work, measure
from quality.measure import fill as fill_cache
from quality.memo import Memo, sheet_texts
from quality.model import Prompt, Report, Row, RowScore
from quality.plan import Plan, Request, asks_judge, outcomes, plan, rules, without_judge
from quality.rule import Check, Inputs
from quality.score import row_score
from quality.table import by_id

__all__ = ["Request", "accepted", "check", "fill", "rules", "sheet_rows"]


def check(
    request: Request,
    progress: Progress = lambda done, total: None,
    note: Callable[[str], None] = lambda text: None,
    memo: Memo | None = None,
) -> Report:
    """The report on the table.

    Args:
        progress: Called with the cells measured so far and in all.
        note: Called with what the user should know of how the run went, such as a cache that cannot be used.
        memo: What was found out for other tables of the same sheet; saves time and changes nothing.

    Raises:
        EngineUnavailable: No worker process can start.
    """
    planned = plan(request)
    for family, why in planned.unavailable.items():
        note(f"{family} cannot be checked: {why}")
    inputs = _inputs(request)
    asked = _asked(request.table.rows, inputs.sheet)
    prompts = _prompts(asked, request.guide)

    if memo:
        memo.begin(request)

    originals = _originals(asked)
    measured = _measure(planned, originals, progress, note, memo)
    planned, inputs = _advised(planned, inputs, asked, progress, note)
    bench = _bench(planned, planned.active, request.table.rows, measured, inputs)
    before = partial(_before, planned, originals, prompts, measured, inputs)
    if memo:
        memo.keep(sheet_texts(asked, originals), measured)
        bench = replace(bench, reviewed=memo.reviewed)
    was = memo.judged(originals, inputs, before) if memo else before()
    judged = [_reported(_judged(row, prompts[row.instruction], bench, was), planned) for row in asked]
    scores = tuple(
        _score(row, prompts[row.instruction].prompt, one, planned)
        for row, one in zip(asked, judged, strict=True)
    )
    about = [f for c in planned.active for f in bench.facts[c.family].findings if f.code in planned.codes]
    report = Report(
        fingerprint=fingerprint(planned),
        rows=scores,
        findings=(*about, *(finding for one in judged for finding in one.findings)),
        outcomes=outcomes(planned, bench.tallies, measured),
        dataset=statistics.of_table(request.guide, asked, scores, bench.facts),
    )
    return accepted(report, request)


def fill(
    requests: Iterable[Request],
    progress: Progress = lambda done, total: None,
    note: Callable[[str], None] = lambda text: None,
) -> None:
    """Measures each distinct text of many tables once, so that checking them finds it in the cache.

    Does nothing without a cache. Requests differ in their tables alone; they are read once, one after the other.

    Raises:
        EngineUnavailable: No worker process can start.
    """
    rest = iter(requests)
    first = next(rest, None)
    if first is None:
        return
    with open_cache(first.cache) as cache:
        if cache.works:
            planned = plan(first)
            fill_cache(
                (one for request in chain((first,), rest) for one in _work(planned, request)),
                planned.active,
                _limits(first.guide),
                cache=cache,
                workers=_workers(planned),
                progress=progress,
            )
    if cache.note:
        note(cache.note)


def _work(planned: Plan, request: Request) -> Iterator[Work]:
    yield request.table.rows, planned.active
    yield list(_originals(request.table.rows).values()), planned.reviewing


def accepted(report: Report, request: Request) -> Report:
    """The report with the findings marked that decisions dismiss or the baseline accepts.

    Every score and `passed` stays as it is.
    """
    rows, sheet = request.table.rows, sheet_rows(request)
    if request.decisions is not None:
        report = dismiss(report, request.decisions, rows, sheet)
    return report if request.baseline is None else accept(report, request.baseline, rows, sheet)


def sheet_rows(request: Request) -> dict[str, Row] | None:
    """The original sheet's rows by id; None without `--original`."""
    return by_id(request.sheet) if request.sheet else None


def _inputs(request: Request) -> Inputs:
    return Inputs(
        guide=request.guide,
        against=request.against.texts if request.against else None,
        sheet=sheet_rows(request),
        violations=schema.violations(request.table, request.sheet),
        labelled=request.table.labelled,
    )


def _asked(rows: Sequence[Row], sheet: Mapping[str, Row] | None) -> list[Row]:
    """The rows with the sheet's instruction, so that nobody changes what was asked by editing their prompt."""
    if sheet is None:
        return list(rows)
    return [replace(row, instruction=sheet[row.id].instruction) if row.id in sheet else row for row in rows]


def _advised(
    planned: Plan, inputs: Inputs, asked: Sequence[Row], progress: Progress, note: Callable[[str], None]
) -> tuple[Plan, Inputs]:
    """The judge's opinions among the inputs, where one is asked for; without its rules, where it is gone."""
    endpoint = planned.request.judge
    if endpoint is None or not asks_judge(planned):
        return planned, inputs
    with open_cache(planned.request.cache) as cache:
        said = consult(asked, inputs.guide, endpoint, cache, note, progress)
    if said.gone:
        note(said.gone)
        return without_judge(planned, said.gone), inputs
    return planned, replace(inputs, opinions=said.opinions)


def _originals(rows: Sequence[Row]) -> dict[int, Row]:
    """The rows as they were before correction, by record number; empty without a sheet."""
    return {
        row.row: replace(row, output=row.original, original=None, fail_mode="")
        for row in rows
        if row.original is not None
    }


def _bench(
    planned: Plan, checks: Sequence[Check], rows: Sequence[Row], measured: Measured, inputs: Inputs
) -> Bench:
    readable = _readable(rows, planned.request.guide)
    facts = {c.family: gather(c, readable, measured, inputs) for c in checks}
    return Bench(checks, measured, facts, inputs, planned.heard, {c.family: Tally() for c in checks})


def _before(
    planned: Plan,
    originals: Mapping[int, Row],
    prompts: Mapping[str, _Read],
    measured: Measured,
    inputs: Inputs,
) -> dict[int, Judged]:
    """What the checks say of each response before correction, by record number."""
    bench = _bench(planned, planned.reviewing, list(originals.values()), measured, inputs)
    reads = {number: prompts[row.instruction] for number, row in originals.items()}
    return {
        number: judge_row(row, reads[number].prompt, bench, reads[number].broken)
        for number, row in originals.items()
    }


def _judged(row: Row, read: _Read, bench: Bench, was: Mapping[int, Judged]) -> Judged:
    """All that the checks say of a row, its response before correction among it, if there is one."""
    return judge_row(row, read.prompt, bench, read.broken, was.get(row.row))


def _reported(judged: Judged, planned: Plan) -> Judged:
    """Without what only the checks that follow had to know."""
    if planned.heard == planned.codes:
        return judged
    return replace(
        judged,
        findings=tuple(f for f in judged.findings if f.code in planned.codes),
        unmeasured={key: why for key, why in judged.unmeasured.items() if key in planned.asked},
    )


class _Read(NamedTuple):
    """What an instruction asks; `broken` says why reading it crashed."""

    prompt: Prompt
    broken: str | None = None


def _prompts(rows: Sequence[Row], guide: StyleGuide) -> dict[str, _Read]:
    """Each distinct instruction, read; one beyond the limit asks nothing."""
    limit = guide.threshold("limits.max_cell_characters")
    texts = dict.fromkeys(row.instruction for row in rows)
    return {text: _read(text) if len(text) <= limit else _Read(Prompt("open")) for text in texts}


def _read(instruction: str) -> _Read:
    try:
        return _Read(prompt.read(instruction))
    except Exception as error:  # costs the rows with this prompt, which then pass no gate
        return _Read(Prompt("open"), f"the prompt could not be read: {in_words(error)}")


def _limits(guide: StyleGuide) -> Limits:
    return Limits(
        max_cell_characters=int(guide.threshold("limits.max_cell_characters")),
        timeout_s=guide.threshold("limits.timeout_s"),
        retry_timeout_s=guide.threshold("limits.retry_timeout_s"),
    )


def _measure(
    planned: Plan,
    originals: Mapping[int, Row],
    progress: Progress,
    note: Callable[[str], None],
    memo: Memo | None,
) -> Measured:
    request = planned.request
    with open_cache(request.cache) as cache:
        measured = measure(
            [(request.table.rows, planned.active), (list(originals.values()), planned.reviewing)],
            _limits(request.guide),
            cache=cache,
            workers=_workers(planned),
            progress=progress,
            known=memo.measured if memo else None,
        )
    if cache.note:
        note(cache.note)
    return measured


def _workers(planned: Plan) -> int:
    """Processes that measure."""
    # a worker that waits for a server leaves its core to it; one more fills the gaps
    served = any(c.service for c in planned.active)
    return planned.request.workers or (os.cpu_count() or 1) + served


def _readable(rows: Sequence[Row], guide: StyleGuide) -> list[Row]:
    limit = guide.threshold("limits.max_cell_characters")
    return [row for row in rows if max(len(row.output), len(row.instruction)) <= limit]


def _score(row: Row, asks: Prompt, judged: Judged, planned: Plan) -> RowScore:
    """The row's marks; a criterion that the selection or a missing engine leaves out earns nothing."""
    applicable = planned.criteria - judged.inapplicable
    unmeasured = {**planned.left_out, **judged.unmeasured}
    return row_score(
        row,
        asks,
        judged.findings,
        applicable=applicable,
        unmeasured={key: why for key, why in unmeasured.items() if key in applicable},
        guide=planned.request.guide,
        ask_results=judged.ask_results if len(judged.ask_results) == len(asks.asks) else (),
        correction=judged.correction,
    )
