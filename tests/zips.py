"""Zips as nobody's program makes them, byte by byte; and plain ones, always with the same bytes."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, replace

DATA = "CS412_HW4_Step1_Data.csv"
PREDICTIONS = "CS412_HW4_Step2_Predictions.csv"
NOTEBOOK = "CS412_HW4_Finetuning.ipynb"
HAND_IN = {
    DATA: b"id,instruction,output,fail_mode\n1,Say hi,Hi.,\n",
    PREDICTIONS: b"id,prediction\n1,Hi\n",
    NOTEBOOK: b"{}",
}
LATER, UTF8 = 0x0008, 0x0800


def plain(files, method=zipfile.ZIP_DEFLATED):
    """A good zip of these names and contents."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return made.getvalue()


@dataclass(frozen=True)
class Entry:
    """One entry with whatever its two headers shall say; None: the truth."""

    name: bytes
    content: bytes = b""
    method: int = 8
    flags: int = 0
    crc: int | None = None
    size: int | None = None
    packed: bytes | None = None
    local_name: bytes | None = None
    local_method: int | None = None
    local_size: int | None = None
    mode: int = 0o100644
    made_by: int = 3
    zip64: bool = False
    header: int | None = None
    """Where the directory says that the entry begins."""

    @property
    def data(self):
        if self.packed is not None:
            return self.packed
        return deflated(self.content) if self.method == 8 else self.content

    @property
    def sizes(self):
        size = len(self.content) if self.size is None else self.size
        return (zlib.crc32(self.content) if self.crc is None else self.crc), len(self.data), size

    def local(self):
        crc, packed, size = self.sizes
        size = size if self.local_size is None else self.local_size
        name = self.name if self.local_name is None else self.local_name
        method = self.method if self.local_method is None else self.local_method
        after = b""
        extra = struct.pack("<2H2Q", 1, 16, size, packed) if self.zip64 else b""
        if self.flags & LATER:
            after = b"PK\7\x08" + struct.pack("<3L", crc, packed, size)
            crc = packed = size = 0
        elif self.zip64:
            packed = size = 0xFFFFFFFF
        fixed = struct.pack(
            "<4s5H3L2H", b"PK\3\4", 20, self.flags, method, 0, 33, crc, packed, size, len(name), len(extra)
        )
        return fixed + name + extra + self.data + after

    def central(self, at):
        crc, packed, size = self.sizes
        at = at if self.header is None else self.header
        extra = b""
        if self.zip64:
            extra = struct.pack("<2H3Q", 1, 24, size, packed, at)
            packed = size = at = 0xFFFFFFFF
        fixed = struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", self.made_by << 8 | 20, 20, self.flags, self.method, 0, 33, crc, packed, size,
            len(self.name), len(extra), 0, 0, 0, self.mode << 16, at,
        )  # fmt: skip
        return fixed + self.name + extra


def made(*entries, count=None, before=b"", comment=b"", zip64=False, shift=0):
    """The zip of these entries; `count` is what its end says, `shift` moves where its end says the directory lies."""
    body, directory = before, b""
    for entry in entries:
        directory += entry.central(len(body))
        body += entry.local()
    number, at = len(entries) if count is None else count, len(body) + shift
    end = b""
    if zip64:
        record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, number, number, len(directory), at)
        end = record + struct.pack("<4sLQL", b"PK\6\7", 0, len(body) + len(directory), 1)
        number, at, length = 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF
    else:
        length = len(directory)
    end += struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, number & 0xFFFF, number & 0xFFFF, length, at, len(comment)
    )
    return body + directory + end + comment


def deflated(content):
    """As zip holds it."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(content) + squeeze.flush()


def bomb(mebibytes=1024):
    """One entry of zeros that says how large it is; a thousandth of it in bytes."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    block, crc, packed = bytes(2**20), 0, []
    for _ in range(mebibytes):
        packed.append(squeeze.compress(block))
        crc = zlib.crc32(block, crc)
    packed.append(squeeze.flush())
    return Entry(DATA.encode(), packed=b"".join(packed), size=mebibytes * 2**20, crc=crc)


def lying_bomb(mebibytes=1024, size=1000):
    """The same bomb that says it were small."""
    return replace(bomb(mebibytes), size=size)


def overlapping(number=1000):
    """Entries that are all made from the same bytes, as in Fifield's bomb."""
    kernel = Entry(b"0", bytes(100_000))
    return made(kernel, *(replace(kernel, name=str(n).encode(), header=0) for n in range(1, number)))
