"""Which values the tokens of a text name: digits, number words, months and weekdays."""

from __future__ import annotations

import re
import unicodedata

from quality.text.calendar_names import MONTHS, WEEKDAYS
from quality.text.number_words import ORDINALS, SCALES, VALUES
from quality.text.unit_names import MEASURES

_WORDS = {
    **{word: str(value) for word, value in (VALUES | ORDINALS).items()},
    **{word + plural: str(value) for word, value in SCALES.items() for plural in ("", "s")},
    "twice": "2", "thrice": "3", "dozen": "12", "half": "1/2", "quarter": "1/4", "double": "2", "triple": "3",
}  # fmt: skip
_DATES = frozenset((*MONTHS, *WEEKDAYS, *(month[:3] for month in MONTHS), "Sept"))
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TRAILING = re.compile(r"(\.\d{0,40}?)0{1,40}$")
_VALUED = frozenset("%‰°º")
_MORE_UNITS = frozenset(str.split("t in c f k v w mw percent percentage millennia"))
"""What counts as a unit behind a number only."""


def is_unit(token: str) -> bool:
    """Whether the word is a unit of measure, or its sign."""
    folded = token.casefold()
    return token in MEASURES or (len(folded) > 1 and folded in MEASURES) or folded in _MORE_UNITS


def value(token: str) -> str:
    """What the token counts or dates, in a normal form; "" where it does neither."""
    if token[:1].isdigit():
        plain = _THOUSANDS.sub("", token).casefold()
        if plain[-2:] in ("st", "nd", "rd", "th"):
            return plain[:-2]
        return _TRAILING.sub(r"\1", plain).rstrip(".") if "." in plain else plain
    if token in _DATES:
        return token.casefold()
    folded = token.casefold()
    if "-" in folded:
        parts = [_WORDS.get(part, "") for part in folded.split("-", 4)]
        return " ".join(parts) if all(parts) else ""
    return _WORDS.get(folded, "")


def is_operator(token: str) -> bool:
    """Whether the mark belongs to a value: an operator, a currency, a per cent or degree sign."""
    return len(token) == 1 and (token in _VALUED or unicodedata.category(token) in ("Sm", "Sc"))
