"""The bounds of an answer's length: what the prompt wishes, and what its kind of answer needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quality.model import Ask, Measures
from quality.rule import Context
from quality.text.size import measure

_NAMES = {
    "one_word": "a one-word answer",
    "yes_no": "a yes or no",
    "choice": "a choice",
    "number": "a number",
    "sentence": "a sentence or a name",
    "list": "a list",
    "code": "code",
    "data": "data",
    "translation": "a translation of that text",
    "rewrite": "a new version of that text",
    "creative": "a creative text",
    "letter": "a letter or a post",
    "essay": "an essay or an article",
    "explain": "an explanation",
    "question": "a question of fact",
    "open": "an answer",
}
"""Kind of answer → what a message calls it."""

_WISHES = frozenset(
    (
        "one_word",
        "yes_no",
        "choice",
        "number",
        "sentence",
        "list",
        "translation",
        "rewrite",
        "explain",
        "question",
        "open",
    )
)
"""Kinds that "briefly" makes short; a short essay or story is a kind of text."""

_YES_NO = re.compile(
    r"\W{0,9}(?:is|are|am|was|were|do|does|did|has|have|had|should|may|might|(?:can|could|would|will)(?! you))\b"
    r"[^?\n]{1,300}\?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Miss:
    """A bound that the answer misses.

    Attributes:
        short: Whether it is too short; else too long.
        detail: The figures; with `asked` where the prompt's own words are broken, which no other ask excuses.
    """

    short: bool
    message: str
    detail: Mapping[str, Any]


def misses(context: Context, measured: Measures, kind: str) -> Iterator[Miss]:
    """Every bound that is missed, the prompt's own words first."""
    yield from _stated(context, measured)
    yield from _wished(context, measured, kind)
    if not _in_numbers(context):
        yield from _of_kind(context, measured, kind)


def _in_numbers(context: Context) -> bool:
    """Whether the prompt states the length itself: then the number decides, not the kind."""
    return any(
        ask.kind.startswith("length_") and ask.unit in ("words", "sentences") and not ask.part
        for ask in context.prompt.asks
    )


_MEASURE_OF = {"words": "words", "sentences": "sentences", "characters": "characters", "items": "words"}


def _stated(context: Context, measured: Measures) -> Iterator[Miss]:
    """A length far from the one that the prompt states; whether it is met exactly is compliance (`ASK001`)."""
    short = context.guide.threshold("length.asked_short_share")
    long = context.guide.threshold("length.asked_long_factor")
    for ask in context.prompt.asks:
        unit = _MEASURE_OF.get(ask.unit)
        if unit is None or ask.part or not ask.value.isdigit() or not ask.kind.startswith("length"):
            continue
        wanted, got = int(ask.value), measured[unit]
        fresh = min(got, measured["fresh"]) if unit == "words" else got
        if ask.relation in ("=", "about", ">=", ">") and fresh < short * wanted:
            yield _against_words(context, ask, fresh, unit, short=True)
        if ask.relation in ("=", "about", "<=", "<") and got > long * wanted + 2 and ask.unit != "items":
            yield _against_words(context, ask, got, unit, short=False)


def _wished(context: Context, measured: Measures, kind: str) -> Iterator[Miss]:
    """A long answer where a short one is wished, a few words where detail is."""
    asks = {ask.kind: ask for ask in context.prompt.asks if not ask.part}
    brief, detailed = asks.get("length:short"), asks.get("length:long")
    most = context.guide.threshold("length.short_max") + _given(context, kind)
    least = context.guide.threshold("length.long_min")
    if brief and not detailed and kind in _WISHES and measured["words"] > most:
        yield _against_words(context, brief, measured["words"], "words", short=False)
    if (
        detailed
        and not brief
        and kind in ("explain", "question", "essay", "list")
        and measured["fresh"] < least
    ):
        yield _against_words(context, detailed, measured["fresh"], "words", short=True)


def _against_words(context: Context, ask: Ask, got: int, unit: str, *, short: bool) -> Miss:
    """What the prompt's own words ask for, and what was given."""
    asked = context.row.instruction[ask.start : ask.end]
    message = f"the prompt asks for “{asked}”, the answer has {got} {unit}"
    return Miss(short, message, {"asked": asked, "got": got, "unit": unit})


def _given(context: Context, kind: str) -> float:
    """Words allowed beyond a maximum, because the prompt gives a text to work on."""
    if kind not in ("rewrite", "translation"):
        return 0
    factor = context.guide.threshold("length.given_text_factor")
    return factor * measure(context.row.instruction)["words"]


def _of_kind(context: Context, measured: Measures, kind: str) -> Iterator[Miss]:
    low = context.guide.threshold(f"length.{kind}_min")
    high = context.guide.threshold(f"length.{kind}_max") + _given(context, kind)
    name = _NAMES[kind]
    if kind == "question" and _YES_NO.match(context.row.instruction[:2_000]):
        high, name = context.guide.threshold("length.yes_no_question_max"), "a question of yes or no"
    if paragraphs := _paragraphs(context):
        low = min(low, paragraphs[0] * context.guide.threshold("length.paragraph_min"))
        high = max(high, paragraphs[1] * context.guide.threshold("length.paragraph_max"))
    words, fresh = measured["words"], measured["fresh"]
    detail = {"kind": kind, "words": words, "fresh": fresh, "min": low, "max": high}
    if fresh < low:
        yield Miss(True, f"{fresh} words for {name}; at least {low:.0f} are expected", detail)
    elif words > high:
        yield Miss(False, f"{words} words for {name}; at most {high:.0f} are expected", detail)


def _paragraphs(context: Context) -> tuple[int, int] | None:
    """The fewest and the most paragraphs that the prompt states; None where it states none."""
    asks = [
        ask
        for ask in context.prompt.asks
        if ask.unit == "paragraphs" and not ask.part and ask.value.isdigit()
    ]
    if not asks:
        return None
    least = min(1 if ask.relation in ("<", "<=") else int(ask.value) for ask in asks)
    return max(1, least), max(int(ask.value) for ask in asks)
