"""Moments as the book writes them: UTC with microseconds, so that their order as text is their order in time."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """This moment."""
    return text(datetime.now(UTC))


def text(moment: datetime) -> str:
    """The moment, which must have a zone."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The moment again, in UTC."""
    return datetime.fromisoformat(text)
