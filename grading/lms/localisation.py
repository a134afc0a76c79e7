"""Times and numbers as an LMS site writes them in its language; months and days are named by the CLDR (babel).

Moodle shows times to the minute, in the zone of whoever downloads, such as `Tuesday, 3 November 2026, 11:59 PM` or
`Salı, 3 Kasım 2026, 23:59`. What cannot be understood is refused: a time that is guessed is a lateness that is guessed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from quality.errors import ConfigError, InputError
from quality.reports.escape import visible
from quality.wording import cut

LANGUAGES = ("en", "tr")
"""Languages of sites whose worksheets are read."""
NOTHING = ("", "-")
"""What stands in a cell for a time that there is not."""

_SEPARATOR = {"en": ".", "tr": ","}
_PERIODS = {
    "am": "am",
    "pm": "pm",
    "öö": "am",
    "ös": "pm",
    "öğleden önce": "am",
    "öğleden sonra": "pm",
}
"""Halves of the day; Moodle's Turkish strings write them out, the CLDR shortens them."""
_LONGEST_TIME = 80
_WORD = r"[^\W\d_]+"
_TIME = re.compile(
    rf"(?:(?P<weekday>{_WORD})[,.]? )?"
    rf"(?:(?P<day>[0-9]{{1,2}})\.? (?P<month>{_WORD})|(?P<named>{_WORD}) (?P<dayafter>[0-9]{{1,2}}))\.?"
    r",? (?P<year>[12][0-9]{3}),? (?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    rf"(?: ?(?P<period>{_WORD}(?: {_WORD})?))?"
)
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Names, folded, as a language has them. Days count from Monday, 0; months from January, 1."""

    months: Mapping[str, int]
    days: Mapping[str, int]


def parse_time(text: str, language: str, zone: str) -> datetime | None:
    """The instant that the text names, in UTC, so that differences hold across a change of the clocks.

    An hour that comes twice in autumn is taken for the first, which is in the group's favour. Seconds are 0 where the
    site shows none.

    Args:
        text: A cell; empty or `-` where there is no time.
        language: `en` or `tr`.
        zone: IANA name of the zone in which the site shows times.

    Returns:
        None where the cell says that there is none.

    Raises:
        InputError: The text is no time in that language, or its weekday is another day's.
        ConfigError: No such language or zone.
    """
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    calendar, where = _calendar(known(language)), _zone(zone)
    if plain in NOTHING:
        return None
    match = _TIME.fullmatch(folded(plain, language)) if len(plain) <= _LONGEST_TIME else None
    local = _local(match, calendar) if match else None
    if local is None:
        raise InputError(
            f"`{visible(cut(plain, 60))}` is no time as a site in {_SPOKEN[language]} writes it",
            remedy="set `language` in course.toml to the language in which the file was downloaded",
        )
    return local.replace(tzinfo=where).astimezone(UTC)


_SPOKEN = {"en": "English", "tr": "Turkish"}


def decimal(number: float, language: str, places: int = 2) -> str:
    """The number as the site reads it: `85.50` in English, `85,50` in Turkish; halves are rounded away from zero.

    Raises:
        InputError: Not a finite number.
        ConfigError: No such language.
    """
    separator = _SEPARATOR[known(language)]
    if not math.isfinite(number):
        raise InputError(f"{number} is no number of points", remedy="grade the line again")
    rounded = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded if rounded else abs(rounded):f}".replace(".", separator)


def parse_number(text: str, language: str) -> float | None:
    """The number in the cell; None where it is empty or `-`.

    A dot is read on every site, as Moodle itself does; a comma only where the language writes one.

    Raises:
        InputError: Something else stands there.
        ConfigError: No such language.
    """
    separator = _SEPARATOR[known(language)]
    plain = "".join(text.split())
    if plain in NOTHING:
        return None
    if not _NUMBER.fullmatch(pointed := plain.replace(separator, ".")):
        raise InputError(
            f"`{visible(cut(plain, 40))}` is no number as a site in {_SPOKEN[language]} writes it",
            remedy=f"write it such as 85{separator}50, without thousands separators",
        )
    return float(pointed)


def known(language: str) -> str:
    """The language.

    Raises:
        ConfigError: It is none of those that are read.
    """
    if language not in LANGUAGES:
        raise ConfigError(
            f"the language `{visible(cut(language, 20))}` of the LMS's files is not known",
            remedy=f"set `language` in course.toml to one of: {', '.join(LANGUAGES)}",
        )
    return language


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: the name of a folder of zones, such as `Europe`
        raise ConfigError(
            f"no time zone is called `{visible(cut(name, 40))}`",
            remedy="set `zone` in course.toml to a name such as Europe/Istanbul",
        ) from None


@cache
def _calendar(language: str) -> _Calendar:
    from babel import Locale  # 30 ms, and only who reads a worksheet pays them

    locale: Any = Locale.parse(language)
    widths = ("wide", "abbreviated")
    return _Calendar(
        {folded(name, language): at for w in widths for at, name in locale.months["format"][w].items()},
        {folded(name, language): at for w in widths for at, name in locale.days["format"][w].items()},
    )


def folded(text: str, language: str) -> str:
    """Lower case as the language has it: Turkish has a dotless ı beside i."""
    return (text.replace("İ", "i").replace("I", "ı") if language == "tr" else text).lower()


def _local(match: re.Match[str], calendar: _Calendar) -> datetime | None:
    """The time on the wall that was matched; None where no such time can be."""
    month = calendar.months.get(match["month"] or match["named"])
    hour = _hour(int(match["hour"]), match["period"])
    if month is None or hour is None:
        return None
    try:
        local = datetime(
            int(match["year"]),
            month,
            int(match["day"] or match["dayafter"]),
            hour,
            int(match["minute"]),
            int(match["second"] or 0),
        )
    except ValueError:
        return None
    named = match["weekday"]
    return local if named is None or calendar.days.get(named) == local.weekday() else None


def _hour(hour: int, period: str | None) -> int | None:
    if period is None:
        return hour
    half = _PERIODS.get(period)
    if half is None or not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half == "pm" else 0)
