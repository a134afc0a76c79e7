"""What a group has at hand of its course, often nothing: then the reference course's names and guide count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from grading.course.inputs import pinned_guide, read_sheet, read_test
from grading.course.model import Course
from grading.course.reading import load
from grading.hand_in.contents import Against
from quality.errors import InputError


@dataclass(frozen=True, slots=True)
class Known:
    """What a hand-in can be held against here.

    Attributes:
        unchecked: What cannot be checked for want of a file, and how it could.
        notes: What should be known of the course.
    """

    against: Against
    unchecked: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def course(self) -> Course:
        """The course; the reference one where none is at hand."""
        return self.against.course


def known(folder: Path | None, sheet: Path | None = None, test: Path | None = None) -> Known:
    """What is known of the course.

    Args:
        folder: The course folder; None where there is none.
        sheet: In place of the course's sheet.
        test: In place of the course's test file.

    Raises:
        ProofgateError: The course, the sheet or the test file cannot be read.
    """
    here = Path.cwd()
    course = load(folder) if folder else Course(here, here / "original.csv", here / "test.csv")
    rows = _given("the sheet", "--sheet", sheet, course.sheet if folder else None)
    prompts = _given("the test file", "--test", test, course.test if folder else None)
    course = replace(course, sheet=rows.path or course.sheet, test=prompts.path or course.test)
    against = Against(
        course,
        pinned_guide(course),
        read_sheet(rows.path, course) if rows.path else None,
        read_test(prompts.path, course) if prompts.path else None,
    )
    nowhere = (f"no course.toml is at hand: the names of {course.title} are taken",) if folder is None else ()
    return Known(against, (*rows.unchecked, *prompts.unchecked), (*nowhere, *course.notes))


@dataclass(frozen=True, slots=True)
class _Given:
    path: Path | None
    unchecked: tuple[str, ...] = ()


def _given(what: str, option: str, named: Path | None, of_course: Path | None) -> _Given:
    if named is not None:
        if not named.is_file():
            raise InputError("no such file", where=str(named), remedy=f"look at what {option} names")
        return _Given(named)
    if of_course is not None and of_course.is_file():
        return _Given(of_course)
    return _Given(None, (f"ids and instructions against {what} (name it with {option})",))
