"""`grading run`: the hand-ins in the grade book → their lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from grading.cli_course import By, CourseFolder, course, grade_book, who
from quality import console
from quality.cli_app import TextOrJson


def run(
    jobs: Annotated[
        int,
        typer.Option(min=0, metavar="N", help="Worker processes; 0: one for each core."),
    ] = 0,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Make everything anew, also where nothing changed.")
    ] = False,
    decisions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Findings that the staff dismissed, for this run; else course.toml's `files.decisions`.",
        ),
    ] = None,
    output_format: Annotated[TextOrJson, typer.Option(help="Form of the output.")] = TextOrJson.TEXT,
    by: By = None,
    course_folder: CourseFolder = None,
) -> None:
    """Grade every group's last hand-in; the same command goes on where a stopped one left off.

    A person's marks stay. Ends with 0 when the batch is done, whatever single groups handed in.
    """
    from grading.running import telling
    from grading.running.run import run as grade

    here = course(course_folder)
    if decisions is not None:
        here = replace(here, decisions=decisions.absolute())
    name = who(by)
    with grade_book(here) as book, telling.progress() as bar:
        done = grade(here, book, jobs=jobs, progress=bar, who=name, fresh=fresh)
    for note in done.notes:
        console.say(f"note: {note}")
    console.emit(telling.as_json(done) if output_format is TextOrJson.JSON else telling.as_text(done))
