"""The rules and the guide as the page *Guide* lists them: what each flags, how it was measured, how often it fired."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dashboard.model import RuleCount
from quality.guide import StyleGuide
from quality.model import Example, Row
from quality.rule import DATASET, Rule
from quality.rulebook import MAX_EXAMPLE, MAX_ROWS
from quality.wording import count, cut

OFF = "off"
COLUMNS = ("instruction", "original", "output", "fail_mode")


@dataclass(frozen=True, slots=True)
class Line:
    """One rule in the list.

    Attributes:
        severity: In this guide: `error`, `warning` or `off`.
        section: Clause of the guide.
        findings: Open ones in what is looked at.
        rows: With such a finding.
    """

    rule: Rule
    severity: str
    section: str
    findings: int
    rows: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of an example: the column, and its text, which may be anything."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of an example, or a text beside it.

    Attributes:
        head: Which row it is, in our words.
        flagged: Whether the rule must flag it.
    """

    head: str
    cells: tuple[Cell, ...]
    flagged: bool = False


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of this version, in the order of the checks."""
    from quality import plan

    return tuple(plan.rules().values())


def rule(code: str) -> Rule | None:
    """The rule of that code, whatever its case; None for an unknown one."""
    wanted = code.strip().upper()
    return next((one for one in all_rules() if one.code == wanted), None)


def lines(guide: StyleGuide, fired: Iterable[RuleCount]) -> tuple[Line, ...]:
    """Every rule with how often it fired; of `fired` each code stands there once."""
    found: Mapping[str, RuleCount] = {one.code: one for one in fired}
    return tuple(_line(one, guide, found.get(one.code)) for one in all_rules())


def _line(rule: Rule, guide: StyleGuide, fired: RuleCount | None) -> Line:
    return Line(
        rule=rule,
        severity=guide.rules.get(rule.code, OFF),
        section=guide.section_of(rule.criterion),
        findings=fired.findings if fired else 0,
        rows=fired.rows if fired else 0,
    )


def chosen(
    given: Sequence[Line], *, text: str = "", criterion: str = "", severity: str = "", fired: bool = False
) -> tuple[Line, ...]:
    """The rules that fit; every word of the text stands in the rule's code, name or documentation.

    Args:
        fired: Only those with findings.
    """
    words = text.casefold().split()
    return tuple(
        line
        for line in given
        if (not criterion or line.rule.criterion == criterion)
        and (not severity or line.severity == severity)
        and (not fired or line.findings)
        and all(word in _prose(line.rule) for word in words)
    )


@cache
def _by_code() -> dict[str, str]:
    return {
        one.code: " ".join(
            (
                one.code,
                one.name,
                one.name.replace("-", " "),
                one.what,
                one.why,
                one.remedy,
                one.source,
                one.limits,
            )
        ).casefold()
        for one in all_rules()
    }


def _prose(rule: Rule) -> str:
    return _by_code()[rule.code]


def shown(example: Example) -> tuple[Shown, ...]:
    """The rows of an example that tell it: those that are flagged before others, then what they are compared with."""
    first = sorted(example.rows, key=lambda row: row.row not in example.flags)[:MAX_ROWS]
    rows = [_shown(row, flagged=row.row in example.flags) for row in sorted(first, key=lambda row: row.row)]
    more = len(example.rows) - len(first)
    if more or DATASET in example.flags:
        parts = [f"and {count(more, 'more row')}" if more else ""]
        parts += ["the table as a whole is flagged" if DATASET in example.flags else ""]
        rows.append(Shown("; ".join(filter(None, parts)), (), DATASET in example.flags))
    rows += [_shown(row, of="in the original sheet") for row in example.sheet]
    rows += [
        Shown("in the reference texts", (Cell("text", cut(text, MAX_EXAMPLE)),)) for text in example.against
    ]
    remarks = example.opinion.remarks if example.opinion else ()
    rows += [Shown("the judge says", (Cell(one.about, one.why),)) for one in remarks]
    return tuple(rows)


def _shown(row: Row, *, flagged: bool = False, of: str = "") -> Shown:
    texts = [(name, getattr(row, name)) for name in COLUMNS]
    cells = [
        Cell(name, cut(str(text), MAX_EXAMPLE))
        for name, text in texts
        if text is not None and (text or name in ("instruction", "output"))
    ]
    return Shown(of or f"row {row.row}", tuple(cells), flagged)
