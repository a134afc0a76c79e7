"""groups.csv, as the teaching assistant keeps it: who is in which group, and how many late days they have left.

    group,identifier,email,name,late_days_left,received
    Whales,Participant 123,ada@uni.example,Ada Lovelace,2,2026-11-30 23:58

One of identifier, email and name says who it is, one of the others what is told of them; the rest may be left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rapidfuzz import process

from grading.course.moment import zone_info
from quality.errors import InputError
from quality.reports.escape import shown_id
from quality.table import delimited
from quality.table.encoding import decode
from quality.table.types import at
from quality.wording import listed

COLUMNS = ("group", "identifier", "email", "name", "late_days_left", "received")
WHO = ("identifier", "email", "name")
TOLD = ("group", "late_days_left", "received")
"""What a roster is for; without `group` everybody stays in theirs."""
_MOST_BYTES = 16_000_000
_ALIKE = 60
"""Of 100, from which a column's name may be a slip for one of ours."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One row.

    Attributes:
        group: "" for somebody who is in none.
        days_left: Late days; None where the roster does not say.
        received: When the hand-in came; None where the roster does not say.
        place: File and line, for messages.
    """

    group: str
    identifier: str
    email: str
    name: str
    days_left: float | None
    received: datetime | None
    place: str


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows, and notes on columns that are not read."""

    rows: tuple[Enrolled, ...] = ()
    notes: tuple[str, ...] = ()


def read(path: Path, zone: str) -> Roster:
    """The roster.

    Args:
        zone: IANA name, for times without one.

    Raises:
        InputError: It cannot be read, a column is missing, or somebody is in it twice; with the line.
    """
    decoded = decode(_bytes(path), path)
    sheet = delimited.parse(decoded.text, path, COLUMNS)
    header = [" ".join(cell.split()).casefold() for cell in sheet.records[sheet.head].cells]
    places = _places(header, at(path, sheet.records[sheet.head].line))
    rows = [
        _row(record, places, len(header), at(path, record.line), zone)
        for record in sheet.records[sheet.head + 1 :]
        if any(cell.strip() for cell in record.cells)
    ]
    _refuse_twins(rows)
    return Roster(tuple(rows), tuple(_not_read(header)))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read: {why}", where=str(path), remedy="name the roster, a CSV") from None
    if len(data) > _MOST_BYTES:
        raise InputError(
            f"is larger than {_MOST_BYTES:,} bytes", where=str(path), remedy="name the roster, a CSV"
        )
    return data


def _places(header: list[str], where: str) -> Mapping[str, int]:
    twice = next((name for name in COLUMNS if header.count(name) > 1), None)
    if twice:
        raise InputError(f"the column `{twice}` is there twice", where=where, remedy="take one of them out")
    places = {name: header.index(name) for name in COLUMNS if name in header}
    if places.keys().isdisjoint(TOLD) or places.keys().isdisjoint(WHO):
        raise InputError(
            f"the roster needs one of the columns {_named(WHO)}, and one of {_named(TOLD)}",
            where=where,
            remedy=f"its first line is: {','.join(COLUMNS)}",
        )
    return places


def _not_read(header: list[str]) -> Iterator[str]:
    free = [name for name in COLUMNS if name not in header]
    for name in filter(None, header):
        if name not in COLUMNS:
            near = process.extractOne(name, free, score_cutoff=_ALIKE)
            meant = f"; did you mean `{near[0]}`?" if near else ""
            yield f"the roster's column `{shown_id(name)}` is not read{meant}"


def _named(columns: Iterable[str]) -> str:
    return listed(f"`{name}`" for name in columns)


def _row(record: delimited.Record, places: Mapping[str, int], width: int, where: str, zone: str) -> Enrolled:
    if len(record.cells) != width:
        what = f"{len(record.cells)} cells where the header has {width}"
        raise InputError(what, where=where, remedy="give every row as many cells; put commas in quotes")
    text = {name: " ".join(record.cells[place].split()) for name, place in places.items()}
    if not any(text.get(name) for name in WHO):
        raise InputError("nothing says who this is", where=where, remedy="fill in identifier, email or name")
    return Enrolled(
        group=text.get("group", ""),
        identifier=text.get("identifier", ""),
        email=text.get("email", ""),
        name=text.get("name", ""),
        days_left=_days(text.get("late_days_left", ""), where),
        received=_moment(text.get("received", ""), where, zone),
        place=where,
    )


def _days(text: str, where: str) -> float | None:
    if not text:
        return None
    try:
        days = float(text.replace(",", "."))
    except ValueError:
        days = math.nan
    if not (
        0 <= days <= 1000 and days.is_integer()
    ):  # a begun day takes a whole one, so half of one is a slip
        what = f"`{shown_id(text)}` is no number of late days"
        raise InputError(what, where=where, remedy="write a whole number such as 2, or nothing")
    return days


def _moment(text: str, where: str, zone: str) -> datetime | None:
    """In UTC; of two that a clock without an offset may mean in autumn, the first, as for the LMS's own times."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        local = moment if moment.tzinfo else moment.replace(tzinfo=zone_info(zone))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        what = f"`{shown_id(text)}` is no time"
        raise InputError(what, where=where, remedy="write it such as 2026-11-30 23:58") from None


def _refuse_twins(rows: list[Enrolled]) -> None:
    seen: dict[tuple[str, str], Enrolled] = {}
    for row in rows:
        for key in _keys(row):
            first = seen.setdefault(key, row)
            if first is not row:
                line = first.place.rpartition(":")[2]
                what = f"the {key[0]} `{shown_id(key[1])}` is in line {line} already"
                raise InputError(what, where=row.place, remedy="give everybody one line and one group")


def _keys(row: Enrolled) -> Iterator[tuple[str, str]]:
    if row.identifier:
        yield "identifier", row.identifier.casefold()
    if row.email:
        yield "email", row.email.casefold()
    if row.name and not (row.identifier or row.email):
        yield "name", row.name.casefold()
