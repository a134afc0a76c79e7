"""What the panel says, as plain text of ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.dismissing.grades import GradeChange
from dashboard.dismissing.impact import Impact
from dashboard.model import Entry
from dashboard.shown.row import ordered
from dashboard.shown.words import label
from grading.book import moments
from grading.book.dismissals import Dismissal
from quality.dismissals import Scope
from quality.dismissals.dismissing import decided
from quality.dismissals.policy import told
from quality.model import Finding, Row
from quality.reports.mask import masked_findings, masked_text
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


def findings(entry: Entry) -> dict[str, Finding]:
    """The open findings under the names by which one is chosen: number as beside the row, rule, words, message.

    Personal data is masked, as in every report.
    """
    every = ordered(entry.findings)
    masked = masked_findings(every, {entry.row.row: entry.row})
    return {
        f"{number}. {one.code}{_quoted(words(entry.row, one))}: {label(shown.message, 90)}": one
        for number, (one, shown) in enumerate(zip(every, masked, strict=True), 1)
        if one.is_open
    }


def words(row: Row, one: Finding) -> str:
    """What the finding marks, on one line, with personal data masked; "" where it marks nothing."""
    text: object = getattr(row, one.column, None)
    if one.start is None or one.end is None or not isinstance(text, str):
        return ""
    return label(masked_text(text)[one.start : one.end], 60)


def _quoted(text: str) -> str:
    return f" “{text}”" if text else ""


def reach(of: Impact, *, of_course: bool) -> str:
    """How far a decision goes."""
    where = f" of {count(of.groups, 'group')}" if of_course else ""
    return f"Dismisses {count(of.findings, 'open finding')} in {count(of.rows, 'row')}{where}."


def effect(of: Impact, *, of_course: bool) -> str:
    """What it changes."""
    if not of_course:
        free = count(of.passing, "more row is", "more rows are") if of.passing else "No further row is"
        gate = (
            f"The gate takes at most {of.let_in:,} such rows."
            if of.let_in
            else "The gate counts the finding nevertheless: the guide lets it take none."
        )
        return f"{free} then without an error. {gate} Scores stay; lists change once the decisions are named."
    parts = [f"{count(len(of.grades), 'grade changes', 'grades change')}"]
    if of.grades:
        parts.append(f"{of.letters:,} get another letter, {of.flips:,} pass or fail instead")
    if of.unknown:
        parts.append(f"{count(of.unknown, 'group has', 'groups have')} no points yet")
    when = " They change with the next run that names the decisions." if of.grades else ""
    sheet = " The last run kept no findings of the sheet itself; run it again." if of.without_sheet else ""
    return f"{'; '.join(parts)}.{when}{sheet}"


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
    about = label(masked_text(told(decided(made))), 80)
    return f"{made.code} {about}, by {label(made.who)}, {when}: {label(made.why, 120)}"


def table(of: Sequence[Dismissal], zone: str) -> dict[str, list[Any]]:
    """All decisions, as columns of a table."""
    newest = sorted(of, key=lambda one: -one.id)
    return {
        "Number": [one.id for one in newest],
        "Rule": [label(one.decision.code) for one in newest],
        "Holds for": [SCOPES[one.decision.scope] for one in newest],
        "Words": [label(masked_text(one.decision.words)) or "–" for one in newest],
        "Seen in": [label(one.decision.row_id) for one in newest],
        "By": [label(one.decision.who) for one in newest],
        "Why": [label(one.decision.why, 120) for one in newest],
        "When": [moments.local(one.at, zone) for one in newest],
        "Taken back by": [label(one.undone_who or "") for one in newest],
    }
