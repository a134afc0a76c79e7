"""Grades and comments into the worksheet that was downloaded; every other byte stays as it was."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grading.lms.formulas import as_html
from grading.lms.headers import Field
from grading.lms.localisation import decimal, parse_number
from grading.lms.types import Participant, Worksheet
from quality.errors import InputError
from quality.reports.escape import shown_id
from quality.table import delimited
from quality.wording import count, listed


@dataclass(frozen=True, slots=True)
class Filled:
    """What one participant gets.

    Attributes:
        points: None leaves the grade's cell as it is.
        comment: Plain text; it goes out as the same text in HTML. "" leaves the comments' cell as it is, and so does a
            worksheet without that column.
    """

    points: float | None
    comment: str = ""


def filled(worksheet: Worksheet, marks: Mapping[str, Filled]) -> bytes:
    """The worksheet's bytes with those grades and comments; rows without any are the same to the byte.

    What Moodle would skip without a word is refused where it is a mistake; what may be meant is listed by
    `reconcile.foreseen`.

    Args:
        marks: A participant's identifier → what they get. Moodle grades users: every member of a group has an entry.

    Raises:
        InputError: A participant is not in the worksheet or is there twice, a grade is no number, negative or above
            the maximum, or the assignment is graded on a scale.
    """
    rows = worksheet.by_identifier
    doubled = [name for name, found in rows.items() if len(found) > 1]
    if doubled:
        raise _refused(worksheet, doubled, "that it has more than once", "download the worksheet again")
    unknown = [name for name in marks if name not in rows]
    if unknown:
        remedy = "download the worksheet of this assignment for all participants, and import it again"
        raise _refused(worksheet, unknown, "that it does not have", remedy)
    _check_points(worksheet, marks)
    cells = {rows[name][0].row: dict(_cells(worksheet, mark)) for name, mark in marks.items()}
    bom = worksheet.dialect.bom
    text = worksheet.source[len(bom) :].decode("utf-8")
    changed = {row: new for row, new in cells.items() if new}
    new = delimited.replace_cells(text, worksheet.dialect.delimiter, worksheet.dialect.quoted, changed)
    return bom + new.encode("utf-8")


def as_read(worksheet: Worksheet, points: float) -> float:
    """The points as Moodle reads them back, with the decimals that are written."""
    read = parse_number(decimal(points, worksheet.language), worksheet.language)
    assert read is not None
    return read


def _cells(worksheet: Worksheet, mark: Filled) -> Iterator[tuple[int, str]]:
    if mark.points is not None:
        yield worksheet.fields[Field.GRADE], decimal(mark.points, worksheet.language)
    if mark.comment.strip() and Field.COMMENTS in worksheet.fields:
        yield worksheet.fields[Field.COMMENTS], as_html(mark.comment)


def _check_points(worksheet: Worksheet, marks: Mapping[str, Filled]) -> None:
    given = {name: mark.points for name, mark in marks.items() if mark.points is not None}
    if given and worksheet.scale:
        raise InputError(
            "the assignment is graded on a scale, and these are points",
            where=str(worksheet.path),
            remedy="set its grade type to points in Moodle, then download the worksheet again",
        )
    people = {participant.identifier: participant for participant in worksheet.participants}
    wrong = [name for name, points in given.items() if not math.isfinite(points) or points < 0]
    if wrong:
        raise _refused(worksheet, wrong, "with less than 0 points", "look at their marks: `grading show`")
    above = [name for name, points in given.items() if _above(worksheet, people[name], points)]
    if above:
        remedy = "make the assignment's maximum grade in Moodle the sum of the rubric's points"
        raise _refused(
            worksheet, above, "with more points than its maximum grade, or with none named", remedy
        )


def _above(worksheet: Worksheet, participant: Participant, points: float) -> bool:
    return participant.maximum is None or as_read(worksheet, points) > participant.maximum


def _refused(worksheet: Worksheet, names: list[str], why: str, remedy: str) -> InputError:
    who = listed(shown_id(name) for name in names)
    what = f"the worksheet is not filled, for {count(len(names), 'participant')} {why}: {who}"
    return InputError(what, where=str(worksheet.path), remedy=remedy)
