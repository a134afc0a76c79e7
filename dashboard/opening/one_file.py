"""One file: its rows checked in this process, or a report that the user made, as an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dashboard.index import building, storage
from dashboard.index.decoding import finding
from dashboard.index.parts import Marked, Part, numbered
from dashboard.model import ALONE, About
from dashboard.opening import freshness, made_report, worker
from dashboard.site import Named, Opening
from quality import gate, run
from quality.cli_inputs import Options
from quality.errors import InputError
from quality.model import Report, Row, RowScore
from quality.options import Resolved, resolve
from quality.reports import json as contract

Progress = Callable[[Opening], None]


MOST_HERE = 4_000_000
"""Bytes of a file that is checked in this process; a larger one has its own, and the memory is free afterwards."""


def index(
    options: Options, named: Named, start: Path, resolved: Callable[[], Resolved], progress: Progress
) -> Path:
    """The index of the file's rows: the one of last time, where all is as it was, else a new one.

    Raises:
        ProofgateError: The file cannot be read or checked, or the index cannot be written.
    """
    progress(Opening("the file"))
    key = freshness.inputs_sha256(options, start, named.report)
    path = storage.folder() / f"file-{key[:40]}{storage.SUFFIX}"
    if options.cache and storage.used(path):
        return path
    if options.data.stat().st_size > MOST_HERE:
        worker.made_elsewhere(path, options, named.report, start, progress)
    else:
        make(path, options, named.report, resolved(), progress)
    storage.used(path)
    storage.clear_old()
    return path


def request(options: Options, start: Path) -> Resolved:
    """All that the options and the configuration from `start` upwards name, read.

    Raises:
        ProofgateError: Any of it is missing or cannot be read.
    """
    return resolve(options, start=start)


def make(path: Path, options: Options, report: Path | None, given: Resolved, progress: Progress) -> None:
    """Makes the index from the report that the user names, where it is this file's, else by checking the rows.

    Raises:
        ProofgateError: The rows cannot be checked, or the index cannot be written.
    """
    notes: list[str] = list(given.notes)
    if report is not None:
        try:
            _from_report(path, options, given, report, notes, progress)
        except InputError as error:
            notes.append(f"{report.name} is not used: {error.what}; the file was checked anew")
        else:
            return
    _checked(path, options, given, notes, progress)


def _checked(path: Path, options: Options, given: Resolved, notes: list[str], progress: Progress) -> None:
    request = given.request
    report = run.check(request, lambda done, total: progress(Opening("texts", done, total)), notes.append)
    criteria = {code: rule.criterion for code, rule in run.rules().items()}
    verdict = gate.decide(report, request.guide, criteria)
    about = About(
        path=str(options.data),
        guide=_guide(given),
        fingerprint=MappingProxyType(asdict(report.fingerprint)),
        outcomes=tuple(MappingProxyType(contract.outcome(one)) for one in report.outcomes),
        verdict=MappingProxyType(contract.verdict(verdict)),
        notes=tuple(notes),
        findings=tuple(one for one in report.findings if one.row is None),
    )
    _build(path, about, given, lambda: _rows(report, request.table.rows), progress)


def _from_report(
    path: Path, options: Options, given: Resolved, source: Path, notes: list[str], progress: Progress
) -> None:
    progress(Opening("the report"))
    made = made_report.opened(source)
    made_report.demand_of(made, given.request)
    about = About(
        path=str(options.data),
        guide=_guide(given),
        fingerprint=MappingProxyType(made.head["fingerprint"]),
        outcomes=tuple(map(MappingProxyType, made.outcomes)),
        verdict=MappingProxyType(made.head["verdict"]),
        notes=(*notes, f"checked by {source.name}, not by this command"),
        findings=tuple(finding(one) for one in made.findings() if one["row"] is None),
    )
    _build(path, about, given, lambda: made_report.rows(made, given.request.table.rows), progress)


def _build(
    path: Path, about: About, given: Resolved, rows: Callable[[], Iterator[Marked]], progress: Progress
) -> None:
    table = given.request.table
    building.build(
        path,
        about,
        [Part(ALONE, table.path.name, rows)],
        progress=lambda done: progress(Opening("rows", done, len(table.rows))),
    )


def _guide(given: Resolved) -> str:
    style = given.request.guide
    return f"{style.name} ({style.sha256[:8]})"


def _rows(report: Report, rows: tuple[Row, ...]) -> Iterator[Marked]:
    found = (contract.as_json(one) for one in report.findings)
    each = numbered(found, (row.row for row in rows))
    for row, score, findings in zip(rows, report.rows, each, strict=True):
        yield Marked(row, _marks(score), findings)


def _marks(score: RowScore) -> Mapping[str, Any]:
    return contract.plain(
        {
            "score": score.score,
            "passed": score.passed,
            "criteria": score.criteria,
            "unmeasured": score.unmeasured,
        }
    )
