"""Which values the tokens of a text name: digits, number words, months and weekdays."""

from __future__ import annotations

import re
import unicodedata

_WORDS = {
    word: str(value)
    for value, words in enumerate(
        str.split(
            "zero one/first two/second/twice three/third/thrice four/fourth five/fifth six/sixth seven/seventh"
            " eight/eighth nine/ninth ten/tenth eleven/eleventh twelve/twelfth/dozen thirteen/thirteenth"
            " fourteen/fourteenth fifteen/fifteenth sixteen/sixteenth seventeen/seventeenth eighteen/eighteenth"
            " nineteen/nineteenth twenty/twentieth"
        )
    )
    for word in words.split("/")
} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100", "hundreds": "100", "thousand": "1000", "thousands": "1000", "million": "10^6",
    "millions": "10^6", "billion": "10^9", "billions": "10^9", "trillion": "10^12", "trillions": "10^12",
    "half": "1/2", "quarter": "1/4", "double": "2", "triple": "3",
}  # fmt: skip
_DATES = frozenset(
    str.split(
        "January February March April May June July August September October November December"
        " Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr Jun Jul Aug Sept Oct Nov Dec"
    )
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TRAILING = re.compile(r"(\.\d{0,40}?)0{1,40}$")
_VALUED = frozenset("%‰°º")
_UNITS = frozenset(
    str.split(
        "km m cm mm mi ft in yd kg g mg lb lbs oz t l ml s h min ms mph kmh c f k ha w kw mw v hz khz mhz ghz"
        " kb mb gb tb"
        " meter metre kilometer kilometre centimeter centimetre millimeter millimetre mile foot feet inch inches yard"
        " gram kilogram milligram pound ounce ton tonne liter litre milliliter millilitre gallon pint quart cup"
        " teaspoon"
        " tablespoon tsp tbsp second minute hour day week month year decade century centuries millennia degree celsius"
        " fahrenheit kelvin watt kilowatt volt joule calorie newton dollar euro cent percent percentage acre hectare"
    )
)


def is_unit(token: str) -> bool:
    """Whether the word is a unit of measure, or its sign."""
    folded = token.casefold()
    return folded in _UNITS or (len(folded) > 3 and folded.removesuffix("s") in _UNITS)


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
