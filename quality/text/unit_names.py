"""The names of units: what each may mean where it is converted, and what it measures where it is only counted."""

from __future__ import annotations

from typing import TypeAlias

Reading: TypeAlias = tuple[float, str]
"""A factor and the name of a unit in pint's registry; a unit with several readings is ambiguous."""


def _plain(*names: str) -> dict[str, tuple[Reading, ...]]:
    """Each `written forms = unit` as a reading with the factor 1."""
    pairs = (name.split("=") for name in names)
    return {form: ((1.0, unit.strip()),) for forms, unit in pairs for form in forms.strip().split("|")}


_CUP: tuple[Reading, ...] = ((1, "cup"), (240, "milliliter"), (250, "milliliter"), (1, "imperial_cup"))
_FLUID: tuple[Reading, ...] = ((1, "fluid_ounce"), (1, "imperial_fluid_ounce"), (30, "milliliter"))
_PINT: tuple[Reading, ...] = ((1, "pint"), (1, "imperial_pint"))
_QUART: tuple[Reading, ...] = ((1, "quart"), (1, "imperial_quart"))
_GALLON: tuple[Reading, ...] = ((1, "gallon"), (1, "imperial_gallon"))
_TABLESPOON: tuple[Reading, ...] = ((1, "tablespoon"), (15, "milliliter"), (20, "milliliter"))
_TEASPOON: tuple[Reading, ...] = ((1, "teaspoon"), (5, "milliliter"))
_TON: tuple[Reading, ...] = ((1, "short_ton"), (1, "long_ton"), (1, "metric_ton"))
_OUNCE: tuple[Reading, ...] = ((1, "ounce"), (1, "troy_ounce"))
_MONTH: tuple[Reading, ...] = ((30.4375, "day"), (28, "day"), (29, "day"), (30, "day"), (31, "day"))
_YEAR: tuple[Reading, ...] = ((365.25, "day"), (360, "day"), (364, "day"), (365, "day"), (366, "day"))
_POWER: tuple[Reading, ...] = ((1, "horsepower"), (1, "metric_horsepower"))
_CALORIE: tuple[Reading, ...] = ((1, "calorie"), (1000, "calorie"))


def _data(symbol: str, prefix: str, power: int) -> dict[str, tuple[Reading, ...]]:
    """A prefix of 1,000 or of 1,024 before bytes, and of 1,000 before bits a second."""
    stored = ((1000.0**power, "byte"), (1024.0**power, "byte"))
    sent = ((1000.0**power, "bit / second"),)
    return {
        f"{symbol}B": stored,
        f"{prefix}byte": stored,
        f"{prefix}bytes": stored,
        f"{symbol}bps": sent,
        f"{symbol}bit/s": sent,
        f"{symbol}b/s": sent,
    }


SYMBOLS: dict[str, tuple[Reading, ...]] = {
    **_plain("nm=nanometer", "µm|μm=micrometer", "mm=millimeter", "cm=centimeter", "m=meter", "km=kilometer"),
    **_plain("in=inch", "ft=foot", "yd|yds=yard", "mi=mile"),
    **_plain("mg=milligram", "g|gm|gms=gram", "kg|kgs|KG=kilogram", "lb|lbs|LBS=pound"),
    **_plain("ml|mL=milliliter", "cl|cL=centiliter", "dl|dL=deciliter", "l|L=liter"),
    **_plain("ms=millisecond", "s|sec|secs=second", "min|mins=minute", "h|hr|hrs=hour"),
    **_plain("m²|m2=meter**2", "cm²|cm2=centimeter**2", "km²|km2=kilometer**2", "ft²|ft2|sq ft|sq. ft=foot**2"),
    **_plain("m³|m3=meter**3", "cm³|cm3|cc=centimeter**3", "ft³|ft3=foot**3", "ha=hectare"),
    **_plain("mph=mile / hour", "km/h|kph|kmh|km/hr=kilometer / hour", "m/s=meter / second", "ft/s=foot / second"),
    **_plain("°F|ºF|˚F|° F|º F|˚ F|F=degF", "°C|ºC|˚C|° C|º C|˚ C|C=degC", "K=kelvin"),
    **_plain("psi=psi", "kPa=kilopascal", "kJ=kilojoule", "kcal=kilocalorie", "kW=kilowatt", "W=watt"),
    **_data("K", "kilo", 1), **_data("k", "kilo", 1), **_data("M", "mega", 2), **_data("G", "giga", 3),
    **_data("T", "tera", 4),
    "oz": _OUNCE, "fl oz": _FLUID, "fl. oz": _FLUID, "tsp": _TEASPOON, "tbsp": _TABLESPOON, "Tbsp": _TABLESPOON,
    "pt": _PINT, "qt": _QUART, "gal": _GALLON, "hp": _POWER,
}  # fmt: skip
"""Symbols, in which capitals tell."""


def _metric(stem: str, unit: str) -> dict[str, tuple[Reading, ...]]:
    """The unit and its usual multiples, spelt the American and the British way."""
    forms = {form for end in ("er", "re") for form in (f"{stem}{end}", f"{stem}{end}s")}
    multiples = ("", "milli", "centi", "deci", "kilo", "micro", "nano")
    return {f"{more}{form}": ((1.0, f"{more}{unit}"),) for more in multiples for form in forms}


def _powers() -> dict[str, tuple[Reading, ...]]:
    lengths = {**_metric("met", "meter"), **_plain("inch|inches=inch", "foot|feet=foot", "yard|yards=yard")}
    lengths |= _plain("mile|miles=mile")
    squares = {f"square {name}": ((1.0, f"{units[0][1]}**2"),) for name, units in lengths.items()}
    cubes = {f"cubic {name}": ((1.0, f"{units[0][1]}**3"),) for name, units in lengths.items()}
    hourly = ("mile", "miles", "kilometer", "kilometers", "kilometre", "kilometres")
    speeds = {f"{name} per hour": ((1.0, f"{lengths[name][0][1]} / hour"),) for name in hourly}
    return lengths | squares | cubes | speeds


NAMES: dict[str, tuple[Reading, ...]] = {
    **_powers(), **_metric("lit", "liter"),
    **_plain("gram|grams=gram", "kilogram|kilograms|kilo|kilos=kilogram", "milligram|milligrams=milligram"),
    **_plain("pound|pounds=pound", "stone=stone", "tonne|tonnes|metric ton|metric tons=metric_ton"),
    **_plain("nautical mile|nautical miles=nautical_mile", "light-year|light-years|light year|light years=light_year"),
    **_plain("acre|acres=acre", "hectare|hectares=hectare", "knot|knots=knot"),
    **_plain("millisecond|milliseconds=millisecond", "second|seconds=second", "minute|minutes=minute"),
    **_plain("hour|hours=hour", "day|days=day", "week|weeks=week", "fortnight|fortnights=fortnight"),
    **_plain("degrees fahrenheit|degree fahrenheit|deg f|degrees f|°fahrenheit|fahrenheit=degF"),
    **_plain("degrees celsius|degree celsius|deg c|degrees c|degrees centigrade|°celsius|celsius=degC"),
    **_plain("joule|joules=joule", "kilojoule|kilojoules=kilojoule", "watt|watts=watt", "kilowatt|kilowatts=kilowatt"),
    **_plain("byte|bytes=byte"),
    "ounce": _OUNCE, "ounces": _OUNCE, "fluid ounce": _FLUID, "fluid ounces": _FLUID, "cup": _CUP, "cups": _CUP,
    "pint": _PINT, "pints": _PINT, "quart": _QUART, "quarts": _QUART, "gallon": _GALLON, "gallons": _GALLON,
    "tablespoon": _TABLESPOON, "tablespoons": _TABLESPOON, "teaspoon": _TEASPOON, "teaspoons": _TEASPOON,
    "ton": _TON, "tons": _TON, "month": _MONTH, "months": _MONTH, "year": _YEAR, "years": _YEAR,
    "yr": _YEAR, "yrs": _YEAR, "leap year": ((366, "day"),), "decade": tuple((10 * f, u) for f, u in _YEAR),
    "decades": tuple((10 * f, u) for f, u in _YEAR), "century": tuple((100 * f, u) for f, u in _YEAR),
    "centuries": tuple((100 * f, u) for f, u in _YEAR), "horsepower": _POWER, "calorie": _CALORIE,
    "calories": _CALORIE,
}  # fmt: skip
"""Names, whatever their capitals."""

_COUNTED = {
    "cent": "cent cents penny pennies nickel nickels dime dimes quarter quarters",
    "dollar": "dollar dollars buck bucks USD",
    "euro": "euro euros EUR",
    "volt": "V volt volts",
    "ampere": "A amp amps ampere amperes",
    "kilowatt hour": "kWh",
    "watt hour": "Wh",
    "newton": "N newton newtons",
    "joule": "J",
    "pascal": "Pa pascal pascals",
    "hertz": "Hz hertz",
    "kilohertz": "kHz",
    "megahertz": "MHz",
    "gigahertz": "GHz",
    "byte": "B",
    "bit": "bit bits",
    "mole": "mol mole moles",
    "kelvin": "kelvin kelvins",
    "degree": "° degree degrees",
}
"""Units that no statement here converts."""
_OTHER_WORDS = frozenset(("in", "F", "C"))
"""Symbols that are words or names without a number of their own kind before them."""


def _measures() -> dict[str, str]:
    """Each unit of one word as written, and in small letters where it has two or more, with its first meaning."""
    converted = {
        form: unit if factor == 1 else f"{factor:g} {unit}"
        for form, ((factor, unit), *_) in (NAMES | SYMBOLS).items()
        if " " not in form and form not in _OTHER_WORDS
    }
    found = converted | {form: unit for unit, forms in _COUNTED.items() for form in forms.split()}
    return {form.lower(): unit for form, unit in found.items() if len(form) > 1} | found


MEASURES: dict[str, str] = _measures()
"""A unit of measurement as written → what it measures by. Values in one unit are not those in another."""
