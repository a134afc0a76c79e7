"""One row in full, as a page shows it: its cells with the findings in them, the rules behind them, its correction."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache

from dashboard.model import Entry
from dashboard.shown import blocks, changes, personal
from dashboard.shown.pieces import Piece, Span, pieces
from dashboard.shown.views import AskView, CorrectionView, FindingView, RowView
from dashboard.site import Site
from grading.course.model import FAIL_MODE
from quality import prompt
from quality.guide import StyleGuide
from quality.model import Finding, Row
from quality.reports.document import ask_in_words
from quality.rule import Rule
from quality.wording import count, cut, listed

MAX_FINDINGS = 40
"""Findings of a row that are shown."""
MAX_RELATED = 10
MAX_ASKS = 20
HEADS = {
    "instruction": "Instruction",
    "output": "Response",
    "fail_mode": "Label",
    "original": "Original response",
    "id": "Id",
}
"""Column → how it is called, in the order in which cells are shown."""
ALWAYS = ("instruction", "output", "fail_mode")


def entry(
    site: Site, entry: Entry, *, blind: bool = False, findings: Collection[Finding] | None = None
) -> None:
    """One row in full.

    Args:
        blind: Without the name of its group.
        findings: Shown in place of the row's own.
    """
    group = "" if blind or not site.of_course else _group(site, entry.key.group)
    entry = personal.chosen(entry if findings is None else replace(entry, findings=tuple(findings)))
    apart = (FAIL_MODE,) if site.of_course else ()  # a course grades labels on a line of their own
    blocks.show("row", view(site.guide, entry, group=group, apart=apart))


def view(guide: StyleGuide, entry: Entry, *, group: str = "", apart: Collection[str] = ()) -> RowView:
    """What the template shows of a row.

    Args:
        apart: Criteria that have no part in the score, whatever their weight.
    """
    found = ordered(entry.findings)
    texts = _texts(entry.row)
    views = tuple(_finding(guide, texts, one, number) for number, one in enumerate(found, 1))
    return RowView(
        row=entry.row.row,
        line=entry.row.line if entry.row.line != entry.row.row else 0,
        id=entry.row.id,
        group=group,
        passed=entry.passed,
        why="" if entry.passed else _why(guide, entry),
        score="–" if entry.score is None else f"{entry.score:.0f}",
        asks=tuple(_asks(entry)),
        cells=tuple(_cells(entry.row, texts, found, views)),
        findings=views,
        unmeasured=tuple((_title(guide, key), why) for key, why in entry.unmeasured.items()),
        criteria=tuple(_below(guide, entry.criteria, apart)),
        full=_titles(
            guide, [key for key, value in entry.criteria.items() if value is not None and value >= 1]
        ),
        absent=_titles(
            guide,
            [key for key, value in entry.criteria.items() if value is None and key not in entry.unmeasured],
        ),
        left_out=len(entry.findings) - len(found),
        correction=_correction(entry.row),
    )


def _why(guide: StyleGuide, entry: Entry) -> str:
    errors = sum(one.is_open_error for one in entry.findings)
    unmeasured = _titles(guide, entry.unmeasured)
    found = [count(errors, "error")] if errors else []
    found += [f"not measured: {unmeasured}"] if unmeasured else []
    if not found and any(one.is_dismissed for one in entry.findings):
        return "what is dismissed counts until the rows are checked with --decisions"
    return " and ".join(found)


def _asks(entry: Entry) -> Iterator[AskView]:
    """What the prompt asks; a finding of compliance names the words that it is about."""
    missed = {
        (one.detail.get("kind"), one.detail.get("asked_start")) for one in entry.findings if one.is_open
    }
    text = entry.row.instruction
    for ask in prompt.read(text).asks[:MAX_ASKS]:
        yield AskView(ask_in_words(ask), text[ask.start : ask.end], (ask.kind, ask.start) in missed)


def _group(site: Site, key: str) -> str:
    return next((one.label for one in site.index.groups() if one.key == key), key)


def ordered(findings: Collection[Finding]) -> list[Finding]:
    """At most so many, open errors before others, in the order of their numbers: as a reader meets them."""
    loudest = sorted(findings, key=lambda one: (not one.is_open, str(one.severity)))[:MAX_FINDINGS]
    places = {column: place for place, column in enumerate(HEADS)}
    return sorted(loudest, key=lambda one: (places.get(one.column, 9), one.start or 0, one.code))


def _texts(row: Row) -> Mapping[str, str | None]:
    return dict(
        zip(HEADS, (row.instruction, row.output, row.fail_mode, row.original, row.id), strict=True)
    ) | {f"context {place}": text for place, text in enumerate(row.context, 1)}


def _finding(
    guide: StyleGuide, texts: Mapping[str, str | None], finding: Finding, number: int
) -> FindingView:
    rule, fix = rules().get(finding.code), finding.fix
    text = texts.get(finding.column) or ""
    place = finding.column
    if finding.start is not None:
        place += f" {finding.start}–{finding.end}"
    return FindingView(
        number=number,
        standing=standing(finding),
        message=finding.message,
        rule=f"{finding.code} {rule.name.replace('-', ' ')}" if rule else finding.code,
        section=guide.section_of(finding.criterion, titled=True),
        remedy=rule.remedy if rule else "",
        place=place,
        related=listed(finding.related, MAX_RELATED),
        waived=finding.waived,
        accepted=finding.accepted,
        old=text[fix.start : fix.end] if fix else "",
        new=fix.text if fix else None,
        safe=fix is not None and fix.safe,
    )


def finding_views(guide: StyleGuide, findings: Collection[Finding]) -> list[FindingView]:
    """Findings that are about no single row, as the template shows them."""
    return [_finding(guide, {}, one, 0) for one in list(findings)[:MAX_FINDINGS]]


def standing(finding: Finding) -> str:
    """Its severity while somebody has to see to it, else `waived` or `accepted`."""
    if finding.is_open:
        return str(finding.severity)
    return "waived" if finding.waived is not None else "accepted"


def _cells(
    row: Row, texts: Mapping[str, str | None], findings: list[Finding], views: tuple[FindingView, ...]
) -> Iterator[tuple[str, list[Piece]]]:
    for place, turn in enumerate(row.context, 1):
        yield f"Earlier turn {place}", pieces(turn)
    for column, head in HEADS.items():
        text = texts[column]
        spans = [
            Span(one.start, one.end or one.start, view.standing, cut(view.message, 300), view.number)
            for one, view in zip(findings, views, strict=True)
            if one.column == column and one.start is not None
        ]
        if text is not None and (column in ALWAYS or spans):
            yield head, pieces(text, [_loud(span) for span in spans])


def _loud(span: Span) -> Span:
    """Accepted findings look as waived ones do."""
    kind = "waived" if span.kind == "accepted" else span.kind
    return Span(span.start, span.end, kind, span.title, span.number)


def _below(
    guide: StyleGuide, criteria: Mapping[str, float | None], apart: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    for key, value in criteria.items():
        if value is not None and value < 1:
            counts = key not in apart and key in guide.criteria and guide.criteria[key].weight
            title = _title(guide, key) + ("" if counts else " (not in the score)")
            yield title, f"{math.floor(100 * value) / 100:.2f}", f"{100 * value:.1f}"


def _titles(guide: StyleGuide, keys: Collection[str]) -> str:
    return listed((_title(guide, key) for key in keys), len(guide.criteria))


def _title(guide: StyleGuide, key: str) -> str:
    return guide.criteria[key].title if key in guide.criteria else key


def _correction(row: Row) -> CorrectionView | None:
    if row.original is None:
        return None
    if row.original == row.output:
        return CorrectionView("The response is the original, unchanged.", [], [])
    words = f"The correction: {count(changes.number(row.original, row.output), 'edit')}."
    return CorrectionView(words, *changes.sides(row.original, row.output))


@cache
def rules() -> Mapping[str, Rule]:
    """The shipped rules by code."""
    from quality import plan

    return plan.rules()
