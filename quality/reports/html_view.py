"""What the HTML page shows, worked out beforehand: the template only lays it out."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from quality.model import Correction, Finding, Result, RowScore, Severity
from quality.reports import corrections
from quality.reports import document as doc
from quality.reports import json as json_report
from quality.reports.document import Counts, Document, Trouble
from quality.reports.figures import bins
from quality.reports.html_correction import CorrectionView, says_something
from quality.reports.html_correction import view as correction_view
from quality.reports.html_pieces import MAX_CELL as MAX_CELL
from quality.reports.html_pieces import Piece, gap, runs, windows
from quality.reports.steps import Step, next_steps
from quality.rule import Rule
from quality.wording import count, percent

MAX_ROWS = 200
MAX_FINDINGS = 40
MAX_RELATED = 10

COLUMNS = ("instruction", "output", "fail_mode", "original", "id")
ALWAYS = ("instruction", "output")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; `share` and `other`, the second colour, in per cent of its whole length."""

    label: str
    value: str
    share: float
    other: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule that found something; `rule` is None for a code that is not known here."""

    tally: doc.Tally
    rule: Rule | None
    section: str
    share: float


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell of a row."""

    column: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding, with the words that explain it.

    Attributes:
        standing: Its severity while it is open, else `waived` or `accepted`.
        since: `new` where the correction brought it in, `old` where the original had it, "" where nobody knows.
    """

    number: int
    finding: Finding
    section: str
    remedy: str
    related: str
    old: str
    standing: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class AskView:
    """One thing that the prompt asks, and whether the answer does it."""

    words: str
    result: Result
    given: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One row with its findings; `left_out` counts those beyond the page's limit."""

    score: RowScore
    asks: tuple[AskView, ...]
    cells: tuple[CellView, ...]
    findings: tuple[FindingView, ...]
    unmeasured: dict[str, str]
    left_out: int
    correction: CorrectionView | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page."""

    document: Document
    counts: Counts
    passing: str
    mean_score: str
    unmeasured_rows: int
    left: str
    steps: tuple[Step, ...]
    scores: tuple[Bar, ...]
    criteria: tuple[Bar, ...]
    rules: tuple[RuleView, ...]
    troubles: tuple[Trouble, ...]
    whole: tuple[FindingView, ...]
    rows: tuple[RowView, ...]
    rows_with_findings: int
    quieted: str
    asked: str
    corrections: str
    statistics: str


def page(document: Document) -> Page:
    """The page of a document, its rows the worst first and at most `MAX_ROWS` of them."""
    numbers = doc.counts(document)
    scores = [row.score for row in document.report.rows if math.isfinite(row.score)]
    rows, total = _rows(document)
    whole = [finding for finding in document.report.findings if finding.row is None]
    return Page(
        document=document,
        counts=numbers,
        passing=percent(numbers.passing, numbers.rows),
        mean_score=f"{sum(scores) / len(scores):.1f}" if scores else "–",
        unmeasured_rows=sum(bool(doc.unmeasured(row)) for row in document.report.rows),
        left=doc.still_ends_with_1(document),
        steps=tuple(next_steps(document)),
        scores=tuple(_histogram(document.report.rows)),
        criteria=tuple(_criteria(document)),
        rules=tuple(_rules(document)),
        troubles=tuple(doc.troubles(document)),
        whole=tuple(
            _finding(document, finding, number) for number, finding in enumerate(whole[:MAX_ROWS], 1)
        ),
        rows=rows,
        rows_with_findings=total,
        quieted=_quieted(document),
        asked=doc.asked(document),
        corrections=corrections.corrections(document),
        statistics=_statistics(document),
    )


def _histogram(rows: Sequence[RowScore]) -> Iterator[Bar]:
    """Rows by score in steps of ten, those that pass in the first colour."""
    counts = bins(rows)
    most = max(failing + passing for _, failing, passing in counts) or 1
    for label, failing, passing in counts:
        note = f"{passing:,} {'passes' if passing == 1 else 'pass'}, {failing:,} {'does' if failing == 1 else 'do'} not"
        yield Bar(label, f"{passing + failing:,}", 100 * passing / most, 100 * failing / most, note)


def _criteria(document: Document) -> Iterator[Bar]:
    """The mean of each criterion over the rows in which it was measured."""
    for key, criterion in document.guide.criteria.items():
        values = [value for row in document.report.rows if (value := row.criteria.get(key)) is not None]
        values = [value for value in values if math.isfinite(value)]
        if values:
            mean = 100 * sum(values) / len(values)
            number = f"{criterion.section} · " if criterion.section[:1].isdigit() else ""
            note = f"{number}measured in {count(len(values), 'row')}"
            yield Bar(criterion.title, f"{math.floor(mean * 10) / 10:.1f}", mean, note=note)


def _rules(document: Document) -> Iterator[RuleView]:
    tallies = doc.tallies(document)
    most = max((tally.findings for tally in tallies), default=0) or 1
    for tally in tallies:
        rule = document.rules.get(tally.code)
        where = doc.section(document, rule.criterion) if rule else ""
        yield RuleView(tally, rule, where, 100 * tally.findings / most)


def _rows(document: Document) -> tuple[tuple[RowView, ...], int]:
    """The worst rows, and how many have something to show."""
    found: dict[int | None, list[Finding]] = {}
    for finding in document.report.findings:
        found.setdefault(finding.row, []).append(finding)
    rows = [
        row
        for row in document.report.rows
        if row.row in found or doc.unmeasured(row) or not row.passed or says_something(row)
    ]
    rows.sort(key=lambda row: (row.passed, row.score, row.row))
    return tuple(_row(document, row, found.get(row.row, [])) for row in rows[:MAX_ROWS]), len(rows)


def _quieted(document: Document) -> str:
    """What the findings are that a baseline accepts or decisions dismiss."""
    if "decisions" not in document.report.dataset:
        return "accepted in the baseline"
    return "accepted or dismissed" if "baseline" in document.report.dataset else "dismissed"


def _row(document: Document, score: RowScore, findings: list[Finding]) -> RowView:
    ordered = sorted(findings, key=lambda f: (not f.is_open, f.severity != Severity.ERROR))[:MAX_FINDINGS]
    places = {name: index for index, name in enumerate(COLUMNS[::-1])}
    ordered.sort(key=lambda f: (not f.is_open, -places.get(f.column, 9), f.start or 0, f.code))
    since = _since(score)
    views = tuple(
        replace(_finding(document, finding, number), since=since(finding))
        for number, finding in enumerate(ordered, 1)
    )
    asks = (AskView(doc.ask_in_words(held.ask), held.result, held.given) for held in score.ask_results)
    return RowView(
        score=score,
        asks=tuple(asks),
        cells=tuple(_cells(document, score, views)),
        findings=views,
        unmeasured=doc.unmeasured(score),
        left_out=len(findings) - len(views),
        correction=correction_view(document, score, document.rows.get(score.row)),
    )


def _since(score: RowScore) -> Callable[[Finding], str]:
    """Finding → whether the correction brought it in."""
    known = score.correction or Correction()
    since = dict.fromkeys(map(_key, known.left), "old") | dict.fromkeys(map(_key, known.introduced), "new")
    return lambda finding: since.get(_key(finding), "")


def _key(finding: Finding) -> tuple[str, str, int | None, int | None, str]:
    return finding.code, finding.column, finding.start, finding.end, finding.message


def _finding(document: Document, finding: Finding, number: int) -> FindingView:
    text, fix = doc.cell(document, finding) or "", finding.fix
    related = ", ".join(finding.related[:MAX_RELATED])
    if len(finding.related) > MAX_RELATED:
        related += f" and {len(finding.related) - MAX_RELATED} more"
    return FindingView(
        number=number,
        finding=finding,
        section=doc.section(document, finding.criterion),
        remedy=doc.remedy(document, finding.code),
        related=related,
        old=text[fix.start : fix.end] if fix else "",
        standing=_standing(finding),
    )


def _standing(finding: Finding) -> str:
    if finding.is_open:
        return str(finding.severity)
    return "waived" if finding.waived is not None else "accepted"


def _cells(document: Document, score: RowScore, findings: Sequence[FindingView]) -> Iterator[CellView]:
    row = document.rows.get(score.row)
    if row is None:
        return
    texts = dict(
        zip(COLUMNS, (row.instruction, row.output, row.fail_mode, row.original, row.id), strict=True)
    )
    for column in COLUMNS:
        here = [view for view in findings if view.finding.column == column]
        text = texts[column]
        labelled = column == "fail_mode" and score.correction is not None
        if text is not None and (here or column in ALWAYS or labelled):
            yield CellView(column, tuple(pieces(text, here)))


def pieces(text: str, findings: Sequence[FindingView]) -> Iterator[Piece]:
    """The text cut where a span starts or ends; joined, the pieces but the gaps are what is shown of it."""
    spans = [
        (*bounds, view)
        for view in findings
        if (bounds := doc.span(text, view.finding.start, view.finding.end))
    ]
    at = 0
    for start, end in windows(len(text), [(low, high) for low, high, _ in spans]):
        if start > at:
            yield gap(start - at)
        cuts = sorted(
            {start, end, *(cut for low, high, _ in spans for cut in (low, high) if start < cut < end)}
        )
        for low, high in itertools.pairwise(cuts):
            halved = text.startswith("\r\n", high - 1)  # a span that cuts a line end in two
            here = [span for span in spans if span[0] <= low and high <= span[1]]
            yield from _run(text[low : high - halved], here, low)
        at = end
    if at < len(text):
        yield gap(len(text) - at)


def _run(text: str, spans: list[tuple[int, int, FindingView]], low: int) -> Iterator[Piece]:
    open_ = [view.finding for _, _, view in spans if view.finding.is_open]
    severity = min((str(finding.severity) for finding in open_), default="waived" if spans else "")
    numbers = tuple(view.number for _, _, view in spans)
    starts = tuple(view.number for start, _, view in spans if start == low)
    for part, unseen in runs(text):
        yield Piece(part, numbers, severity, starts, unseen=unseen)
        starts = ()


def _statistics(document: Document) -> str:
    if not document.report.dataset:
        return ""
    text = json.dumps(json_report.plain(document.report.dataset), ensure_ascii=False, indent=2)
    return text if len(text) <= 5 * MAX_CELL else f"{text[: 5 * MAX_CELL]}…"
