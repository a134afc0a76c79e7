"""Quantities that an answer gives twice, in two units: `5 miles (8.05 km)`, `3 hours = 180 minutes`.

A statement holds when what is stated differs from what comes out by no more than the digits shown allow, and a share
for what people round (a cup is 240 ml, an oven is set in steps). Of an ambiguous unit (gallon, ton) any reading will
do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from quality.facts.claim import Claim, TooMuch
from quality.facts.quantities import NUMBER, Quantity, number, quantities
from quality.text.unit_names import Reading

MAX_QUANTITIES = 2_000
SHARE = 0.04
"""Of the stated value, by which people round a conversion."""
KITCHEN = {"gram": 0.1, "milliliter": 0.1}
"""The same where scales and jugs are read: a pound is 450 g and in recipes 500 g, a cup 240 ml."""
OVEN = {"degF": 18.5, "degC": 9.5}
"""Degrees by which a temperature for cooking is rounded: 425°F is 218.3°C and given as 210°C to 225°C."""
OVEN_FROM = {"degF": 175.0, "degC": 80.0}
FIVES = {"degF": 4.0, "degC": 2.5}
"""Degrees by which any other temperature that ends in 0 or 5 is rounded …"""
EXACT = {"degF": 1.8, "degC": 1.0}
"""… and one that does not."""
DIFFERENCE = 30
"""Degrees up to which a temperature may be a difference of two: `2°C (3.6°F) warmer`."""
FAR = 1.9
"""How many times off a time in brackets, or a quantity after `or`, may be and still be meant as the same."""

_ABOUT = (
    r"(?:(?:or|i\.e\.,?|about|around|approx(?:imately|\.)?|roughly|nearly|almost|exactly|equal to|equivalent to"
    r"|which is|just over|just under|~|≈|=)\s?){0,3}"
)
_BOLD = r"[*_]{0,2}"
_BRACKETS = re.compile(rf"{_BOLD}\s?[(\[]{_BOLD}{_ABOUT}", re.IGNORECASE)
_CLOSED = re.compile(r"[*_]{0,2}\s?(?:[)\];/,]|or\b)")
_EQUALS = re.compile(
    rf"{_BOLD}\s?(?:=|≈|~|(?:is|are|was|equals?|converts to)\b){_BOLD}\s?{_ABOUT}", re.IGNORECASE
)
_HAS = re.compile(r"\s(?:has|contains|consists of|is made up of)\s(?:exactly\s)?", re.IGNORECASE)
_IN = re.compile(r"\sin\s", re.IGNORECASE)
_THERE_ARE = re.compile(r"\bthere (?:are|is) (?:exactly )?$", re.IGNORECASE)
_OTHER_SYSTEM = re.compile(rf"\s?(?:/|,?\sor\s)\s?{_ABOUT}", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:half(?:\sof)?|quarters?(?:\sof)?|thirds?(?:\sof)?|%\sof|percent\sof|twice|double|each|every|per|a\sfew|several)\s$",
    re.IGNORECASE,
)
_ROUGHLY = re.compile(r"\b(?:about|around|approx\w*|roughly|nearly|almost|some)\b|[~≈]", re.IGNORECASE)
_VAGUE = re.compile(r"\b(?:under|over|than|almost|nearly|about|within|around)\s$", re.IGNORECASE)
_DOZEN = re.compile(
    rf"(?<![\w.,/+*×-])(?P<dozens>{NUMBER})\sdozen(?:\s(?:eggs|items))?"
    r"\s?(?:=|is|are|equals|\()\s?(?P<stated>\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?![\w.,]\d)(?=\)|[.,;]?(?:\s|$))"
    r"(?!\s?[-+*/×])",
    re.IGNORECASE,
)
_POINT = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_SUM = "+-−–*/×x÷·^"
_TERM = re.compile(r"(?:\S[ \t][-+−–*/×x÷·^][ \t]|[-+−–*/×÷·^])$")
_NO_CONVERSION = re.compile(
    r"\b(?:scale|maps?|represents?|drawing|model|charge[ds]?|costs?|rent|work(?:ing)?|business|school|pace|rule)\b",
    re.IGNORECASE,
)
_IMPERIAL = frozenset(
    {
        "inch",
        "foot",
        "yard",
        "mile",
        "pound",
        "stone",
        "ounce",
        "cup",
        "fluid_ounce",
        "pint",
        "quart",
        "gallon",
    }
    | {"tablespoon", "teaspoon", "degF", "short_ton", "acre", "psi", "horsepower"}
)


def claims(instruction: str, output: str) -> Iterator[Claim | TooMuch]:
    """The quantities that the answer gives in two units, each recomputed."""
    yield from _dozens(output)
    earlier: Quantity | None = None
    for count, later in enumerate(quantities(output)):
        if count == MAX_QUANTITIES:
            yield TooMuch(f"more than {MAX_QUANTITIES:,} quantities")
            return
        if earlier is not None and _is_statement(output, earlier, later):
            claim = _claim(output, earlier, later)
            if claim and (claim.holds or not _is_pointed(output[claim.start : claim.end])):
                yield claim
        earlier = later


def _is_pointed(statement: str) -> bool:
    """Whether it holds with points read as marks of thousands (`1.000 m = 1 km`)."""
    whole = _POINT.sub("", statement)
    found = list(quantities(whole)) if whole != statement else []
    claim = _claim(whole, *found) if len(found) == 2 else None
    return claim is not None and claim.holds


def _dozens(text: str) -> Iterator[Claim]:
    for match in _DOZEN.finditer(text):
        dozens, stated = number(match["dozens"]), float(match["stated"].replace(",", ""))
        holds = stated == 12 * dozens
        message = "" if holds else f"{match['dozens']} dozen is {12 * dozens:,g}, not {match['stated']}"
        yield Claim("unit", *match.span(), match["stated"], f"{12 * dozens:g}", holds, message)


def _is_statement(text: str, one: Quantity, two: Quantity) -> bool:
    """Whether the words between and around two quantities say that they are the same."""
    glue = text[one.end : two.start]
    if (
        len(glue) > 60
        or (one.units == two.units and not (one.compound or two.compound))
        or (one.low == one.high) != (two.low == two.high)
    ):
        return False
    before, after = text[max(0, one.start - 60) : one.start], text[two.end : two.end + 12]
    around = f"{before}{glue}{text[two.end : two.end + 30]}"
    if _PART.search(before) or _NO_CONVERSION.search(around):
        return False
    if _BRACKETS.fullmatch(glue):
        far = _is_time(one) and not _is_near(one, two)
        return not one.worded and _CLOSED.match(after) is not None and not far
    if (one.worded and _VAGUE.search(before)) or _TERM.search(before):
        return False
    if _EQUALS.fullmatch(glue):
        return after.lstrip()[:1] not in tuple(_SUM)
    if _HAS.fullmatch(glue):
        return one.worded
    if _IN.fullmatch(glue):
        return two.worded and _THERE_ARE.search(before) is not None
    other = _OTHER_SYSTEM.fullmatch(glue) is not None and _is_imperial(one) != _is_imperial(two)
    return other and not one.worded and _is_near(one, two)


def _is_imperial(quantity: Quantity) -> bool:
    return quantity.units[0][1].split("**")[0].split(" ")[0] in _IMPERIAL


def _is_near(one: Quantity, two: Quantity) -> bool:
    """False for two so far apart that they are two things (`3 days (8 hours)`, `100 miles or 500 km`), not one."""
    if two.units[0][1] in OVEN:
        return True
    found = [value for value, _ in _values(one, two)]
    return any(low > 0 and 1 / FAR < two.low / low < FAR for low, _ in found)


def _is_time(quantity: Quantity) -> bool:
    return quantity.units[0][1] in ("second", "minute", "hour", "day", "week", "fortnight", "millisecond")


def _claim(text: str, one: Quantity, two: Quantity) -> Claim | None:
    """The statement, held against every reading of its units; None where they measure different things."""
    start, end, glue = one.start, two.end, text[one.end : two.start]
    roughly = _ROUGHLY.search(text, max(0, start - 20), two.start) is not None
    if _IN.fullmatch(glue):
        one, two = two, one
    found = _values(one, two)
    if not found:
        return None
    equals = _EQUALS.fullmatch(glue) is not None
    oven = 0.5 if equals and not roughly else 1.0
    holds = any(_fits(value, two, unit, oven) for value, unit in found)
    if holds != roughly and (roughly or equals or two.compound):
        holds = any(_fits(value, one, unit, oven) for value, unit in _values(two, one))
    low, high = found[0][0]
    stated, given = text[two.start : two.end], text[one.start : one.end]
    computed = _shown(low, two) if low == high else f"{_shown(low, two)}-{_shown(high, two)}"
    computed = f"{computed}{'' if two.name[:1] in '°º˚' else ' '}{two.name}"
    message = "" if holds else f"{given} is {computed}, not {stated}"
    return Claim("unit", start, end, stated, computed, holds, message)


def _values(one: Quantity, two: Quantity) -> list[tuple[tuple[float, float], str]]:
    """The first quantity in each reading of the second's unit, with that unit's name."""
    return [
        ((slope * one.low + shift, slope * one.high + shift), unit[1])
        for source in one.units
        for unit in two.units
        for slope, shift in _ways(source, unit)[: 1 + (abs(one.high) <= DIFFERENCE)]
    ]


def _fits(value: tuple[float, float], stated: Quantity, unit: str, oven: float) -> bool:
    """Whether what is stated is the value, rounded or cut off."""
    pairs = zip(value, (stated.low, stated.high), strict=True)
    return all(
        abs(computed - given) <= _slack(given, stated.step, unit, oven)
        or (unit not in OVEN and 0 <= computed - given < stated.step)
        for computed, given in pairs
    )


def _slack(given: float, step: float, unit: str, oven: float) -> float:
    """By how much the value may differ; `oven` is the share of the slack for cooking."""
    if unit in OVEN:
        rounded = OVEN[unit] * oven if given >= OVEN_FROM[unit] else FIVES[unit]
        return rounded if given % 5 == 0 else max(EXACT[unit], step * 0.51)
    return max(step * 0.51, abs(given) * KITCHEN.get(unit, SHARE))


def _shown(value: float, like: Quantity) -> str:
    """The value with as many decimals as the stated one, and three significant digits at least."""
    value = value / like.scale
    decimals = max(0, math.ceil(-math.log10(like.step / like.scale)))
    needed = 2 - math.floor(math.log10(abs(value))) if value else 0
    text = f"{value:,.{max(decimals, min(needed, 12))}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def _ways(one: Reading, two: Reading) -> tuple[tuple[float, float], ...]:
    """Slope and shift from one unit to the other; two of temperatures, which may be differences; none if unlike."""
    registry = _registry()
    source, target = registry.parse_units(one[1]), registry.parse_units(two[1])
    if source.dimensionality != target.dimensionality:
        return ()
    zero, unit = (
        float(registry.Quantity(value * one[0], source).to(target).magnitude) / two[0] for value in (0, 1)
    )
    slope = unit - zero
    return ((slope, zero), (slope, 0.0)) if abs(zero) > 1e-9 else ((slope, 0.0),)


@cache
def _registry() -> Any:
    """Pint's registry of units, made once and only where two units are compared."""
    from pint import UnitRegistry

    return cast(Any, UnitRegistry(cache_folder=None))
