"""One table of units for conversions, sums and edits."""

import pytest

from quality.correction.numerals import is_unit
from quality.text.unit_names import MEASURES, NAMES, SYMBOLS


@pytest.mark.parametrize(
    ("one", "other"),
    [("km", "kilometres"), ("kg", "kilos"), ("yrs", "year"), ("KB", "kilobyte"), ("kwh", "kWh")],
)
def test_all_spellings_of_a_unit_measure_the_same(one, other):
    assert MEASURES[one] == MEASURES[other]


@pytest.mark.parametrize(("one", "other"), [("GB", "MB"), ("acre", "hectare"), ("m", "mm"), ("month", "day")])
def test_units_of_another_size_are_others(one, other):
    assert MEASURES[one] != MEASURES[other]


def test_every_unit_of_one_word_is_measured_save_words_of_other_meaning():
    single = {form for form in SYMBOLS | NAMES if " " not in form}
    assert single - MEASURES.keys() == {"in", "F", "C"}


@pytest.mark.parametrize(
    ("word", "unit"), [("Kilometers", True), ("V", True), ("percent", True), ("a", False), ("cat", False)]
)
def test_words_behind_a_number_that_an_edit_may_change(word, unit):
    assert is_unit(word) is unit
