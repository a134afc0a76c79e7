"""The report for a terminal, a pipe or a log.

    data.csv:42 [r0041] output:17-24  GRM004 [*] "an" before a consonant sound
       | This is an test of the linter.
       |         ^^
       = Chat Style Guide 1.1.2-2 · quality rule GRM004
       → Write "a" before a consonant sound.

`data.csv:42` is the file and the physical line on which the record starts, so that an editor opens it; `row
40` follows where the record's number differs. `17-24` are code points of the cell, the first and one past the
last. `[*]`: `quality fix` mends it. Findings that are alike within one cell are shown once, with the other
places. Nothing of the user's is taken for markup: every piece passes `escape.visible`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from quality.model import Correction, Finding, Severity
from quality.reports import columns, corrections
from quality.reports import document as doc
from quality.reports.document import Document
from quality.reports.escape import no_command, visible
from quality.reports.excerpt import excerpt, opening
from quality.reports.figures import figures
from quality.reports.steps import next_lines, next_steps
from quality.wording import count, cut, percent

Paint = Callable[[str, str], str]
"""(text, style) → the text with the style's escapes around it; as it is without colour."""

STYLES = {
    "strong": "1",
    "error": "1;31",
    "warning": "33",
    "good": "1;32",
    "fix": "36",
    "quiet": "2",
}
MAX_MESSAGE = 2_000
MAX_NAME = 200
BAR = "   | "
WORDS = 3
"""Columns of the summary that hold words: code, name, severity."""


def render(document: Document, *, color: bool = False, width: int = 100) -> str:
    """The report; what it shows of a cell is cut to `width` terminal cells, messages are not."""
    paint = painter(color)
    lines: list[str] = []
    if not document.statistics:
        lines += _findings(document, paint, width)
    lines += _summary(document, paint)
    if document.statistics:
        lines += figures(document)
    lines += _asked(document, paint)
    lines += _corrections(document, paint)
    lines += _troubles(document, paint)
    lines += _notes(document, paint)
    lines += _verdict(document, paint)
    lines += _found(document, paint)
    return no_command("\n".join(lines) + "\n")


def _findings(document: Document, paint: Paint, width: int) -> Iterator[str]:
    corrected = {row.row: row.correction for row in document.report.rows} if document.explain else {}
    for group in grouped([f for f in document.report.findings if f.accepted is None]):
        yield from _finding(document, group, paint, width)
        if group[0].criterion == "fail_mode" and group[0].row is not None:
            yield from _explained(document, corrected.get(group[0].row))
        yield ""


def _explained(document: Document, correction: Correction | None) -> Iterator[str]:
    """With `--explain`, which fail modes the original of a row with a doubtful label seems to have had."""
    for mode in corrections.inferred(document, correction):
        yield f"   = the original seems to have had: {visible(cut(mode, MAX_MESSAGE))}"


def grouped(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings, those that say the same of one cell together, in the order of each group's first."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        fixable = finding.fix is not None and finding.fix.safe
        key = (
            finding.row,
            finding.row_id,
            finding.code,
            finding.column,
            finding.message,
            finding.waived,
            finding.related,
            fixable,
        )
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def painter(color: bool) -> Paint:
    """What paints, or leaves a text as it is."""
    return _coloured if color else _plain


def _plain(text: str, style: str) -> str:
    return text


def _coloured(text: str, style: str) -> str:
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if text else ""


def _finding(document: Document, group: list[Finding], paint: Paint, width: int) -> Iterator[str]:
    first = group[0]
    style = "quiet" if first.waived is not None else str(first.severity)
    yield _head(document, first, paint, style)
    yield from _cell(document, first, paint, style, width)
    if len(group) > 1:
        places = (_place(finding) for finding in group[1:])
        yield paint(f"   = {len(group)} times in this cell, also at {doc.listed(places)}", "quiet")
    yield from _about(document, first, paint)


def _head(document: Document, finding: Finding, paint: Paint, style: str) -> str:
    where = paint(location(document, finding), "strong")
    at = visible(finding.column)[:MAX_NAME] + (f":{_place(finding)}" if finding.start is not None else "")
    mark = " [*]" if finding.fix is not None and finding.fix.safe and finding.waived is None else ""
    kind = (
        " (waived)"
        if finding.waived is not None
        else " (warning)"
        if finding.severity == Severity.WARNING
        else ""
    )
    message = visible(cut(finding.message, MAX_MESSAGE))
    code = paint(visible(finding.code), style) + paint(mark, "fix")
    return f"{where}{' ' if at else ''}{at}  {code} {message}{paint(kind, style)}"


def location(document: Document, finding: Finding) -> str:
    """`data.csv:42 [r0041]`, with the record's number where it is not the line's; the dataset is the file."""
    path = visible(document.path)
    if finding.row is None:
        return path
    line = doc.line(document, finding)
    place = f"{path}:{line}" if line is not None else path
    number = f" row {finding.row}" if finding.row != line else ""
    return f"{place} [{visible(cut(finding.row_id, MAX_NAME))}]{number}"


def _place(finding: Finding) -> str:
    return f"{finding.start}-{finding.end}"


def _cell(document: Document, finding: Finding, paint: Paint, style: str, width: int) -> Iterator[str]:
    """The cell's text, the span marked under it."""
    text = doc.cell(document, finding)
    if not text:
        return
    bounds = doc.span(text, finding.start, finding.end)
    room = width - len(BAR)
    bar = paint(BAR, "quiet")
    if bounds is None:
        yield bar + opening(text, room)
        return
    piece = excerpt(text, *bounds, room)
    yield f"{bar}{piece.before}{paint(piece.marked, style)}{piece.after}"
    yield f"{bar}{' ' * piece.offset}{paint('^' * piece.length, style)}"


def _about(document: Document, finding: Finding, paint: Paint) -> Iterator[str]:
    fix = finding.fix
    if fix is not None:
        text = doc.cell(document, finding) or ""
        old, new = (visible(cut(part, 60)) for part in (text[fix.start : fix.end], fix.text))
        word = "fix" if fix.safe else "suggestion"
        change = paint(f'"{old}" → "{new}"', "fix")
        yield f"   = {word}: {change}"
    if finding.related:
        yield f"   = with {doc.listed(cut(name, MAX_NAME) for name in finding.related)}"
    if finding.waived is not None:
        yield f'   = waived, the prompt asks for it: "{visible(cut(finding.waived, MAX_NAME))}"'
    code = visible(finding.code)
    yield paint(f"   = {visible(doc.section(document, finding.criterion))} · quality rule {code}", "quiet")
    remedy = doc.remedy(document, finding.code)
    if remedy and finding.waived is None:
        yield f"   → {visible(remedy)}"


def _summary(document: Document, paint: Paint) -> Iterator[str]:
    found = doc.tallies(document)
    if not found:
        return
    any_accepted = any(tally.accepted for tally in found)
    head = ("rule", "name", "severity", "findings", "rows", "fixable", "waived") + (
        "accepted",
    ) * any_accepted
    table = [
        (
            visible(t.code),
            visible(t.name),
            t.severity,
            f"{t.findings:,}",
            f"{t.rows:,}",
            f"{t.fixable:,}",
            f"{t.waived:,}",
            *[f"{t.accepted:,}"] * any_accepted,
        )
        for t in found
    ]
    widths = columns.widths(head, *table)
    yield paint(columns.line(head, widths, WORDS), "strong")
    for cells, tally in zip(table, found, strict=True):
        yield paint(columns.line(cells, widths, WORDS), tally.severity if tally.findings else "quiet")
    yield ""


def _asked(document: Document, paint: Paint) -> Iterator[str]:
    asked = doc.asked(document)
    if asked:
        yield paint(f"{asked}.", "quiet")
        yield ""


def _corrections(document: Document, paint: Paint) -> Iterator[str]:
    told = corrections.corrections(document)
    if told:
        yield paint(f"{told}.", "quiet")
        yield ""


def _troubles(document: Document, paint: Paint) -> Iterator[str]:
    found = doc.troubles(document)
    if not found:
        return
    yield paint("Not measured:", "strong")
    for trouble in found:
        why = f": {visible(cut(trouble.why, MAX_MESSAGE))}" if trouble.why else ""
        yield f"  {paint(visible(trouble.what), 'warning')}{why}"
    yield ""


def _notes(document: Document, paint: Paint) -> Iterator[str]:
    for note in (*document.notes, *document.verdict.notes):
        yield paint(f"Note: {visible(cut(note, MAX_MESSAGE))}", "quiet")
    if document.notes or document.verdict.notes:
        yield ""


def _verdict(document: Document, paint: Paint) -> Iterator[str]:
    verdict, numbers = document.verdict, doc.counts(document)
    share = percent(numbers.passing, numbers.rows)
    rows = f"{doc.passing(document)} ({share}), {doc.by_guide(document)}."
    if verdict.passed:
        yield f"{paint('The gate is open:', 'good')} this data may train a model. {rows}"
    else:
        yield f"{paint('The gate is closed:', 'error')} this data may not train a model yet. {rows}"
    for number, reason in enumerate(verdict.reasons, 1):
        yield f"  {number}. {visible(cut(reason, MAX_MESSAGE))}"
    left = doc.still_ends_with_1(document)
    if left:
        yield f"{left}."
    yield from next_lines(next_steps(document), lambda command: paint(command, "strong"))
    yield ""


def _found(document: Document, paint: Paint) -> Iterator[str]:
    n = doc.counts(document)
    if n.waived:
        yield paint(f"{count(n.waived, 'finding')} more waived, because the prompt asks for it.", "quiet")
    if accepted := doc.accepted(document):
        yield paint(f"{accepted}.", "quiet")
    errors, warnings = count(n.errors, "error"), count(n.warnings, "warning")
    unsafe = f" ({n.unsafe:,} more with --unsafe)" if n.unsafe else ""
    fixable = (
        f" {paint('[*]', 'fix')} {n.safe:,} fixable with quality fix{unsafe}" if n.safe or n.unsafe else ""
    )
    yield f"Found {n.findings:,} ({errors}, {warnings}) in {count(n.rows, 'row')}.{fixable}"
