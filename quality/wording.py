"""Numbers, lists and long texts in words, the same in every message and report. Nothing here is escaped."""

from __future__ import annotations

from collections.abc import Iterable


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 row`, `1,000 rows`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(items: Iterable[object], most: int = 10) -> str:
    """The items with commas; what is over the limit is counted."""
    texts = [str(item) for item in items]
    rest = f" and {len(texts) - most:,} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + rest


def percent(part: int, whole: int) -> str:
    """The share in per cent with one decimal, rounded down: 89.96% never reads as 90%."""
    return f"{part * 1000 // whole / 10:.1f}%" if whole else "–"


def cut(text: str, most: int, rest: str | None = None) -> str:
    """The text, or as many of its characters and its length in words.

    Args:
        rest: What is said in place of the length.
    """
    if len(text) <= most:
        return text
    return f"{text[:most]}…{f' ({len(text):,} characters)' if rest is None else rest}"


def as_argument(path: str) -> str:
    """The path, so that no command takes it for an option."""
    return f"./{path}" if path.startswith("-") else path
