"""Spans of years that an answer states and that do not come out: durations, ages, centuries, `ten years later`.

Only years are given as a rule, so both ways to count them hold: 1939 to 1945 is six years or, with both ends, seven;
who was born in 1955 and died in 2011 was 55 or 56.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from quality.facts.claim import Claim
from quality.text import number_words

_COUNT = rf"(?P<count>\d{{1,3}}|{number_words.pattern(0, 20)})"
_YEAR = r"(?<![\w.,/$€£-])[12]\d{3}(?![\d,.]\d|\d|s\b|['’]s|\s?(?:BC|B\.C))"
_TO = r"\s?(?:[-–—]|to|until|till|through|and)\s?"
_SPAN_FIRST = re.compile(
    rf"\b(?:from|between)\s(?P<first>{_YEAR}){_TO}(?P<last>[12]\d{{3}})\b"
    r"(?:,|\s\(|,\s(?:for|or)|\s(?:for|[–—]))\s?(?:(?:which|that|this)\s(?:is|was|makes?)\s)?(?:a\s(?:total|period|span)\sof\s)?"
    rf"(?:a\s)?{_COUNT}[\s-]years?\b(?!\s(?:ago|old|later|after|before|earlier|of|in))",
    re.IGNORECASE,
)
_SPAN_LAST = re.compile(
    rf"\b(?:for|reigned|ruled|lasted|lasting|total(?:ing|ling)?|spann(?:ed|ing)|over|reign(?:ed)?(?:\sof|\sfor)|(?:period|span|total)\sof)"
    rf"\s(?:a\s(?:total|period|span)\sof\s)?{_COUNT}\syears?"
    rf"(?:\s\((?:from\s)?|,?\s(?:from|between)\s)(?P<first>{_YEAR}){_TO}(?P<last>[12]\d{{3}})\b",
    re.IGNORECASE,
)
_LIFE = re.compile(
    rf"\b[Bb]orn\b[^.!?\n\d]{{0,40}}(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s)?(?:[A-Z][a-z]{{2,8}},?\s)?(?P<first>{_YEAR})"
    r"(?P<between>(?:(?!\b[Bb]orn\b)[^\n]){0,300}?)\b(?:died|passed away|death)\b[^.!?\n\d]{0,40}"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s)?(?:[A-Z][a-z]{{2,8}},?\s)?(?P<last>{_YEAR})"
    rf",?[^.!?\n\d]{{0,20}}\b(?:at|aged|age)\s(?:the\sage\sof\s|age\s|just\s|only\s)?{_COUNT}\b(?!\s?(?:%|am|pm|:|p\.m|a\.m))",
)
_NTH = r"(?P<nth>\d{1,2})(?:st|nd|rd|th)"
_PART = (
    r"(?:early\s|late\s|mid-|middle\sof\sthe\s|beginning\sof\sthe\s|end\sof\sthe\s|first\shalf\sof\sthe\s)?"
)
_CENTURY_LAST = re.compile(
    rf"(?P<first>{_YEAR})(?:,?\s(?:in|during|at)\sthe\s{_PART}|\s\((?:in\s)?(?:the\s)?{_PART}){_NTH}\scentury\b(?!\sBC)",
    re.IGNORECASE,
)
_CENTURY_FIRST = re.compile(
    rf"\b{_NTH}\scentury(?:\s\((?:in\s|around\s|circa\s|c\.\s)?|,\s(?:in|specifically in|around)\s)(?P<first>{_YEAR})",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"(?<![-\w]){_COUNT}\syears\s(?:later|after that|afterwards?),?\s(?:\(?in\s|\()(?P<last>{_YEAR})",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?<![\d.,/$€£])[12]\d{3}(?![\d,.]\d|\d)")
_ROUGHLY = re.compile(
    r"\b(?:about|around|approx\w*|roughly|nearly|almost|over|than|least|most|some|just|first|next|last|another|every"
    r"|within|up to|under|only|of these|of those)\b",
    re.IGNORECASE,
)
LOOK_BACK = 400
"""Characters before `ten years later` in which the year meant must stand."""


def claims(text: str) -> Iterator[Claim]:
    """The statements about spans of years in an answer."""
    return chain(_spans(text), _ages(text), _centuries(text), _later(text))


def _spans(text: str) -> Iterator[Claim]:
    for match in chain(_SPAN_FIRST.finditer(text), _SPAN_LAST.finditer(text)):
        span = _difference(match)
        if span < 1 or _is_rough(text, match):
            continue
        yield _claim(match, (span, span + 1), f"from {match['first']} to {match['last']} is {span} years")


def _ages(text: str) -> Iterator[Claim]:
    for match in _LIFE.finditer(text):
        span = _difference(match)
        if span < 1 or _ANY_YEAR.search(match["between"]):
            continue
        born = f"born in {match['first']}, died in {match['last']}"
        yield _claim(match, (span - 1, span), f"{born} is an age of {span - 1} or {span}")


def _centuries(text: str) -> Iterator[Claim]:
    for match in chain(_CENTURY_LAST.finditer(text), _CENTURY_FIRST.finditer(text)):
        year, stated = int(match["first"]), int(match["nth"])
        computed = (year - 1) // 100 + 1
        holds = 100 * (stated - 1) <= year <= 100 * stated
        message = (
            "" if holds else f"{year} is in the {_ordinal(computed)} century, not in the {_ordinal(stated)}"
        )
        yield Claim(
            "years",
            *match.span(),
            f"{_ordinal(stated)} century",
            f"{_ordinal(computed)} century",
            holds,
            message,
        )


def _later(text: str) -> Iterator[Claim]:
    """`N years later, in Y`, where one year alone stands before it in the paragraph."""
    for match in _LATER.finditer(text):
        start = max(0, match.start() - LOOK_BACK, text.rfind("\n\n", 0, match.start()))
        earlier = {int(year.group()) for year in _ANY_YEAR.finditer(text, start, match.start())}
        if len(earlier) != 1 or _is_rough(text, match):
            continue
        (first,) = earlier
        span = int(match["last"]) - first
        if span < 1:
            continue
        yield _claim(match, (span - 1, span, span + 1), f"from {first} to {match['last']} is {span} years")


def _is_rough(text: str, match: re.Match[str]) -> bool:
    at = match.start("count")
    return _ROUGHLY.search(text, max(match.start() - 15, at - 25, 0), at) is not None


def _difference(match: re.Match[str]) -> int:
    return int(match["last"]) - int(match["first"])


def _claim(match: re.Match[str], right: tuple[int, ...], why: str) -> Claim:
    stated = match["count"].lower()
    value = int(stated) if stated.isdigit() else number_words.VALUES[stated]
    holds = value in right
    computed = " or ".join(map(str, right[:2]))
    return Claim("years", *match.span(), stated, computed, holds, "" if holds else f"{why}, not {stated}")


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
