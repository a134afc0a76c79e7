"""The rules' own documentation, made from the rules: `quality rules`, `quality rule CODE`, docs/rules.md.

`python -m quality.rulebook > docs/rules.md` writes the book anew; a test holds it in step with the code.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from quality import guide as guides
from quality.guide import StyleGuide
from quality.model import Example, Row
from quality.reports.escape import markdown_cell, markdown_fence, visible
from quality.rule import DATASET, Rule
from quality.wording import cut

MAX_EXAMPLE = 600
"""Characters of a cell that an example shows."""

MAX_ROWS = 6
"""Rows of one example that are shown; examples about a table have dozens."""

INTRODUCTION = """\
# Rules

Made from the rules themselves by `python -m quality.rulebook`; do not edit.

An **error** keeps its row from passing, a **warning** lowers its score. Severities and thresholds are the guide's:
print them with `quality guide > mine.toml`, edit, and name the file with `--guide mine.toml`. `[*]` marks rules whose
findings `quality fix` can mend. What a prompt asks for in so many words is waived, and the report says with which
words.
"""


def rule_table(rules: Sequence[Rule], guide: StyleGuide, *, markdown: bool = False) -> str:
    """One line a rule: code, severity in this guide, name, section, what it flags; for a terminal, or as Markdown."""
    head = ("rule", "severity", "name", "section", "flags")
    table = [_line(rule, guide) for rule in rules]
    if markdown:
        table = [tuple(map(markdown_cell, line)) for line in table]
        linked = [
            (f"[{code}](#{_anchor(rule)})", *rest) for rule, (code, *rest) in zip(rules, table, strict=True)
        ]
        lines = [head, tuple("---" for _ in head), *linked]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)
    widths = [max(len(line[column]) for line in (head, *table)) for column in range(4)]
    return "".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[4]]).rstrip()
        + "\n"
        for line in (head, *table)
    )


def rule_page(rule: Rule, guide: StyleGuide, *, level: int = 1) -> str:
    """One rule in Markdown: what, why, remedy, examples, limits, measure and source; `level` is its heading's."""
    top, below = "#" * level, "#" * (level + 1)
    parts = [
        f"{top} {rule.code} {rule.name}",
        _standing(rule, guide),
        f"{below} What it flags\n\n{rule.what}",
        f"{below} Why that is bad\n\n{rule.why}",
        f"{below} What to do\n\n{rule.remedy}",
        f"{below} Flagged\n\n" + "\n\n".join(_example(example) for example in rule.bad),
        f"{below} Clean\n\n" + "\n\n".join(_example(example) for example in rule.good),
        f"{below} Known limits\n\n{rule.limits}" if rule.limits else "",
        f"{below} Measured\n\n{rule.measured}",
        f"{below} Source\n\n{rule.source}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def rulebook(rules: Sequence[Rule], guide: StyleGuide) -> str:
    """The whole of docs/rules.md: the table, a page a rule, the thresholds."""
    pages = [rule_page(rule, guide, level=2) for rule in rules]
    return "\n".join([INTRODUCTION, rule_table(rules, guide, markdown=True), *pages, _thresholds(guide)])


def generate() -> str:
    """The book of the shipped rules under the shipped guide."""
    from quality import checks

    return rulebook([rule for check in checks.load_all() for rule in check.rules], guides.load())


def _line(rule: Rule, guide: StyleGuide) -> tuple[str, str, str, str, str]:
    criterion = guide.criteria.get(rule.criterion)
    mark = " [*]" if rule.fixable else ""
    what = visible(" ".join(rule.what.split()))
    return (rule.code, _severity(rule, guide), rule.name + mark, criterion.section if criterion else "", what)


def _severity(rule: Rule, guide: StyleGuide) -> str:
    return guide.rules.get(rule.code, "off")


def _anchor(rule: Rule) -> str:
    return f"{rule.code}-{rule.name}".lower()


def _standing(rule: Rule, guide: StyleGuide) -> str:
    parts = [f"**{_severity(rule, guide)}**"]
    if rule.criterion in guide.criteria:
        parts.append(guide.section_of(rule.criterion, titled=True))
    if rule.fixable:
        parts.append("`[*]` fixable with `quality fix`")
    return " · ".join(parts)


def _example(example: Example) -> str:
    rows, left = _shown(example)
    parts = [markdown_fence("\n".join(_cells(row, flagged=row.row in example.flags))) for row in rows]
    parts += [f"… and {left} more rows." if left else ""]
    parts += ["The table as a whole is flagged." if DATASET in example.flags else ""]
    sheet = [markdown_fence("\n".join(_cells(row))) for row in example.sheet]
    parts += [f"In the original sheet:\n\n{block}" for block in sheet]
    parts += [
        f"In the reference corpus:\n\n{markdown_fence(cut(text, MAX_EXAMPLE))}" for text in example.against
    ]
    remarks = example.opinion.remarks if example.opinion else ()
    parts += [f"The judge says, of the criterion {remark.about}: {remark.why}" for remark in remarks]
    return "\n\n".join(part for part in parts if part)


def _shown(example: Example) -> tuple[list[Row], int]:
    """The rows of an example that tell it, in order: those that are flagged before others; and how many are left."""
    flagged_first = sorted(example.rows, key=lambda row: row.row not in example.flags)
    shown = sorted(flagged_first[:MAX_ROWS], key=lambda row: row.row)
    return shown, len(example.rows) - len(shown)


def _cells(row: Row, *, flagged: bool = False) -> Iterator[str]:
    yield f"row {row.row}, id {row.id!r}" + (", flagged" if flagged else "")
    yield f"instruction: {cut(row.instruction, MAX_EXAMPLE)}"
    yield f"output: {cut(row.output, MAX_EXAMPLE)}"
    if row.fail_mode:
        yield f"fail_mode: {cut(row.fail_mode, MAX_EXAMPLE)}"
    if row.original is not None:
        yield f"original: {cut(row.original, MAX_EXAMPLE)}"


def _thresholds(guide: StyleGuide) -> str:
    lines = ["## Thresholds", "", "| key | value | unit | source |", "| --- | --- | --- | --- |"]
    for key, threshold in guide.thresholds.items():
        cells = (f"{threshold.value:g}", threshold.unit, threshold.source)
        lines.append(f"| `{key}` | {' | '.join(map(markdown_cell, cells))} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Prints the book, UTF-8 whatever the console."""
    sys.stdout.buffer.write(generate().encode("utf-8"))


if __name__ == "__main__":
    main()
