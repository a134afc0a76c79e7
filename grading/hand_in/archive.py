"""A zip from anybody → the contents of its entries, within caps; whatever it holds, a trouble is the worst of it.

Nothing is written, executed or followed: names stay texts, and contents stay bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from grading.hand_in.zip_content import pieces
from grading.hand_in.zip_end import AGAIN, Refused
from grading.hand_in.zip_records import Entry, entries
from grading.model import Level, Trouble
from quality.errors import InputError
from quality.reports.escape import INVISIBLE
from quality.wording import count, listed

MIB = 2**20
_NO_BOMB = 8 * MIB
_LONGEST_NAME = 1_000
"""Characters, with folders. Comparing names takes quadratic time in a run of combining marks."""


@dataclass(frozen=True, slots=True)
class Caps:
    """How much of an archive is read.

    Attributes:
        entries: That it may hold, folders included.
        entry: Bytes of one content; what is honestly larger is left out, and said.
        total: Bytes of all contents together.
        ratio: Bytes of content for each byte in the archive, where a content is above 8 MiB. Deflate ends at
            1,032; a notebook's log that repeats one line of progress reaches about 100.
    """

    entries: int
    entry: int
    total: int
    ratio: int = 200


HAND_IN = Caps(entries=1_000, entry=64 * MIB, total=96 * MIB)
"""Three files, of which a notebook with pictures is the largest; all of it and Python stay under 200 MB of memory."""
OUTER = Caps(entries=20_000, entry=512 * MIB, total=64 * 1024 * MIB)
"""The LMS's zip of all hand-ins; its entries are read one at a time, and large ones go to a temporary file."""

_ODD = re.compile(f"[{INVISIBLE}]")
_DRIVE = re.compile("[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an archive holds.

    Attributes:
        entries: Name → content, without folders, in the archive's order; empty where a trouble is an error.
        troubles: An error with a code `archive.…` when it was refused; warnings and notes else.
    """

    entries: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    troubles: tuple[Trouble, ...] = ()


def unpack(data: bytes | Path | BinaryIO, caps: Caps = HAND_IN) -> Unpacked:
    """The archive's contents; hostile ones give one trouble and no content, and raise nothing.

    Args:
        data: The archive, or where it lies.

    Raises:
        InputError: There is no such file, or it cannot be read.
    """
    try:
        with opened(data) as stream:
            found, troubles = looked_at(stream, caps)
            held = [entry for entry in found if entry.size <= caps.entry]
            _refuse_too_much(held, caps)
            contents = {name_of(entry): _content(stream, entry) for entry in held}
    except Refused as refused:
        return Unpacked(troubles=(refused.trouble,))
    large = [entry for entry in found if entry.size > caps.entry]
    return Unpacked(contents, (*troubles, *(_too_large(entry, caps) for entry in large)))


def opened(data: bytes | Path | BinaryIO) -> AbstractContextManager[BinaryIO]:
    """The bytes as a stream; a file is closed at the end, a stream is left to its owner.

    Raises:
        InputError: There is no such file, or it cannot be read.
    """
    if isinstance(data, bytes):
        return BytesIO(data)
    if not isinstance(data, Path):
        return nullcontext(data)
    try:
        if not data.is_file():
            what = "this is no file" if data.exists() else "no such file"
            raise InputError(what, where=str(data), remedy="look at the name and the folder")
        return data.open("rb")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"cannot be read: {why}", where=str(data), remedy="look at its permissions"
        ) from None


def looked_at(stream: BinaryIO, caps: Caps) -> tuple[list[Entry], tuple[Trouble, ...]]:
    """The archive's files, folders left out, with what is odd about their names; no content is read.

    Raises:
        Refused: The archive is not to be read.
    """
    listing = entries(stream, caps.entries)
    for entry in listing:
        refuse(entry, caps)
    found = [entry for entry in listing if not entry.is_folder]
    return found, _name_troubles(found)


def refuse(entry: Entry, caps: Caps) -> None:
    """Returns where the entry's name, kind and sizes may be what they are.

    Raises:
        Refused: Its kind is not read, its name leads out of the archive or is none, or so little holds so much only
            in a bomb.
    """
    if entry.refusal is not None:
        raise entry.refusal
    name = entry.name
    if len(name) > _LONGEST_NAME:
        what = f"an entry's name has {len(name):,} characters; {_LONGEST_NAME:,} are taken"
        raise Refused("bad-name", what, AGAIN, name[:40])
    if "\0" in name or not (entry.is_folder or name_of(entry).strip()):
        raise Refused("bad-name", "this entry's name is empty or holds a zero byte", AGAIN, name)
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        what = "this entry's name leads out of the archive"
        raise Refused("unsafe-path", what, "zip the three files alone, without their folders", name)
    if entry.size > _NO_BOMB and entry.size > caps.ratio * entry.packed:
        what = f"this entry claims {entry.size:,} bytes made from {entry.packed:,}, as bombs do"
        raise Refused("bomb", what, AGAIN, name)


def name_of(entry: Entry) -> str:
    """The entry's name, with the folders in it separated by single `/`."""
    return "/".join(part for part in entry.name.split("/") if part not in ("", "."))


def _content(stream: BinaryIO, entry: Entry) -> bytes:
    content = BytesIO()  # hands over what it holds without a second copy
    content.writelines(pieces(stream, entry))
    return content.getvalue()


def _refuse_too_much(held: Iterable[Entry], caps: Caps) -> None:
    total = sum(entry.size for entry in held)
    if total > caps.total:
        what = f"the archive holds {total / MIB:,.0f} MiB; {caps.total // MIB:,} MiB are taken"
        raise Refused("too-large", what, "hand in the three files alone, with fewer pictures in the notebook")


def _too_large(entry: Entry, caps: Caps) -> Trouble:
    what = f"this file has {entry.size / MIB:,.0f} MiB; up to {caps.entry // MIB:,} MiB are read"
    return Trouble(
        "archive.entry-too-large", Level.WARNING, what, name_of(entry), "leave it out, or make it smaller"
    )


def _name_troubles(found: Sequence[Entry]) -> tuple[Trouble, ...]:
    """What is odd about the names.

    Raises:
        Refused: Two entries have one name.
    """
    seen: dict[str, list[str]] = defaultdict(list)
    for entry in found:
        name = name_of(entry)
        seen[unicodedata.normalize("NFC", name).casefold()].append(name)
    troubles: list[Trouble] = []
    for names in seen.values():
        if len(set(names)) < len(names):
            what = f"{count(len(names), 'entry', 'entries')} have one name, and programs differ in which they show"
            raise Refused("duplicate-name", what, AGAIN, names[0])
        if len(names) > 1:
            what = f"{listed(names)} are one name on Windows and macOS"
            troubles.append(Trouble("archive.colliding-names", Level.WARNING, what, names[0], AGAIN))
    odd = [name_of(entry) for entry in found if _is_odd(entry.name)]
    if odd:
        what = (
            f"names with characters that are not seen, or accents apart from their letters: {listed(odd, 3)}"
        )
        troubles.append(Trouble("archive.odd-name", Level.NOTE, what, odd[0], "use plain letters"))
    return tuple(troubles)


def _is_odd(name: str) -> bool:
    return not unicodedata.is_normalized("NFC", name) or bool(_ODD.search(name))
