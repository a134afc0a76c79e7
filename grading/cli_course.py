"""What the commands of a course share: `--course DIR`, and who types them."""

from __future__ import annotations

import getpass
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quality import config, console
from quality.errors import ConfigError

if TYPE_CHECKING:
    from grading.book.book import Book
    from grading.course.model import Course

CourseFolder = Annotated[
    Path | None,
    typer.Option(
        "--course", metavar="DIR", help="The course folder; else the settings', else the one you are in."
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Who does this, for the history; else the user of this machine."
    ),
]


def course(folder: Path | None) -> Course:
    """The course in that folder, in the settings' folder, or in the working directory; what to know of it is said.

    Raises:
        ConfigError: There is no course.toml, or it is broken.
    """
    from grading.course.reading import load

    found = load(course_folder(folder))
    for note in found.notes:
        console.say(f"note: {note}")
    return found


def course_folder(folder: Path | None) -> Path:
    """Where course.toml and the grade book lie.

    Raises:
        ConfigError: The settings are broken.
    """
    here = Path.cwd()
    if folder is not None:
        return folder.absolute()
    if (here / "course.toml").exists():
        return here
    return (config.load(None, start=here).course or here).absolute()


@contextmanager
def grade_book(of: Course) -> Generator[Book]:
    """The course's grade book, brought up to date; an old one is copied into `backups/` first.

    Raises:
        ConfigError: It cannot be opened, or a newer proofgate made it.
        ProofgateError: The database cannot be reached, or no copy could be made.
    """
    from grading.book.book import opened
    from grading.privacy.backup import before_migration

    with opened(of.folder, zone=of.zone, before_migration=before_migration) as book:
        yield book


def who(by: str | None) -> str:
    """The name that the history keeps.

    Raises:
        ConfigError: Neither the option nor the system names anybody.
    """
    try:
        name = (by or os.environ.get("PROOFGATE_USER") or getpass.getuser()).strip()
    except (KeyError, OSError):
        name = ""
    if not name or not name.isprintable():
        raise ConfigError("nobody's name is known for the history", remedy="add --by NAME")
    return name
