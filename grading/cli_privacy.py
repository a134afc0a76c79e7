"""Commands on what the course keeps: `backup`, `forget`, `purge`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grading.cli_course import By, CourseFolder, course, grade_book, who
from quality import console
from quality.errors import ConfigError, InputError
from quality.wording import count, listed

if TYPE_CHECKING:
    from grading.privacy.forget import Forgotten
    from grading.privacy.people import Leaving
    from grading.privacy.purge import Old

MAX_LISTED = 40
"""Groups and files that are named one by one."""
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def backup(
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="A new file; else one in the course's backups/."),
    ] = None,
    course_folder: CourseFolder = None,
) -> None:
    """Copy the grade book as it is at this moment, and look the copy over; prints where it lies.

    To restore it, see that no command runs, delete grading.db-wal and grading.db-shm, and copy it to grading.db;
    PostgreSQL's goes into an empty database: pg_restore --no-owner --dbname=URL FILE. The files under submissions/ are
    not in it.
    """
    from grading.privacy import backup as copies
    from grading.privacy import cleaning

    with grade_book(course(course_folder)) as book:
        cleaning.finish_interrupted(book)
        path = copies.backup(book, out)
    console.emit(f"{path}\n")


def forget(
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="Key, the LMS's number, e-mail address, or name.")
    ],
    yes: Yes = False,
    by: By = None,
    course_folder: CourseFolder = None,
) -> None:
    """Remove a person: name, address, number, their row of the worksheet, what names them, backups that hold them.

    With the last member of a group go its hand-ins and grades. A team's hand-ins stay; it is said where they, or files
    of yours in the course folder, still name the person. Look through copies elsewhere yourself.
    """
    from grading.privacy import cleaning
    from grading.privacy import forget as forgetting
    from grading.privacy.people import Nobody

    name = who(by)
    with grade_book(course(course_folder)) as book:
        finished = cleaning.finish_interrupted(book)
        try:
            found = forgetting.meant(book, person)
        except Nobody as error:
            if not finished:
                raise
            console.say(f"{error.what}: nothing else to do")
            return
        _ask(_going(found), yes)
        done = forgetting.forget(book, found, who=name)
    for line in _forgotten(done):
        console.say(line)
    console.emit("".join(f"{key}\n" for key in done.leaving.keys))


def purge(
    before: Annotated[
        str, typer.Option("--before", metavar="DATE", help="Such as 2026-07-01, in the course's time zone.")
    ],
    keep_grades: Annotated[
        bool,
        typer.Option("--keep-grades", help="Points stay, and are shown and exported under the group's key."),
    ] = False,
    yes: Yes = False,
    by: By = None,
    course_folder: CourseFolder = None,
) -> None:
    """Remove groups whose newest hand-in is older than a day: who they are, what they handed in, what was found in it.

    Lists them first and asks. Without --keep-grades their points go too; export before that if you need them.
    """
    from grading.privacy import cleaning
    from grading.privacy import purge as purging

    here, name = course(course_folder), who(by)
    day = _day(before, here.zone)
    with grade_book(here) as book:
        cleaning.finish_interrupted(book)
        found = purging.old(book, day)
        if not found.leaving.keys:
            console.say(f"no group's newest hand-in is older than {before}")
            return
        _ask(_listed(found, here.zone, keep_grades), yes)
        cleaned = purging.purge(book, day, found, who=name, keep_grades=keep_grades)
    yours = "not looked into: worksheets, rosters and downloads that you keep in the course folder"
    for line in (*(cleaning.told(cleaned) if cleaned else ()), yours, *_ELSEWHERE):
        console.say(line)
    console.emit("".join(f"{key}\n" for key in found.newest))


_ELSEWHERE = (
    "not looked at: copies of the course folder or the book elsewhere, the LMS, mails, measurements in the cache",
    "take them out of the roster and the worksheet before the next import, or they come back under a new key",
)


def _ask(lines: list[str], yes: bool) -> None:
    """Goes on only where somebody agrees.

    Raises:
        ConfigError: There is nobody to ask.
        Exit: They do not agree.
    """
    for line in lines:
        console.say(line)
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise ConfigError("there is no terminal to ask at", remedy="look at the list above, then add --yes")
    if not typer.confirm("Remove all that, for good?", err=True):
        console.say("nothing was changed")
        raise typer.Exit(2)


def _going(found: Leaving) -> list[str]:
    lines = [f"{listed(found.people)}: who they are, and texts that name them"] if found.people else []
    if found.groups:
        lines.append(
            f"{listed(found.groups)}: with them goes the whole group, its hand-ins, findings and grades"
        )
    if found.staying:
        lines.append(f"{listed(found.staying)}: the team stays, with its hand-ins")
    lines.append("exports and backups in the course folder that hold them; a new backup is made")
    return lines


def _listed(found: Old, zone: str, keep_grades: bool) -> list[str]:
    from grading.feedback.titles import moment

    lines = [
        f"{group}  {moment(at, zone) if at else 'handed in nothing'}" for group, at in found.newest.items()
    ]
    grades = "their points stay under the key" if keep_grades else "their points go too"
    return [
        *lines,
        f"{count(len(lines), 'group')} and {count(len(found.leaving.people), 'person', 'persons')}: who they are, "
        f"hand-ins, findings, texts; {grades}; {found.staying:,} handed in later and stay",
        *([f"{count(found.idle, 'group')} handed in nothing and stay while others do"] if found.idle else []),
        "what was found by comparing groups goes as a whole; `grading run` makes it anew for those who stay",
    ]


def _forgotten(done: Forgotten) -> list[str]:
    from grading.privacy import cleaning

    lines = cleaning.told(done.cleaned) if done.cleaned else []
    if done.leaving.groups:
        lines.append(
            "what was found by comparing groups is gone; `grading run` makes it anew before the next export"
        )
    if done.files:
        lines.append("these files in the course folder still name them, or could not be looked into:")
        lines += [f"  {path}" for path in done.files[:MAX_LISTED]]
        if len(done.files) > MAX_LISTED:
            lines.append(f"  and {len(done.files) - MAX_LISTED:,} more")
    if done.groups:
        lines.append(
            f"the grade book quotes texts that name them, from the hand-ins of {listed(done.groups)}"
        )
    return [*lines, *_ELSEWHERE]


def _day(text: str, zone: str) -> datetime:
    from zoneinfo import ZoneInfo

    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is no date", where="--before", remedy="write it as 2026-07-01") from None
    return day if day.tzinfo else day.replace(tzinfo=ZoneInfo(zone))
