"""A question as the annotator sees it: the row, the finding with its span, what to do. Personal data is masked.

Everything of the user's passes `escape.visible` or `visible_block`, and reaches the terminal as text, never as markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rich.padding import Padding
from rich.text import Text

from quality.guide import StyleGuide
from quality.interactive.questions import Question
from quality.model import Finding, Row, Severity
from quality.reports import document as doc
from quality.reports.escape import visible, visible_block
from quality.reports.excerpt import excerpt
from quality.reports.mask import masked_findings, masked_together
from quality.rule import Rule
from quality.text.affixes import shared_start
from quality.wording import cut

PROMPT_CHARACTERS = 800
CELL_CHARACTERS = 2_000
"""What is shown of a cell; of a longer one the part around the span."""
ORIGINAL_CHARACTERS = 400
ORIGINAL_LINES = 3
"""What is shown of a response before correction: so much in all, and so many lines on either side of the place."""
CHANGE_CHARACTERS = 200
INDENT = 2
BAR = "  | "
STYLES = {"error": "bold white on red", "warning": "black on yellow"}

SHOWN = frozenset({"instruction", "output"})
"""Columns whose cells a question always shows."""

Shown = Text | Padding


@dataclass(frozen=True, slots=True)
class Where:
    """Where the annotator is.

    Attributes:
        path: The file, as the user named it.
        row: The place of the row among those with findings.
        rows: How many these are.
        left: Questions left in this row.
    """

    path: str
    row: int
    rows: int
    left: int


def question(
    asked: Question, where: Where, rules: Mapping[str, Rule], guide: StyleGuide, *, width: int, color: bool
) -> list[Shown]:
    """The question, top to bottom, for a terminal of that width; without colour carets mark the span."""
    row = _masked(asked.row)
    (finding,) = masked_findings((asked.finding,), {asked.row.row: asked.row})
    return [
        _head(row, where),
        *_cells(row, finding),
        *_finding(row, finding, width, carets=not color or finding.column not in SHOWN),
        *_change(asked, finding, row),
        *_about(finding, rules, guide),
    ]


def _masked(row: Row) -> Row:
    """The row with the personal data of any of its cells masked in all of them; lengths stay."""
    cells = masked_together(row.id, row.instruction, row.output, row.fail_mode, row.original or "")
    original = None if row.original is None else cells[4]
    return replace(
        row, id=cells[0], instruction=cells[1], output=cells[2], fail_mode=cells[3], original=original
    )


def _head(row: Row, where: Where) -> Text:
    place = f"{visible(where.path)}:{row.line} [{visible(row.id)[:80]}]"
    label = f" · labelled {visible(row.fail_mode)[:40]}" if row.fail_mode else ""
    left = f" · {where.left} to answer in this row" if where.left > 1 else ""
    return Text(f"\nRow {where.row} of {where.rows} with findings · {place}{label}{left}", style="bold")


def _cells(row: Row, finding: Finding) -> Iterator[Shown]:
    yield from _cell("Prompt", "instruction", row.instruction, finding, most=PROMPT_CHARACTERS)
    yield from _original(row, finding)
    yield from _cell("Response", "output", row.output, finding)


def _cell(
    title: str, column: str, text: str, finding: Finding, *, most: int = CELL_CHARACTERS
) -> Iterator[Shown]:
    span = doc.span(text, finding.start, finding.end) if finding.column == column else None
    yield Text(title, style="dim")
    yield Padding(_block(text, span, most, STYLES[finding.severity]), (0, 0, 0, INDENT), expand=False)


def _original(row: Row, finding: Finding) -> Iterator[Shown]:
    """The response before correction: whole where the finding is about the change, else what faces the span."""
    if row.original is None:
        return
    if row.original == row.output:
        yield Text("Before correction: the same response", style="dim")
    elif finding.criterion in ("correction", "fail_mode") or finding.column == "original":
        yield from _cell("Before correction", "original", row.original, finding)
    else:
        span = doc.span(row.output, finding.start, finding.end) if finding.column == "output" else None
        at = _facing(row.original, row.output, span[0]) if span else 0
        yield Text("Before correction", style="dim")
        yield Padding(Text(_around(row.original, at), style="dim"), (0, 0, 0, INDENT), expand=False)


def _facing(original: str, output: str, at: int) -> int:
    """The place in the original that faces a place in the output, by what both begin and end with."""
    shared = shared_start(original, output)
    return at if at <= shared else max(shared, len(original) - (len(output) - at))


def _around(text: str, at: int) -> str:
    """A few lines of the text around a place in it."""
    low, high = max(0, at - ORIGINAL_CHARACTERS // 2), at + ORIGINAL_CHARACTERS // 2
    before = "\n".join(text[low:at].split("\n")[-ORIGINAL_LINES:])
    after = "\n".join(text[at:high].split("\n")[:ORIGINAL_LINES])
    head, tail = "…" if len(before) < at else "", "…" if len(after) < len(text) - at else ""
    return f"{head}{visible_block(before + after)}{tail}"


def _block(text: str, span: tuple[int, int] | None, most: int, style: str) -> Text:
    """The text with the span in that style, cut around the span to so many code points."""
    start, end = span or (0, 0)
    end = min(end, start + most)
    room = most - (end - start)
    low = max(0, min(start - room // 2, len(text) - most))
    high = min(len(text), max(end, low + most))
    shown = Text("…" if low else "")
    shown.append(visible_block(text[low:start]))
    shown.append(visible_block(text[start:end]), style=style)
    shown.append(visible_block(text[end:high]))
    more = len(text) - (high - low)
    return shown.append(f"… ({more:,} characters more)", style="dim") if more else shown


def _finding(row: Row, finding: Finding, width: int, *, carets: bool) -> Iterator[Text]:
    severity = "error" if finding.severity is Severity.ERROR else "warning"
    code = Text(f"{visible(finding.code)} {severity}", style="bold red" if severity == "error" else "yellow")
    yield Text("\n").append_text(code).append(f"  {visible(finding.message)}")
    cell = getattr(row, finding.column, None) if finding.column else None
    span = doc.span(cell, finding.start, finding.end) if isinstance(cell, str) else None
    if isinstance(cell, str) and span is not None and carets:
        piece = excerpt(cell, *span, width - len(BAR))
        yield Text(f"{BAR}{piece.before}").append(piece.marked, STYLES[severity]).append(piece.after)
        yield Text(f"{BAR}{' ' * piece.offset}{'^' * piece.length}")


def _change(asked: Question, shown: Finding, row: Row) -> Iterator[Text]:
    if shown.fix is not None:
        cell: str = getattr(row, shown.column) or ""
        old, new = (
            visible(cut(part, CHANGE_CHARACTERS, ""))
            for part in (cell[shown.fix.start : shown.fix.end], shown.fix.text)
        )
        word = "fix" if shown.fix.safe else "suggestion"
        yield Text(f"  {word}: ").append(f'"{old}" → "{new}"', style="cyan")
    elif asked.finding.fix is not None:
        yield Text("  there is a suggestion, but it touches personal data: edit the text instead")


def _about(finding: Finding, rules: Mapping[str, Rule], guide: StyleGuide) -> Iterator[Text]:
    if finding.related:
        yield Text(f"  with {', '.join(map(visible, finding.related[:5]))}")
    rule = rules.get(finding.code)
    if rule is not None:
        yield Text(f"  → {visible(rule.remedy)}")
    section = guide.section_of(finding.criterion)
    yield Text(f"  {visible(section)} · quality rule {visible(finding.code)}", style="dim")


def choices(asked: Question, *, can_label: bool, can_undo: bool) -> str:
    """The answers that this question takes."""
    told = ["[a]ccept the fix"] if can_accept(asked) else []
    told += ["[e]dit", "[s]kip"]
    told += ["[l]abel"] if can_label else []
    told += ["[u]ndo"] if can_undo else []
    return "  ".join([*told, "[q]uit", "[?]"])


def can_accept(asked: Question) -> bool:
    """Whether the finding has a correction that the annotator has seen."""
    (shown,) = masked_findings((asked.finding,), {asked.row.row: asked.row})
    return shown.fix is not None and shown.column in ("instruction", "output", "fail_mode")


def labels(guide: StyleGuide) -> list[str]:
    """The guide's fail modes, numbered."""
    return [f"  {number:>2} {visible(name)}" for number, name in enumerate(guide.fail_modes, start=1)]
