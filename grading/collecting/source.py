"""What the teaching assistant downloaded, a zip or a folder → its files, one open at a time.

The outer zip can have gigabytes and is read piece by piece; a large file in it goes to a temporary one on disk.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NoReturn

from grading.hand_in import archive
from grading.hand_in.archive import OUTER
from grading.hand_in.zip_content import pieces
from grading.hand_in.zip_end import Refused
from grading.hand_in.zip_records import Entry, entries
from grading.model import Level, Trouble
from quality.errors import InputError

_IN_MEMORY = 8 * 2**20
"""Bytes of a file of the outer zip that are held; more go to disk."""
_MOST_FILES = 20_000
_DEEPEST = 6
"""Folders below the one that was named."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the download.

    Attributes:
        path: Its folders and its name; hostile.
        mark: What tells it from other contents where it cannot be read, hex.
        trouble: Why it is not read; None: it is.
        read: Hands over its bytes, piece by piece. `Refused` and `OSError` say that they cannot be had.
    """

    path: tuple[str, ...]
    size: int
    mark: str = field(repr=False)
    read: Callable[[], Iterator[bytes]] = field(repr=False)
    trouble: Trouble | None = None

    @property
    def name(self) -> str:
        """Without folders."""
        return self.path[-1]

    @property
    def is_zip(self) -> bool:
        """Whether it says that it is one."""
        return self.name.casefold().endswith(".zip")

    @contextmanager
    def opened(self) -> Generator[BinaryIO]:
        """The file, to be sought in.

        Raises:
            Refused: The outer zip is damaged here.
            OSError: It cannot be read.
        """
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as stream:
            stream.writelines(self.read())
            stream.seek(0)
            yield stream  # pyright: ignore[reportReturnType] - a file in all but its declared type


@contextmanager
def opened(source: Path) -> Generator[tuple[Part, ...]]:
    """The files of a zip or of a folder, in the order of their names.

    Raises:
        InputError: It is neither, or the zip cannot be read.
    """
    if source.is_dir():
        yield _folder(source)
        return
    with archive.opened(source) as stream:
        try:
            found = entries(stream, OUTER.entries)
        except Refused as refused:
            trouble = refused.trouble
            raise InputError(
                trouble.what,
                where=str(source),
                remedy="name the zip that the LMS made, or a folder of hand-ins",
            ) from None
        yield tuple(sorted((_entry(stream, one) for one in found if not one.is_folder), key=lambda p: p.path))


def whole(source: Path) -> Part:
    """The file itself as the one file of a download."""
    return _file(source, (source.name,))


def _entry(stream: BinaryIO, entry: Entry) -> Part:
    trouble = None
    try:
        archive.refuse(entry, OUTER)
    except Refused as refused:
        trouble = refused.trouble
    return Part(
        path=tuple(archive.name_of(entry).split("/")),
        size=entry.size,
        mark=_mark(entry.crc, entry.packed, entry.size),
        read=lambda: pieces(stream, entry),
        trouble=trouble or _too_large(entry.size),
    )


def _folder(folder: Path) -> tuple[Part, ...]:
    """Its files, those of its folders too; links and hidden files are passed over."""
    try:
        return _walked(folder)
    except OSError as error:
        _unreadable(error)


def _walked(folder: Path) -> tuple[Part, ...]:
    found: list[Part] = []
    for where, folders, names in os.walk(folder, onerror=_unreadable):
        below = Path(where).relative_to(folder).parts
        folders[:] = (
            sorted(name for name in folders if not name.startswith(".")) if len(below) < _DEEPEST else []
        )
        paths = (Path(where, name) for name in sorted(names) if not name.startswith("."))
        found += [
            _file(path, (*below, path.name)) for path in paths if path.is_file() and not path.is_symlink()
        ]
        if len(found) > _MOST_FILES:
            what = f"this folder holds more than {_MOST_FILES:,} files"
            raise InputError(what, where=str(folder), remedy="name the folder of the hand-ins")
    return tuple(sorted(found, key=lambda part: part.path))


def _unreadable(error: OSError) -> NoReturn:
    raise InputError(
        f"cannot be read: {error.strerror}",
        where=str(error.filename),
        remedy="look at the folder's permissions",
    ) from None


def _file(path: Path, parts: tuple[str, ...]) -> Part:
    def read() -> Iterator[bytes]:
        with path.open("rb") as stream:
            while piece := stream.read(256 * 1024):
                yield piece

    size = path.stat().st_size
    return Part(parts, size, _mark(size), read, _too_large(size))


def _too_large(size: int) -> Trouble | None:
    if size <= OUTER.entry:
        return None
    what = f"the file has {size / archive.MIB:,.0f} MiB; up to {OUTER.entry // archive.MIB:,} MiB are read"
    return Trouble("archive.too-large", Level.ERROR, what, remedy="hand in the three files alone")


def _mark(*numbers: int) -> str:
    return hashlib.sha256(repr(numbers).encode()).hexdigest()
