"""Percentages that an answer states beside the numbers they come from.

`15 of the 20 rooms (75%)`, `a 25% increase from 80 to 100`, `rose from 80 to 100, a 25% increase`, `20% off $50 is
$40`. Percentages inside a calculation (`20% of 150 is 30`) are read with the arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from quality.facts.claim import Claim, TooMuch
from quality.facts.code import prose_lines
from quality.facts.unit_words import SCALES

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,15})(?:\.[0-9]{1,8})?"
_SCALE = r"(?:[ ](?:thousand|million|billion|trillion)\b)?"


def _n(name: str) -> str:
    return rf"(?<![\w.,/%-])[$€£]?(?P<{name}>{_DIGITS}{_SCALE})(?![\w%]|[.,][0-9]|\s?%)"


_HEDGE = r"(?:about|approximately|roughly|around|nearly|almost|over)[ ]|[~≈][ ]?"
_P = rf"(?P<about>{_HEDGE})?(?P<sign>[+−-])?(?P<p>[0-9]{{1,6}}(?:\.[0-9]{{1,6}})?)[ ]?(?:%|percent\b)"
_WORDS = r"(?:[ ][A-Za-z][\w'’-]{0,20}){0,3}"
_UP = "increase|rise|gain|growth|jump|raise|markup|hike|boost|surge"
_DOWN = "decrease|drop|decline|reduction|fall|cut|loss|discount|markdown"
_MOVED = (
    "increased|rose|risen|grew|grown|jumped|climbed|went up|raised|decreased|fell|fallen|dropped|declined|went down"
    "|reduced|shrank|cut"
)

_PART = re.compile(
    rf"{_n('a')}(?:[ ]out[ ]of[ ]|[ ]of[ ](?=the[ ]|all[ ]|these[ ]|those[ ]|its[ ]|[0-9]))"
    rf"(?:the[ ]|all[ ]|these[ ]|those[ ]|its[ ]|a[ ]total[ ]of[ ])?{_n('b')}{_WORDS}"
    rf"(?:[ ]\((?:or[ ]|i\.e\.,?[ ]|=[ ]?)?{_P}\)|,[ ]or[ ]{_P.replace('<', '<q_')}"
    rf"|[ ](?:is|are|=|equals)[ ]{_P.replace('<', '<r_')}(?=[\s.,;]|$))",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    rf"{_P}[ ](?P<way>{_UP}|{_DOWN})(?:[ ]in{_WORDS})?,?[ ](?:\()?from[ ]{_n('a')}{_WORDS}[ ]to[ ]{_n('b')}",
    re.IGNORECASE,
)
_MOVE = re.compile(
    rf"(?:{_MOVED}|{_UP}|{_DOWN})[ ]from[ ]{_n('a')}{_WORDS}[ ]to[ ]{_n('b')}{_WORDS}"
    rf"(?:,?[ ](?:which[ ]is[ ]|representing[ ]|that[ ]is[ ])?an?[ ]|[ ]\((?:an?[ ])?){_P}"
    rf"(?:[ ](?:{_UP}|{_DOWN}|change)|\))",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"(?:{_MOVED})[ ]by[ ]{_P},?[ ]from[ ]{_n('a')}{_WORDS}[ ]to[ ]{_n('b')}",
    re.IGNORECASE,
)
_OFF = re.compile(
    rf"{_P}[ ]off[ ](?:of[ ])?(?:the[ ]|an?[ ])?{_n('a')}[ ](?:is|equals|=|would[ ]be|comes[ ]to|leaves)[ ]"
    rf"{_n('b')}(?=[\s.,;!]|$)",
    re.IGNORECASE,
)
_CUE = re.compile(r"[0-9][ ]?(?:%|percent)", re.IGNORECASE)


def claims(instruction: str, output: str) -> Iterator[Claim | TooMuch]:
    """The percentages stated beside their numbers, recomputed."""
    if not _CUE.search(output):
        return
    for at, line in prose_lines(output):
        if not _CUE.search(line):
            continue
        for pattern, compute in (
            (_PART, _part),
            (_CHANGE, _change),
            (_MOVE, _change),
            (_BY, _change),
            (_OFF, _off),
        ):
            for match in pattern.finditer(line):
                claim = compute(match, at)
                if claim:
                    yield claim


def _number(words: str) -> Fraction:
    digits, _, scale = words.partition(" ")
    return Fraction(digits.replace(",", "")) * SCALES.get(scale.lower(), 1)


def _stated(match: re.Match[str]) -> tuple[str, bool]:
    """The percentage as digits, and whether it is said to be about right."""
    groups = match.groupdict()
    for prefix in ("", "q_", "r_"):
        if groups.get(f"{prefix}p"):
            return groups[f"{prefix}p"], bool(groups.get(f"{prefix}about"))
    raise AssertionError("a pattern without a percentage")


def _part(match: re.Match[str], at: int) -> Claim | None:
    part, whole = _number(match["a"]), _number(match["b"])
    if not whole:
        return None
    return _percentage(match, at, part / whole * 100, f"{match['a']} of {match['b']} is")


def _change(match: re.Match[str], at: int) -> Claim | None:
    before, after = _number(match["a"]), _number(match["b"])
    years = all(1000 <= n <= 2100 and n.denominator == 1 for n in (before, after))
    if not before or (years and "$" not in match.group()):
        return None
    change = abs(after - before) / before * 100
    return _percentage(match, at, change, f"from {match['a']} to {match['b']} is a change of")


def _percentage(match: re.Match[str], at: int, exact: Fraction, words: str) -> Claim:
    digits, about = _stated(match)
    stated = Fraction(digits)
    unit = Fraction(1, 10 ** len(digits.partition(".")[2]))
    slack = max(unit, exact / 20) if about else unit
    holds = stated == exact or abs(stated - exact) < slack
    computed = f"{float(exact):.4g}%"
    message = "" if holds else f"{words} {computed}, not {digits}%"
    return Claim("percentage", at + match.start(), at + match.end(), f"{digits}%", computed, holds, message)


def _off(match: re.Match[str], at: int) -> Claim | None:
    digits, _ = _stated(match)
    price, stated = _number(match["a"]), _number(match["b"])
    saved = price * Fraction(digits) / 100
    unit = Fraction(1, 10 ** len(match["b"].partition(".")[2])) if "." in match["b"] else Fraction(1)
    holds = any(stated == right or abs(stated - right) < unit for right in (saved, price - saved))
    if not holds and price - saved > 0 and stated == price:
        return None
    computed = f"{float(price - saved):,.6g}"
    message = "" if holds else f"{digits}% off {match['a']} is {computed}, not {match['b']}"
    return Claim("percentage", at + match.start(), at + match.end(), match["b"], computed, holds, message)
