"""`grading init`, `pack`, `validate`: a new course, and what a group does before it hands in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grading import cli_course
from grading.cli_course import CourseFolder
from quality import console
from quality.cli_app import TextOrJson
from quality.wording import listed

if TYPE_CHECKING:
    from grading.packing.known import Known

SheetOption = Annotated[
    Path | None,
    typer.Option("--sheet", metavar="FILE", help="The rows before correction, else the course's."),
]
TestOption = Annotated[
    Path | None, typer.Option("--test", metavar="FILE", help="The prompts to answer, else the course's.")
]


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The course folder; it is made.")],
    sheet: Annotated[Path, typer.Option("--sheet", metavar="FILE", help="The rows before correction.")],
    test: Annotated[Path, typer.Option("--test", metavar="FILE", help="The prompts to be answered.")],
    earlier: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="PATH", help="An earlier homework's course.toml, whose settings are taken."
        ),
    ] = None,
) -> None:
    """Makes a course folder: a course.toml with every default written out, the sheet and the test file."""
    from grading.course.init import OWN
    from grading.course.init import init as make
    from grading.course.reading import COURSE_FILE

    course = make(folder, sheet, test, earlier)
    _notes(course.notes)
    if earlier is not None:
        _notes((f"not taken from the earlier homework: {listed(OWN)}",))
    console.say("next: set deadline, rubric and LMS in it, then `grading import` the hand-ins")
    console.emit(f"{folder / COURSE_FILE}\n")


def pack(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="The corrected rows.")],
    predictions: Annotated[Path, typer.Argument(metavar="PREDICTIONS", help="The model's answers.")],
    notebook: Annotated[
        Path, typer.Argument(metavar="NOTEBOOK", help="The notebook of the fine-tune, with its outputs.")
    ],
    group: Annotated[str, typer.Option("--group", metavar="NAME", help="The group's name.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="PATH", help="A folder, or the archive; else the folder you are in."
        ),
    ] = None,
    course: CourseFolder = None,
    sheet: SheetOption = None,
    test: TestOption = None,
) -> None:
    """Checks the three files of a hand-in and packs them; exits 1, and packs nothing, where something is to mend."""
    from grading.hand_in import trouble_text
    from grading.model import Role
    from grading.packing.look import Seen
    from grading.packing.pack import pack as make
    from grading.packing.pack import refusal

    known = _known(course, sheet, test)
    given = {Role.DATA: data, Role.PREDICTIONS: predictions, Role.NOTEBOOK: notebook}
    made = make(group, given, known, out)
    seen = made if isinstance(made, Seen) else made.seen
    renamed = () if isinstance(made, Seen) else made.renamed
    for line in trouble_text.lines((*seen.troubles, *renamed)):
        console.say(line)
    for what in known.unchecked:
        console.say(f"not checked: {what}")
    if isinstance(made, Seen):
        raise refusal(made)
    console.emit(f"{made.path}\n")


def validate(
    archive: Annotated[Path, typer.Argument(metavar="ZIP", help="The archive of a hand-in.")],
    course: CourseFolder = None,
    sheet: SheetOption = None,
    test: TestOption = None,
    output_format: Annotated[
        TextOrJson, typer.Option("--output-format", help="For a person or a program.")
    ] = TextOrJson.TEXT,
) -> None:
    """Says what a teaching assistant will see of an archive; exits 1 where something in it is to mend."""
    from grading.packing import shown
    from grading.packing.look import look

    seen = look(archive, archive.name, _known(course, sheet, test))
    console.emit(shown.as_json(seen) if output_format is TextOrJson.JSON else shown.as_text(seen))
    if seen.to_mend:
        raise typer.Exit(1)


def _known(folder: Path | None, sheet: Path | None, test: Path | None) -> Known:
    """What is known of the course; a group often has nothing of it."""
    from grading.course.reading import COURSE_FILE
    from grading.packing.known import known

    place = cli_course.course_folder(folder)
    at_hand = known(place if folder or (place / COURSE_FILE).exists() else None, sheet, test)
    _notes(at_hand.notes)
    return at_hand


def _notes(notes: tuple[str, ...]) -> None:
    for note in notes:
        console.say(f"note: {note}")
