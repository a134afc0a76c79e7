"""An archive → what a teaching assistant will see of it, by the very steps that collect and grade it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grading.hand_in import archive, naming, sorting
from grading.hand_in.contents import Examined, examine_against
from grading.hand_in.sorting import Found
from grading.model import Level, Role, Trouble
from grading.packing.known import Known

MEND = frozenset({"notebook.cleared", "notebook.error", "lineage.broken", "secret.found"})
"""Warnings that a group can and should mend before it hands in: with them nothing is packed."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file of the hand-in.

    Attributes:
        name: As it stands in the archive, with its folders.
        size: In bytes.
    """

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is to see of an archive.

    Attributes:
        group: As the archive's name says it; None where that is no name of the course's.
        files: Those that were found.
        troubles: Errors first.
        unchecked: What could not be checked for want of a file.
    """

    archive: str
    group: str | None
    files: Mapping[Role, Packed]
    examined: Examined
    troubles: tuple[Trouble, ...]
    known: Known

    @property
    def to_mend(self) -> tuple[Trouble, ...]:
        """What keeps the archive from being packed."""
        return tuple(one for one in self.troubles if one.level is Level.ERROR or one.code in MEND)


def look(data: bytes | Path, name: str, known: Known) -> Seen:
    """What there is to see; whatever the archive holds, it ends in a trouble.

    Args:
        data: The archive, or where it lies.
        name: What it is called.

    Raises:
        InputError: There is no such file, or it cannot be read.
    """
    unpacked = archive.unpack(data)
    sorted_out = sorting.sort_out(unpacked.entries, known.course.files) if unpacked.entries else None
    found: Mapping[Role, Found] = sorted_out.files if sorted_out else {}
    examined = _examined(found, known)
    group = naming.group_in_archive_name(known.course, name)
    troubles = (
        *(() if group else (naming.other_archive_name(known.course, name),)),
        *unpacked.troubles,
        *(sorted_out.troubles if sorted_out else ()),
        *(() if unpacked.entries or unpacked.troubles else (_empty(),)),
        *examined.troubles,
    )
    return Seen(
        archive=name,
        group=group,
        files={role: _packed(one) for role, one in found.items()},
        examined=examined,
        troubles=tuple(sorted(troubles, key=lambda one: list(Level).index(one.level))),
        known=known,
    )


def _examined(found: Mapping[Role, Found], known: Known) -> Examined:
    """What the files hold, each under the name that the course gives it."""
    with tempfile.TemporaryDirectory(prefix="hand-in-") as folder:
        paths = {role: Path(folder) / known.course.files.name(role) for role in found}
        for role, path in paths.items():
            path.write_bytes(found[role].content)
        return examine_against(paths, known.against)


def _packed(found: Found) -> Packed:
    return Packed(found.name, len(found.content), hashlib.sha256(found.content).hexdigest())


def _empty() -> Trouble:
    return Trouble("archive.empty", Level.ERROR, "holds no file", "", "put the three files into it")
