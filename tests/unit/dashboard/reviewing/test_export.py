"""reviews.csv: every review, nothing in it that a spreadsheet runs."""

import csv
import io
from datetime import UTC, datetime

from dashboard.reviewing.export import COLUMNS, as_csv
from grading.book.reviews import Review

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_every_cell_is_text():
    one = Review("g001", "a", "=1+1", "c", None, "@x", '-1, "two"\nlines', "+ada", AT, 1)
    read = list(csv.reader(io.StringIO(as_csv([one], {"g001": "=cmd|x"}).removeprefix("\ufeff"), newline="")))
    assert read == [
        list(COLUMNS),
        ["'=cmd|x", "'=1+1", "open", "'@x", '\'-1, "two"\nlines', "'+ada", "2026-11-23T09:00:00+00:00", "1"],
    ]
