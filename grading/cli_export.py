"""Commands on what leaves the grade book: `show`, `export`, `reconcile`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grading.cli_course import By, CourseFolder, course, grade_book, who
from quality import console
from quality.cli_app import TextOrJson
from quality.errors import ConfigError
from quality.wording import count, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grading.exporting.cohort import Case
    from grading.exporting.export import Exported
    from grading.lms.reconcile import Skipped

MAX_LISTED = 20
"""Groups and grades that are named one by one."""


def show(
    group: Annotated[str, typer.Argument(metavar="GROUP", help="Its key, the LMS's number, or its name.")],
    output_format: Annotated[TextOrJson, typer.Option(help="Form of the output.")] = TextOrJson.TEXT,
    course_folder: CourseFolder = None,
) -> None:
    """Show all that is known of one group: points and why, findings, records, lateness, copying, history."""
    import json

    from grading.exporting import show_text
    from grading.exporting.show import shown

    here = course(course_folder)
    with grade_book(here) as book:
        found = shown(book, here, group)
    if output_format is TextOrJson.JSON:
        console.emit(json.dumps(found, ensure_ascii=True, indent=2, allow_nan=False) + "\n")
    else:
        console.emit(show_text.render(found, here.zone))


def export(
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="The folder that is written.")],
    canvas: Annotated[
        Path | None,
        typer.Option("--canvas", metavar="CSV", help="Canvas's gradebook, exported there, to be filled."),
    ] = None,
    assignment: Annotated[
        str, typer.Option(metavar="NAME", help="Which assignment in it: its number or title.")
    ] = "",
    accept_superseded: Annotated[
        bool,
        typer.Option(
            "--accept-superseded", help="Marks that a person gave to a replaced hand-in go out as they are."
        ),
    ] = False,
    accept_above: Annotated[
        bool,
        typer.Option(
            "--accept-above", help="So do a person's marks above what their line gives in course.toml."
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Put a folder aside that holds other files.")
    ] = False,
    by: By = None,
    course_folder: CourseFolder = None,
) -> None:
    """Write grades and feedback for the LMS: the worksheet, the feedback zip, tables.

    What nobody graded stays blank. Ends with 1 when a person must look at some marks first.
    """
    from grading.exporting.export import Gradebook
    from grading.exporting.export import export as write

    here, name = course(course_folder), who(by)
    if assignment and canvas is None:
        raise ConfigError(
            "names an assignment of no gradebook", where="--assignment", remedy="add --canvas CSV"
        )
    gradebook = None if canvas is None else Gradebook(canvas, assignment)
    with grade_book(here) as book:
        done = write(
            here,
            book,
            out,
            who=name,
            accept_superseded=accept_superseded,
            accept_above=accept_above,
            force=force,
            gradebook=gradebook,
        )
    for line in _review(done):
        console.say(line)
    console.emit("".join(f"{done.out / name}\n" for name in _told(done.files)))


def reconcile(
    after: Annotated[
        Path, typer.Argument(metavar="AFTER", help="The worksheet, downloaded again after the import.")
    ],
    course_folder: CourseFolder = None,
) -> None:
    """List the grades that Moodle skipped when it imported the exported worksheet.

    Ends with 1 when there are any.
    """
    from grading.exporting.reconciling import reconciled
    from quality.reports.escape import shown_id

    here = course(course_folder)
    with grade_book(here) as book:
        found = reconciled(here, book, after)
    console.say(f"{count(found.sent, 'grade')} sent, {len(found.skipped):,} skipped")
    for one in found.skipped:
        now = "blank" if one.found is None else f"{one.found:g}"
        sent = "blank" if one.sent is None else f"{one.sent:g}"
        console.emit(f"{shown_id(one.identifier)}: sent {sent}, Moodle has {now}: {one.why}\n")
    if found.skipped:
        raise typer.Exit(1)


def _review(done: Exported) -> Iterator[str]:
    """What a person should look at, the most urgent first; groups by their keys."""
    from grading.feedback.titles import flips

    if done.review:
        yield f"look at these first: {count(len(done.review), 'grade is', 'grades are')} not firm"
    for case in done.review[:MAX_LISTED]:
        yield f"  {case.group.key}  {case.grade.letter or 'no letter'}: {flips(case.flips)}"
    if done.ungraded:
        yield f"not graded, so their cells are blank: {count(len(done.ungraded), 'group')}"
    waiting = Counter(key for case in done.ungraded for key in case.waiting)
    for key, groups in waiting.items():
        yield f"  {key} waits for a person in {count(groups, 'group')}"
    others = {case.group.key: [*_others(case)] for case in done.ungraded if [*_others(case)]}
    for group, keys in list(others.items())[:MAX_LISTED]:
        yield f"  {group}  {listed(keys)}"
    if done.accepted:
        yield "marks on a replaced hand-in, or above what the line gives, that went out as they are:"
    yield from done.accepted
    yield from _skipped(done.skipped)
    yield from done.notes


def _others(case: Case) -> Iterator[str]:
    return (key for key in case.grade.ungraded if key not in case.waiting)


def _skipped(skipped: Sequence[Skipped]) -> Iterator[str]:
    by_why: dict[str, list[str]] = {}
    for one in skipped:
        by_why.setdefault(one.why, []).append(one.identifier)
    for why, names in by_why.items():
        yield f"the LMS will not change {count(len(names), 'grade')}: {why}: {listed(names)}"


def _told(files: Sequence[str]) -> list[str]:
    """The files, the pages as their folder."""
    return list(dict.fromkeys("feedback/" if name.startswith("feedback/") else name for name in files))
