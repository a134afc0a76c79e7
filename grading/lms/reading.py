"""A grading worksheet's bytes → its participants."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grading.lms import headers
from grading.lms.headers import Field
from grading.lms.localisation import folded, known, parse_number, parse_time
from grading.lms.types import Participant, Worksheet
from quality.errors import InputError
from quality.reports.escape import visible
from quality.table import Dialect, delimited
from quality.table.encoding import decode
from quality.table.types import at
from quality.wording import cut

_MOST_BYTES = 64_000_000
"""A worksheet of 10,000 participants, Moodle's limit of a table, with 6,000 bytes each."""


def read(path: Path, language: str, zone: str, renamed: Mapping[str, str] | None = None) -> Worksheet:
    """The worksheet in that file.

    Args:
        language: Of the site when it was downloaded: `en` or `tr`.
        zone: IANA name of the zone in which the site showed times.
        renamed: A column's key (`headers.Field`) → what this site calls it, where it is not Moodle's own string.

    Raises:
        InputError: The file cannot be read, a column that Moodle needs is missing or doubled, or a cell holds no time,
            number or yes or no in that language.
        ConfigError: No such language or zone, or the headers are another language's.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        remedy = "name the grading worksheet that Moodle made"
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), remedy=remedy) from None
    except ValueError:  # a path with a NUL in it
        raise InputError("is no file", remedy="name the grading worksheet that Moodle made") from None
    return parse(data, path, language, zone, renamed)


def parse(
    data: bytes, path: Path, language: str, zone: str, renamed: Mapping[str, str] | None = None
) -> Worksheet:
    """As `read`, from bytes; the path names them in errors."""
    where = str(path)
    again = "download the worksheet again, and do not save it in a spreadsheet program"
    if len(data) > _MOST_BYTES:
        raise InputError(f"is larger than {_MOST_BYTES:,} bytes", where=where, remedy=again)
    decoded = decode(data, path)
    if decoded.encoding != "utf-8":
        raise InputError("is not UTF-8, as Moodle writes and reads it", where=where, remedy=again)
    called = headers.names(known(language), renamed)
    sheet = delimited.parse(decoded.text, path, [name for names in called.values() for name in names])
    columns = tuple(sheet.records[sheet.head].cells)
    fields = headers.found(columns, language, renamed, at(path, sheet.records[sheet.head].line))
    reader = _Reader(path, fields, language, zone)
    rows = enumerate(sheet.records[sheet.head + 1 :], start=sheet.head + 2)
    return Worksheet(
        path=path,
        participants=tuple(
            reader.participant(record, number, len(columns))
            for number, record in rows
            if any(cell.strip() for cell in record.cells)
        ),
        columns=columns,
        fields=fields,
        dialect=Dialect("utf-8", decoded.bom, sheet.delimiter, sheet.quoted),
        language=language,
        zone=zone,
        renamed=dict(renamed or {}),
        source=data,
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Cells → values; what a cell does not hold is refused with its place."""

    path: Path
    fields: Mapping[Field, int]
    language: str
    zone: str

    def participant(self, record: delimited.Record, number: int, width: int) -> Participant:
        where = at(self.path, record.line)
        cells = tuple(record.cells)
        if len(cells) != width:
            what = f"{len(cells)} cells where the header has {width}"
            raise InputError(what, where=where, remedy="download the worksheet again")
        identifier = self.text(cells, Field.IDENTIFIER).strip()
        if not identifier:
            remedy = "download the worksheet again"
            raise InputError("the row has no identifier", where=where, remedy=remedy)
        try:
            return self.valued(cells, number, identifier)
        except InputError as error:
            raise InputError(error.what, where=where, remedy=error.remedy) from None

    def valued(self, cells: Sequence[str], number: int, identifier: str) -> Participant:
        status = self.text(cells, Field.STATUS)
        scale = Field.SCALE in self.fields
        return Participant(
            identifier=identifier,
            name=self.text(cells, Field.NAME).strip(),
            email=self.text(cells, Field.EMAIL).strip(),
            group=self.group(self.text(cells, Field.GROUP)),
            status=status,
            submitted=self.time(self.text(cells, Field.SUBMITTED)),
            maximum=parse_number(self.text(cells, Field.MAXIMUM), self.language),
            locked=not self.changeable(self.text(cells, Field.CHANGEABLE)),
            cells=tuple(cells),
            extension=self.time(_after(status, headers.EXTENDED[self.language])),
            grade=None if scale else parse_number(self.text(cells, Field.GRADE), self.language),
            graded=self.time(self.text(cells, Field.GRADED)),
            comments=self.text(cells, Field.COMMENTS),
            row=number,
        )

    def text(self, cells: Sequence[str], field: Field) -> str:
        place = self.fields.get(field)
        return "" if place is None else cells[place]

    def time(self, text: str) -> datetime | None:
        return parse_time(text, self.language, self.zone)

    def group(self, cell: str) -> str:
        plain = unicodedata.normalize("NFC", cell.strip())
        return "" if folded(plain, self.language) in headers.NO_GROUP else plain

    def changeable(self, cell: str) -> bool:
        if not (plain := cell.strip()):
            return True
        if (answer := headers.CHANGEABLE.get(folded(plain, self.language))) is None:
            raise InputError(
                f"`{visible(cut(plain, 40))}` says neither that the grade can be changed nor that it cannot",
                remedy="download the worksheet again, with the site in English or Turkish",
            )
        return answer


def _after(status: str, marker: str) -> str:
    """What follows the words in the status, up to its end; "" where they are not in it."""
    _, found, rest = status.partition(marker)
    return rest.strip().removeprefix(":").strip() if found else ""
