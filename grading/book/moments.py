"""Moments as the book writes them: UTC with microseconds, so that their order as text is their order in time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

ZONE = "zone"
"""Execution option of every connection: the course's zone, IANA name."""


def now() -> str:
    """This moment."""
    return text(datetime.now(UTC))


def text(moment: datetime) -> str:
    """The moment, which must have a zone."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The moment again, in UTC."""
    return datetime.fromisoformat(text)


def local(moment: datetime, zone: str | ZoneInfo) -> str:
    """What the clock of the zone showed at that moment, to the second; who prints it names the zone beside."""
    where = ZoneInfo(zone) if isinstance(zone, str) else zone
    return f"{moment.astimezone(where):%Y-%m-%d %H:%M:%S}"


def zone(db: Connection) -> str:
    """The zone in which whoever uses the book is told of times."""
    return str(db.get_execution_options().get(ZONE, "UTC"))
