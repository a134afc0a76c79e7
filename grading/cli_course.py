"""What the commands of a course share: `--course DIR`, and who types them."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quality import config
from quality.errors import ConfigError

if TYPE_CHECKING:
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
    """The course in that folder, in the settings' folder, or in the working directory.

    Raises:
        ConfigError: There is no course.toml, or it is broken.
    """
    from grading.course.reading import load

    return load(course_folder(folder))


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
