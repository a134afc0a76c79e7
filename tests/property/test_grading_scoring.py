"""Lateness and grades: time never gives points back, and nothing unknown becomes a number."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from grading.course.model import LATENESS, Course, Late, LatePolicy
from grading.scoring.grade import grade, letter
from grading.scoring.lateness import lateness

DEADLINE = datetime(2026, 3, 28, 20, 59, tzinfo=UTC)
DAYS = st.lists(st.none() | st.floats(0, 9), max_size=5)
SECONDS = st.integers(-100_000, 2_000_000)
LATE = st.builds(
    Late,
    policy=st.sampled_from(LatePolicy),
    days=st.integers(0, 5),
    most=st.integers(0, 5),
    grace_minutes=st.integers(0, 60),
    points_per_day=st.floats(0, 50),
    refuse_after=st.none() | st.integers(0, 9),
)


def course(late=Late()):  # noqa: B008 - frozen
    return Course(folder=Path(), sheet=Path("s"), test=Path("t"), deadline=DEADLINE, late=late)


@given(SECONDS, st.integers(0, 500_000), LATE, DAYS)
def test_later_never_costs_less_and_never_uses_more_than_there_is(seconds, more, late, days):
    homework = course(late)
    early = lateness(DEADLINE + timedelta(seconds=seconds), homework, days)
    later = lateness(DEADLINE + timedelta(seconds=seconds + more), homework, days)
    assert later.points <= early.points <= 0
    assert all(a <= b for a, b in zip(early.points_off, later.points_off, strict=True))
    for found in (early, later):
        assert -homework.points <= found.points
        assert len(found.days_used) == len(days)
        if late.policy is not LatePolicy.GROUP_BANK:
            assert all(used <= min(found.begun_days, late.most) for used in found.days_used)
        assert all(
            used <= (late.days if left is None else left)
            for used, left in zip(found.days_used, days, strict=True)
        )


@dataclass(frozen=True)
class Mark:
    key: str
    effective: float | None


@given(st.lists(st.none() | st.floats(0, 40), min_size=6, max_size=6), st.floats(-100, 0))
def test_a_grade_is_open_or_between_nothing_and_everything(points, late):
    homework = course()
    marks = [Mark(key, value) for key, value in zip(homework.rubric, points, strict=False)]
    found = grade([*marks, Mark(LATENESS, late)], homework)
    if None in points[: len(homework.rubric)]:
        assert found.points is None and found.letter is None and found.ungraded
    else:
        assert 0 <= found.points <= found.most
        assert found.letter == letter(found.points, homework)


@given(st.floats(0, 100), st.floats(0, 100))
def test_more_points_never_give_a_worse_letter(one, other):
    order = [*course().letters, "F"]
    low, high = sorted((one, other))
    assert order.index(letter(high, course())) <= order.index(letter(low, course()))
