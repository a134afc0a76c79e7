"""Asks of one prompt that no answer can fulfil together, such as all capitals and no capitals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from quality.compliance.verdict import tokens
from quality.model import Ask
from quality.text.language import are_kin

MAX_ASKS = 60
"""Asks of one prompt that are compared with one another; a prompt has seldom ten."""


def conflicts(asks: Sequence[Ask]) -> Iterator[tuple[Ask, Ask]]:
    """Pairs of asks that exclude one another, the earlier one first."""
    for one, other in combinations(asks[:MAX_ASKS], 2):
        if any(exclude(one, other) or exclude(other, one) for exclude in _RULES):
            yield one, other


def _is_number(ask: Ask) -> bool:
    return ask.value.isascii() and ask.value.isdigit() and len(ask.value) <= 7


def _range(ask: Ask) -> tuple[float, float]:
    """The least and the most that the ask admits; `about` is read as widely as a reader may."""
    number = int(ask.value)
    return {
        "<": (0.0, number - 1),
        "<=": (0.0, number),
        ">": (number + 1, float("inf")),
        ">=": (number, float("inf")),
        "about": (number / 2, number * 2),
        "not": (0.0, float("inf")),
    }.get(ask.relation, (number, number))


def _counts_apart(one: Ask, other: Ask) -> bool:
    """Two counts of the same thing whose ranges have nothing in common."""
    same = (one.kind, one.part, one.unit.casefold()) == (other.kind, other.part, other.unit.casefold())
    if not (same and one.kind in _COUNTED and _is_number(one) and _is_number(other)):
        return False
    (low, high), (least, most) = _range(one), _range(other)
    return high < least or most < low


_COUNTED = frozenset(
    str.split(
        "length_constraints:number_words length_constraints:number_sentences length_constraints:number_paragraphs"
        " length:characters length:lines length:stanzas length:questions keywords:frequency"
        " keywords:letter_frequency detectable_content:number_placeholders detectable_format:number_bullet_lists"
        " change_case:capital_word_frequency"
    )
)


def _cases_apart(one: Ask, other: Ask) -> bool:
    if one.kind != "change_case:english_lowercase":
        return False
    wants_capitals = other.kind == "change_case:capital_word_frequency" and _is_number(other)
    return other.kind == "change_case:english_capital" or (wants_capitals and _range(other)[0] >= 1)


def _languages_apart(one: Ask, other: Ask) -> bool:
    kind = "language:response_language"
    return one.kind == other.kind == kind and not are_kin(one.value, other.value)


def _words_apart(one: Ask, other: Ask) -> bool:
    """A word that must stand and must not."""
    if one.kind != "keywords:forbidden_words":
        return False
    wanted = (
        other.value
        if other.kind == "keywords:existence"
        else other.unit
        if other.kind == "keywords:frequency" and _is_number(other) and _range(other)[0] >= 1
        else ""
    )
    return bool(wanted) and tokens(one.value) == tokens(wanted)


def _comma_apart(one: Ask, other: Ask) -> bool:
    return one.kind == "punctuation:no_comma" and other.kind == "keywords:existence" and "," in other.value


def _word_apart(one: Ask, other: Ask) -> bool:
    """One word, and more than it holds."""
    if one.kind != "format:one_word" or other.part:
        return False
    if other.kind == "length_constraints:number_words" and _is_number(other):
        return _range(other)[0] > 2
    return other.kind in ("length_constraints:number_sentences", "length_constraints:number_paragraphs") and (
        _is_number(other) and _range(other)[0] > 1
    )


def _ends_apart(one: Ask, other: Ask) -> bool:
    """Two endings, or two beginnings, of which neither is part of the other."""
    if one.kind != other.kind or one.kind not in ("startend:end_checker", "startend:opening"):
        return False
    first, second = tokens(one.value), tokens(other.value)
    if not first or not second:
        return False
    size = min(len(first), len(second))
    return (
        first[-size:] != second[-size:]
        if one.kind == "startend:end_checker"
        else first[:size] != second[:size]
    )


def _emoji_apart(one: Ask, other: Ask) -> bool:
    return one.kind == other.kind == "style:emoji" and (one.relation == "not") != (other.relation == "not")


_RULES: Iterable[Callable[[Ask, Ask], bool]] = (
    _counts_apart,
    _cases_apart,
    _languages_apart,
    _words_apart,
    _comma_apart,
    _word_apart,
    _ends_apart,
    _emoji_apart,
)
