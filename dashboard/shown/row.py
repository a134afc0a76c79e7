"""One row in full, as a page shows it: its cells with the findings in them, the rules behind them, its correction."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from dashboard.model import Entry
from dashboard.shown import blocks, changes
from dashboard.shown.pieces import Piece, Span, pieces
from dashboard.site import Site
from quality.guide import StyleGuide
from quality.model import Finding, Row
from quality.rule import Rule
from quality.wording import count, cut, listed

MAX_FINDINGS = 40
"""Findings of a row that are shown."""
MAX_RELATED = 10
HEADS = {
    "instruction": "Instruction",
    "output": "Response",
    "fail_mode": "Label",
    "original": "Original response",
    "id": "Id",
}
"""Column → how it is called, in the order in which cells are shown."""
ALWAYS = ("instruction", "output", "fail_mode")


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding with the words that explain it; raw.

    Attributes:
        standing: Its severity while it is open, else `waived` or `accepted`.
        rule: Its code and name.
        section: The clause of the guide.
        place: Column and span.
        new: The text of its fix; None without one.
    """

    number: int
    standing: str
    message: str
    rule: str
    section: str
    remedy: str
    place: str
    related: str
    waived: str | None
    accepted: str | None
    old: str
    new: str | None
    safe: bool


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What was changed against the original: in words, and both texts with the edits marked."""

    words: str
    old: list[Piece]
    new: list[Piece]


@dataclass(frozen=True, slots=True)
class RowView:
    """One row.

    Attributes:
        group: Name of its group; "" where it is not to be seen.
        line: Physical line; 0 where it is the row's number.
        score: 0..100 in words.
        criteria: Title, value in words, share in per cent; of those below 1.
        full: Titles of those at 1.
        absent: Titles of those that do not apply.
        left_out: Findings beyond those shown.
    """

    row: int
    line: int
    id: str
    group: str
    passed: bool
    score: str
    cells: tuple[tuple[str, list[Piece]], ...]
    findings: tuple[FindingView, ...]
    unmeasured: tuple[tuple[str, str], ...]
    criteria: tuple[tuple[str, str, str], ...]
    full: str
    absent: str
    left_out: int
    correction: CorrectionView | None


def entry(
    site: Site, entry: Entry, *, blind: bool = False, findings: Collection[Finding] | None = None
) -> None:
    """One row in full.

    Args:
        blind: Without the name of its group.
        findings: Shown in place of the row's own.
    """
    group = "" if blind or not site.of_course else _group(site, entry.key.group)
    blocks.show("row", view(site.guide, entry, group=group, findings=findings))


def view(
    guide: StyleGuide, entry: Entry, *, group: str = "", findings: Collection[Finding] | None = None
) -> RowView:
    """What the template shows of a row."""
    held = tuple(entry.findings if findings is None else findings)
    ordered = _ordered(held)
    texts = _texts(entry.row)
    views = tuple(_finding(guide, texts, one, number) for number, one in enumerate(ordered, 1))
    return RowView(
        row=entry.row.row,
        line=entry.row.line if entry.row.line != entry.row.row else 0,
        id=entry.row.id,
        group=group,
        passed=entry.passed,
        score="–" if entry.score is None else f"{entry.score:.0f}",
        cells=tuple(_cells(entry.row, texts, ordered, views)),
        findings=views,
        unmeasured=tuple((_title(guide, key), why) for key, why in entry.unmeasured.items()),
        criteria=tuple(_below(guide, entry.criteria)),
        full=_titles(
            guide, [key for key, value in entry.criteria.items() if value is not None and value >= 1]
        ),
        absent=_titles(
            guide,
            [key for key, value in entry.criteria.items() if value is None and key not in entry.unmeasured],
        ),
        left_out=len(held) - len(ordered),
        correction=_correction(entry.row),
    )


def _group(site: Site, key: str) -> str:
    return next((one.label for one in site.index.groups() if one.key == key), key)


def _ordered(findings: Collection[Finding]) -> list[Finding]:
    """At most so many, the open errors first; then in the order in which a reader meets them."""
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


def _below(guide: StyleGuide, criteria: Mapping[str, float | None]) -> Iterator[tuple[str, str, str]]:
    for key, value in criteria.items():
        if value is not None and value < 1:
            yield _title(guide, key), f"{math.floor(100 * value) / 100:.2f}", f"{100 * value:.1f}"


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
    from quality import checks

    return {rule.code: rule for check in checks.load_all() for rule in check.rules}
