"""Who gets how many points: every member of every group, as the LMS knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from grading.book.people import Person
from grading.exporting import days
from grading.exporting.cohort import Case, Cohort
from grading.feedback.titles import number, points, title
from grading.lms import canvas
from grading.lms.reconcile import Skipped, foreseen
from grading.lms.worksheet import Filled, Participant, Worksheet, filled, restored
from grading.scoring.grade import of_member
from quality.errors import InputError
from quality.reports.escape import shown_id
from quality.wording import count, listed

MARK = "Points by line:"
"""How the comments begin that export writes; others in the worksheet are somebody's own, and stay."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person, their group, and their points: None while something is not graded."""

    person: Person
    case: Case
    points: float | None


def members(cohort: Cohort) -> tuple[Member, ...]:
    """Every member of every group; by lateness, members of one group can have different points."""
    return tuple(
        Member(person, case, of_member(case.grade, days.by_program(case), person.key))
        for case in cohort.cases
        for person in case.group.members
    )


def worksheet(cohort: Cohort) -> Worksheet | None:
    """The worksheet that was imported, without those who were forgotten; None where none was.

    Raises:
        InputError: What the book holds of it does not fit together.
    """
    return None if cohort.layout is None else restored(cohort.layout, cohort.rows.values())


def fill(sheet: Worksheet, everybody: tuple[Member, ...]) -> tuple[bytes, tuple[Skipped, ...]]:
    """The worksheet's bytes with everybody's points, and what Moodle will skip of them.

    Raises:
        InputError: A member is not in it, or twice; points are more than its maximum.
    """
    marks = _marks(sheet, everybody)
    return filled(sheet, marks), foreseen(sheet, marks)


def fill_canvas(
    book: canvas.Gradebook, wanted: str, everybody: tuple[Member, ...]
) -> tuple[bytes, tuple[Skipped, ...]]:
    """The gradebook's bytes with everybody's points in one assignment, and the cells that stay as they are.

    Raises:
        InputError: A member is not in it, or may be several students.
        ConfigError: It is not clear which assignment is meant.
    """
    to = canvas.assignment(book, wanted)
    found = {member.person.key: _student(book, member.person) for member in everybody}
    lost = [
        f"{member.person.key} ({member.case.group.key})"
        for member in everybody
        if len(found[member.person.key]) != 1
    ]
    if lost:
        raise InputError(
            f"the gradebook is not filled: {count(len(lost), 'member is', 'members are')} no student of it, "
            f"or several: {listed(lost)}",
            where=str(book.path),
            remedy="give each member Canvas's number, SIS number or login as `identifier` in the roster, and import it "
            "again; `grading show GROUP` says who they are",
        )
    marks = {found[member.person.key][0]: member.points for member in everybody}
    if len(marks) != len(everybody):
        raise InputError("two members are one student of the gradebook", where=str(book.path))
    return canvas.filled(book, to, marks), canvas.foreseen(book, to, marks)


def _student(book: canvas.Gradebook, person: Person) -> list[str]:
    """Canvas's numbers of the students that the person can be: by number, SIS number, login, then e-mail."""
    identifier, email = person.identifier or "", person.email.casefold()
    tests: tuple[Callable[[canvas.Student], bool], ...] = (
        lambda one: one.id == identifier,
        lambda one: one.sis_id == identifier,
        lambda one: one.login == identifier,
        lambda one: bool(email) and one.login.casefold() == email,
    )
    for test in tests:
        fitting = [one.id for one in book.students if (identifier or email) and test(one)]
        if fitting:
            return fitting
    return []


def _marks(sheet: Worksheet, everybody: tuple[Member, ...]) -> Mapping[str, Filled]:
    nameless = [member.person.key for member in everybody if not member.person.identifier]
    if nameless:
        raise InputError(
            f"the worksheet is not filled: {count(len(nameless), 'member')} of groups cannot be found in it, "
            f"because nothing says how Moodle numbers them: {listed(map(shown_id, nameless))}",
            where=str(sheet.path),
            remedy="import the worksheet of all participants, or give their identifiers in the roster",
        )
    rows = sheet.by_identifier
    return {
        identifier: Filled(member.points, _comment(member, rows.get(identifier, [])))
        for member in everybody
        if (identifier := member.person.identifier)
    }


def _comment(member: Member, rows: list[Participant]) -> str:
    """The points line by line; nothing while some are missing, nor over somebody's own words."""
    if member.points is None or any(row.comments and MARK not in row.comments for row in rows):
        return ""
    return "\n".join([MARK, *_lines(member)])


def _lines(member: Member) -> Iterator[str]:
    rubric = member.case.grade
    for mark in member.case.marks:
        if mark.most > 0:
            yield f"{title(mark.key)}: {points(mark.effective)} of {number(mark.most)}"
        elif mark.effective:
            yield f"{title(mark.key)}: {points(mark.effective)}"
    if member.points != rubric.points:
        yield "With your own late days the grade is the one given here."
    yield "Why stands on the feedback page."
