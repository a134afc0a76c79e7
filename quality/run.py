"""Rows × checks → Report: the main path, from top to bottom.

table ─ violations ─ prompts ─ measure (workers, cache) ─ gather ─ judge ─ score ─→ Report
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from statistics import fmean
from typing import Any

from quality import checks as registry
from quality import prompt, schema
from quality.cache import open_cache
from quality.corpus import Corpus
from quality.errors import EngineUnavailable
from quality.guide import StyleGuide
from quality.judge import Facts, Judged, Tally, gather, judge_row
from quality.measure import Limits, Measured, Progress, measure
from quality.model import (
    NOT_REQUESTED,
    Fingerprint,
    Outcome,
    Prompt,
    Report,
    Row,
    RowScore,
    Status,
)
from quality.rule import Check, Inputs, Rule
from quality.score import row_score
from quality.table import Table, by_id

NOT_DECIDING = frozenset({"cli.py", "reports", "rulebook.py", "fix.py", "files.py", "__init__.py"})
"""Parts of the package that show or write results and so stay out of the fingerprint of the checks."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to check and how.

    Attributes:
        sheet: The original sheet of `--original`.
        against: The reference corpus of `--against`.
        codes: The rules that the user's selection leaves; None means all.
        workers: Processes that measure; 0 means one for each core.
    """

    table: Table
    guide: StyleGuide
    sheet: Table | None = None
    against: Corpus | None = None
    codes: frozenset[str] | None = None
    workers: int = 0
    cache: bool = True


def rules() -> dict[str, Rule]:
    """Every rule of this version by code."""
    return {rule.code: rule for check in registry.load_all() for rule in check.rules}


def check(
    request: Request,
    progress: Progress = lambda done, total: None,
    note: Callable[[str], None] = lambda text: None,
) -> Report:
    """The report on the table.

    Args:
        progress: Called with the cells measured so far and in all.
        note: Called with what the user should know of how the run went, such as a cache that cannot be used.

    Raises:
        EngineUnavailable: No worker process can start.
    """
    everything = registry.load_all()
    codes = _codes(everything, request)
    wanted = [c for c in everything if any(rule.code in codes for rule in c.rules)]
    active, unavailable = _engines(wanted)

    inputs = _inputs(request)
    asked = _asked(request.table.rows, inputs.sheet)
    prompts = {text: prompt.read(text) for text in dict.fromkeys(row.instruction for row in asked)}

    measured = _measure(request, active, progress, note)
    facts = {c.family: gather(c, _readable(request), measured, inputs) for c in active}
    tallies = {c.family: Tally() for c in active}
    judged = [
        judge_row(row, prompts[row.instruction], active, measured, facts, inputs, codes, tallies)
        for row in asked
    ]

    scope = _scope(everything, codes, unavailable, request.guide)
    scores = tuple(
        _score(row, prompts[row.instruction], one, scope, request.guide)
        for row, one in zip(asked, judged, strict=True)
    )
    about = [f for c in active if c.about for f in c.about(facts[c.family].value, inputs) if f.code in codes]
    return Report(
        fingerprint=_fingerprint(request, codes, active),
        rows=scores,
        findings=(*about, *(finding for one in judged for finding in one.findings)),
        outcomes=tuple(_outcomes(everything, codes, unavailable, tallies, measured, len(asked))),
        dataset=_statistics(request, scores, active, facts),
    )


def _codes(everything: Sequence[Check], request: Request) -> frozenset[str]:
    known = {rule.code for c in everything for rule in c.rules if request.guide.severity(rule.code) != "off"}
    return frozenset(known if request.codes is None else known & request.codes)


def _engines(wanted: Sequence[Check]) -> tuple[list[Check], dict[str, str]]:
    """The checks whose engine is here, and for the others why it is not."""
    active: list[Check] = []
    unavailable: dict[str, str] = {}
    for c in wanted:
        try:
            if c.engine:
                c.engine()
            active.append(c)
        except (EngineUnavailable, ImportError) as error:
            unavailable[c.family] = str(error)
    return active, unavailable


def _inputs(request: Request) -> Inputs:
    sheet = by_id(request.sheet) if request.sheet else None
    return Inputs(
        guide=request.guide,
        against=request.against.texts if request.against else None,
        sheet=sheet,
        violations=schema.violations(request.table, request.sheet),
        labelled=request.table.labelled,
    )


def _asked(rows: Sequence[Row], sheet: Mapping[str, Row] | None) -> list[Row]:
    """The rows with the sheet's instruction, so that nobody changes what was asked by editing their prompt."""
    if sheet is None:
        return list(rows)
    return [replace(row, instruction=sheet[row.id].instruction) if row.id in sheet else row for row in rows]


def _limits(guide: StyleGuide) -> Limits:
    return Limits(
        max_cell_characters=int(guide.threshold("limits.max_cell_characters")),
        timeout_s=guide.threshold("limits.timeout_s"),
        retry_timeout_s=guide.threshold("limits.retry_timeout_s"),
    )


def _measure(
    request: Request, active: Sequence[Check], progress: Progress, note: Callable[[str], None]
) -> Measured:
    workers = request.workers or os.cpu_count() or 1
    with open_cache(request.cache) as cache:
        measured = measure(
            request.table.rows,
            active,
            _limits(request.guide),
            cache=cache,
            workers=workers,
            progress=progress,
        )
    if cache.note:
        note(cache.note)
    return measured


def _readable(request: Request) -> list[Row]:
    limit = request.guide.threshold("limits.max_cell_characters")
    return [row for row in request.table.rows if max(len(row.output), len(row.instruction)) <= limit]


@dataclass(frozen=True, slots=True)
class _Scope:
    """The criteria that the guide's rules cover, and those of them that this run leaves out, with the reason."""

    criteria: frozenset[str]
    left_out: Mapping[str, str]


def _scope(
    everything: Sequence[Check], codes: frozenset[str], unavailable: Mapping[str, str], guide: StyleGuide
) -> _Scope:
    criteria: set[str] = set()
    left_out: dict[str, str] = {}
    for c in everything:
        for rule in c.rules:
            if guide.severity(rule.code) == "off" or (
                rule.code not in codes and rule.code in guide.gate.ignorable
            ):
                continue
            criteria.add(rule.criterion)
            if c.family in unavailable:
                left_out[rule.criterion] = unavailable[c.family]
            elif rule.code not in codes:
                left_out.setdefault(rule.criterion, NOT_REQUESTED)
    return _Scope(frozenset(criteria), left_out)


def _score(row: Row, asks: Prompt, judged: Judged, scope: _Scope, guide: StyleGuide) -> RowScore:
    """The row's marks; a criterion that the selection or a missing engine leaves out earns nothing."""
    applicable = scope.criteria - judged.inapplicable
    unmeasured = {**scope.left_out, **judged.unmeasured}
    return row_score(
        row,
        asks,
        judged.findings,
        applicable=applicable,
        unmeasured={key: why for key, why in unmeasured.items() if key in applicable},
        guide=guide,
    )


def _outcomes(
    everything: Sequence[Check],
    codes: frozenset[str],
    unavailable: Mapping[str, str],
    tallies: Mapping[str, Tally],
    measured: Measured,
    rows: int,
) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for c in everything:
        for rule in c.rules:
            if rule.code not in codes:
                outcomes.append(Outcome(rule.code, Status.NOT_REQUESTED))
            elif c.family in unavailable:
                why = unavailable[c.family]
                outcomes.append(Outcome(rule.code, Status.UNAVAILABLE, unmeasured=rows, detail=why))
            else:
                seconds = measured.seconds.get(c.family, 0.0)
                outcomes.append(_outcome(rule.code, tallies[c.family], seconds))
    return outcomes


def _outcome(code: str, tally: Tally, seconds: float) -> Outcome:
    reasons = [f"{count} × {reason}" for reason, count in sorted(tally.unmeasured.items())]
    reasons += [f"{row}: {crash}" for row, crash in list(tally.failed.items())[:3]]
    return Outcome(
        code=code,
        status=Status.CRASHED if tally.failed else Status.RAN,
        measured=tally.measured,
        unmeasured=sum(tally.unmeasured.values()),
        failed=tuple(tally.failed),
        seconds=round(seconds + tally.seconds, 3),
        detail="; ".join(reasons),
    )


def _statistics(
    request: Request, scores: Sequence[RowScore], active: Sequence[Check], facts: Mapping[str, Facts]
) -> dict[str, Any]:
    """What the table is like as a whole."""
    means: dict[str, float | None] = {}
    for key in request.guide.criteria:
        known = [value for row in scores if (value := row.criteria[key]) is not None]
        means[key] = round(fmean(known), 4) if known else None
    statistics: dict[str, Any] = {
        "rows": len(scores),
        "passing": sum(row.passed for row in scores),
        "mean_score": round(fmean(row.score for row in scores), 2) if scores else None,
        "criteria": means,
    }
    for c in active:
        if c.statistics and facts[c.family].crash is None:
            statistics[c.family] = dict(c.statistics(facts[c.family].value))
    return statistics


def _fingerprint(request: Request, codes: frozenset[str], active: Sequence[Check]) -> Fingerprint:
    config = {
        "original": request.sheet.data_sha256 if request.sheet else None,
        "against": request.against.data_sha256 if request.against else None,
        "codes": sorted(codes),
        "engines": {c.family: c.engine() for c in active if c.engine},
        "labelled": request.table.labelled,
    }
    return Fingerprint(
        data=request.table.data_sha256,
        file=request.table.sha256,
        guide=request.guide.sha256,
        checks=source_sha256(),
        config=hashlib.sha256(json.dumps(config, sort_keys=True).encode()).hexdigest(),
    )


def source_sha256() -> str:
    """SHA-256 over the source of every module that can change a verdict."""
    digest = hashlib.sha256()
    for name, source in sorted(_sources(files("quality"))):
        digest.update(f"{name}\0{len(source)}\0".encode())
        digest.update(source)
    return digest.hexdigest()


def _sources(folder: Any, path: str = "") -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.name in NOT_DECIDING and not path:
            continue
        if entry.is_dir() and entry.name != "__pycache__":
            found += _sources(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".py"):
            found.append((path + entry.name, entry.read_bytes().replace(b"\r\n", b"\n")))
    return found
