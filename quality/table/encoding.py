"""Bytes → text: UTF-8, UTF-16 and Windows-1252 are read; what is no text at all is named for what it is."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from quality.errors import InputError
from quality.table.types import at

_EXPORT = "open it in the spreadsheet program and export it as CSV (Google Sheets: File → Download → CSV)"

_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (XLS)", _EXPORT),
    (b"%PDF", "a PDF document", "export the sheet itself as CSV"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x89PNG", "a picture (PNG)", "name the sheet's CSV"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "name the sheet's CSV"),
    (b"SQLite format 3", "an SQLite database", "export the table as CSV"),
    (b"{\\rtf", "an RTF document", "export the sheet itself as CSV"),
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)

_PAGE = re.compile(r"[\s\ufeff]*<(?:!doctype|html|head|body|script|meta|title|\?xml|!--)", re.IGNORECASE)

_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LONG_RUN = re.compile(rb"[\xc0-\xff]{4}")
"""Four accented letters in a row: no Western language has them, text in Cyrillic, Greek, Chinese … does."""

LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and how it was encoded."""

    text: str
    encoding: str
    bom: bytes = b""
    notes: tuple[str, ...] = ()


def decode(data: bytes, path: Path) -> Decoded:
    """The file's text, without its byte order mark.

    Raises:
        InputError: Not text, empty, NUL bytes, or an encoding that cannot be told for sure.
    """
    reject_signatures(data, path)
    decoded = _decode(data, path)
    if not decoded.text.strip():
        raise InputError(
            "the file is empty", where=str(path), remedy="export the sheet again, its header included"
        )
    if _PAGE.match(decoded.text[:2000]):
        raise InputError(
            "this is a web page or XML, not a table, perhaps a log-in page that was saved in its place",
            where=at(path, 1),
            remedy="log in and download the file again, then look at it in a text editor",
        )
    nul = decoded.text.find("\0")
    if nul >= 0:
        raise InputError(
            "a NUL byte: the file is damaged or is no text",
            where=at(path, line_of(decoded.text, nul)),
            remedy="export it again; a file that was cut off while copying often ends so",
        )
    return decoded


def reject_signatures(data: bytes, path: Path) -> None:
    """Raises `InputError` when the file begins as a workbook, an archive, a picture or a document does."""
    if data.startswith(b"PK\x03\x04"):
        if b"xl/" in data or b"opendocument.spreadsheet" in data[:200]:
            raise _is("a spreadsheet workbook (XLSX or ODS)", _EXPORT, path)
        raise _is("a zip archive", "unpack it first", path)
    for magic, what, remedy in _SIGNATURES:
        if data.startswith(magic):
            raise _is(what, remedy, path)


def _is(what: str, remedy: str, path: Path) -> InputError:
    return InputError(f"this is {what}, whatever its name says", where=str(path), remedy=remedy)


def line_of(text: str, position: int) -> int:
    """The physical line, from 1, of that code point; CRLF, LF and CR each end one."""
    return 1 + sum(1 for _ in LINE_END.finditer(text, 0, position))


def _decode(data: bytes, path: Path) -> Decoded:
    for bom, encoding, name in _BOMS:
        if data.startswith(bom):
            notes = () if encoding == "utf-8" else (f"read as {name}",)
            return Decoded(_strict(data[len(bom) :], encoding, path), encoding, bom, notes)
    wide = _utf16_without_bom(data)
    if wide:
        return Decoded(_strict(data, wide, path), wide, b"", ("read as UTF-16 without a byte order mark",))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _as_windows_1252(data, path, error)


def _strict(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        good = data[: error.start].decode(encoding, "replace")
        raise _not_text(path, line_of(good, len(good)), encoding.upper()) from None


def _utf16_without_bom(data: bytes) -> str | None:
    """ASCII in UTF-16 has a NUL in every other byte, and the header is ASCII."""
    head = data[:64]
    if len(data) % 2 or len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.4 and not even:
        return "utf-16-le"
    if even > len(head) * 0.4 and not odd:
        return "utf-16-be"
    return None


def _as_windows_1252(data: bytes, path: Path, error: UnicodeDecodeError) -> Decoded:
    """Windows-1252 where nothing speaks for a damaged UTF-8 file or another alphabet."""
    line = 1 + len(re.findall(rb"\r\n?|\n", data[: error.start]))
    if b"\0" in data or _UTF8_PAIR.search(data) or _LONG_RUN.search(data):
        raise _not_text(path, line, "UTF-8")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise _not_text(path, line, "UTF-8") from None
    note = (
        f"not UTF-8 (first on line {line}): read as Windows-1252; save it as UTF-8 to be sure of every letter"
    )
    return Decoded(text, "cp1252", b"", (note,))


def _not_text(path: Path, line: int, encoding: str) -> InputError:
    return InputError(
        f"not valid {encoding}, and no other encoding fits the whole file",
        where=at(path, line),
        remedy="export it again as UTF-8 (Excel: Save as → CSV UTF-8); perhaps two encodings were mixed",
    )
