"""Agreement of two persons, beside what is worked out by hand."""

from datetime import UTC, datetime

import pytest

from dashboard.reviewing.agreement import agreement
from grading.book.review_changes import Reviews
from grading.book.reviews import ACCEPTED, FIRST, FLAGGED, SECOND, Review

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def looks(*pairs, content="c", who="bo"):
    def one(at, state, by, seen, look):
        return Review("g001", str(at), "r", seen, state, None, "", by, AT, 1, look)

    return Reviews(
        1,
        {("g001", str(at)): one(at, first, "ada", "c", FIRST) for at, (first, _) in enumerate(pairs)},
        {("g001", str(at)): one(at, second, who, content, SECOND) for at, (_, second) in enumerate(pairs)},
    )


BOTH, NEITHER, ONE, OTHER = (ACCEPTED, ACCEPTED), (FLAGGED, FLAGGED), (ACCEPTED, FLAGGED), (FLAGGED, ACCEPTED)


@pytest.mark.parametrize(
    ("pairs", "alike", "kappa"),
    [
        ([BOTH] * 20 + [NEITHER] * 15 + [ONE] * 5 + [OTHER] * 10, 35, 0.4),  # 0.7 alike, 0.5 by chance
        ([BOTH, NEITHER], 2, 1.0),
        ([ONE, OTHER], 0, -1.0),
        ([BOTH] * 3, 3, None),
        ([], 0, None),
    ],
)
def test_kappa_is_what_chance_does_not_explain(pairs, alike, kappa):
    found = agreement(looks(*pairs))
    assert (found.rows, found.alike) == (len(pairs), alike)
    assert found.kappa == (None if kappa is None else pytest.approx(kappa))


def test_other_texts_open_rows_and_ones_own_second_look_do_not_count():
    assert agreement(looks(BOTH, content="d")).rows == 0
    assert agreement(looks(BOTH, who="ada")).rows == 0
    assert agreement(looks((ACCEPTED, None), (None, FLAGGED))).rows == 0
