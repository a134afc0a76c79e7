"""When something happens, in a course's zone; no moment is guessed without one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from quality import toml_values
from quality.toml_values import Place

YEARS = (2000, 2200)
"""The first and the last in which a deadline is no slip."""


class Moment(NamedTuple):
    """A moment, and what had to be decided to know it.

    Attributes:
        at: With the offset that its zone has then, and not with the zone: Python compares two times of one zone by
            what the clock shows, which goes wrong in the hour that the clock shows twice.
    """

    at: datetime
    note: str = ""


@lru_cache(maxsize=16)
def zone_info(name: str) -> ZoneInfo:
    """The zone of that IANA name.

    Raises:
        ValueError: There is none.
    """
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # the library raises each of them for a name that is no zone
        raise ValueError(name) from None


def zone(value: object, place: Place) -> str:
    """The IANA name that the value is.

    Raises:
        ProofgateError: No zone has it; the nearest is named.
    """
    name = toml_values.text(value, place)
    try:
        zone_info(name)
    except ValueError:
        raise place.unknown(name, available_timezones(), "zone") from None
    return name


def zone_of(value: object, usual: str, place: Place) -> tuple[str, str]:
    """The zone that a moment without a named one implies, and a note on it: the usual one where its offset fits.

    Raises:
        ProofgateError: The moment has no offset either, or none of whole hours.
    """
    remedy = f'add `zone = "{usual}"`, or yours, to [{place.key}]; the LMS\'s times are read in it too'
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise place.refuse(f"`{place.key}.at` stands without a zone", remedy)
    offset = value.utcoffset() or timedelta()
    if value.astimezone(zone_info(usual)).utcoffset() == offset:
        return usual, ""
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest:
        raise place.refuse(f"`{place.key}.at` has the offset of no zone that is known without a name", remedy)
    said = f"no zone is named, so the LMS's times are read at {value.isoformat()[-6:]} the year round; add `zone`"
    return ("UTC" if not hours else f"Etc/GMT{-hours:+d}"), said


def moment(value: object, name: str, place: Place) -> Moment:
    """The moment that the value is; a local one is read in the zone of that name.

    Raises:
        ProofgateError: It is no date with a time.
    """
    if not isinstance(value, datetime):
        raise place.wrong("a date with a time", value, "write it without quotes: 2026-12-01T23:59:00+03:00")
    if not YEARS[0] <= value.year <= YEARS[1]:
        raise place.refuse(f"`{place.key}` is in the year {value.year}", "look whether a digit is missing")
    if value.tzinfo is not None:
        return Moment(_fixed(value, name))
    return local(value, name)


def local(value: datetime, name: str) -> Moment:
    """The moment of a clock without an offset in that zone; of two that it may mean, the later one.

    A time that the clock skips when summer time begins, and one that it shows twice when it ends, are read as the
    later of both, which is in favour of whoever has to be in time.
    """
    where = zone_info(name)
    early, late = sorted(value.replace(tzinfo=where, fold=fold).astimezone(UTC) for fold in (0, 1))
    at = _fixed(late, name)
    if early == late:
        return Moment(at)
    twice = at.replace(tzinfo=None) == value
    why = "the clock shows that time twice" if twice else "the clock skips that time"
    said = f"{value:%Y-%m-%d %H:%M} in {name}: {why} that day; read as {at.isoformat(' ', 'minutes')}"
    return Moment(at, said)


def _fixed(value: datetime, name: str) -> datetime:
    """The moment at the offset that the zone has then."""
    offset = value.astimezone(zone_info(name)).utcoffset()
    return value.astimezone(timezone(offset or timedelta()))
