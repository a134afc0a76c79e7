"""From the documents of a run: what the guide's rules say of the group's rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from grading.feedback.bodies import Body, entries
from grading.feedback.cells import marked, sides
from grading.feedback.criteria import costing, losses
from grading.feedback.titles import title
from quality.guide import StyleGuide
from quality.reports.html_pieces import Piece
from quality.reports.mask import Values, masked_text, masked_together
from quality.rule import Rule
from quality.wording import count, cut, listed

EXAMPLES = 3
MAX_RULES = 5
MAX_LABELS = 8
MAX_INSTRUCTION = 400
MAX_ID = 60
COLUMNS = {
    "instruction": "Instruction",
    "output": "Response",
    "fail_mode": "Label",
    "original": "Original response",
}

Rules = Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule that found something."""

    code: str
    name: str
    found: str
    section: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ExampleView:
    """One fault in the group's own words.

    Attributes:
        fix: What stood there and what could; None where no rule proposes anything.
    """

    row: str
    code: str
    severity: str
    section: str
    demand: str
    message: str
    instruction: str
    column: str
    pieces: tuple[Piece, ...]
    fix: tuple[str, str] | None
    remedy: str


@dataclass(frozen=True, slots=True)
class ImprovedView:
    """A response before and after the group's correction."""

    id: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    fixed: str


@dataclass(frozen=True, slots=True)
class LabelView:
    """A label of the group that most others did not give; `consensus` is "" where it may not be told."""

    id: str
    label: str
    consensus: str


def rules(quality: Body, guide: StyleGuide, known: Rules) -> tuple[RuleView, ...]:
    """The rules that found most, errors before warnings."""
    found = [one for one in costing(entries(quality, "rules"), guide) if one["errors"] or one["warnings"]]
    found.sort(key=lambda one: (-one["errors"], -one["warnings"], one["code"]))
    return tuple(_rule(one, guide, known) for one in found[:MAX_RULES])


def examples(quality: Body, guide: StyleGuide, known: Rules, most: int = EXAMPLES) -> tuple[ExampleView, ...]:
    """Faults that cost points: errors first, the costliest criteria first, of different criteria and rules."""
    costs = losses(quality, guide)
    found = sorted(
        costing(entries(quality, "examples"), guide),
        key=lambda one: (one["severity"] != "error", -costs.get(one["criterion"], 0.0)),
    )
    return tuple(_example(one, guide, known) for one in _diverse(found, most))


def improved(quality: Body, known: Rules) -> tuple[ImprovedView, ...]:
    """Responses that the group mended."""
    return tuple(_improved(one, known) for one in entries(quality, "improved"))


def labels(consensus: Body, guide: StyleGuide) -> tuple[LabelView, ...]:
    """Labels that the other groups' consensus contradicts; of the others' words only labels of the guide are told."""
    differing: Sequence[Body] = entries(consensus, "differing")
    return tuple(
        LabelView(
            id=_shown(one["id"]),
            label=_shown(one["label"] or ""),
            consensus=one["consensus"] if guide.fail_mode(one["consensus"] or "") else "",
        )
        for one in differing[:MAX_LABELS]
    )


def _rule(one: Body, guide: StyleGuide, known: Rules) -> RuleView:
    rule = known.get(one["code"])
    parts = [
        count(one[key], noun) for key, noun in (("errors", "error"), ("warnings", "warning")) if one[key]
    ]
    return RuleView(
        code=one["code"],
        name=rule.name.replace("-", " ") if rule else "",
        found=listed(parts),
        section=guide.section_of(one["criterion"], titled=True),
        what=rule.what if rule else "",
        remedy=rule.remedy if rule else "",
    )


def _diverse(found: Sequence[Body], most: int) -> list[Body]:
    """At most so many, in the order in which they were chosen: first one of each criterion, then of each rule."""
    chosen: list[Body] = []
    for seen in ("criterion", "code", ""):
        for one in found:
            fresh = not seen or one[seen] not in {other[seen] for other in chosen}
            if len(chosen) < most and fresh and one not in chosen:
                chosen.append(one)
    return chosen


def _example(one: Body, guide: StyleGuide, known: Rules) -> ExampleView:
    cell, start, end = one.get("cell") or "", one.get("start"), one.get("end")
    values = Values.of((cell, one.get("instruction") or ""))
    criterion = guide.criteria.get(one["criterion"])
    rule = known.get(one["code"])
    return ExampleView(
        row=_row(one, values),
        code=one["code"],
        severity=one["severity"],
        section=guide.section_of(one["criterion"], titled=True),
        demand=criterion.text if criterion else "",
        message=values.hide_quoted(one["message"]),
        instruction=cut(values.hide(one.get("instruction") or ""), MAX_INSTRUCTION),
        column=COLUMNS.get(one.get("column") or "") or title(one.get("column") or ""),
        pieces=marked(values.hide(cell), start, end, one["severity"]),
        fix=_fix(one.get("fix"), cell, values),
        remedy=_remedy(one.get("fix"), rule),
    )


def _remedy(fix: Any, rule: Rule | None) -> str:
    """What the group does about it, in the rule's own words."""
    if isinstance(fix, str) and fix:
        return fix
    return rule.remedy if rule else ""


def _row(one: Body, values: Values) -> str:
    number = f"Row {one['row']}, id " if one.get("row") else "Id "
    return number + cut(values.hide(one["id"]), MAX_ID, "")


def _fix(fix: Any, cell: str, values: Values) -> tuple[str, str] | None:
    """What is there and what could be; nothing where either holds personal data."""
    if not isinstance(fix, dict):
        return None
    given = cast(Body, fix)
    old, new = cell[given["start"] : given["end"]], given["text"]
    if values.hide_quoted(old) != old or values.hide_quoted(new) != new:
        return None
    return cut(old, 200), cut(new, 200)


def _improved(one: Body, known: Rules) -> ImprovedView:
    before, after = masked_together(one["before"], one["after"])
    return ImprovedView(_shown(one["id"]), *sides(before, after), fixed=listed(_names(one["fixed"], known)))


def _shown(text: str) -> str:
    """An id or a label, as long as a line bears."""
    return cut(masked_text(text), MAX_ID, "")


def _names(codes: Sequence[str], known: Rules) -> Iterator[str]:
    for code in dict.fromkeys(codes):
        rule = known.get(code)
        yield f"{rule.name.replace('-', ' ')} ({code})" if rule else code
