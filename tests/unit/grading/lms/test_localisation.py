"""Times and numbers in English and Turkish; what is neither is refused, never guessed."""

from datetime import UTC, datetime, timedelta

import pytest

from grading.lms.localisation import decimal, parse_number, parse_time
from quality.errors import ConfigError, InputError

ISTANBUL = "Europe/Istanbul"
EVENING = datetime(2026, 11, 3, 20, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Tuesday, 3 November 2026, 11:59 PM"),
        ("en", "Tuesday, 03 November 2026, 23:59"),
        ("en", "Tuesday, November 3, 2026, 11:59 PM"),
        ("en", "Tue, 3 Nov 2026, 11:59\u202fpm"),
        ("en", "3 November 2026, 11:59PM"),
        ("tr", "Salı, 3 Kasım 2026, 23:59"),
        ("tr", "Salı, 3 Kasım 2026, 11:59 ÖS"),
        ("tr", "Salı, 3 Kasım 2026, 11:59 Öğleden sonra"),
        ("tr", "Salı, 3 Kasım 2026, 11:59 PM"),
        ("tr", "SALI, 3 KASIM 2026, 23:59"),
        ("tr", "Salı, 3 Kasım 2026, 23:59:00"),
        ("tr", "Salı, 3 Kasım 2026, 23:59"),
    ],
)
def test_a_time_is_read_in_the_sites_zone(language, text):
    assert parse_time(text, language, ISTANBUL) == EVENING


@pytest.mark.parametrize("text", ["-", "", "  "])
def test_no_time_is_none(text):
    assert parse_time(text, "tr", ISTANBUL) is None


def test_midnight_and_noon_of_the_twelve_hour_clock():
    day = "Tuesday, 3 November 2026, "
    assert parse_time(day + "12:00 AM", "en", "UTC") == datetime(2026, 11, 3, 0, tzinfo=UTC)
    assert parse_time(day + "12:00 PM", "en", "UTC") == datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Salı, 3 Kasım 2026, 23:59"),
        ("tr", "Tuesday, 3 November 2026, 11:59 PM"),
        ("en", "Monday, 3 November 2026, 11:59 PM"),  # it was a Tuesday
        ("en", "Sunday, 29 February 2026, 11:59 PM"),
        ("en", "Tuesday, 3 November 2026, 13:59 PM"),
        ("en", "Tuesday, 3 November 2026, 0:59 AM"),
        ("en", "Tuesday, 3 November 2026, 24:00"),
        ("en", "Monday, 1 January 0001, 0:00"),
        ("en", "03/11/2026 23:59"),
        ("en", "Tuesday, ٣ November 2026, 11:59 PM"),
        ("en", "3 November 2026, 11:59 PM" + " PM" * 40),
        ("en", "\x1b[31m"),
    ],
)
def test_what_is_no_time_is_refused(language, text):
    with pytest.raises(InputError, match="no time as a site in") as refused:
        parse_time(text, language, ISTANBUL)
    assert "\x1b" not in str(refused.value)


def test_the_clocks_change():
    """Berlin, 25 October 2026: 2:30 comes twice, and the day lasts 25 hours."""
    before = parse_time("Saturday, 24 October 2026, 11:59 PM", "en", "Europe/Berlin")
    after = parse_time("Sunday, 25 October 2026, 11:59 PM", "en", "Europe/Berlin")
    twice = parse_time("Sunday, 25 October 2026, 2:30 AM", "en", "Europe/Berlin")
    assert after - before == timedelta(hours=25)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe", "", "../etc/passwd", "a\0b"])
def test_a_zone_that_is_none(zone):
    with pytest.raises(ConfigError, match="no time zone"):
        parse_time("-", "en", zone)


def test_a_language_that_is_not_read():
    with pytest.raises(ConfigError, match="not known"):
        parse_time("-", "de", "UTC")


@pytest.mark.parametrize(
    ("number", "english", "turkish"),
    [(85.5, "85.50", "85,50"), (0, "0.00", "0,00"), (-0.0, "0.00", "0,00"), (99.995, "100.00", "100,00"),
     (2.675, "2.68", "2,68"), (1234.5, "1234.50", "1234,50")],
)  # fmt: skip
def test_decimals(number, english, turkish):
    assert decimal(number, "en") == english
    assert decimal(number, "tr") == turkish
    assert parse_number(turkish, "tr") == parse_number(english, "en") == float(english)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_no_number_is_never_written(number):
    with pytest.raises(InputError):
        decimal(number, "en")


def test_a_dot_is_read_on_a_turkish_site_and_a_comma_on_no_english_one():
    assert parse_number(" 85.5 ", "tr") == 85.5
    assert parse_number("-", "en") is None
    for text in ("85,5", "nan", "1e3", "1.234.5", "９"):
        with pytest.raises(InputError, match="no number"):
            parse_number(text, "en")
