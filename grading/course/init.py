"""A new course folder: sheet and test file copied into it, course.toml with every default written out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from grading.course.inputs import pinned_guide, read_sheet, read_test
from grading.course.model import Course
from grading.course.reading import COURSE_FILE, load
from grading.course.template import template
from quality import files
from quality.errors import ConfigError, InputError


def init(folder: Path, sheet: Path, test: Path) -> Course:
    """The course that the folder now holds. Nothing is overwritten; the guide is pinned as it is now.

    Raises:
        ConfigError: The folder is a course already, or holds another file of such a name.
        InputError: The sheet or the test file cannot be read by its ids, or the folder takes no file.
    """
    folder = folder.absolute()
    new = Course(folder=folder, sheet=_into(folder, sheet), test=_into(folder, test))
    _demand_free(new)
    given = {new.sheet: read_sheet(sheet, new), new.test: read_test(test, new)}
    if len(given) < 2:
        raise ConfigError(
            "sheet and test file have the same name", where=sheet.name, remedy="rename a copy of one of them"
        )
    for target, table in given.items():
        _demand_same(target, table.source)
    new = replace(new, guide_sha256=pinned_guide(new).sha256)
    _make(folder)
    for target, table in given.items():
        if not target.exists():
            files.replace(target, table.source, "DIR")
    files.replace(folder / COURSE_FILE, template(new), "DIR")
    return load(folder)


def _into(folder: Path, path: Path) -> Path:
    name = path.name
    if not name.isprintable() or name.casefold() == COURSE_FILE:
        raise ConfigError("cannot be copied under that name", where=str(path), remedy="rename the file")
    return folder / name


def _demand_free(new: Course) -> None:
    if (new.folder / COURSE_FILE).exists():
        raise ConfigError(
            "is a course already",
            where=str(new.folder / COURSE_FILE),
            remedy="edit that file, or name another folder",
        )


def _demand_same(target: Path, content: bytes) -> None:
    try:
        same = not target.exists() or target.read_bytes() == content
    except OSError:
        same = False
    if not same:
        raise ConfigError("is another file", where=str(target), remedy="move it away, or name another folder")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise InputError("is a file, not a folder", where=str(folder), remedy="name another folder") from None
    except OSError as error:
        raise InputError(
            f"cannot be made: {error.strerror}", where=str(folder), remedy="name another folder"
        ) from None
