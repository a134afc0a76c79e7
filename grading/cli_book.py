"""Commands on the grade book: `mark`, `history`."""

from __future__ import annotations

from typing import Annotated

import typer

from grading.cli_course import By, CourseFolder, course, grade_book, who
from quality import console
from quality.cli_app import TextOrJson
from quality.errors import InputError

NEGATIVE = {"ignore_unknown_options": True}
"""Lets `-5` through to be points; what begins so and is no option is an argument too many."""
NOBODY = "none"
"""What is written in place of points to take a person's mark back."""


def mark(
    group: Annotated[str, typer.Argument(metavar="GROUP", help="Its key, the LMS's number, or its name.")],
    line: Annotated[str, typer.Argument(metavar="LINE", help="A line of the rubric, or `lateness`.")],
    points: Annotated[
        str,
        typer.Argument(
            metavar="POINTS",
            help="What counts from now on; `none` takes your mark back.",
        ),
    ],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason; the history keeps it.")],
    expect: Annotated[
        int | None,
        typer.Option(
            "--expect", metavar="VERSION", help="Refuse when the line is not at this version any more."
        ),
    ] = None,
    by: By = None,
    course_folder: CourseFolder = None,
) -> None:
    """Give points by hand; they count in place of the program's, which are kept beside them.

    Ends with 1 when somebody else saved meanwhile; nothing is lost then.
    """
    from grading.book.marking import give

    given = _points(points)
    name = who(by)
    with grade_book(course(course_folder)) as book, book.writing() as db:
        said = give(db, group, line, given, why=why, who=name, expected=expect)
    console.emit(f"{said}\n")


def history(
    group: Annotated[
        str | None,
        typer.Argument(metavar="[GROUP]", help="Its key, the LMS's number, or its name; else all."),
    ] = None,
    output_format: Annotated[TextOrJson, typer.Option(help="Form of the output.")] = TextOrJson.TEXT,
    course_folder: CourseFolder = None,
) -> None:
    """Show who did what, when and why, the oldest first."""
    from zoneinfo import ZoneInfo

    from grading.book import history as entries
    from grading.book import history_text
    from grading.exporting.cohort import find_group

    here = course(course_folder)
    with grade_book(here) as book, book.reading() as db:
        found = entries.entries(db, None if group is None else find_group(db, group).key)
    if output_format is TextOrJson.JSON:
        console.emit(history_text.as_json(found))
    else:
        console.emit(history_text.render(found, ZoneInfo(here.zone)))


def _points(text: str) -> float | None:
    if text.strip().casefold() == NOBODY:
        return None
    try:
        return float(text)
    except ValueError:
        raise InputError(
            f"{text!r} is no number of points", remedy=f"write 12 or 7.5, or {NOBODY} to take a mark back"
        ) from None
