"""Troubles for a reader and for a program: what a file smuggled into them is made visible, persons are masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grading.model import Level, Trouble
from quality.reports.escape import visible
from quality.reports.mask import masked_text
from quality.wording import cut

MOST_WORDS = 1_000
"""Characters of one sentence."""


def lines(troubles: Iterable[Trouble]) -> Iterator[str]:
    """Each trouble in one line, what can be done about it in the next."""
    width = max(len(level) for level in Level)
    for one in troubles:
        place = f"{said(one.file)}: " if one.file else ""
        yield f"{one.level:<{width}}  {place}{said(one.what)} [{one.code}]"
        if one.remedy:
            yield f"{'':<{width}}  → {said(one.remedy)}"


def as_json(one: Trouble) -> dict[str, str]:
    """The trouble as JSON values, without personal data in its sentence."""
    return {
        "code": one.code,
        "level": one.level.value,
        "what": masked_text(one.what),
        "file": one.file,
        "remedy": one.remedy,
    }


def said(text: str) -> str:
    """The text for a terminal, cut where it is long."""
    return visible(masked_text(cut(text, MOST_WORDS)))
