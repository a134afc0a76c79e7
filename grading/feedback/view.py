"""What the page shows, worked out beforehand: the template only lays it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grading.course.model import LATENESS
from grading.feedback.bodies import Body, body, entries
from grading.feedback.criteria import CriterionView, strong, weak
from grading.feedback.findings import (
    ExampleView,
    ImprovedView,
    LabelView,
    RuleView,
    examples,
    improved,
    labels,
    rules,
)
from grading.feedback.hand_in import TroubleView, lineage, predictions, stands_alone, troubles
from grading.feedback.titles import moment, number, points, sentence, title
from grading.feedback.told import Days, Told
from grading.scoring import dismissed
from quality.reports.mask import masked_text
from quality.wording import count, listed

GOOD = 0.9
"""Share of a line's points from which it is named as done well."""


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the rubric.

    Attributes:
        share: What was earned of what the line can give, 0..100; None where it was not graded.
        automatic: What the program says, where a person marked the line.
        why: The person's reason.
    """

    title: str
    points: str
    most: str
    share: float | None
    sentence: str
    automatic: str = ""
    why: str = ""
    by_hand: bool = False
    older: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page. Texts of the group are masked and raw: the template's environment escapes them."""

    course: str
    group: str
    handed_in: str
    version: str
    points: str
    graded: bool
    most: str
    letter: str
    ungraded: str
    lines: tuple[LineView, ...]
    late: LineView | None
    days: tuple[Days, ...]
    good: tuple[str, ...]
    strong: tuple[CriterionView, ...]
    improved: tuple[ImprovedView, ...]
    weak: tuple[CriterionView, ...]
    rules: tuple[RuleView, ...]
    examples: tuple[ExampleView, ...]
    labels: tuple[LabelView, ...]
    alone: tuple[str, ...]
    dismissed: str
    predictions: tuple[str, ...]
    answers: tuple[ExampleView, ...]
    troubles: tuple[TroubleView, ...]
    lineage: tuple[str, str]


def page(told: Told) -> Page:
    """The page of one group."""
    marks = {mark.key: mark for mark in told.marks}
    lines = tuple(_line(told, key) for key in marks if key != LATENESS)
    quality = body(told.documents, "quality")
    answers = body(told.documents, "predictions")
    grade = told.grade
    return Page(
        course=told.course.title,
        group=told.group,
        handed_in=moment(told.received, told.course.zone) if told.received else "",
        version=told.version[:16],
        points=points(grade.points),
        graded=grade.points is not None,
        most=number(grade.most),
        letter=grade.letter or "",
        ungraded=listed(map(title, grade.ungraded), most=20),
        lines=lines,
        late=_line(told, LATENESS) if LATENESS in marks else None,
        days=told.days,
        good=tuple(_good(lines, quality)),
        strong=strong(quality, told.guide),
        improved=improved(quality, told.rules),
        weak=weak(quality, told.guide),
        rules=rules(quality, told.guide, told.rules),
        examples=examples(quality, told.guide, told.rules),
        labels=labels(body(told.documents, "consensus"), told.guide),
        alone=stands_alone(entries(told.documents, "facts")),
        dismissed=dismissed_by_staff(quality),
        predictions=predictions(answers),
        answers=examples(answers, told.guide, told.rules, most=1),
        troubles=troubles(told.troubles),
        lineage=lineage(body(told.documents, "examined")),
    )


def dismissed_by_staff(quality: Body) -> str:
    """How many findings count for nothing, as the staff say; "" for none."""
    number = dismissed.findings(quality)
    was, costs = ("was", "costs") if number == 1 else ("were", "cost")
    return (
        f"{count(number, 'finding')} {was} dismissed by the course staff and {costs} nothing."
        if number
        else ""
    )


def _line(told: Told, key: str) -> LineView:
    mark = next(mark for mark in told.marks if mark.key == key)
    earned, manual = mark.effective, mark.manual
    return LineView(
        title=title(key),
        points=points(earned),
        most=number(mark.most),
        share=None if earned is None or mark.most <= 0 else min(max(100 * earned / mark.most, 0), 100),
        sentence=sentence(masked_text(mark.sentence or "")),
        automatic=points(mark.points) if manual else "",
        why=manual.why if manual else "",
        by_hand=manual is not None,
        older=bool(manual and manual.hand_in_version and manual.hand_in_version != told.version),
    )


def _good(lines: tuple[LineView, ...], quality: Body) -> Iterator[str]:
    """What went well, in sentences."""
    for line in lines:
        if line.share is not None and line.share >= 100 * GOOD:
            yield f"{line.title}: {line.points} of {line.most} points."
    mean, sheet = quality.get("mean_score"), quality.get("sheet_mean_score")
    if isinstance(mean, float | int) and isinstance(sheet, float | int) and mean > sheet:
        yield (
            f"Your rows score {mean:.1f} of 100 on average; before your corrections they scored {sheet:.1f}."
        )
    rows, passing = quality.get("rows"), quality.get("passing")
    if isinstance(rows, int) and isinstance(passing, int) and passing:
        yield f"{passing:,} of {count(rows, 'row')} {'has' if passing == 1 else 'have'} no error left."
