"""Three files → one archive as the course wants it, or what has to be mended first."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grading.course.model import Course
from grading.hand_in import archive, naming
from grading.model import Level, Role, Trouble
from grading.packing.known import Known
from grading.packing.look import Seen, look
from quality import files
from quality.errors import ConfigError, GateRefused, InputError
from quality.wording import count

WHEN = (1980, 1, 1, 0, 0, 0)
"""Of every entry: the same files give the same archive."""
MOST_RATIO = archive.HAND_IN.ratio // 2
"""From which an entry is stored as it is: what shrinks more looks like a bomb to whoever unpacks it."""


@dataclass(frozen=True, slots=True)
class Pack:
    """An archive that was written, and what there is to see of it."""

    path: Path
    seen: Seen
    renamed: tuple[Trouble, ...]


def pack(group: str, given: Mapping[Role, Path], known: Known, out: Path | None) -> Pack | Seen:
    """The archive that was written, or what is to be mended where none was.

    Args:
        given: Where each of the three files lies; they may be called anything.
        out: A folder, or the archive's path; None is the working directory.

    Raises:
        InputError: A file cannot be read, or the archive cannot be written.
        ConfigError: The group has no name, or the archive would overwrite one of the files.
    """
    if not group.strip():
        raise ConfigError("the group has no name", where="--group", remedy="write it as the course knows it")
    target = _target(out, naming.archive_name(known.course, group))
    for path in given.values():
        _demand_other(target, path)
    contents = {role: _content(path) for role, path in given.items()}
    files.probe(target)
    data = as_zip(contents, known.course)
    seen = _as_given(look(data, naming.archive_name(known.course, group), known), given)
    if seen.to_mend:
        return seen
    files.replace(target, data)
    return Pack(target, seen, tuple(_renamed(given, target, known.course, group)))


def _as_given(seen: Seen, given: Mapping[Role, Path]) -> Seen:
    """The same, with the files called as the group calls them."""
    names = {seen.known.course.files.name(role): path.name for role, path in given.items()}
    troubles = (replace(one, file=names.get(one.file, one.file)) for one in seen.troubles)
    return replace(seen, troubles=tuple(troubles))


def refusal(seen: Seen) -> GateRefused:
    """The error that nothing was packed, to raise."""
    what = f"nothing was packed: {count(len(seen.to_mend), 'thing')} to mend first"
    return GateRefused(what, remedy="mend what is listed above, and pack again")


def as_zip(contents: Mapping[Role, bytes], course: Course) -> bytes:
    """The archive with the files under the course's names; the same contents give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for role in Role:
            entry = zipfile.ZipInfo(course.files.name(role), WHEN)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            small = len(zlib.compress(contents[role], 9)) * MOST_RATIO < len(contents[role])
            entry.compress_type = zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED
            zipped.writestr(entry, contents[role])
    return stream.getvalue()


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            what = "is a folder, not a file" if path.is_dir() else "no such file"
            raise InputError(what, where=str(path), remedy="look at the name and the folder")
        if path.stat().st_size > archive.HAND_IN.entry:
            most = archive.HAND_IN.entry // archive.MIB
            remedy = "clear the outputs that are not needed, such as a log line for each step"
            raise InputError(
                f"is larger than {most} MiB, which nobody collects", where=str(path), remedy=remedy
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"cannot be read: {why}", where=str(path), remedy="look at its permissions"
        ) from None


def _target(out: Path | None, name: str) -> Path:
    if out is None or out.is_dir():
        return (out or Path.cwd()) / name
    if out.suffix.casefold() != ".zip" and not out.exists():
        raise ConfigError("there is no such folder", where=str(out), remedy="make it first, or name a .zip")
    if out.suffix.casefold() != ".zip":
        raise ConfigError(
            "is neither a folder nor a .zip", where=str(out), remedy="name one of them, or leave -o out"
        )
    return out


def _demand_other(target: Path, path: Path) -> None:
    try:
        same = target.samefile(path)
    except OSError:  # one of them is not there
        same = False
    if same:
        raise ConfigError(
            "-o would overwrite one of the three files", where=str(target), remedy="name another"
        )


def _renamed(given: Mapping[Role, Path], target: Path, course: Course, group: str) -> list[Trouble]:
    notes = [
        Trouble("files.renamed", Level.NOTE, f"is packed as {course.files.name(role)}", path.name)
        for role, path in given.items()
        if path.name != course.files.name(role)
    ]
    wanted = naming.archive_name(course, group)
    if target.name != wanted:
        what = f"the course wants it to be called {wanted}"
        notes.append(
            Trouble("archive.name", Level.WARNING, what, target.name, "rename it before you hand it in")
        )
    return notes
