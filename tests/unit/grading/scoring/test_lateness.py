"""Late days: begun days by the time that passed, three policies, nothing guessed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from grading.course.model import Course, Late, LatePolicy
from grading.scoring.lateness import begun_days, days_left, lateness

DEADLINE = datetime(2026, 12, 1, 23, 59, tzinfo=ZoneInfo("Europe/Istanbul"))
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture
def course(tmp_path):
    return Course(
        folder=tmp_path, sheet=tmp_path / "sheet.csv", test=tmp_path / "test.csv", deadline=DEADLINE
    )


def with_late(course, **values):
    return replace(course, late=replace(course.late, **values))


@pytest.mark.parametrize(
    ("after", "begun"),
    [
        (-DAY, 0),
        (timedelta(), 0),
        (SECOND, 1),
        (timedelta(microseconds=1), 1),
        (DAY, 1),
        (DAY + SECOND, 2),
        (3 * DAY, 3),
    ],
)
def test_a_day_counts_once_it_has_begun(after, begun):
    assert begun_days(DEADLINE + after, DEADLINE) == begun


@pytest.mark.parametrize(("minutes", "begun"), [(0, 1), (15, 0), (14, 1)])
def test_within_the_grace_it_is_in_time_and_behind_it_days_count_from_the_deadline(minutes, begun):
    assert begun_days(DEADLINE + timedelta(minutes=15), DEADLINE, minutes) == begun


def test_the_clock_on_the_wall_is_not_what_passed():
    """Berlin's clock goes back in the night of 25 October: the same time next day is 25 hours later."""
    berlin = ZoneInfo("Europe/Berlin")
    deadline = datetime(2026, 10, 24, 23, 59, tzinfo=berlin)
    assert begun_days(datetime(2026, 10, 25, 23, 59, tzinfo=berlin), deadline) == 2
    spring = datetime(2026, 3, 28, 23, 59, tzinfo=berlin)
    assert begun_days(datetime(2026, 3, 30, 0, 59, tzinfo=berlin), spring) == 1


def test_moments_of_different_zones_are_compared_as_moments():
    assert begun_days(datetime(2026, 12, 1, 20, 59, tzinfo=UTC), DEADLINE) == 0
    assert begun_days(datetime(2026, 12, 1, 20, 59, 1, tzinfo=UTC), DEADLINE) == 1


def test_a_moment_without_a_zone_is_a_bug_and_no_guess():
    with pytest.raises(ValueError, match="zone"):
        begun_days(datetime(2026, 12, 1), DEADLINE)


def test_nothing_says_when_it_came_so_nothing_is_said(course):
    found = lateness(None, course, [2.0, 2.0])
    assert (found.begun_days, found.points, found.days_used) == (None, None, (0.0, 0.0))


def test_without_a_deadline_nobody_is_late(course):
    found = lateness(DEADLINE + DAY, replace(course, deadline=None), [None])
    assert (found.begun_days, found.points, found.days_used) == (0, 0.0, (0.0,))


def test_the_fewest_days_of_any_member_are_the_groups(course):
    found = lateness(DEADLINE + 2 * DAY, course, [3.0, 1.0])
    assert (found.begun_days, found.days_used, found.points_off) == (2, (1.0, 1.0), (10.0, 10.0))
    assert found.points == -10.0
    assert "2 days late" in found.sentence
    assert "24 hours" in found.sentence


def test_members_use_their_own_days_and_can_lose_different_points(course):
    found = lateness(DEADLINE + 2 * DAY, with_late(course, policy=LatePolicy.PER_MEMBER), [3.0, 0.0, None])
    assert found.days_used == (2.0, 0.0, 0.0)
    assert found.points_off == (0.0, 20.0, 20.0)
    assert found.points == 0.0


def test_a_bank_is_filled_by_whoever_has_most(course):
    found = lateness(DEADLINE + 3 * DAY, with_late(course, policy=LatePolicy.GROUP_BANK), [1.0, 3.0])
    assert found.days_used == (1.0, 2.0)
    assert found.points == 0.0
    scarce = lateness(DEADLINE + 3 * DAY, with_late(course, policy=LatePolicy.GROUP_BANK), [1.0, 1.0])
    assert (scarce.days_used, scarce.points_off) == ((1.0, 1.0), (10.0, 10.0))


def test_no_more_days_than_the_course_lets_be_used(course):
    assert lateness(DEADLINE + 4 * DAY, with_late(course, most=2), [9.0]).days_used == (2.0,)


def test_half_a_day_covers_no_day_and_a_debt_is_no_credit(course):
    assert lateness(DEADLINE + DAY, course, [0.5]).points_off == (10.0,)
    assert lateness(DEADLINE + DAY, course, [-3.0]).points_off == (10.0,)
    assert lateness(DEADLINE + DAY, course, [float("nan")]).points_off == (10.0,)


def test_too_late_gives_nothing_and_uses_no_days(course):
    found = lateness(DEADLINE + 5 * DAY, with_late(course, refuse_after=4), [9.0, 9.0])
    assert (found.points, found.days_used) == (-course.points, (0.0, 0.0))
    assert "no points" in found.sentence


def test_nobody_loses_more_than_there_is(course):
    assert lateness(DEADLINE + 40 * DAY, course, [0.0]).points == -course.points


def test_an_extension_moves_the_deadline_and_an_earlier_one_does_not(course):
    assert lateness(DEADLINE + DAY, course, [0.0], extension=DEADLINE + 2 * DAY).begun_days == 0
    late = lateness(DEADLINE + DAY, course, [0.0], extension=DEADLINE - 2 * DAY)
    assert (late.begun_days, late.points) == (1, -10.0)


def test_a_group_whose_members_nobody_knows_has_the_courses_own_days(course):
    found = lateness(DEADLINE + DAY, with_late(course, days=1), [])
    assert (found.days_used, found.points) == ((), 0.0)


def test_what_is_left_goes_to_the_next_homework(course):
    left = days_left([("1", 3.0), ("2", None), ("3", 0.0)], [2.0, 1.0, 0.0], with_late(course, days=2))
    assert left == {"1": 1.0, "2": 1.0, "3": 0.0}


def test_the_policy_is_written_as_the_roster_writes_it():
    assert [str(one) for one in LatePolicy] == ["min", "per-member", "group-bank"]
    assert Late().policy is LatePolicy.MIN
