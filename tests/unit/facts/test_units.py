"""Quantities given twice: what agrees, what does not, and what is no conversion."""

import pytest
from pint import UnitRegistry

from quality.facts.asserted import stood_by
from quality.facts.claim import TooMuch
from quality.facts.units import MAX_QUANTITIES, claims
from quality.text.unit_names import NAMES, SYMBOLS

REGISTRY = UnitRegistry(cache_folder=None)


def read(text, instruction=""):
    return [
        (claim.holds, claim.message) for claim in stood_by(list(claims(instruction, text)), instruction, text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "5 miles (8.05 km)",
        "5 miles (8 km)",
        "100 °C is 212 °F",
        "1 lb = 453.6 g",
        "3 hours = 180 minutes",
        "350°F (175°C)",
        "425°F (210°C)",
        "2 cups (480 ml)",
        "He is 5'10\" (178 cm).",
        "6 dozen (72)",
        "5 dozen = 60 eggs",
        "A mile is 5,280 feet.",
        "There are 12 inches in a foot.",
        "a rise of 2°C (3.6°F)",
        "1 GB = 1024 MB",
        "10 gallons (45 liters)",
        "60-75°F (15-24°C)",
        "roughly 1 million miles (1.5 million kilometers)",
        "3 months (90 days)",
        "2 hours 15 minutes (135 minutes)",
        "80 kg / 176 lb",
    ],
)
def test_holds(text):
    assert read(text) == [(True, "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("5 miles (9 km)", "5 miles is 8.05 km, not 9 km"),
        ("100 °C is 200 °F", "100 °C is 212°F, not 200 °F"),
        ("1 lb = 400 g", "1 lb is 454 g, not 400 g"),
        ("3 hours = 160 minutes", "3 hours is 180 minutes, not 160 minutes"),
        ("350°F (150°C)", "350°F is 177°C, not 150°C"),
        ("He is 5'10\" (188 cm).", "5'10\" is 178 cm, not 188 cm"),
        ("5 dozen = 50 eggs", "5 dozen is 60, not 50"),
        ("A mile is 5,820 feet.", "A mile is 5,280 feet, not 5,820 feet"),
        ("There are 10 inches in a foot.", "a foot is 12 inches, not 10 inches"),
        ("10 gallons (60 liters)", "10 gallons is 37.9 liters, not 60 liters"),
        ("60-75°F (15-34°C)", "60-75°F is 15.6-23.9°C, not 15-34°C"),
        ("3600 kbps (0.36 Mbps)", "3600 kbps is 3.6 Mbps, not 0.36 Mbps"),
        ("1.5 million km (93,000 miles)", "1.5 million km is 932,057 miles, not 93,000 miles"),
    ],
)
def test_does_not_hold(text, message):
    assert read(text) == [(False, message)]


@pytest.mark.parametrize(
    "text",
    [
        "half an hour (30 minutes)",
        "an hour and a half (90 minutes)",
        "3 days (8 hours each)",
        "3 days (8 hours)",
        "60 miles / 2 hours = 30 mph",
        "On the map, 1 inch = 10 miles.",
        "15 min + 2 hours = 135 minutes",
        "2 hours x 60 minutes = 120 minutes",
        "1 cup (225 grams) of sugar",
        "1 can (15 oz) of beans",
        "either 100 miles or 500 kilometers",
        "The 1920s is a decade of jazz.",
        "10 minutes (5 minutes of rest)",
        "Die Strecke misst 1.000 m (1 km).",
    ],
)
def test_is_no_conversion(text):
    assert read(text) == []


def test_a_list_item_is_read_like_a_sentence():
    assert [holds for holds, _ in read("- 500 g (2 lb) beef")] == [False]


def test_what_the_prompt_says_itself_is_not_held_against_the_answer():
    assert read("5 miles (9 km) is wrong.", "Is 5 miles (9 km) right?") == []


@pytest.mark.parametrize("name", sorted({unit for units in (SYMBOLS | NAMES).values() for _, unit in units}))
def test_every_unit_of_the_table_is_known_to_the_registry(name):
    assert not REGISTRY.Quantity(1, name).unitless


def test_too_many_quantities_are_unmeasured():
    *_, last = claims("", "5 km " * (MAX_QUANTITIES + 1))
    assert isinstance(last, TooMuch)


def test_span_is_the_statement():
    text = "It is ¾ long: 5 miles (9 km) away."
    (claim,) = claims("", text)
    assert text[claim.start : claim.end] == "5 miles (9 km"
    assert (claim.sort, claim.stated, claim.computed) == ("unit", "9 km", "8.05 km")
