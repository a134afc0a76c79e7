"""Counts as people write them in instructions: `300+`, `a dozen`, `between 3 and 5`, `no more than twenty`."""

from __future__ import annotations

import re

from quality.text.number_words import BELOW_100, cardinal

_FIXED = {
    "half a dozen": 6, "a dozen": 12, "dozen": 12, "a couple of": 2, "a couple": 2, "a pair of": 2, "single": 1,
    "once": 1, "twice": 2, "thrice": 3,
}  # fmt: skip
_NAMES = "|".join(name for name in _FIXED if not name.endswith("ce"))
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}k?(?![\w%])|\d{{1,6}}|{_NAMES}"
    rf"|(?:an?|{BELOW_100}) (?:hundred|thousand)(?: and {BELOW_100}| {BELOW_100})?|{BELOW_100})"
)
"""A pattern for one count in lower-case text, without groups."""

_BEFORE = {
    ">=": (
        "at least", "at minimum", "at a minimum", "at the very least", "at the least", "no less than",
        "no fewer than", "not less than", "not fewer than",
        "a minimum of", "minimum of", "minimum", "min", "min.", "greater than or equal to", "more than or equal to",
        "upwards of", "≥", ">=", "no shorter than", "not shorter than",
    ),
    ">": (
        "more than", "over", "greater than", "longer than", "bigger than", "higher than", "larger than",
        "beyond", "exceeding", "exceed", "in excess of", "above", ">",
    ),
    "<=": (
        "at most", "at the most", "capped at", "at maximum", "at a maximum", "no more than", "not more than",
        "a maximum of", "maximum of",
        "maximum", "max", "max.", "up to", "no longer than", "not exceed", "not exceeding", "not to exceed",
        "not longer than", "limited to", "within", "less than or equal to", "no greater than", "not over",
        "not go over", "≤", "<=", "as many as",
    ),
    "<": (
        "less than", "fewer than", "under", "below", "shorter than", "lower than", "smaller than",
        "lesser than", "<",
    ),
    "=": ("exactly", "precisely", "only", "just", "a total of", "exact"),
        "about": ("about", "around", "approximately", "roughly", "approx", "approx.", "nearly", "almost",
        "circa", "some"),
}  # fmt: skip
_AFTER = {
    ">=": (
        "+", "or more", "or longer", "at a minimum", "at the minimum", "or over", "and more", "and upwards",
        "at least", "at the least", "at the very least", "at minimum", "minimum", "and above", "or above",
        "plus", "and up",
    ),
    "<=": (
        "at a maximum", "at the maximum", "as a maximum", "or less", "or fewer", "or under", "or below",
        "at most", "at the most", "maximum", "max", "or shorter", "tops", "and under",
        "at maximum", "limit",
    ),
    "about": ("or so", "approximately", "give or take"),
    "=": ("exactly", "precisely"),
}  # fmt: skip


def _any(table: dict[str, tuple[str, ...]]) -> str:
    found = sorted((word for words in table.values() for word in words), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in found)


RELATION = _any(_BEFORE)
"""A pattern for the words before a count, without groups."""
LATER = _any(_AFTER)
"""A pattern for the words after a count or its unit, without groups."""

COUNT = (
    rf"(?:(?<!\w)(?P<before>{RELATION})\s{{0,3}}(?:of\s)?(?=[\w]))?(?P<tilde>~\s?)?"
    rf"(?:(?:in\s|within\s)?(?:the\s)?range\s(?:of|from)\s(?:between\s)?)?"
    rf"(?:between\s(?P<from>{NUMBER})\s(?:and|to)\s|(?:from\s)?(?<![\w.,$-])(?P<low>{NUMBER})(?:\s?(?:to|"
    r"or|through)\s|\s?[-–—]\s?(?=\d)))?"
    rf"(?<![\w.,$£€#])(?P<number>{NUMBER})(?P<plus>\s?\+)?(?:\s\((?:{NUMBER})\))?"
    rf"(?:\s(?P<after>{LATER})(?!\w))?"
    rf"(?:,?\s(?:but|and|yet)\s(?P<before2>{RELATION})\s(?P<number2>{NUMBER}))?"
)
"""A pattern for one count with its relation or range; read it with `bounds`."""

_RELATIONS = {word: sign for table in (_BEFORE, _AFTER) for sign, words in table.items() for word in words}
_NEGATED = re.compile(
    r"(?:\bnot?|n't|\bnothing|\bnever|\bwithout|\bavoid\w*)\b(?:(?!\sand\s|,)[^.?!\n]){0,24}$"
)
_OPPOSITE = {">": "<=", "<": ">="}


def value(text: str) -> int:
    """The number that `NUMBER` matched."""
    if text in _FIXED:
        return _FIXED[text]
    digits = text.replace(",", "")
    if digits.rstrip("k").isdigit():
        return int(digits.rstrip("k")) * (1000 if digits.endswith("k") else 1)
    return cardinal(text)


def relation(words: str | None) -> str | None:
    """The sign of what `RELATION` or `LATER` matched; None for None."""
    return _RELATIONS[" ".join(words.split())] if words else None


def bounds(match: re.Match[str], default: str, later: str | None = None) -> tuple[tuple[str, str], ...]:
    """What a match of `COUNT` asks for, as (relation, value) pairs; two of a range.

    Args:
        match: Of a pattern with `COUNT` in it.
        default: The relation where no word tells.
        later: What `LATER` matched behind the unit.
    """
    number = value(match["number"])
    low = match["from"] or match["low"]
    if low:
        least, most = sorted((value(low), number))
        return (">=", str(least)), ("<=", str(most))
    if match["before2"]:
        second = relation(match["before2"]) or default
        return (relation(match["before"]) or default, str(number)), (second, str(value(match["number2"])))
    return ((_sign(match, default, later), str(number)),)


def _sign(match: re.Match[str], default: str, later: str | None) -> str:
    if match["plus"]:
        return ">="
    if match["tilde"]:
        return "about"
    before = relation(match["before"])
    if before in _OPPOSITE and _NEGATED.search(match.string, max(0, match.start() - 40), match.start()):
        return _OPPOSITE[before]
    return before or relation(match["after"]) or relation(later) or default
