"""A person's mark as the page saves it: on the version and the hand-in that they saw, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grading.book import hand_ins, marks
from grading.book.book import Book
from grading.exporting.cohort import Case
from grading.exporting.refusal import is_behind
from grading.feedback.bodies import body
from quality.errors import InputError, ProofgateError
from quality.reports.escape import visible
from quality.wording import cut

_POINTS = re.compile(r"-?[0-9]{1,6}(?:[.,][0-9]{1,2})?")


class Replaced(ProofgateError):
    """The group handed in again after the page was shown; nothing was saved."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person had before them when they marked.

    Attributes:
        version: Of the line.
        newest: Version of the hand-in that counted then; None: nothing was handed in.
        graded: Of the hand-in that the program's points and evidence are about; the same, unless the group handed in
            again since the last run.
    """

    group: str
    line: str
    version: int
    newest: str | None
    graded: str | None


def seen(case: Case, line: str, version: int) -> Seen:
    """What the page shows of the line."""
    newest = case.hand_in.version if case.hand_in else None
    graded = body(case.documents, "examined").get("hand_in") if is_behind(case) else newest
    return Seen(case.group.key, line, version, newest, graded)


def points(text: str) -> float:
    """The number of points that a person wrote: `12`, `7.5` or `7,5`, with at most two decimals.

    Raises:
        InputError: It is no number.
    """
    written = text.strip()
    if not _POINTS.fullmatch(written):
        raise InputError(f"{visible(cut(text, 40))!r} is no number of points", remedy="write 12 or 7.5")
    return float(written.replace(",", "."))


def save(book: Book, on: Seen, given: float | None, *, why: str, who: str) -> int:
    """Keeps the mark; the line's new version.

    Args:
        given: None takes the person's mark back.

    Raises:
        Conflict: Somebody saved on the line meanwhile.
        Replaced: The group handed in again meanwhile.
        InputError: No reason, or points that the line cannot give.
    """
    if not why.strip():
        raise InputError(
            "a mark needs a reason, for the group and for whoever reads it later",
            remedy="write it into the box, then save again",
        )
    with book.writing() as db:
        handed_in = hand_ins.of_group(db, on.group)
        if (handed_in[-1].version if handed_in else None) != on.newest:
            raise Replaced(
                "the group handed in again while you were looking, so nothing was saved",
                where=f"{on.group} {on.line}",
                remedy="the page shows the new state now: look at it, then save again",
            )
        return marks.save(
            db,
            on.group,
            on.line,
            given,
            why=why,
            who=who,
            expected=on.version,
            hand_in_version=on.graded,
        )
