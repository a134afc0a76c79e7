"""Quantities as people write them: `1,500 ft`, `1½ cups`, `60-75°F`, `5'10"`, `2 hours 30 minutes`.

Numbers and unit names are read here and nowhere else: a unit is one of a fixed table of names, so that no text of a
user ever reaches a unit parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quality.text.number_words import SCALES, VALUES, VULGAR, pattern
from quality.text.unit_names import NAMES, SYMBOLS, Reading

_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}(?![\d,])|\d{1,12})(?:\.\d{1,10})?"
_FRACTION = rf"(?:(?:\d{{1,4}}[ -])?\d{{1,3}}[/⁄][1-9]\d{{0,2}}|(?:\d{{1,4}} ?)?[{''.join(VULGAR)}])"
NUMBER = rf"(?:{_FRACTION}|{_DIGITS}|(?i:{pattern(1, 12)}|an?)(?=[\s-]))"


def _any(names: dict[str, tuple[Reading, ...]]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


_QUANTITY = re.compile(
    rf"(?<![\w.,/⁄^$€£])(?![12]\d\d0s\b)(?:(?<![\w)°])(?P<sign>[-−–])(?=\d))?(?P<low>{NUMBER})"
    rf"(?:°?\s?(?:[-–—]|to)\s?(?P<high>{NUMBER}))?(?:\s(?P<scale>{'|'.join(SCALES)}))?"
    rf"[ \u00a0\u202f-]?(?P<unit>{_any(SYMBOLS)}|(?i:{_any(NAMES)}))"
    r"(?:\.(?=\s?[)=,]))?(?![\w²³^'’°])(?!\s?/\s?[A-Za-z])(?!\s(?:per|and\sa\shalf)\b)"
)
_HEIGHT = re.compile(
    r"(?<![\w.,/'’])(?P<feet>[1-9]\d?)\s?['′’]\s?(?P<inches>\d{1,2}(?:\.\d)?)\s?(?:[\"″”]|'')(?!\w)"
)
_COMPOUND = re.compile(r"(?:,?\s(?:and\s)?|,)")
_RANGE = re.compile(r"\s?(?:[-–—]|to)\s?")
_SMALLER = {
    "foot": 12, "pound": 16, "hour": 60, "minute": 60, "day": 24, "stone": 14, "gallon": 4, "week": 7, "mile": 5280,
    "meter": 100, "kilometer": 1000, "kilogram": 1000,
}  # fmt: skip
"""Unit → how many of the next smaller one it has, at least: `5 feet 10 inches` is one quantity."""
_PARTS = {
    "foot": ("inch",), "pound": ("ounce",), "hour": ("minute",), "minute": ("second",), "day": ("hour",),
    "stone": ("pound",), "gallon": ("quart",), "week": ("day",), "mile": ("foot",), "meter": ("centimeter",),
    "kilometer": ("meter",), "kilogram": ("gram",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or a range, with its unit.

    Attributes:
        start: First code point in the text.
        end: One past the last.
        low: The number, or the range's lower end as written.
        high: The range's other end; equal to `low` for one number.
        step: What one unit of the last significant digit shown is worth: 10 for `1,250`, .1 for `2.5`.
        units: What the unit may mean.
        name: The unit as written, with the scale before it: `million miles`.
        scale: What that scale is worth; 1 without one.
        worded: Whether the number is `a` or `an`.
        compound: Whether it has two units: `5 ft 10 in`; `units` is then the smaller one.
    """

    start: int
    end: int
    low: float
    high: float
    step: float
    units: tuple[Reading, ...]
    name: str
    scale: float = 1.0
    worded: bool = False
    compound: bool = False


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities in their order; those that belong together (`5 ft 10 in`, `15°C to 25°C`) as one."""
    waiting: Quantity | None = None
    for found in _simple(text):
        joined = _joined(text, waiting, found) if waiting else None
        if joined is None and waiting:
            yield waiting
        waiting = joined or found
    if waiting:
        yield waiting


def _simple(text: str) -> Iterator[Quantity]:
    heights = _HEIGHT.finditer(text)
    height = next(heights, None)
    for match in _QUANTITY.finditer(text):
        while height and height.start() < match.start():
            yield _height(height)
            height = next(heights, None)
        yield _quantity(match)
    if height:
        yield _height(height)
    yield from map(_height, heights)


def _height(match: re.Match[str]) -> Quantity:
    inches = 12 * float(match["feet"]) + float(match["inches"])
    return Quantity(
        match.start(),
        match.end(),
        inches,
        inches,
        step_of(match["inches"]),
        ((1.0, "inch"),),
        "in",
        compound=True,
    )


def _quantity(match: re.Match[str]) -> Quantity:
    scale = float(SCALES[match["scale"]]) if match["scale"] else 1.0
    sign = -1.0 if match["sign"] else 1.0
    low = sign * number(match["low"]) * scale
    high = number(match["high"]) * scale if match["high"] else low
    step = min(step_of(part) for part in (match["low"], match["high"]) if part) * scale
    unit = match["unit"]
    units = SYMBOLS.get(unit) or NAMES[unit.lower()]
    name = " ".join(filter(None, (match["scale"], unit)))
    worded = match["low"].lower() in ("a", "an")
    return Quantity(match.start(), match.end(), low, high, step, units, name, scale, worded)


def _joined(text: str, one: Quantity, two: Quantity) -> Quantity | None:
    """Both as one quantity; None where they are two."""
    if one.low != one.high or two.start < one.end:
        return None
    glue = text[one.end : two.start]
    same = one.units == two.units and two.low == two.high
    if same and _RANGE.fullmatch(glue) and one.low < two.low:
        step = min(one.step, two.step)
        return Quantity(one.start, two.end, one.low, two.low, step, one.units, two.name, two.scale)
    (factor, large), (_, small) = one.units[0], two.units[0]
    if small in _PARTS.get(large, ()) and two.high < _SMALLER[large] and _COMPOUND.fullmatch(glue):
        each = _SMALLER[large] * factor
        low, high = one.low * each + two.low, one.low * each + two.high
        return Quantity(one.start, two.end, low, high, two.step, two.units, two.name, compound=True)
    return None


def number(text: str) -> float:
    """The value of a number as written: digits, a fraction, or a word up to twelve."""
    if text[0].isalpha():
        return float(VALUES.get(text.lower(), 1))
    if text[-1] in VULGAR:
        return (float(text[:-1]) if text[:-1].strip() else 0.0) + float(VULGAR[text[-1]])
    whole, slash, below = text.replace("⁄", "/").partition("/")
    if slash:
        first, _, top = whole.replace("-", " ").rpartition(" ")
        return (float(first) if first else 0.0) + float(top) / float(below)
    return float(text.replace(",", ""))


def step_of(text: str) -> float:
    """What one unit of the last significant digit is worth.

    Zeros at the end of a whole number count up to a tenth of it, and a half is as often rounded as exact: `400` is
    worth 40 and `2.5` is worth .5.
    """
    if not text[0].isdigit() or not text.replace(",", "").replace(".", "").isdigit():
        return 0.25 if text[-1] in VULGAR or "/" in text else 1.0
    whole, dot, decimals = text.replace(",", "").partition(".")
    if dot:
        return 0.5 if decimals == "5" else 10.0 ** -len(decimals)
    zeros = len(whole) - len(whole.rstrip("0"))
    return min(10.0**zeros, int(whole) / 10) if 0 < zeros < len(whole) else 1.0
