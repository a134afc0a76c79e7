"""Instruction → `Prompt`: the sort of answer that fits, and what is asked of it in so many words.

The kind and the asks depend on the instruction alone: no answer can make its own excuse. A pure function, linear in
what it reads: of an instruction beyond 40,000 code points both ends.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from quality.model import Ask, Prompt
from quality.prompt.asks import FAMILIES
from quality.prompt.kinds import KINDS, kind_of
from quality.prompt.letter_case import is_english_wanted
from quality.prompt.masks import MASK, WORK
from quality.prompt.overlaps import consistent, speaks_of_other
from quality.prompt.scope import MAX_CHARACTERS, pieces, scope

__all__ = ["KINDS", "read"]


def read(instruction: str) -> Prompt:
    """What the instruction asks for.

    Returns:
        A kind of `KINDS` and the asks in the order of their spans, which are half-open spans in `instruction`. Text in
        quotations, in code and after "the following text:" asks for nothing.
    """
    return _remembered(instruction) if len(instruction) <= _REMEMBERED else _read(instruction)


_REMEMBERED = 4_000
"""Code points of an instruction that is kept; many rows may answer one."""


@lru_cache(maxsize=1024)
def _remembered(instruction: str) -> Prompt:
    return _read(instruction)


def _read(instruction: str) -> Prompt:
    asks: list[Ask] = []
    texts = [(offset, scope(piece)) for offset, piece in pieces(instruction)]
    for offset, text in texts:
        found = (ask for hints, family in FAMILIES if text.has(hints) for ask in family(text))
        asks += (_moved(ask, offset) for ask in found if not speaks_of_other(text.low, ask))
    asks = consistent(_distinct(asks), any(is_english_wanted(text) for _, text in texts))
    return Prompt(
        kind_of(
            "\n".join(text.low.replace(WORK, MASK) for _, text in texts),
            frozenset(ask.kind for ask in asks),
            instruction[:MAX_CHARACTERS].lower(),
        ),
        tuple(asks),
    )


def _moved(ask: Ask, offset: int) -> Ask:
    return replace(ask, start=ask.start + offset, end=ask.end + offset) if offset else ask


def _distinct(asks: list[Ask]) -> list[Ask]:
    """The asks in order, each said once."""
    seen: set[tuple[str, str, str, str, str]] = set()
    kept: list[Ask] = []
    for ask in sorted(asks, key=lambda ask: (ask.start, ask.end, ask.kind, ask.relation)):
        key = (ask.kind, ask.relation, ask.value, ask.unit, ask.part)
        if key not in seen:
            seen.add(key)
            kept.append(ask)
    return kept
