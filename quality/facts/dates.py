"""Dates that cannot be: a weekday that the date did not have, a day that its month does not have, a false leap year.

Weekdays are held against the Gregorian calendar, up to 1923 also against the Julian one (Russia and Greece changed
last), and not before 1753, when Britain had just changed.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from quality.facts import years
from quality.facts.claim import Claim, TooMuch
from quality.text.calendar_names import MONTHS, WEEKDAYS

FIRST_YEAR = 1753
LAST_JULIAN_YEAR = 1923

_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER"
    r"|DECEMBER)\b\.?"
)
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\\b\\.?"
_DAY = r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:(?P<day_a>{_DAY})(?:\sof)?\s(?P<month_a>{_MONTH}),?\s(?P<year_a>[12]\d{{3}})(?!\d)"
    rf"|(?P<month_b>{_MONTH})\s(?:the\s)?(?P<day_b>{_DAY}),?\s(?P<year_b>[12]\d{{3}})(?!\d)"
    r"|(?<![\d-])(?P<year_c>[12]\d{3})-(?P<month_c>\d{2})-(?P<day_c>\d{2})(?![\d-]))"
)
"""A whole date, once in a pattern; read it with `date_of`."""
_BEFORE = re.compile(rf"\b(?P<weekday>{_WEEKDAY}),?\s?(?:the\s|\()?{DATE}")
_AFTER = re.compile(
    rf"(?<!\w){DATE}(?:,?\s(?:\((?:a\s)?)?|,?\s(?:which\s)?(?:was|is|fell|falls|will be|would be)(?:\son)?\s(?:a\s)?)"
    rf"(?P<weekday>{_WEEKDAY})(?!\w)"
)
_NO_SUCH_DAY = re.compile(
    r"(?<![\w/.-])(?:"
    rf"(?P<day>\d{{1,2}})(?P<nth>st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})(?!\sof\b)"
    rf"|(?P<month2>{_MONTH})\s(?:the\s)?(?P<day2>\d{{1,2}})(?P<nth2>st|nd|rd|th)?)(?![\w:%]|[.,/-]\d)"
    r"(?:,?\s(?P<year>[12]\d{3})(?!\d))?(?P<end>\s?[).,;!?\n–-]|\s(?:and|or|to|at|is|was|in|for|with|from|until)\b|$)?"
)
_LEAP = re.compile(
    r"(?<![\w.,-])(?P<year>[12]\d{3})\s(?P<verb>is|was|will be|isn['’]t|wasn['’]t)\s(?P<not>not\s)?"
    r"(?:also\s|indeed\s|both\s)?a\sleap\syear\b(?!\s?\?)"
)


def claims(instruction: str, output: str) -> Iterator[Claim | TooMuch]:
    """The answer's statements about weekdays, days of months, leap years and spans of years."""
    return chain(_weekdays(output), _days(instruction, output), _leap_years(output), years.claims(output))


def date_of(match: re.Match[str]) -> date | None:
    """The date that `DATE` matched; None for one that the calendar does not have."""
    side = next(side for side in "abc" if match[f"year_{side}"])
    day, month = match[f"day_{side}"], match[f"month_{side}"]
    try:
        return date(int(match[f"year_{side}"]), _month(month), int(re.sub(r"\D", "", day)))
    except ValueError:
        return None


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    return next(number for number, full in enumerate(MONTHS, 1) if full[:3] == name[:3].title())


def _weekdays(text: str) -> Iterator[Claim]:
    for match in chain(_BEFORE.finditer(text), _AFTER.finditer(text)):
        day = date_of(match)
        if day is None or day.year < FIRST_YEAR:
            continue
        stated = next(name for name in WEEKDAYS if name[:3] == match["weekday"][:3])
        computed = WEEKDAYS[day.weekday()]
        holds = stated == computed or (day.year <= LAST_JULIAN_YEAR and stated == _julian(day))
        written = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        message = (
            "" if holds else f"{written} {'was' if day.year < 2020 else 'is'} a {computed}, not a {stated}"
        )
        yield Claim("weekday", *match.span(), stated, computed, holds, message)


def _julian(day: date) -> str:
    """The weekday of a day that is given in the Julian calendar."""
    behind = day.year // 100 - day.year // 400 - 2
    return WEEKDAYS[(day + timedelta(days=behind)).weekday()].capitalize()


def _days(instruction: str, text: str) -> Iterator[Claim]:
    """Days that a month does not have; one that it has is no statement worth counting."""
    asked = {_key(match) for match in _NO_SUCH_DAY.finditer(instruction)}
    for match in _NO_SUCH_DAY.finditer(text):
        day, name = int(match["day"] or match["day2"]), match["month"] or match["month2"]
        nth, year = match["nth"] or match["nth2"], match["year"]
        certain = match["day"] or match["end"] is not None or nth or year  # but `in June 31 people came`
        if not 29 <= day <= 32 or not certain:
            continue
        month = _month(name.rstrip("."))
        most = monthrange(int(year) if year else 2024, month)[1]
        if day <= most or (year is not None and int(year) < FIRST_YEAR):
            continue
        if _key(match) in asked:
            continue
        in_year = f" {year}" if month == 2 and year else ""
        message = f"{MONTHS[month - 1]}{in_year} has {most} days, not {day}"
        yield Claim("date", match.start(), _end(match), str(day), str(most), False, message)


def _end(match: re.Match[str]) -> int:
    """One past the date itself."""
    return max(match.end(group) for group in ("month", "day2", "nth2", "year"))


def _key(match: re.Match[str]) -> tuple[str, str]:
    return match["day"] or match["day2"], (match["month"] or match["month2"])[:3].lower()


def _leap_years(text: str) -> Iterator[Claim]:
    for match in _LEAP.finditer(text):
        year, denied = int(match["year"]), bool(match["not"]) or match["verb"][-1:] == "t"
        holds = isleap(year) != denied or year < FIRST_YEAR
        computed = "a leap year" if isleap(year) else "not a leap year"
        verb = "was" if match["verb"].startswith("wa") else "is"
        message = "" if holds else f"{year} {verb} {computed}"
        yield Claim("leap_year", *match.span(), match.group(), computed, holds, message)
