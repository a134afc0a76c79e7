"""The numbers, dates and names that a text mentions, in a form that does not hang on how they are written.

`1,000`, `1000` and `one thousand` are one number; `3 May 1999` and `1999-05-03` one date; `İzmir's` and `Izmir` one
name, also with a character in it that nobody sees. English, as the style guide's facts are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from quality.correction.numerals import value
from quality.facts.dates import DATE, date_of
from quality.text.calendar_names import MONTHS, WEEKDAYS
from quality.text.number_words import SCALES, VALUES

LONGEST_TEXT = 20_000
"""Characters of a text that are read; an answer with more is no answer to a prompt of the sheet."""
LONGEST = 60
"""Characters of a mention."""

_NUMBERS = frozenset(VALUES) - {"zero", "one"}
"""Words that count. `One` is mostly a pronoun, and `no` is how zero is said."""
_AMBIGUOUS = frozenset({"May", "Mar", "March", "Sat", "Sun", "Jan", "June", "April", "August"})
"""Months and days that are words or people's names, too: dates only beside a number."""
_CALENDAR = frozenset((*MONTHS, *WEEKDAYS, "Sept", *(name[:3] for name in (*MONTHS, *WEEKDAYS))))
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DATE = re.compile(rf"(?<!\w){DATE}(?!\w)")
_CANDIDATE = re.compile(
    r"(?P<number>\d++(?:[.,]\d++)*+(?:(?:st|nd|rd|th)\b)?)"
    rf"|\b(?P<word>{'|'.join(sorted(_NUMBERS | set(SCALES), key=len, reverse=True))})\b"
    r"|(?P<name>(?<![^\W_])[^\W\d_]++(?:['’-][^\W\d_]++)*+)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_NUMBER_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?,?\s?(?:of\s)?$")
_NUMBER_BEHIND = re.compile(r"[.,]?\s?(?:the\s)?\d")
_NO_LETTER = re.compile(r"[^\w\s]")
_FORMAT = "Cf"
"""Unicode's category of what stands between letters and is not seen."""


class Kind(StrEnum):
    """What is mentioned."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Mention:
    """One number, date or capitalised word, where it stands.

    Attributes:
        value: In a normal form, equal for equal facts.
        text: As written, without what nobody sees.
        start: First code point.
        end: One past the last.
    """

    kind: Kind
    value: str
    text: str
    start: int
    end: int


def mentions(text: str) -> tuple[Mention, ...]:
    """Every number, date and capitalised word of the text, in order; nothing of a text over `LONGEST_TEXT`.

    Whether a capitalised word is a name is not looked at: most are no news, and it is the costly part.
    """
    if len(text) > LONGEST_TEXT:
        return ()
    if text.isascii():
        return _mentions(text)
    shown = [at for at, sign in enumerate(text) if unicodedata.category(sign) != _FORMAT]
    found = _mentions("".join(text[at] for at in shown))
    return tuple(replace(one, start=shown[one.start], end=shown[one.end - 1] + 1) for one in found)


def _mentions(text: str) -> tuple[Mention, ...]:
    found: list[Mention] = []
    at = 0
    for whole in _DATE.finditer(text):
        day = date_of(whole)
        if day is not None:
            found += _scaled(text, list(_parts(text, at, whole.start())))
            found.append(Mention(Kind.DATE, day.isoformat(), whole.group(), *whole.span()))
            at = whole.end()
    found += _scaled(text, list(_parts(text, at, len(text))))
    return tuple(mention for mention in found if len(mention.text) <= LONGEST)


def readings(mention: Mention) -> frozenset[str]:
    """All values that the mention can stand for: `1.250` is 1.25 here and 1250 there."""
    if mention.kind is Kind.NUMBER and _GROUPED.fullmatch(mention.text):
        return frozenset({mention.value, re.sub(r"\D", "", mention.text)})
    return frozenset({mention.value})


def _parts(text: str, start: int, end: int) -> Iterator[Mention]:
    """Mentions in `text[start:end]`; numbers still without the word that multiplies them."""
    for match in _CANDIDATE.finditer(text, start, end):
        word = match.group()
        if match["name"] is None:
            yield Mention(Kind.NUMBER, value(word), word, *match.span())
        elif word in _CALENDAR:
            kind = Kind.DATE if word not in _AMBIGUOUS or _beside_number(text, match) else Kind.NAME
            yield Mention(kind, word[:3].casefold(), word, *match.span())
        elif word[0].isupper():
            yield Mention(Kind.NAME, _folded(word), word, *match.span())


def _beside_number(text: str, match: re.Match[str]) -> bool:
    near = slice(max(0, match.start() - 10), match.start()), slice(match.end(), match.end() + 10)
    return bool(_NUMBER_BEFORE.search(text[near[0]]) or _NUMBER_BEHIND.match(text[near[1]]))


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name.casefold()))
    return _NO_LETTER.sub("", "".join(c for c in plain if not unicodedata.combining(c))).replace("ı", "i")


def _scaled(text: str, parts: list[Mention]) -> list[Mention]:
    """The mentions with numbers and their words joined: `5 million`, `two hundred`, `twenty-five`."""
    joined: list[Mention] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before and part.kind is before.kind is Kind.NUMBER and text[before.end : part.start] in (" ", "-"):
            total = _together(before, part)
            if total:
                whole = text[before.start : part.end]
                joined[-1] = Mention(Kind.NUMBER, total, whole, before.start, part.end)
                continue
        joined.append(part)
    return joined


def _together(left: Mention, right: Mention) -> str:
    """The value of both as one number; "" where they are two."""
    word = right.text.casefold()
    if word in SCALES:
        try:
            return f"{float(left.value) * SCALES[word]:.15g}"
        except ValueError:
            return ""
    tens = left.text.casefold()
    if VALUES.get(tens, 0) >= 20 and 1 <= VALUES.get(word, 0) <= 9:
        return str(VALUES[tens] + VALUES[word])
    return ""
