"""What the panel says, as plain text of ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.dismissing.grades import GradeChange
from dashboard.dismissing.impact import Impact
from dashboard.shown.words import label
from grading.book import moments
from grading.book.dismissals import Dismissal
from quality.dismissals import Scope
from quality.dismissals.dismissing import decided
from quality.dismissals.policy import told
from quality.model import Finding
from quality.wording import count

SCOPES = {
    Scope.ROW: "This row",
    Scope.TEXT: "This text in all groups",
    Scope.WORD: "This word everywhere",
}
ALONE = {**SCOPES, Scope.TEXT: "This text in all rows"}
"""The same where one file is looked at."""
MOST = 200
"""Grades that are listed."""


def finding(one: Finding, number: int) -> str:
    """The finding in a list, on one line."""
    return f"{number}. {one.code} {label(one.message, 90)}"


def reach(of: Impact, *, of_course: bool) -> str:
    """How far a decision goes."""
    where = f" of {count(of.groups, 'group')}" if of_course else ""
    return f"Dismisses {count(of.findings, 'open finding')} in {count(of.rows, 'row')}{where}."


def effect(of: Impact, *, of_course: bool) -> str:
    """What it changes."""
    if not of_course:
        most = (
            f"the guide lets the gate take {of.let_in:,} such"
            if of.let_in
            else "the guide lets the gate take none"
        )
        verb = "has" if of.passing == 1 else "have"
        return f"{count(of.passing, 'row')} more then {verb} no other error; scores stay, and {most}."
    parts = [f"{count(len(of.grades), 'grade changes', 'grades change')}"]
    if of.grades:
        parts.append(f"{count(of.letters, 'letter')} and {of.flips:,} between pass and fail among them")
    if of.unknown:
        parts.append(f"{count(of.unknown, 'group has', 'groups have')} no points yet")
    sheet = " The last run kept no findings of the sheet itself; run it again." if of.without_sheet else ""
    return f"{'; '.join(parts)}.{sheet}"


def grades(of: Sequence[GradeChange], *, blind: bool = False) -> dict[str, list[Any]]:
    """The grades that change, as columns of a table; without the names of groups where they are hidden."""
    listed = of[:MOST]
    return {
        "Group": ["hidden" if blind else label(one.label) for one in listed],
        "Of": ["grade" if one.whole else "data quality; grade open" for one in listed],
        "Points now": [one.points for one in listed],
        "Points then": [one.points_then for one in listed],
        "Letter now": [one.letter or "–" for one in listed],
        "Letter then": [one.letter_then or "–" for one in listed],
        "Passes then": [("yes" if one.passes_then else "no") if one.whole else "–" for one in listed],
    }


def taken(one: Dismissal, zone: str) -> str:
    """A decision on one line."""
    made = one.decision
    when = moments.local(one.at, zone)
    return (
        f"{made.code} {label(told(decided(made)), 80)}, by {label(made.who)}, {when}: {label(made.why, 120)}"
    )


def table(of: Sequence[Dismissal], zone: str) -> dict[str, list[Any]]:
    """All decisions, as columns of a table."""
    newest = sorted(of, key=lambda one: -one.id)
    return {
        "Number": [one.id for one in newest],
        "Rule": [label(one.decision.code) for one in newest],
        "Holds for": [SCOPES[one.decision.scope] for one in newest],
        "Words": [label(one.decision.words) or "–" for one in newest],
        "Seen in": [label(one.decision.row_id) for one in newest],
        "By": [label(one.decision.who) for one in newest],
        "Why": [label(one.decision.why, 120) for one in newest],
        "When": [moments.local(one.at, zone) for one in newest],
        "Taken back by": [label(one.undone_who or "") for one in newest],
    }
