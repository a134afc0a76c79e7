"""Quantities as people write them, and what is none."""

import pytest

from quality.facts.quantities import number, quantities, step_of


@pytest.mark.parametrize(
    ("text", "low", "high", "name"),
    [
        ("1,500 ft", 1500, 1500, "ft"),
        ("a 6.5-meter mirror", 6.5, 6.5, "meter"),
        ("60-75°F", 60, 75, "°F"),
        ("15°C to 25°C", 15, 25, "°C"),
        ("-40 °C", -40, -40, "°C"),
        ("1½ cups", 1.5, 1.5, "cups"),
        ("2 1/2 cups", 2.5, 2.5, "cups"),
        ("1.5 million miles", 1.5e6, 1.5e6, "million miles"),
        ("an hour", 1, 1, "hour"),
        ("seven Pounds", 7, 7, "Pounds"),
    ],
)
def test_reads_numbers_ranges_and_units(text, low, high, name):
    (found,) = quantities(text)
    assert (found.low, found.high, found.name) == (low, high, name)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5 feet 10 inches", 70, "inch"),
        ("5'10\"", 70, "inch"),
        ("2 hours and 15 minutes", 135, "minute"),
        ("3 lb 4 oz", 52, "ounce"),
    ],
)
def test_joins_what_belongs_together(text, value, unit):
    (found,) = quantities(text)
    assert found.low == found.high == value
    assert found.units[0][1] == unit
    assert found.compound


@pytest.mark.parametrize(
    "text",
    ["$5 m", "the 1920s", "5 m/s²x", "30 miles per gallon", "an hour and a half", "3.5.1 km", "Q5 min2"],
)
def test_leaves_alone_what_is_no_plain_quantity(text):
    assert not list(quantities(text))


def test_spans_are_code_points_of_the_text():
    text = "Über 5 km, dann 70 °F."
    assert [text[q.start : q.end] for q in quantities(text)] == ["5 km", "70 °F"]


@pytest.mark.parametrize(
    ("text", "value"), [("1,250.5", 1250.5), ("¾", 0.75), ("3-1/2", 3.5), ("Twelve", 12)]
)
def test_number(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "step"),
    [("1,250", 10), ("400", 40), ("36,287", 1), ("0.62", 0.01), ("2.5", 0.5), ("5", 1), ("0", 1)],
)
def test_step_is_what_the_last_digit_is_worth(text, step):
    assert step_of(text) == pytest.approx(step)
