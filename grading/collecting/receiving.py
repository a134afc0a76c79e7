"""One submission → its files in the course folder, or why there are none; nothing that it holds stops the others."""

from __future__ import annotations

import errno
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from io import BytesIO
from tempfile import gettempdir
from typing import BinaryIO

from grading.collecting import storing
from grading.collecting.directory import Owner
from grading.collecting.source import Part
from grading.collecting.submissions import Kind, Submission
from grading.course.model import Course
from grading.hand_in.archive import HAND_IN, MIB, Unpacked, unpack
from grading.hand_in.naming import group_in_archive_name, other_archive_name, same_name
from grading.hand_in.sorting import Sorted, is_system, sort_out
from grading.hand_in.zip_end import Refused
from grading.model import HandIn, Level, Trouble
from quality.errors import HardwareError

SEVERAL = "group.several"
"""Code of the trouble that members of one group handed in different files."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_AGAIN = re.compile(r"-[0-9]{1,2}$")


def receive(submission: Submission, owner: Owner, group: str, course: Course) -> HandIn:
    """The hand-in, with its files in the course folder.

    Args:
        group: The group's key.

    Raises:
        HardwareError: The course folder takes no more.
    """
    parts = {name: part for name, part in submission.parts.items() if not is_system(name)}
    try:
        one = next(iter(parts.values())) if len(parts) == 1 else None
        if one is not None and one.is_zip and one.trouble is None:
            with one.opened() as stream:
                version, found = _archive(stream, group, course)
        else:
            version, found = _loose(parts, group, course)
    except Refused as refused:  # by the zip around it, which is damaged here
        version, found = _mark(parts), Sorted({}, (refused.trouble,))
    except OSError as error:
        if error.errno in _FULL:  # the fault of this machine, not of the group
            what = f"the hand-ins cannot be unpacked: {error.strerror}"
            raise HardwareError(
                what, where=gettempdir(), remedy="free some space, then import again"
            ) from None
        what = f"the file cannot be read: {error.strerror}"
        trouble = Trouble("files.unreadable", Level.ERROR, what, remedy="hand it in again")
        version, found = _mark(parts), Sorted({}, (trouble,))
    folder = storing.place(course, group, version)
    return HandIn(
        group=group,
        version=version,
        received=owner.received,
        files={role: folder / course.files.name(role) for role in found.files},
        troubles=(*_about_names(submission, parts, owner, course), *found.troubles),
    )


def _archive(stream: BinaryIO, group: str, course: Course) -> tuple[str, Sorted]:
    """A zip alone: the usual case. It is kept byte for byte."""
    version = _sha256(storing.pieces(stream))
    found = _sorted(unpack(stream), course)
    _keep(course, group, version, found, storing.pieces(stream))
    return version, found


def _loose(parts: Mapping[str, Part], group: str, course: Course) -> tuple[str, Sorted]:
    """Files as they are, or several archives: each archive counts as a folder of that name."""
    contents, troubles = _contents(parts)
    version = _version(parts, contents)
    entries: dict[str, bytes] = {}
    left = HAND_IN.total - sum(map(len, contents.values()))
    for name, content in contents.items():
        if parts[name].is_zip:
            held = unpack(content, replace(HAND_IN, total=left))
            left -= sum(map(len, held.entries.values()))
            entries |= {f"{name}/{inner}": data for inner, data in held.entries.items()}
            troubles += held.troubles
        else:
            entries[name] = content
    found = _sorted(Unpacked(entries, tuple(troubles)), course)
    _keep(course, group, version, found, storing.zipped(contents))
    return version, found


def _contents(parts: Mapping[str, Part]) -> tuple[dict[str, bytes], list[Trouble]]:
    """What the parts hold; what is too large, or a bomb of the zip around it, is left out and said."""
    contents: dict[str, bytes] = {}
    troubles: list[Trouble] = []
    total = 0
    for name, part in parts.items():
        if part.trouble is not None:
            troubles.append(part.trouble)
        elif part.size > HAND_IN.entry or total + part.size > HAND_IN.total:
            what = f"this file has {part.size / MIB:,.0f} MiB, more than is read"
            remedy = "leave it out, or make it smaller"
            troubles.append(Trouble("archive.entry-too-large", Level.WARNING, what, name, remedy))
        else:
            held = BytesIO()  # hands over what it holds without a second copy
            held.writelines(part.read())
            contents[name] = held.getvalue()
            total += len(contents[name])
    return contents, troubles


def _sorted(held: Unpacked, course: Course) -> Sorted:
    """The three files; of an archive that was refused only why, and not that its files are missing."""
    if any(trouble.level is Level.ERROR for trouble in held.troubles) and not held.entries:
        return Sorted({}, held.troubles)
    found = sort_out(held.entries, course.files)
    return Sorted(found.files, (*held.troubles, *found.troubles))


def _keep(course: Course, group: str, version: str, found: Sorted, original: Iterable[bytes]) -> None:
    files = {course.files.name(role): one.content for role, one in found.files.items()}
    storing.store(storing.place(course, group, version), files, original)


def _version(parts: Mapping[str, Part], contents: Mapping[str, bytes]) -> str:
    """SHA-256 over the names and the contents, in the order of the names."""
    digest = hashlib.sha256()
    for name in sorted(parts):
        told = contents[name] if name in contents else parts[name].mark.encode()
        for text in (name.encode("utf-8", "surrogatepass"), told):
            digest.update(len(text).to_bytes(8, "big") + text)
    return digest.hexdigest()


def _mark(parts: Mapping[str, Part]) -> str:
    return _version(parts, {})


def _sha256(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _about_names(submission: Submission, parts: Iterable[str], owner: Owner, course: Course) -> list[Trouble]:
    """What the archives' names say. Nobody's name is told: it stays where the grade book keeps names."""
    troubles: list[Trouble] = []
    for name in (part.rpartition("/")[2] for part in parts if part.casefold().endswith(".zip")):
        said = group_in_archive_name(course, name)
        if said is None:
            troubles.append(other_archive_name(course))
        elif submission.kind is not Kind.FOLDER and not _is_group(said, owner.group, submission.kind):
            what = "the group in the archive's name is another one than the LMS knows"
            troubles.append(
                Trouble("group.name-differs", Level.WARNING, what, "", "look whose hand-in it is")
            )
    if submission.late:
        troubles.append(Trouble("group.late", Level.NOTE, "the LMS marks it as late"))
    return troubles


def _is_group(said: str, group: str, kind: Kind) -> bool:
    """Canvas adds `-1`, `-2` to the name of what is handed in again."""
    bare = _AGAIN.sub("", said) if kind is Kind.CANVAS else said
    return same_name(said, group) or same_name(bare, group)
