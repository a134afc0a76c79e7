"""`grading import`: the hand-ins into the grade book."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grading.cli_course import By, CourseFolder, course, grade_book, who
from quality import console
from quality.cli_app import TextOrJson


def import_(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|DIR",
            help="The LMS's zip of all submissions, a folder of hand-ins, or one group's archive.",
        ),
    ],
    worksheet: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV", help="Moodle's grading worksheet: who is in which group, and when they handed in."
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV", help="group, identifier, email, name, late_days_left, received: your own list."
        ),
    ] = None,
    output_format: Annotated[TextOrJson, typer.Option(help="Form of the output.")] = TextOrJson.TEXT,
    by: By = None,
    course_folder: CourseFolder = None,
) -> None:
    """Take the hand-ins into the grade book; the same command again changes nothing, a newer hand-in supersedes.

    Ends with 0 when the download was read, whatever single groups handed in; 2 when it, the worksheet or the roster
    cannot be read.
    """
    from grading.collecting import telling
    from grading.collecting.importing import import_ as take
    from grading.privacy.backup import before_import

    here = course(course_folder)
    name = who(by)
    with grade_book(here) as book:
        done = take(
            source,
            here,
            book,
            worksheet=worksheet,
            roster=roster,
            who=name,
            prepare=before_import(book),
        )
    for note in done.notes:
        console.say(f"note: {note}")
    if output_format is TextOrJson.JSON:
        console.emit(telling.as_json(done))
    else:
        console.emit(telling.as_text(done, here.zone))
