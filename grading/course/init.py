"""A new course folder: sheet and test file copied into it, course.toml with every default written out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from grading.course.inputs import pinned_guide, read_sheet, read_test
from grading.course.model import Course
from grading.course.reading import COURSE_FILE, load
from grading.course.template import template
from quality import files
from quality.course import Permissions, permissions
from quality.errors import ConfigError, InputError

OWN = ("deadline", "base_predictions", "gold")
"""What belongs to one homework alone, beside its sheet, test file and pinned guide."""


def init(folder: Path, sheet: Path, test: Path, earlier: Path | None = None) -> Course:
    """The course that the folder now holds. Nothing is overwritten; the guide is pinned as it is now.

    Args:
        earlier: Course folder, or course.toml, of a homework whose settings are taken, but for `OWN`.

    Raises:
        ConfigError: The folder is a course already, or holds another file of such a name; the earlier one is broken.
        InputError: The sheet or the test file cannot be read by its ids, or the folder takes no file.
    """
    folder = folder.absolute()
    known, allowed = _earlier(earlier) if earlier else (Course(folder, sheet, test), Permissions())
    new = replace(known, folder=folder, sheet=_into(folder, sheet), test=_into(folder, test))
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
    text = template(new, judge=allowed.judge, unsafe_fixes=allowed.unsafe_fixes)
    files.replace(folder / COURSE_FILE, text, "DIR")
    return load(folder)


def _earlier(path: Path) -> tuple[Course, Permissions]:
    folder = path.parent if path.name == COURSE_FILE else path
    return replace(load(folder), guide_sha256="", notes=(), **dict.fromkeys(OWN)), permissions(folder)


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
