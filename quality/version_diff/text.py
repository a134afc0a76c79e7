"""The difference for a terminal: the changed rows, the worst first, then the sum of it.

    r0012  score 50.0 → 87.5, passes now · output
       | The capital of Australia is [-Sydney-]{+Canberra+}.
       - FCT001 12 × 7 is not 94
       + GRM001 “becuse”: did you mean “because”?

`-` a finding that is gone, `+` a new one. Nothing of the user's is taken for markup: every piece passes
`escape.visible`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from quality.model import Edit, Finding, RowScore, Severity
from quality.reports import columns
from quality.reports.corrections import signed
from quality.reports.document import Document, counts, listed, rule_name
from quality.reports.escape import no_command, visible
from quality.reports.text import Paint, painter
from quality.version_diff.difference import CellChange, Difference, RowChange
from quality.version_diff.totals import Total, by_criterion, by_rule, by_severity, mean_score
from quality.wording import count, cut, percent

MAX_ROWS = 20
MAX_EDITS = 6
"""Edits of a cell that are shown."""
MAX_FINDINGS = 8
AROUND = 30
"""Characters shown on either side of an edit."""
MAX_PIECE = 160
MAX_ID = 60
MAX_RULES = 15


def render(change: Difference, *, color: bool = False) -> str:
    """The difference in words; all of its rows are in the JSON form."""
    paint = painter(color)
    lines: list[str] = []
    for row in change.rows[:MAX_ROWS]:
        lines += [*_row(row, paint), ""]
    left = len(change.rows) - MAX_ROWS
    if left > 0:
        lines += [paint(f"{count(left, 'more row')} changed: see --output-format json.", "quiet"), ""]
    lines += _rules(change, paint)
    lines += _rows(change)
    lines += _totals(change, paint)
    lines.append(_gate(change, paint))
    lines.append(_said(change, paint))
    return no_command("\n".join(lines) + "\n")


def _row(row: RowChange, paint: Paint) -> Iterator[str]:
    where = ", ".join(cell.column for cell in row.cells) or "its cells did not change"
    told = f"score {row.before.score:.1f} → {row.after.score:.1f}{_passing(row.before, row.after)}"
    yield f"{paint(visible(cut(row.id, MAX_ID)), 'strong')}  {told} · {where}"
    for cell in row.cells:
        yield from _cell(cell, paint)
    yield from _findings(row.findings.fixed, "-", "good", paint)
    yield from _findings(row.findings.introduced, "+", "error", paint)


def _passing(before: RowScore, after: RowScore) -> str:
    if before.passed == after.passed:
        return ""
    return ", passes now" if after.passed else ", passes no more"


def _cell(cell: CellChange, paint: Paint) -> Iterator[str]:
    if cell.column == "fail_mode":
        old, new = (visible(cut(text, MAX_ID)) or "(empty)" for text in (cell.before, cell.after))
        yield f"   | label: {paint(old, 'error')} → {paint(new, 'good')}"
        return
    name = "" if cell.column == "output" else f"{cell.column}: "
    for edit in cell.edits[:MAX_EDITS]:
        yield f"   | {name}{_edit(cell, edit, paint)}"
    if len(cell.edits) > MAX_EDITS:
        yield paint(f"   = {count(len(cell.edits) - MAX_EDITS, 'more edit')}", "quiet")


def _edit(cell: CellChange, edit: Edit, paint: Paint) -> str:
    """The edit within the later text around it."""
    start, end = max(0, edit.new_start - AROUND), min(len(cell.after), edit.new_end + AROUND)
    before, after = cell.after[start : edit.new_start], cell.after[edit.new_end : end]
    gone = paint(f"[-{visible(cut(edit.before, MAX_PIECE))}-]", "error") if edit.before else ""
    put = paint(f"{{+{visible(cut(edit.after, MAX_PIECE))}+}}", "good") if edit.after else ""
    head, tail = "…" if start else "", "…" if end < len(cell.after) else ""
    return f"{head}{visible(before)}{gone}{put}{visible(after)}{tail}"


def _findings(findings: Sequence[Finding], sign: str, style: str, paint: Paint) -> Iterator[str]:
    """The findings, those that say the same once."""
    groups = Counter((finding.code, cut(finding.message, MAX_PIECE), _kind(finding)) for finding in findings)
    for (code, message, kind), number in list(groups.items())[:MAX_FINDINGS]:
        times = f", {number} times" if number > 1 else ""
        yield f"   {paint(f'{sign} {visible(code)}', style)} {visible(message)}{kind}{times}"
    if len(groups) > MAX_FINDINGS:
        yield paint(f"   {sign} {len(groups) - MAX_FINDINGS:,} more", "quiet")


def _kind(finding: Finding) -> str:
    if finding.accepted is not None:
        return " (accepted)"
    return " (warning)" if finding.severity is Severity.WARNING else ""


def _rules(change: Difference, paint: Paint) -> Iterator[str]:
    """What changed by rule, what got worse first."""
    totals = {code: one for code, one in by_rule(change).items() if one.fixed or one.introduced}
    if not totals:
        return
    head = ("rule", "name", "gone", "new", "left")
    table = [
        (visible(code), visible(rule_name(change.after, code)), *_numbers(one))
        for code, one in totals.items()
    ]
    shown = table[:MAX_RULES]
    widths = columns.widths(head, *shown)
    yield paint(columns.line(head, widths, words=2), "strong")
    for cells, one in zip(shown, totals.values(), strict=False):
        yield paint(columns.line(cells, widths, words=2), "error" if one.introduced > one.fixed else "good")
    if len(table) > MAX_RULES:
        yield paint(f"{count(len(table) - MAX_RULES, 'more rule')}: see --output-format json.", "quiet")
    yield ""


def _numbers(one: Total) -> tuple[str, str, str]:
    return f"{one.fixed:,}", f"{one.introduced:,}", f"{one.left:,}"


def _rows(change: Difference) -> Iterator[str]:
    """Which rows are compared, and which cannot be."""
    both = len(change.rows) + change.same
    told = [f"{count(both, 'row')} in both, {len(change.edited):,} edited"]
    for name, rows in (("added", change.added), ("removed", change.removed)):
        if rows:
            told.append(f"{len(rows):,} {name} ({listed(_ids(rows), 5)})")
    yield f"Rows: {'; '.join(told)}."
    labels, asked = change.changed("fail_mode"), change.changed("instruction")
    if labels:
        yield f"Labels changed in {count(labels, 'row')}."
    if asked:
        yield f"Instructions changed in {count(asked, 'row')}; what is asked should stay as it was."
    if change.duplicates:
        names = listed((cut(name, MAX_ID) or "(empty)" for name in change.duplicates), 5)
        yield f"Ids that several rows share, so that those were compared in their order: {names}."


def _ids(rows: Sequence[object]) -> Iterator[str]:
    return (cut(str(getattr(row, "id", "")), MAX_ID) or "(empty)" for row in rows)


def _totals(change: Difference, paint: Paint) -> Iterator[str]:
    for name, one in by_severity(change).items():
        yield f"{name.capitalize()}s: {one.fixed:,} gone, {one.introduced:,} new, {one.left:,} left."
    if change.added_errors:
        yield f"{count(change.added_errors, 'error')} in added rows."
    yield from _criteria(change, paint)
    rose = len(change.rose)
    if rose or change.fell:
        fell = f" ({listed((cut(row.id, MAX_ID) for row in change.fell), 5)})" if change.fell else ""
        yield f"{count(rose, 'row')} now {'passes' if rose == 1 else 'pass'}, {len(change.fell):,} no longer{fell}."


def _criteria(change: Difference, paint: Paint) -> Iterator[str]:
    """The criteria that improved and those that got worse, by findings gone less new ones."""
    net = {key: one.fixed - one.introduced for key, one in by_criterion(change).items()}
    for words, style, keys in (
        ("Better", "good", [key for key in net if net[key] > 0]),
        ("Worse", "error", [key for key in net if net[key] < 0]),
    ):
        if keys:
            keys.sort(key=lambda key: -abs(net[key]))
            yield f"{paint(f'{words}:', style)} {', '.join(f'{visible(k)} ({signed(net[k])})' for k in keys)}."


def _gate(change: Difference, paint: Paint) -> str:
    shares = " → ".join(_share(document) for document in (change.before, change.after))
    scores = " → ".join(_mean(document) for document in (change.before, change.after))
    gates = [
        paint(*(("open", "good") if document.verdict.passed else ("closed", "error")))
        for document in (change.before, change.after)
    ]
    gate = " → ".join(gates) if change.before.verdict.passed != change.after.verdict.passed else gates[0]
    return f"Passing rows {shares}; mean score {scores}; gate {gate}."


def _share(document: Document) -> str:
    numbers = counts(document)
    return percent(numbers.passing, numbers.rows)


def _mean(document: Document) -> str:
    score = mean_score(document)
    return "–" if score is None else f"{score:.1f}"


def _said(change: Difference, paint: Paint) -> str:
    if not change.worse:
        lower = sum(row.gained < 0 for row in change.rows)
        scored = f"No new error; {count(lower, 'row')} {'scores' if lower == 1 else 'score'} lower."
        return paint(scored if lower else "Nothing got worse.", "good")
    told = [count(change.new_errors, "new error")] if change.new_errors else []
    told += [
        f"{count(len(change.fell), 'row')} that passed no longer {'does' if len(change.fell) == 1 else 'do'}"
    ] * bool(change.fell)
    return paint(f"Got worse: {', '.join(told)}.", "error")
