"""The quality rules over the predictions → `predictions.quality.json`, and what it says in a few lines.

{"format": 1, "tuned": REPORT, "base": REPORT | null, "comparison": {…} | null}, each report as `quality check
--output-format json` has it. The answers are judged by the settings' guide, without labels and without a sheet of
originals; no language model is asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from finetune.prediction import answers, comparison
from quality import corpus, gate, guide, run, selection
from quality.config import Settings
from quality.corpus import Corpus
from quality.guide import StyleGuide
from quality.plan import Request
from quality.reports import columns, document, render
from quality.reports.document import Document
from quality.reports.escape import visible
from quality.table import Table
from quality.wording import count, listed, percent

FORMAT = 1
MOST_CODES = 5
"""Rules that the summary names."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Review:
    """The reports on the answers; `base` is None where the base was not asked."""

    tuned: Document
    base: Document | None


def beside(out: Path) -> Path:
    """Where the review of those predictions lies."""
    return out.with_name(f"{out.stem}.quality.json")


def demand(settings: Settings) -> None:
    """Makes sure, before the work is done, that the answers can be judged as the settings say.

    Raises:
        ProofgateError: The guide, the reference texts or a code cannot be read.
    """
    _inputs(settings)


def review(
    content: bytes,
    out: Path,
    settings: Settings,
    *,
    with_base: bool,
    progress: Progress,
    note: Callable[[str], None],
) -> Review:
    """The reports on the predictions in that CSV.

    Args:
        content: The CSV as it was written.
        out: Its path, as the user gave it.

    Raises:
        ProofgateError: A guide or a reference text cannot be read, or no check can run.
    """
    sides = [answers.PREDICTION, *([answers.BASE] if with_base else [])]
    documents = [
        _document(answers.parsed(content, out, column), settings, progress, note) for column in sides
    ]
    return Review(documents[0], documents[1] if with_base else None)


def as_json(review: Review) -> str:
    """The reports and their comparison, with a line end at its end."""
    body = {
        "format": FORMAT,
        "tuned": _report(review.tuned),
        "base": _report(review.base) if review.base else None,
        "comparison": comparison.compare(review.tuned.report, review.base.report) if review.base else None,
    }
    return json.dumps(body, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def summary(review: Review) -> str:
    """What the reports say, for a terminal."""
    return "\n".join(_compared(review.tuned, review.base) if review.base else _alone(review.tuned))


def _document(table: Table, settings: Settings, progress: Progress, note: Callable[[str], None]) -> Document:
    request = _request(table, settings)
    report = run.check(request, progress, note)
    rules = run.rules()
    return Document(
        report=report,
        verdict=gate.decide(report, request.guide, {code: rule.criterion for code, rule in rules.items()}),
        rows={row.row: row for row in table.rows},
        frame=table.frame,
        path=str(table.path),
        guide=request.guide,
        rules=rules,
        notes=table.notes,
    )


class _Inputs(NamedTuple):
    """What the settings name."""

    guide: StyleGuide
    against: Corpus | None
    codes: frozenset[str]


def _inputs(settings: Settings) -> _Inputs:
    return _Inputs(
        guide.load(settings.guide),
        corpus.read(settings.against) if settings.against else None,
        selection.codes(sorted(run.rules()), settings.select, settings.ignore, where=str(settings.source)),
    )


def _request(table: Table, settings: Settings) -> Request:
    """The answers under the settings' guide, engine, selection and reference texts; nothing is sent anywhere."""
    style, against, codes = _inputs(settings)
    engine = settings.engine or style.engine
    return Request(table=table, guide=style, against=against, codes=codes, engine=engine)


def _report(document: Document) -> Any:
    return json.loads(render("json", document))


def _alone(tuned: Document) -> Iterator[str]:
    yield f"The predictions {document.by_guide(tuned)}:"
    rows, passing, score = _figures(tuned)
    yield f"  {passing:,} of {rows:,} rows pass, mean score {score}"
    found = [f"{tally.code} {tally.findings}" for tally in document.tallies(tuned) if tally.findings]
    if found:
        yield f"  findings: {listed(found, MOST_CODES)}"
    yield from _troubles(tuned)


def _compared(tuned: Document, base: Document) -> Iterator[str]:
    both = comparison.compare(tuned.report, base.report)
    head = ("", "tuned", "base")
    table = [
        ("rows that pass", *(percent(both["passing"][who], both["rows"]) for who in head[1:])),
        ("mean score", *(_number(both["mean_score"][who]) for who in head[1:])),
        *(
            (visible(key), *(_share(means[who]) for who in head[1:]))
            for key, means in both["criteria"].items()
            if means["tuned"] is not None and means["tuned"] != means["base"]
        ),
    ]
    widths = columns.widths(head, *table)
    yield f"The predictions against the base's own answers, {document.by_guide(tuned)}:"
    yield from (f"  {columns.line(cells, widths, 1)}" for cells in (head, *table))
    counts = (
        f"better in {count(both['better'], 'row')}, worse in {both['worse']:,}, equal in {both['equal']:,}"
    )
    yield f"  the tuned model is {counts}"
    if both["win_rate"]:
        low, high = both["win_rate"]["interval"]
        yield (
            f"  it wins {both['win_rate']['value']:.0%} of those that differ "
            f"(95% interval {low:.0%} to {high:.0%}, sign test p = {both['win_rate']['sign_test_p']:.2g})"
        )
    found = [f"{code} {of['tuned']} ({of['base']})" for code, of in both["findings"].items()]
    if found:
        yield f"  findings (the base's in brackets): {listed(found, MOST_CODES)}"
    yield from _troubles(tuned)


def _figures(of: Document) -> tuple[int, int, str]:
    dataset = of.report.dataset
    return dataset["rows"], dataset["passing"], _number(dataset["mean_score"])


def _troubles(of: Document) -> Iterator[str]:
    """What could not be measured; a rule that crashed is no reason to lose the predictions, but it is said."""
    for trouble in document.troubles(of)[:MOST_CODES]:
        yield f"  {trouble.what}: {trouble.why}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
