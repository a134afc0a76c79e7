"""A course written as course.toml and read again is the same course; any TOML is read or refused in words."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grading.course import moment
from grading.course.model import Course, Late, LatePolicy
from grading.course.reading import TABLES, load
from grading.course.template import template
from quality.errors import ConfigError

WORDS = st.text(min_size=1, max_size=20).filter(lambda text: text.isprintable() and text == text.strip())
NUMBERS = st.floats(0, 1e6, allow_nan=False).map(lambda number: number + 0.0)
LATES = st.builds(
    Late, st.sampled_from(LatePolicy), st.integers(0, 9), st.integers(0, 9), st.integers(0, 99), NUMBERS
)
RUBRICS = st.dictionaries(
    st.from_regex(r"[a-zçğü][a-z ]{0,10}[a-z]", fullmatch=True), NUMBERS, min_size=1, max_size=5
)
ZONES = ("Europe/Istanbul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
CLOCKS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder for a course.toml."""
    return tmp_path_factory.mktemp("course")


def read(folder, text):
    (folder / "course.toml").write_text(text, encoding="utf-8", errors="surrogatepass")
    return load(folder)


@settings(max_examples=60, deadline=None)
@given(WORDS, LATES, RUBRICS, NUMBERS, st.datetimes(datetime(2001, 1, 1), datetime(2199, 1, 1)))
def test_a_course_written_is_the_course_read(folder, title, late, rubric, zero_at, deadline):
    assume(sum(rubric.values()) > 0)
    course = replace(
        Course(folder, folder / "original.csv", folder / "test.csv"),
        title=title,
        late=late,
        rubric=rubric,
        zero_at=zero_at % 100,
        deadline=deadline.replace(tzinfo=UTC),
    )
    again = read(folder, template(course))
    assert replace(again, notes=()) == course
    assert list(again.rubric) == list(rubric)


KEYS = st.sampled_from(
    ["at", "zone", "name", "q", "data_quality", "A", "sheet", "archive", "kind", "policy", "sha256"]
)
VALUES = st.sampled_from(
    ["1", "-1", "1e400", "nan", "true", '""', '"x"', "[]", "{}", "2026-12-01", "07:00:00", '"\\u0000"']
)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(TABLES)), st.dictionaries(KEYS, VALUES, max_size=3), max_size=4)
)
def test_any_course_is_read_or_refused_in_words(folder, tables):
    lines = [
        line
        for table, values in tables.items()
        for line in (f"[{table}]", *(f"{key} = {value}" for key, value in values.items()))
    ]
    try:
        read(folder, "\n".join(lines))
    except ConfigError as refused:
        assert refused.what
        assert refused.remedy


@given(CLOCKS, st.sampled_from(ZONES))
def test_a_local_time_is_a_moment_that_the_clock_shows_or_skips_and_never_the_earlier_of_two(clock, zone):
    at, note = moment.local(clock, zone)
    both = [clock.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)]
    assert at.astimezone(UTC) == max(both)
    assert bool(note) == (both[0] != both[1])
