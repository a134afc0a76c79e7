"""A grading worksheet as read. Every cell is somebody else's text: whoever shows it escapes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from grading.lms.headers import Field
from quality.table import Dialect


@dataclass(frozen=True, slots=True)
class Participant:
    """One row of the worksheet.

    Attributes:
        identifier: As the cell has it, such as `Participant 123`.
        name: "" where marking is blind.
        email: "" where the site does not show it.
        group: Of a team assignment; "" where there is none, and for whom Moodle says that they are in none or many.
        status: As the cell has it, such as `Submitted for grading - 1 day 2 hours late`.
        submitted: When they last changed what they handed in, UTC, to the minute; None: never.
        maximum: The most points that Moodle takes; None on a scale, or where no column says.
        locked: Whether Moodle refuses to change the grade.
        cells: The text of every column.
        extension: Until when they may hand in, UTC; None: no extension.
        grade: Points that Moodle has now; None: none, or on a scale.
        graded: When Moodle's grade was last changed, UTC, to the minute; None: never.
        comments: The feedback comments that Moodle has now: HTML.
        row: Number of the record; the header has 1.
    """

    identifier: str
    name: str = field(repr=False)
    email: str = field(repr=False)
    group: str = field(repr=False)
    status: str
    submitted: datetime | None
    maximum: float | None
    locked: bool
    cells: tuple[str, ...] = field(repr=False)
    extension: datetime | None = None
    grade: float | None = None
    graded: datetime | None = None
    comments: str = field(default="", repr=False)
    row: int = 0

    @property
    def number(self) -> str:
        """The digits that the identifier ends in, as in the names of the folders of a feedback zip; "" without any."""
        match = re.search(r"[0-9]+\Z", self.identifier)
        return match.group() if match else ""


@dataclass(frozen=True, slots=True, eq=False)
class Worksheet:
    """The file as downloaded.

    Attributes:
        columns: Its own headers, in order.
        fields: Where the columns that are known here stand.
        dialect: How it writes text; always UTF-8.
        renamed: What this site calls columns that it renamed, by `Field`.
        source: Its bytes.
    """

    path: Path
    participants: tuple[Participant, ...]
    columns: tuple[str, ...]
    fields: Mapping[Field, int]
    dialect: Dialect
    language: str
    zone: str
    renamed: Mapping[str, str]
    source: bytes = field(repr=False)

    @property
    def scale(self) -> bool:
        """Whether the assignment is graded in words, not in points."""
        return Field.SCALE in self.fields

    @property
    def by_identifier(self) -> dict[str, list[Participant]]:
        """Identifier → the rows that bear it: one each, unless somebody edited the file."""
        rows: dict[str, list[Participant]] = {}
        for participant in self.participants:
            rows.setdefault(participant.identifier, []).append(participant)
        return rows
