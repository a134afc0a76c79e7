"""Canvas's gradebook CSV as exported.

    Student | LastName, FirstName; ID; [SIS User ID]; SIS Login ID; …; Section; …; <assignment> (<id>); …
    a row of `Manual Posting`, where an assignment posts by hand
        Points Possible
    the students; the test student is last

Source: Canvas's exporter and importer, `lib/gradebook_exporter.rb` and `lib/gradebook_importer.rb`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grading.lms.localisation import known, parse_number
from quality.errors import InputError
from quality.table import Dialect, delimited
from quality.table.encoding import decode
from quality.table.types import at
from quality.wording import count

AGAIN = "export the gradebook in Canvas again: Grades → Export → Export Entire Gradebook"
_MOST_BYTES = 64_000_000
"""As of a worksheet: a gradebook has a row for each student, and a cell for each of their grades."""
_POINTS = "Points Possible"
_MANUAL = re.compile(r"\s*(?:Muted|Manual Posting.*)?\s*", re.IGNORECASE | re.DOTALL)
_ASSIGNMENT = re.compile(r"(?P<title>.*) \((?P<id>[0-9]{1,19})\)", re.DOTALL)
_TEST_STUDENTS = frozenset({"student, test", "test student"})
_TEST_LOGIN = re.compile(r"[0-9a-f]{40}|")


@dataclass(frozen=True, slots=True)
class Student:
    """One row. Its texts are other people's: whoever shows them escapes them.

    Attributes:
        id: Canvas's number of the user.
        row: Number of the record; the header has 1.
    """

    id: str
    name: str = field(repr=False)
    login: str = field(repr=False)
    sis_id: str = field(repr=False)
    section: str
    row: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A column of grades.

    Attributes:
        column: Its place in the row.
        header: Title and number, as the file has them.
        most: Points possible; None where Canvas names none.
    """

    column: int
    header: str
    title: str
    id: str
    most: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Gradebook:
    """The file as exported. The test student is none of the students."""

    path: Path
    students: tuple[Student, ...]
    assignments: tuple[Assignment, ...]
    columns: tuple[str, ...]
    dialect: Dialect
    language: str
    source: bytes = field(repr=False)


def read(path: Path, language: str) -> Gradebook:
    """The gradebook in that file.

    Args:
        language: Of the Canvas user who exported it; decimals follow it.

    Raises:
        InputError: The file cannot be read, or is no gradebook as Canvas exports it.
        ConfigError: No such language.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), remedy=AGAIN) from None
    if len(data) > _MOST_BYTES:
        raise InputError(f"is larger than {_MOST_BYTES:,} bytes", where=str(path), remedy=AGAIN)
    return parse(data, path, language)


def parse(data: bytes, path: Path, language: str) -> Gradebook:
    """As `read`, from bytes; the path names them in errors."""
    decoded = decode(data, path)
    if decoded.encoding != "utf-8":
        raise InputError("is not UTF-8, as Canvas writes it", where=str(path), remedy=AGAIN)
    sheet = delimited.parse(decoded.text, path, ("Student", "ID", "SIS Login ID", "Section"))
    header = sheet.records[sheet.head].cells
    points, body = _parts(sheet.records, sheet.head, path)
    places = _places(header, path)
    return Gradebook(
        path=path,
        students=tuple(_students(body, places)),
        assignments=tuple(_assignments(header, points, places["Section"], known(language))),
        columns=tuple(header),
        dialect=Dialect("utf-8", decoded.bom, sheet.delimiter, sheet.quoted),
        language=language,
        source=data,
    )


_Numbered = tuple[int, delimited.Record]


def _parts(
    records: Sequence[delimited.Record], head: int, path: Path
) -> tuple[Sequence[str], list[_Numbered]]:
    """The row of points possible, and the numbered rows of students."""
    width = len(records[head].cells)
    points: Sequence[str] | None = None
    body: list[_Numbered] = []
    for number, record in enumerate(records[head + 1 :], start=head + 2):
        if all(_MANUAL.fullmatch(cell) for cell in record.cells):
            continue
        if len(record.cells) != width:
            what = f"{count(len(record.cells), 'cell')} where the header has {width}"
            raise InputError(what, where=at(path, record.line), remedy=AGAIN)
        if points is None:
            points = record.cells
        else:
            body.append((number, record))
    if points is None or points[0].strip() != _POINTS:
        what = f"the row `{_POINTS}` does not stand above the students"
        raise InputError(what, where=str(path), remedy=AGAIN)
    return points, body


def _places(header: Sequence[str], path: Path) -> dict[str, int]:
    """Where the columns about students stand; every one is there once."""
    names = ("LastName", "FirstName") if header[0] == "LastName" else ("Student",)
    places: dict[str, int] = {}
    for name in (*names, "ID", "SIS Login ID", "Section"):
        if header.count(name) != 1:
            times = "twice" if name in header else "not there"
            raise InputError(f"the column `{name}` is {times}", where=at(path, 1), remedy=AGAIN)
        places[name] = header.index(name)
    if header.count("SIS User ID") == 1:
        places["SIS User ID"] = header.index("SIS User ID")
    return places


def _students(body: Sequence[_Numbered], places: Mapping[str, int]) -> Iterator[Student]:
    for number, record in body:
        cells = record.cells

        def cell(name: str, cells: Sequence[str] = cells) -> str:
            return cells[places[name]].strip() if name in places else ""

        name = cell("Student") or ", ".join(filter(None, (cell("LastName"), cell("FirstName"))))
        if name.casefold() in _TEST_STUDENTS and _TEST_LOGIN.fullmatch(cell("SIS Login ID")):
            continue
        yield Student(
            id=cell("ID"),
            name=name,
            login=cell("SIS Login ID"),
            sis_id=cell("SIS User ID"),
            section=cell("Section"),
            row=number,
            cells=tuple(cells),
        )


def _assignments(
    header: Sequence[str], points: Sequence[str], after: int, language: str
) -> Iterator[Assignment]:
    for column, name in enumerate(header):
        match = _ASSIGNMENT.fullmatch(name.strip())
        if column <= after or not match:
            continue
        try:
            most = parse_number(points[column], language)
        except InputError:  # `(read only)`: a total, whose period is called such as `2026`
            continue
        yield Assignment(column, name.strip(), match["title"], match["id"], most)
