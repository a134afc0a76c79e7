"""Trees of numbers and operators: exact values, and limits that come before the work."""

from fractions import Fraction

import pytest

from quality.facts.safe_maths import (
    MAX_BITS,
    Call,
    Name,
    Number,
    Operation,
    Reading,
    Scaled,
    number,
    power,
    value,
)


def of(digits):
    return Number(number(digits))


def test_arithmetic_is_exact():
    third = Operation("/", of("1"), of("3"))
    assert value(Operation("*", third, of("3"))) == 1
    assert value(Operation("+", of("0.1"), of("0.2"))) == Fraction(3, 10)


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (2, 10, 1024),
        (9, Fraction(1, 2), 3),
        (Fraction(1, 4), Fraction(1, 2), Fraction(1, 2)),
        (0, 5, 0),
        (-1, 10**30, 1),
    ],
)
def test_powers(base, exponent, expected):
    assert power(Fraction(base), Fraction(exponent)) == expected


def test_roots_that_have_no_fraction_come_to_sixty_digits():
    root = power(Fraction(2), Fraction(1, 2))
    assert abs(root * root - 2) < Fraction(1, 10**50)


@pytest.mark.parametrize(
    ("base", "exponent"), [(10, 10**10), (9, 9**9), (2, MAX_BITS + 1), (Fraction(1, 3), 10**6), (7, -(10**6))]
)
def test_a_power_beyond_the_limit_is_refused_before_it_is_computed(base, exponent):
    with pytest.raises(OverflowError):
        power(Fraction(base), Fraction(exponent))


def test_a_product_beyond_the_limit_is_refused():
    large = Operation("^", of("2"), of("4000"))
    with pytest.raises(OverflowError):
        value(Operation("*", large, large))


def test_a_factorial_beyond_the_limit_is_refused():
    assert value(Call("factorial", of("5"))) == 120
    with pytest.raises(OverflowError):
        value(Call("factorial", of("1000000000")))


@pytest.mark.parametrize("digits", ["9" * 61 + "9", "1." + "0" * 100])
def test_a_number_of_too_many_digits_is_refused(digits):
    with pytest.raises(OverflowError):
        number(digits)


@pytest.mark.parametrize("digits", ["٣", "１２", "1e5", "0x10", "1_000", "", "-"])
def test_only_plain_digits_are_numbers(digits):
    with pytest.raises(ValueError, match="number"):
        number(digits)


def test_what_has_no_value():
    with pytest.raises(ZeroDivisionError):
        value(Operation("/", of("1"), of("0")))
    with pytest.raises(ZeroDivisionError):
        power(Fraction(0), Fraction(-1))
    with pytest.raises(ValueError, match="root"):
        power(Fraction(-2), Fraction(1, 2))
    with pytest.raises(ValueError, match="unknown"):
        value(Name("x"))


def test_notation_that_leaves_something_open_has_readings():
    less = Operation("-", of("80"), Call("percent", of("20")))
    assert value(less, Reading(relative=True)) == 64
    assert value(less, Reading(percent=Fraction(1))) == 60
    assert value(Scaled(of("5"), 12)) == 60
    assert value(Scaled(of("5"), 12), Reading(scaled=False)) == 5
    mixed = Number(Fraction(9, 4), whole=2)
    assert (value(mixed), value(mixed, Reading(mixed=False))) == (Fraction(9, 4), Fraction(1, 4))
