"""The end of a zip: where its directory lies, and that it is a zip at all.

Source: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from grading.model import Level, Trouble

AGAIN = "zip the files anew with your system's own program, and hand that in"

_END = struct.Struct("<4s4H2LH")
_END64_AT = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_MOST_COMMENT = 0xFFFF
_MOST_DIRECTORY = 16 * 2**20
"""Bytes of the directory that are read: 20,000 entries with names of 200 letters are 5 MiB."""
_SIGNATURES = (
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"%PDF", "a PDF document"),
    (b"<", "a web page, perhaps the page that asks to log in"),
    (b"{", "JSON, perhaps the notebook itself"),
)


class Refused(Exception):
    """An archive that is not unpacked; whoever reads one makes a trouble of it."""

    def __init__(self, code: str, what: str, remedy: str = AGAIN, file: str = "") -> None:
        super().__init__(what)
        self.trouble = Trouble(f"archive.{code}", Level.ERROR, what, file, remedy)


@dataclass(frozen=True, slots=True)
class End:
    """What the records at the file's end say.

    Attributes:
        entries: How many the directory has.
        size: Bytes of the directory.
        start: Where it begins.
        at: Where these records begin.
    """

    entries: int
    size: int
    start: int
    at: int


def damaged(what: str, file: str = "") -> Refused:
    """To raise where the archive contradicts itself or ends too early."""
    return Refused("damaged", what, AGAIN, file)


def find_end(stream: BinaryIO) -> End:
    """What the last record says; the file has to end with it, and the directory has to end where it begins.

    Raises:
        Refused: It is no zip, is cut off, or says two things.
    """
    length = stream.seek(0, 2)
    tail_at = max(0, length - _END.size - _MOST_COMMENT)
    stream.seek(tail_at)
    tail = stream.read(length - tail_at)
    place = tail.rfind(b"PK\5\6", 0, max(0, len(tail) - _END.size + 4))
    if place < 0:
        raise _no_zip(stream, length)
    _, disk, first_disk, here, entries, size, start, comment = _END.unpack_from(tail, place)
    if place + _END.size + comment != len(tail):
        raise damaged("the archive goes on behind its end, or its end is cut off")
    if disk not in (0, _FULL16) or first_disk not in (0, _FULL16) or here != entries:
        raise Refused("in-parts", "this is one part of an archive in several parts", "make one single zip")
    end = _widened(stream, End(entries, size, start, tail_at + place))
    if end.start + end.size != end.at:
        raise damaged("the directory is not where the archive's end says that it is")
    if end.size > _MOST_DIRECTORY:
        raise Refused("too-many-entries", "the archive's directory alone is larger than any hand-in needs")
    return end


def _no_zip(stream: BinaryIO, length: int) -> Refused:
    if not length:
        return Refused(
            "empty", "the file is empty: 0 bytes", "hand it in again; the upload may have been cut off"
        )
    stream.seek(0)
    start = stream.read(512)
    if start.startswith(b"PK\3\4"):
        return damaged("the archive is cut off: its end is missing")
    what = next((what for magic, what in _SIGNATURES if start.lstrip().startswith(magic)), "")
    if start[257:262] == b"ustar":
        what = "a tar archive"
    return Refused(
        "not-a-zip",
        f"the file is {what or 'something else'}, not a zip",
        "hand in a zip made by `grading pack`",
    )


def _widened(stream: BinaryIO, end: End) -> End:
    """The same from the 64-bit records, where there are some; numbers that had room have to be the same there."""
    at = end.at - _END64_AT.size
    if at < 0:
        return end
    magic, disk, record_at, disks = _END64_AT.unpack(read_at(stream, at, _END64_AT.size))
    if magic != b"PK\6\7":
        return end
    if disk or disks > 1 or record_at + _END64.size > at:
        raise damaged("the archive's 64-bit records are damaged")
    record = _END64.unpack(read_at(stream, record_at, _END64.size))
    if record[0] != b"PK\6\6" or record_at + 12 + record[1] != at or record[6] != record[7]:
        raise damaged("the archive's 64-bit records are damaged")
    wide = End(entries=record[7], size=record[8], start=record[9], at=record_at)
    numbers = (
        (end.entries, wide.entries, _FULL16),
        (end.size, wide.size, _FULL32),
        (end.start, wide.start, _FULL32),
    )
    if any(narrow not in (number, full) for narrow, number, full in numbers):
        raise Refused("inconsistent", "the archive's end says two different things")
    return wide


def read_at(stream: BinaryIO, at: int, size: int) -> bytes:
    """So many bytes from that place.

    Raises:
        Refused: There are fewer.
    """
    stream.seek(at)
    data = stream.read(size)
    if len(data) != size:
        raise damaged("the archive is cut off")
    return data
