"""Grades that Moodle's import skips without a word: foreseen before, found after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from grading.lms.filling import Filled, as_read
from grading.lms.headers import Field
from grading.lms.types import Participant, Worksheet
from quality.errors import InputError

STALE = timedelta(seconds=60)
"""Moodle keeps a grade that it changed this much later than the worksheet says. Source: `assignfeedback_offline`."""

LOCKED = "the grade is locked or overridden in Moodle's gradebook"
OVERWRITE = "tick Moodle's option to update records that were modified more recently than in the spreadsheet"
_LATER = "its grade or feedback was changed in Moodle after the worksheet was downloaded"
_TURKISH = f"it had a grade before, and Moodle does not understand its own Turkish times when it imports: {OVERWRITE}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A grade that Moodle does not take.

    Attributes:
        sent: Points in the worksheet that is imported; None: none.
        found: Points that Moodle has; None: none.
        why: The likely reason, and what can be done.
    """

    identifier: str
    sent: float | None
    found: float | None
    why: str


def foreseen(worksheet: Worksheet, marks: Mapping[str, Filled]) -> tuple[Skipped, ...]:
    """What Moodle will skip of those marks, in the worksheet's order; participants without a mark are among them."""
    return tuple(_foreseen(worksheet, marks))


def _foreseen(worksheet: Worksheet, marks: Mapping[str, Filled]) -> Iterator[Skipped]:
    for participant in worksheet.participants:
        mark = marks.get(participant.identifier)
        points = mark.points if mark else None
        sent = None if points is None else as_read(worksheet, points)
        if why := _why_not(worksheet, participant, sent, known=mark is not None):
            yield Skipped(participant.identifier, sent, participant.grade, why)


def _why_not(worksheet: Worksheet, participant: Participant, sent: float | None, *, known: bool) -> str:
    if sent is None:
        return "not graded yet" if known else "no group that was graded has this participant"
    if participant.locked:
        return f"{LOCKED}: unlock it there before the import"
    if participant.grade == sent:
        return "Moodle has this grade already"
    if participant.graded is not None and worksheet.language != "en":
        return _TURKISH
    return ""


def reconcile(sent: Worksheet, after: Worksheet) -> tuple[Skipped, ...]:
    """The grades that Moodle skipped, in the order of the worksheet that was sent.

    A grade counts as taken if Moodle shows it, rounded to the decimals that it shows.

    Args:
        sent: The worksheet as it was imported into Moodle, filled.
        after: The same assignment's worksheet, downloaded after that.

    Raises:
        InputError: They are worksheets of different assignments, or of one that is graded on a scale.
    """
    if after.scale or sent.scale:
        raise InputError("is graded on a scale, not in points", where=str(after.path), remedy=_SAME)
    found = after.by_identifier
    if sent.participants and not any(one.identifier in found for one in sent.participants):
        raise InputError("holds none of the participants", where=str(after.path), remedy=_SAME)
    return tuple(_skipped(sent, after))


_SAME = "download the grading worksheet of the same assignment again, after the import"


def _skipped(sent: Worksheet, after: Worksheet) -> Iterator[Skipped]:
    found = after.by_identifier
    for one in sent.participants:
        if one.grade is None:
            continue
        rows = found.get(one.identifier, [])
        if len(rows) != 1:
            why = (
                "the participant is there twice" if rows else "the participant is no longer in the worksheet"
            )
            yield Skipped(one.identifier, one.grade, None, why)
        elif not _taken(one.grade, rows[0], after):
            yield Skipped(one.identifier, one.grade, rows[0].grade, _likely(sent, one, rows[0]))


def _taken(points: float, row: Participant, after: Worksheet) -> bool:
    if row.grade is None:
        return False
    shown = row.cells[after.fields[Field.GRADE]].strip().replace(",", ".")
    places = len(shown.partition(".")[2])
    return abs(row.grade - points) <= 0.5 * 10**-places + 1e-9


def _likely(sent: Worksheet, one: Participant, now: Participant) -> str:
    if now.locked or one.locked:
        return f"{LOCKED}: unlock it there and import again"
    if now.maximum is not None and one.grade is not None and one.grade > now.maximum:
        return f"it is above the maximum grade, {now.maximum:g}: change that in Moodle and import again"
    if now.graded is not None and (one.graded is None or now.graded - one.graded > STALE):
        return f"{_LATER}: compare the two, then {OVERWRITE}"
    if one.graded is not None and sent.language != "en":
        return _TURKISH
    return "the worksheet was not imported, or without this row: import it again"
