"""An entry of a zip → its content, piece by piece, held against what the zip says of it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from grading.hand_in.zip_end import AGAIN, Refused
from grading.hand_in.zip_records import STORED, Entry

_PIECE = 256 * 1024


def pieces(stream: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """The entry's content, piece by piece; what it was is known when the last one is taken.

    Raises:
        Refused: The content is longer, shorter or other than the archive says.
    """
    given = crc = 0
    for piece in _stored(stream, entry) if entry.method == STORED else _inflated(stream, entry):
        given += len(piece)
        if given > entry.size:
            raise _lies(entry)
        crc = zlib.crc32(piece, crc)
        yield piece
    if given != entry.size:
        raise _lies(entry)
    if crc != entry.crc:
        raise Refused("checksum", "this entry's checksum is wrong: the archive is damaged", AGAIN, entry.name)


def _lies(entry: Entry) -> Refused:
    return Refused(
        "size-lies", f"this entry is not of the {entry.size:,} bytes that it claims", AGAIN, entry.name
    )


def _stored(stream: BinaryIO, entry: Entry) -> Iterator[bytes]:
    stream.seek(entry.start)
    left = entry.packed
    while left:
        piece = stream.read(min(left, _PIECE))
        if not piece:
            raise Refused("damaged", "this entry is cut off", AGAIN, entry.name)
        left -= len(piece)
        yield piece


def _inflated(stream: BinaryIO, entry: Entry) -> Iterator[bytes]:
    if not entry.packed and not entry.size:
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    taken = 0
    try:
        for piece in _stored(stream, entry):
            taken += len(piece)
            waiting = piece
            while waiting and not inflate.eof:
                yield inflate.decompress(waiting, _PIECE)
                waiting = inflate.unconsumed_tail
            if inflate.eof:
                break
        # what the last piece gave may stand in zlib's own window still
        while not inflate.eof and (rest := inflate.decompress(b"", _PIECE)):
            yield rest
    except zlib.error:
        raise Refused("damaged", "this entry's compressed data is damaged", AGAIN, entry.name) from None
    if not inflate.eof or inflate.unused_data or taken != entry.packed:
        raise Refused("damaged", "this entry's compressed data ends too early or too late", AGAIN, entry.name)
