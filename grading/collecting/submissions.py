"""The files of a download → who handed in which of them, by the names that each LMS gives.

Moodle    Full name_123_assignsubmission_file/x.zip          a person; blind: Participant_123_…
          Group name_45_assignsubmission_file/x.zip          a team
          Default group_assignsubmission_file/x.zip          people without a team, together
          …_assignsubmission_file_/x.zip                     before Moodle 4.1
          …_assignsubmission_file_x.zip                      with folders off
Canvas    lastnamefirst_12345_67890_x.zip, lastnamefirst_LATE_12345_67890_x.zip
folder    CS412-HW4-Group.zip, Group/x.zip, Group/data.csv …
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePath

from grading.collecting.source import Part
from grading.course.model import Course
from grading.hand_in.naming import group_in_archive_name
from grading.hand_in.sorting import is_system
from grading.model import Role


class Kind(StrEnum):
    """Whose names the files bear."""

    MOODLE = "moodle"
    CANVAS = "canvas"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Submission:
    """What one person or one group handed in.

    Attributes:
        name: Of whoever handed it in, as the LMS or the file writes it; hostile.
        number: As the LMS numbers them: a person or a group, which the name alone does not tell; "" without one.
        parts: Name in the submission → file.
        late: Whether the LMS says so.
    """

    kind: Kind
    name: str
    number: str
    parts: Mapping[str, Part] = field(repr=False)
    late: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """What a file's path says."""

    name: str
    number: str
    inner: str
    late: bool = False
    is_file: bool = True


_FOLDER = re.compile(r"(?P<who>.*)_assignsubmission_(?P<what>[a-z0-9]+)_?", re.DOTALL)
_FLAT = re.compile(r"(?P<who>.*?)_assignsubmission_(?P<what>[a-z0-9]+)_(?P<file>.+)", re.DOTALL)
_NUMBERED = re.compile(r"(?P<name>.*)_(?P<number>[0-9]{1,18})", re.DOTALL)
_CANVAS = re.compile(
    r"(?P<name>[^_]*)(?P<late>_LATE)?_(?P<number>[0-9]{1,18})_[0-9]{1,18}_(?P<file>.+)", re.DOTALL
)


def submissions(parts: Sequence[Part], course: Course) -> tuple[Submission, ...]:
    """Who handed in what, in the order of the names; files that belong to nobody are passed over."""
    parts = _unwrapped([part for part in parts if not is_system("/".join(part.path))])
    if any(_moodle(part) for part in parts):
        return _grouped(Kind.MOODLE, ((part, _moodle(part)) for part in parts))
    if course.lms == "canvas" or (course.lms != "folder" and parts and all(map(_canvas, parts))):
        return _grouped(Kind.CANVAS, ((part, _canvas(part)) for part in parts))
    zips_in = _zips_in(parts)
    return _grouped(Kind.FOLDER, ((part, _plain(part, course, zips_in)) for part in parts))


def is_one_hand_in(parts: Sequence[Part], course: Course) -> bool:
    """Whether the download is no download but one group's archive: no zip in it, and its data file once at most."""
    names = [part.name.casefold() for part in parts]
    wanted = [course.files.name(role).casefold() for role in Role]
    if any(part.is_zip or _moodle(part) or _canvas(part) for part in parts):
        return False
    return any(name in wanted for name in names) and all(names.count(name) <= 1 for name in wanted)


def _unwrapped(parts: Sequence[Part]) -> Sequence[Part]:
    """Without the one folder that all lie in, where Moodle's names begin below it."""
    tops = {part.path[0] for part in parts}
    if len(tops) != 1 or any(len(part.path) < 2 or _moodle(part) for part in parts):
        return parts
    below = [replace(part, path=part.path[1:]) for part in parts]
    return below if any(map(_moodle, below)) else parts


def _moodle(part: Part) -> _Named | None:
    """Read from the right in a folder's name, from the left in a flat one, where the file's own name follows."""
    top, *inner = part.path
    found = _FOLDER.fullmatch(top) if inner else None
    if found is None:
        found = _FLAT.fullmatch(top)
        inner = [found["file"], *inner] if found else []
    if found is None:
        return None
    who = _NUMBERED.fullmatch(found["who"])
    name, number = (who["name"], who["number"]) if who else (found["who"], "")
    return _Named(name, number, "/".join(inner), is_file=found["what"] == "file")


def _canvas(part: Part) -> _Named | None:
    found = _CANVAS.fullmatch(part.path[0])
    if not found:
        return None
    inner = "/".join([found["file"], *part.path[1:]])
    return _Named(found["name"], found["number"], inner, late=bool(found["late"]))


def _zips_in(parts: Iterable[Part]) -> Mapping[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for part in parts:
        if part.is_zip:
            found[part.path[:-1]] = found.get(part.path[:-1], 0) + 1
    return found


def _plain(part: Part, course: Course, zips_in: Mapping[tuple[str, ...], int]) -> _Named | None:
    """A zip at the top, of the course's name or beside others is a hand-in; else a folder is."""
    folder = part.path[:-1]
    if part.is_zip and (not folder or zips_in[folder] > 1 or group_in_archive_name(course, part.name)):
        group = group_in_archive_name(course, part.name) or PurePath(part.name).stem
        return _Named(group, "", part.name)
    return _Named(folder[0], "", "/".join(part.path[1:])) if folder else None


def _free(name: str, taken: Mapping[str, Part]) -> str:
    """The name, in a folder of its own where two files have it: no file takes another's place."""
    while name in taken:
        name = f"again/{name}"
    return name


def _grouped(kind: Kind, named: Iterable[tuple[Part, _Named | None]]) -> tuple[Submission, ...]:
    """One submission for each name and number; of what is no file, such as text typed in, only that there was some."""
    found: dict[tuple[str, str], dict[str, Part]] = {}
    late: set[tuple[str, str]] = set()
    for part, one in named:
        if one is None:
            continue
        key = (one.name, one.number)
        if kind is Kind.FOLDER and part.is_zip and one.inner == part.name:
            key = (one.name, "/".join(part.path))  # two archives of one group are two hand-ins
        parts = found.setdefault(key, {})
        if one.is_file:
            parts[_free(one.inner, parts)] = part
        if one.late:
            late.add(key)
    return tuple(
        Submission(kind, name, "" if kind is Kind.FOLDER else number, parts, (name, number) in late)
        for (name, number), parts in found.items()
    )
