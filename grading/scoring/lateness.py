"""When a hand-in came, which late days it uses, and what it costs. Pure.

A day is 24 hours of time that passed, whatever the clock did meanwhile, and counts once it has begun: one second after
the deadline is one day late. Hand-ins within the grace are in time; behind it, days count from the deadline itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import floor, isfinite

from grading.course.model import Course, Late, LatePolicy
from quality.wording import count

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lateness:
    """What one hand-in's time means for its members.

    Attributes:
        begun_days: Days begun after the deadline; 0 in time; None where nobody knows when it came.
        days_used: Late days that each member uses up, in the order given.
        points_off: Points that each member loses, 0 or more; with no member known, one value for the group.
        sentence: Why, for the group.
    """

    begun_days: int | None
    days_used: tuple[float, ...]
    points_off: tuple[float, ...]
    sentence: str

    @property
    def points(self) -> float | None:
        """What every member loses, 0 or less; None where it was not graded."""
        return None if self.begun_days is None else -min(self.points_off, default=0.0)


def lateness(
    received: datetime | None,
    course: Course,
    days_left: Sequence[float | None],
    extension: datetime | None = None,
) -> Lateness:
    """How late a hand-in is under the course's policy.

    Args:
        received: With its zone; None where nothing says when it came.
        course: With a deadline.
        days_left: Late days that each member has; None: what the course gives everybody.
        extension: A later deadline that the LMS granted; one before the course's counts for nothing.
    """
    late, deadline = course.late, course.deadline
    if deadline is None:
        return Lateness(0, (0.0,) * len(days_left), (0.0,) * max(1, len(days_left)), "no deadline is set")
    if received is None:
        nothing = (0.0,) * len(days_left)
        return Lateness(None, nothing, (), "nothing says when it was handed in, so lateness is not graded")
    extended = extension is not None and _utc(extension) > _utc(deadline)
    if extension is not None and extended:
        deadline = extension
    begun = begun_days(received, deadline, late.grace_minutes)
    used, off = _costs(begun, late, [_whole(left, late) for left in days_left], course.points)
    by = _moment(deadline, course)
    when = f"the extended deadline ({by})" if extended else f"the deadline ({by})"
    return Lateness(begun, used, off, _sentence(begun, used, off, late, when))


def begun_days(received: datetime, deadline: datetime, grace_minutes: float = 0) -> int:
    """Days of 24 hours that have begun since the deadline; 0 up to the end of the grace."""
    # two moments of one zone are subtracted by the clock on the wall, unless both are in UTC
    over = _utc(received) - _utc(deadline)
    if over <= timedelta(minutes=grace_minutes):
        return 0
    return -(-over // DAY)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC)


def _moment(moment: datetime, course: Course) -> str:
    from zoneinfo import ZoneInfo

    there = moment.astimezone(ZoneInfo(course.zone))
    return f"{there:%Y-%m-%d %H:%M:%S} {course.zone}"


def _whole(left: float | None, late: Late) -> int:
    """Days that can be used: half a day covers no day."""
    days = late.days if left is None else left
    return max(0, floor(days)) if isfinite(days) else 0


def _costs(
    begun: int, late: Late, left: Sequence[int], all_points: float
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Days used and points lost of each member; of one for a group whose members nobody knows."""
    members = list(left) or [max(0, floor(late.days))]
    if late.refuse_after is not None and begun > late.refuse_after:
        return (0.0,) * len(left), (all_points,) * len(members)
    wanted = min(begun, late.most)
    if late.policy is LatePolicy.MIN:
        used = [min(wanted, *members)] * len(members)
        covered = used
    elif late.policy is LatePolicy.PER_MEMBER:
        used = [min(wanted, days) for days in members]
        covered = used
    else:
        used = _from_bank(members, min(wanted, sum(members)))
        covered = [sum(used)] * len(members)
    off = tuple(min(all_points, (begun - days) * late.points_per_day) for days in covered)
    return tuple(map(float, used))[: len(left)], off


def _from_bank(members: Sequence[int], wanted: int) -> list[int]:
    """Days that each gives to the group's bank: one at a time from whoever has most left, the first named first."""
    used = [0] * len(members)
    for _ in range(wanted):
        giver = max(range(len(members)), key=lambda at: (members[at] - used[at], -at))
        used[giver] += 1
    return used


def _sentence(begun: int, used: Sequence[float], off: Sequence[float], late: Late, deadline: str) -> str:
    if not begun:
        return f"in time: handed in by {deadline}" + (
            f", with {count(late.grace_minutes, 'minute')} of grace" if late.grace_minutes else ""
        )
    said = f"{count(begun, 'day')} late, each 24 hours begun since {deadline} counted as a whole day"
    if late.refuse_after is not None and begun > late.refuse_after:
        return f"{said}: later than {count(late.refuse_after, 'day')}, so no points are given"
    return f"{said}; {_of_members(used, 'late day', 'used')}; {_of_members(off, 'point', 'off')}"


def _of_members(values: Sequence[float], noun: str, what: str) -> str:
    """`2 late days used by each member`, or each member's own number where they differ."""
    if not any(values):
        return f"no {noun} {what}"
    if len(set(values)) == 1:
        each = " by each member" if what == "used" else ""
        return f"{values[0]:g} {noun if values[0] == 1 else noun + 's'} {what}{each}"
    return f"{noun}s {what} by member: {', '.join(f'{value:g}' for value in values)}"


def days_left(
    before: Sequence[tuple[str, float | None]], used: Sequence[float], course: Course
) -> dict[str, float]:
    """Late days that are left for the next homework.

    Args:
        before: Each member's identifier, and the days they had; None: what the course gives everybody.
        used: Days that each used here, in the same order.
    """
    return {
        identifier: max(0.0, (course.late.days if left is None else left) - taken)
        for (identifier, left), taken in zip(before, used, strict=True)
    }
