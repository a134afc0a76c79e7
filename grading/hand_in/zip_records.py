"""A zip's own records → its entries, each in a stretch of bytes of its own; nothing is decompressed here.

The file's end says where the directory lies, the directory says where the entries lie, and every entry repeats in a
header of its own what the directory said. Programs that read zips disagree where these disagree, and that is how one
file shows two contents; so whatever disagrees, overlaps or lies outside is refused.

Source: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 to 4.5.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import BinaryIO

from grading.hand_in.zip_end import AGAIN, Refused, damaged, find_end, read_at

STORED, DEFLATED = 0, 8

_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FULL32 = 0xFFFFFFFF
_ZIP64 = 0x0001
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_LATER = 0x0008
"""Sizes and checksum follow the data, as programs write them that cannot go back."""
_UTF8 = 0x0800
_SECTION = 0xF000
_MOST_EMPTY = 1024
"""Compressed bytes of a folder: they hold nothing."""
_METHODS = {
    1: "Shrink",
    6: "Implode",
    9: "Deflate64",
    12: "bzip2",
    14: "LZMA",
    93: "Zstandard",
    95: "xz",
    98: "PPMd",
}
_KINDS = {
    0x1000: "a named pipe", 0x2000: "a device", 0x6000: "a device", 0xA000: "a symbolic link", 0xC000: "a socket"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    r"""One entry, as the directory and its own header say in agreement.

    Attributes:
        name: As written, `\` made `/`; hostile.
        crc: CRC-32 of the content.
        packed: Bytes in the archive.
        size: Bytes of the content, as the archive says.
        start: Where its bytes begin in the file.
        refusal: Why its content is not to be read, though the archive around it may be; None: it may be.
    """

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int
    refusal: Refused | None = field(default=None, compare=False)

    @property
    def is_folder(self) -> bool:
        """Whether it is only a folder."""
        return self.name.endswith("/")


@dataclass(frozen=True, slots=True)
class _Listed:
    """An entry of the directory."""

    entry: Entry
    raw_name: bytes
    flags: int
    header: int


def entries(stream: BinaryIO, most: int) -> tuple[Entry, ...]:
    """The archive's entries in the order of its directory.

    Args:
        stream: That can be sought.
        most: Entries that are listed.

    Raises:
        Refused: It is no zip, more than one reading of it is possible, or it holds more or other than is taken.
    """
    end = find_end(stream)
    if end.entries > most:
        raise Refused(
            "too-many-entries",
            f"the archive holds {end.entries:,} entries; {most:,} are taken",
            "hand in the three files alone",
        )
    stream.seek(end.start)
    listed = list(_directory(stream.read(end.size), end.entries))
    found = [_confirmed(stream, one, end.start) for one in listed]
    _refuse_overlaps(listed, found)
    return tuple(found)


def _directory(data: bytes, expected: int) -> Iterator[_Listed]:
    at = 0
    for _ in range(expected):
        if len(data) - at < _CENTRAL.size:
            raise damaged("the directory names fewer entries than it says")
        record = _CENTRAL.unpack_from(data, at)
        name_at = at + _CENTRAL.size
        extra_at = name_at + record[10]
        at = extra_at + record[11] + record[12]
        if record[0] != b"PK\1\2" or at > len(data):
            raise damaged("the directory is damaged")
        yield _listed(record, data[name_at:extra_at], data[extra_at : extra_at + record[11]])
    if at != len(data):
        raise damaged("the directory names more entries than it says")


def _listed(record: tuple[int, ...], raw_name: bytes, extra: bytes) -> _Listed:
    flags, method, crc = record[3], record[4], record[7]
    name = _name(raw_name, flags)
    refusal = _refusal(record, name)
    wanted = (record[9], record[8], record[16])
    size, packed, header = _zip64(wanted, extra, name) if _FULL32 in wanted else wanted
    if method == STORED and packed != size and refusal is None:
        raise damaged("this entry's sizes disagree", name)
    if name.endswith("/") and (size or packed > _MOST_EMPTY):
        raise damaged("this entry is a folder and has a content", name)
    return _Listed(Entry(name, method, crc, packed, size, 0, refusal), raw_name, flags, header)


def _refusal(record: tuple[int, ...], name: str) -> Refused | None:
    """Why the content of an entry that is sound otherwise is not read."""
    made_by, flags, method = record[1], record[3], record[4]
    if flags & _ENCRYPTED:
        return Refused("encrypted", "this entry is encrypted", "hand in a zip without a password", name)
    if method not in (STORED, DEFLATED):
        how = _METHODS.get(method, f"number {method}")
        return Refused("compression", f"this entry is compressed by {how}; only Deflate is read", AGAIN, name)
    kind = _KINDS.get((record[15] >> 16) & _SECTION)
    if kind and made_by >> 8 in (3, 19):  # Unix and macOS alone write modes there
        return Refused("special-file", f"this entry is {kind}, not a file", "hand in the file itself", name)
    return None


def _zip64(values: tuple[int, ...], extra: bytes, name: str) -> tuple[int, int, int]:
    """Size, packed size and place, those that are full read from the 64-bit field, in this order."""
    field = _field(extra, _ZIP64)
    found: list[int] = []
    for value in values:
        if value == _FULL32 and len(field) >= 8:
            value, field = int.from_bytes(field[:8], "little"), field[8:]
        elif value == _FULL32:
            raise damaged("this entry's 64-bit sizes are missing", name)
        found.append(value)
    size, packed, header = found
    return size, packed, header


def _field(extra: bytes, kind: int) -> bytes:
    at = 0
    while at + 4 <= len(extra):
        found, length = struct.unpack_from("<2H", extra, at)
        if found == kind:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


def _name(raw: bytes, flags: int) -> str:
    r"""The name as text: UTF-8 where it says so or can be, else IBM's code page 437; `\` is Windows' `/`."""
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("utf-8", "replace") if flags & _UTF8 else raw.decode("cp437")
    return name.replace("\\", "/")


def _confirmed(stream: BinaryIO, listed: _Listed, directory: int) -> Entry:
    """The entry with its place, after its own header said the same as the directory."""
    entry = listed.entry
    if listed.header + _LOCAL.size > directory:
        raise damaged("this entry lies outside of the archive", entry.name)
    record = _LOCAL.unpack(read_at(stream, listed.header, _LOCAL.size))
    rest = read_at(stream, listed.header + _LOCAL.size, record[9] + record[10])
    start = listed.header + _LOCAL.size + len(rest)
    if record[0] != b"PK\3\4" or start + entry.packed > directory:
        raise damaged("this entry lies outside of the archive", entry.name)
    if rest[: record[9]] != listed.raw_name or (record[2] ^ listed.flags) & (_ENCRYPTED | _UTF8):
        raise _two_readings(entry.name)
    if record[3] != entry.method:
        raise _two_readings(entry.name)
    crc, packed, size = record[6:9]
    if _FULL32 in (packed, size):
        size, packed, _ = _zip64((size, packed, 0), rest[record[9] :], entry.name)
    later = record[2] & _LATER
    said, known = (crc, packed, size), (entry.crc, entry.packed, entry.size)
    if any(one != other and not (later and one == 0) for one, other in zip(said, known, strict=True)):
        raise _two_readings(entry.name)
    return replace(entry, start=start)


def _two_readings(name: str) -> Refused:
    what = "the archive says two different things about this entry"
    return Refused("inconsistent", what, AGAIN, name)


def _refuse_overlaps(listed: Sequence[_Listed], found: Sequence[Entry]) -> None:
    spans = sorted(
        (one.header, entry.start + entry.packed, entry.name) for one, entry in zip(listed, found, strict=True)
    )
    for before, after in pairwise(spans):
        if after[0] < before[1]:
            raise Refused(
                "overlapping", "this entry shares its bytes with another one, as bombs do", AGAIN, after[2]
            )
