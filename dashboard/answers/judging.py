"""Given answers → judged ones, by the quality rules; what was judged is remembered until something changes."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final

from dashboard import model
from dashboard.answers.model import Answer, Given, Pair, content
from quality import run
from quality.measure import Progress
from quality.model import Finding, Report, Row, RowScore
from quality.reports import document

LOOP = "REP003"
"""The rule for words that go on and on."""
MOST_REMEMBERED: Final = 8
Pairs = tuple[Pair, ...]
_known: OrderedDict[str, Future[Pairs]] = OrderedDict()
_lock = threading.Lock()


def judged(given: Given, progress: Progress = lambda done, total: None) -> Pairs:
    """The pairs in the order of the prompts; the same answers are judged once.

    Args:
        progress: Called with the texts judged so far and in all.

    Raises:
        ProofgateError: No check can run.
    """
    fingerprint = _fingerprint(given)
    while True:
        with _lock:
            is_mine = fingerprint not in _known
            waited = _known.setdefault(fingerprint, Future())
            _known.move_to_end(fingerprint)
            while len(_known) > MOST_REMEMBERED:
                _known.popitem(last=False)
        if is_mine:
            return _made(fingerprint, waited, given, progress)
        with suppress(CancelledError):  # whoever judged them gave up: then it is our turn
            return waited.result()


def _made(fingerprint: str, waited: Future[Pairs], given: Given, progress: Progress) -> Pairs:
    """Judges them, for all who wait for the same; nobody else waits."""
    try:
        pairs = _pairs(given, progress)
    except BaseException:  # one who leaves the page ends what runs for it
        with _lock:
            _known.pop(fingerprint, None)
        waited.cancel()
        raise
    waited.set_result(pairs)
    return pairs


def _fingerprint(given: Given) -> str:
    """SHA-256 over the texts and all that they are judged by."""
    asked = given.request(())
    against = asked.against.data_sha256 if asked.against else ""
    parts = (
        [(row.row, row.id, row.instruction) for row in given.asked],
        *(sorted(side.items()) if side is not None else None for side in (given.tuned, given.base)),
        (asked.guide.sha256, asked.engine, asked.engine_url, against),
        sorted(asked.codes) if asked.codes is not None else None,
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _pairs(given: Given, progress: Progress) -> Pairs:
    sides = [given.tuned, *([] if given.base is None else [given.base])]
    rows = [_rows(given, side) for side in sides]
    run.fill((given.request(some) for some in rows if some), progress)  # both sides by the same workers
    judged = [_side(given, some) for some in rows]

    def answer(which: int, row_id: str) -> Answer:
        return judged[which].get(row_id) or Answer(sides[which].get(row_id))

    def pair(number: int, row: Row) -> Pair:
        tuned = answer(0, row.id)
        base = answer(1, row.id) if len(sides) > 1 else None
        told = content(row.instruction, base.text if base else None, tuned.text)
        return Pair(number, model.ref(row.id), row.id, row.instruction, tuned, base, told)

    return tuple(pair(number, row) for number, row in enumerate(given.asked, 1))


def _rows(given: Given, answers: Mapping[str, str]) -> tuple[Row, ...]:
    """What the rules judge: what is no answer earns nothing, whatever a rule would say of an empty cell."""
    return tuple(
        replace(row, output=answers[row.id]) for row in given.asked if answers.get(row.id, "").strip()
    )


def _side(given: Given, rows: tuple[Row, ...]) -> dict[str, Answer]:
    """Id → its answer, judged."""
    if not rows:
        return {}
    report = run.check(given.request(rows))
    one = partial(_answer, _by_row(report))
    return {row.id: one(row, score) for row, score in zip(rows, report.rows, strict=True)}


def _by_row(report: Report) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for finding in report.findings:
        if finding.row is not None:
            found.setdefault(finding.row, []).append(finding)
    return found


def _answer(findings: Mapping[int, Sequence[Finding]], row: Row, score: RowScore) -> Answer:
    mine = tuple(findings.get(row.row, ()))
    unmeasured = document.unmeasured(score)
    points = None if unmeasured else score.score
    loops = any(f.code == LOOP and f.is_open for f in mine)
    return Answer(row.output, points, score.passed, loops, mine, unmeasured)
