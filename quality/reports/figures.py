"""The table in figures for a terminal: `quality check --statistics`. Nothing here is about a single row."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from quality.correction import summary
from quality.model import RowScore
from quality.reports import columns
from quality.reports.corrections import signed
from quality.reports.document import Document
from quality.reports.escape import visible

BAR = 40
"""Characters of the longest bar."""


def bins(rows: Sequence[RowScore]) -> list[tuple[str, int, int]]:
    """The scores in steps of ten: the step, rows in it that do not pass, rows that do."""
    counts = [[0, 0] for _ in range(10)]
    for row in rows:
        if math.isfinite(row.score):
            counts[min(max(int(row.score // 10), 0), 9)][row.passed] += 1
    names = [f"{at * 10}–{at * 10 + 9 if at < 9 else 100}" for at in range(10)]
    return [(name, failing, passing) for name, (failing, passing) in zip(names, counts, strict=True)]


def figures(document: Document) -> Iterator[str]:
    """Scores, criteria, corrections and labels, a table each, with an empty line after it."""
    if document.report.rows:
        yield from _scores(document.report.rows)
        yield from _criteria(document)
        yield from _corrections(document)
        yield from _labels(document)


def _scores(rows: Sequence[RowScore]) -> Iterator[str]:
    counts = bins(rows)
    most = max(failing + passing for _, failing, passing in counts) or 1
    yield "Scores of the rows (█ pass, ░ do not):"
    for name, failing, passing in counts:
        # each part is rounded up, so that a single row shows among thousands
        bar = "█" * math.ceil(BAR * passing / most) + "░" * math.ceil(BAR * failing / most)
        yield f"  {name:>6}  {passing + failing:>7,}  {bar}".rstrip()
    yield ""


def _criteria(document: Document) -> Iterator[str]:
    wrong = _rows_with_errors(document)
    table: list[tuple[str, ...]] = []
    for key in document.guide.criteria:
        measured = [row.row for row in document.report.rows if row.criteria.get(key) is not None]
        if measured:
            clean = sum(key not in wrong[row] for row in measured)
            table.append(
                (visible(key), f"{clean:,}", f"{len(measured):,}", f"{100 * clean / len(measured):.1f}%")
            )
    yield from _table("Rows without an error, by criterion:", ("", "clean", "of", ""), table)


def _rows_with_errors(document: Document) -> Mapping[int, set[str]]:
    """Record number → criteria with an open error."""
    wrong: dict[int, set[str]] = defaultdict(set)
    for finding in document.report.findings:
        if finding.is_open_error and finding.row is not None:
            wrong[finding.row].add(finding.criterion)
    return wrong


def _corrections(document: Document) -> Iterator[str]:
    known = summary.statistics(document.report.rows)
    if not known:
        return
    keys = [
        key
        for key in document.guide.criteria
        if any(key in known[what] for what in ("fixed", "left", "introduced"))
    ]
    table = [
        (
            visible(key),
            *(f"{known[what].get(key, 0):,}" for what in ("fixed", "left", "introduced")),
            signed(known["value"].get(key, 0.0)),
        )
        for key in keys
    ]
    head = ("", "fixed", "left", "introduced", "net, in errors")
    yield from _table("Corrections, findings by criterion:", head, table)
    edits = [(kind, f"{number:,}") for kind, number in known["edits"].items()]
    yield from _table("Edits by kind:", ("", ""), edits)


def _labels(document: Document) -> Iterator[str]:
    """The labels as given against the criteria in which the rows still have errors."""
    wrong = _rows_with_errors(document)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    rows: Counter[str] = Counter()
    for score in document.report.rows:
        row = document.rows.get(score.row)
        mode = document.guide.fail_mode(row.fail_mode) if row else None
        name = mode.name if mode else "(no known label)"
        rows[name] += 1
        found[name].update(wrong[score.row])
    keys = [key for key in document.guide.criteria if any(key in counts for counts in found.values())]
    if not keys:
        return
    table = [
        (
            visible(name),
            f"{rows[name]:,}",
            *(f"{found[name][key]:,}" if found[name][key] else "·" for key in keys),
        )
        for name in sorted(rows, key=lambda name: (-rows[name], name))
    ]
    head = ("label", "rows", *(visible(key) for key in keys))
    yield from _table("Rows with errors left, by label and criterion:", head, table)


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The table under its title, its first column to the left and the others to the right; nothing without rows."""
    if not rows:
        return
    widths = columns.widths(head, *rows)
    yield title
    for cells in ((head,) if any(head) else ()) + tuple(rows):
        yield f"  {columns.line(cells, widths, 1)}".rstrip()
    yield ""
