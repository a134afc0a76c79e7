"""Fluent text that says what is not so."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from faults.draft import Answer, Change, Draft, Fault, Pool, changed, in_text, listed, some
from faults.statements import STATEMENTS
from faults.word_problems import word_problem


def _barred(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


COUNTRIES = _barred(
    "France|Germany|Italy|Spain|Portugal|Greece|Turkey|Egypt|Morocco|Kenya|Nigeria|India|China|Japan|"
    "Vietnam|Thailand|"
    "Indonesia|Australia|Canada|Mexico|Brazil|Argentina|Chile|Peru|Colombia|Russia|Poland|Norway|Sweden|"
    "Finland|"
    "Denmark|Iceland|Ireland|England|Scotland|Wales|Austria|Switzerland|Belgium|Netherlands|Hungary|"
    "Ukraine|Iran|Iraq|"
    "Israel|Pakistan|Malaysia|Singapore|Philippines|Cuba|Jamaica|Ethiopia|Ghana|South Korea|New "
    "Zealand|South Africa"
)
PLACES = _barred(
    "London|Paris|Berlin|Rome|Madrid|Lisbon|Athens|Vienna|Zurich|Geneva|Basel|Amsterdam|Brussels|"
    "Stockholm|Oslo|Dublin|"
    "Tokyo|Kyoto|Osaka|Beijing|Shanghai|Mumbai|Delhi|Cairo|Nairobi|Sydney|Melbourne|Toronto|Vancouver|"
    "Montreal|Chicago|"
    "Boston|New York|Los Angeles|San "
    "Francisco|Seattle|Houston|Dallas|Miami|Atlanta|Denver|California|Texas|Florida|"
    "Ohio|Virginia|Alabama|Georgia|Oregon|Nevada|Europe|Asia|Africa|North America|South America|Antarctica"
)
MONTHS = listed("January February March April June July August September October November December")
_OPPOSITE = _barred(
    "increase decrease|increases decreases|increased decreased|higher lower|larger smaller|largest smallest|"
    "before after|above below|hot cold|warm cool|early late|always never|oldest youngest|north south|"
    "east west|northern southern|eastern western|longest shortest|male female|"
    "positive negative|"
    "maximum minimum|best worst|safe unsafe|legal illegal|possible impossible|most least|faster "
    "slower|strong weak|"
    "highest lowest|inside outside|rich poor|soft hard|liquid solid|majority minority|upper lower|winter "
    "summer|"
    "day night|raise lower|expand contract|attract repel|common rare|public private|ancient modern|"
    "heavy light|"
    "hours minutes|minutes seconds|years months|weeks days|miles feet|inches yards|kilometers "
    "meters|million billion|"
    "cups teaspoons|tablespoons gallons|degrees percent|left right|acid base|wet dry|open closed|thick thin"
)
_OTHER = {a: b for pair in _OPPOSITE for a, b in (pair.split(), pair.split()[::-1])}
_NUMBER = re.compile(r"(?<![\w.,/:#-])(?<!\n)\$?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w.)/:#-]|,\d)")
_YEAR = re.compile(r"(?<![\w.,/$-])(1[0-9]\d\d|20[0-2]\d)(?=s\b|\b)(?![-/])")
_EQUATION = re.compile(r"[+*×x/÷-] ?\$?\d[\d,.]*(?: [a-z/%]+)? ?(?:=|is|equals) ?\$?(\d[\d,]*(?:\.\d+)?)")
_NAME = re.compile(r"(?<=[a-z,] )(?!The\b)([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,2})(?= [a-z]|[.,;)])")


def _spoil(found: Sequence[Change], draw: random.Random, text: str, most: int) -> str | None:
    return changed(text, some(found, draw.randint(1, most), draw)) if found else None


def numbers(text: str, pool: Pool, draw: random.Random) -> str | None:
    found = [
        (*m.span(1), _other_number(m.group(1), draw))
        for m in _NUMBER.finditer(text)
        if not _YEAR.fullmatch(m.group(1)) and not text[: m.start()].endswith(("\n", "Step ", "Day "))
    ]
    return _spoil(found, draw, text, 4)


def _other_number(number: str, draw: random.Random) -> str:
    """A number as long that is some way off."""
    value = float(number.replace(",", ""))
    new = value
    while abs(new - value) < max(1.0, 0.15 * value) or new <= 0:
        new = value * draw.choice((0.2, 0.3, 0.5, 0.6, 0.75, 1.25, 1.4, 1.5, 2, 3, 5))
        new = float(f"{new:.2g}") if value >= 1000 else new + draw.choice((-2, -1, 1, 2, 3))
    places = len(number.partition(".")[2])
    return f"{new:,.{places}f}" if "," in number else f"{new:.{places}f}"


def years(text: str, pool: Pool, draw: random.Random) -> str | None:
    shifts = (-40, -25, -12, -7, -4, -3, 3, 5, 6, 9, 14, 30)
    found = [(*m.span(1), str(int(m.group(1)) + draw.choice(shifts))) for m in _YEAR.finditer(text)]
    months = "|".join(MONTHS)
    found += [
        (*m.span(), draw.choice([x for x in MONTHS if x != m.group()]))
        for m in re.finditer(rf"\b(?:{months})\b", text)
    ]
    return _spoil(found, draw, text, 4)


def names(text: str, pool: Pool, draw: random.Random) -> str | None:
    """Names for others of as many words, everywhere or in one place."""
    found = list(dict.fromkeys(m.group(1) for m in _NAME.finditer(text) if proper(m.group(1), pool.known)))
    if not found:
        return None
    before = text
    for name in draw.sample(found, min(len(found), draw.randint(1, 3))):
        other = draw.choice(pool.names[len(name.split())])
        text = re.sub(rf"\b{re.escape(name)}\b", other, text, count=draw.choice((0, 0, 1)))
    return None if text == before else text


def proper(name: str, known: frozenset[str]) -> bool:
    """Whether none of its words is an everyday word with a capital."""
    return not any(word.lower() in known for word in name.split())


def places(text: str, pool: Pool, draw: random.Random) -> str | None:
    found: list[Change] = []
    for sort in (COUNTRIES, PLACES):
        for m in re.finditer(rf"\b(?:{'|'.join(sort)})\b", text):
            found.append((*m.span(), draw.choice([x for x in sort if x != m.group()])))
    return _spoil(found, draw, text, 4)


def negated(text: str, pool: Pool, draw: random.Random) -> str | None:
    found = [
        (*m.span(), f"{m.group()} not")
        for m in re.finditer(
            r"(?<=[a-z] )(?:is|are|was|were|can|will|does|should)\b(?! (?:not|be |to ))(?=[ ][a-z])", text
        )
    ]
    found += [(*m.span(), "") for m in re.finditer(r"(?<=is|re|an|as|ld|do|es) not(?= [a-z])(?! only)", text)]
    return _spoil(found, draw, text, 3)


def opposite(text: str, pool: Pool, draw: random.Random) -> str | None:
    words = "|".join(sorted(_OTHER, key=len, reverse=True))
    found = [
        (*m.span(), _OTHER[m.group()]) for m in re.finditer(rf"(?<=[a-z\d] )(?:{words})(?=[ ,.;])", text)
    ]
    return _spoil(found, draw, text, 3)


def swapped(text: str, pool: Pool, draw: random.Random) -> str | None:
    """Two names of one sentence in each other's place."""
    found: list[Change] = []
    for m in re.finditer(r"[^.\n]+", text):
        here = [
            (n.start(1) + m.start(), n.end(1) + m.start(), n.group(1))
            for n in _NAME.finditer(m.group())
            if proper(n.group(1), pool.known)
        ]
        if len({n for _, _, n in here}) >= 2:
            (s1, e1, a), (s2, e2, b) = here[0], next(n for n in here if n[2] != here[0][2])
            found.append((s1, e2, b + text[e1:s2] + a))
    # "A, B and C" means the same in any order
    telling = [c for c in found if not re.search(r", | and | or ", text[c[0] : c[1]])]
    return _spoil(telling, draw, text, 2)


def arithmetic(text: str, pool: Pool, draw: random.Random) -> str | None:
    """The result of one sum, and what is said of it later."""
    found = list(_EQUATION.finditer(text))
    if not found:
        return None
    chosen = draw.choice(found)
    right = chosen.group(1).rstrip(",.")
    wrong = _other_number(right, draw)
    head, tail = text[: chosen.start(1)], text[chosen.start(1) + len(right) :]
    return head + wrong + (re.sub(rf"\b{re.escape(right)}\b", wrong, tail) if draw.random() < 0.5 else tail)


def statement(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """A short answer that is wrong, and the right one in an annotator's own words."""
    return Draft(*draw.choice(STATEMENTS))


FAULTS: dict[str, Fault] = {
    "numbers": in_text(numbers),
    "years and months": in_text(years),
    "names": in_text(names),
    "places": in_text(places),
    "negation": in_text(negated),
    "opposites and units": in_text(opposite),
    "swapped names": in_text(swapped),
    "arithmetic": in_text(arithmetic),
    "word problem": word_problem,
    "wrong answer": statement,
}
