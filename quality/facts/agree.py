"""Whether two expressions are the same number, within what the answer shows of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from quality.facts.runs import Run
from quality.facts.safe_maths import (
    Call,
    Expression,
    Number,
    Operation,
    Reading,
    Scaled,
    parts,
    value,
)
from quality.facts.unit_words import FACTORS

ROUNDED = Fraction(1, 100)
"""Share by which a whole number may miss a broken value that it stands for without a word."""
ABOUT = Fraction(1, 50)
"""Share by which a value said to be about right may miss."""
_NIL = Fraction(1, 10**30)


def shown(expression: Expression) -> tuple[Number, Fraction] | None:
    """The number that an expression shows, and what it is multiplied by (7.9 billion, 25%); None of others.

    An expression that shows a number states a result; any other is a calculation.
    """
    match expression:
        case Number():
            return expression, Fraction(1)
        case Call(name="negative", argument=argument):
            found = shown(argument)
            return found and (found[0], -found[1])
        case Call(name="percent", argument=Number() as number):
            return number, Fraction(1, 100)
        case Scaled(argument=argument, factor=factor):
            found = shown(argument)
            return found and (found[0], found[1] * factor)
        case Operation("*", Number() as number, Operation("^", Number(value=base), exponent)) if base == 10:
            if isinstance(exponent, Number | Call):
                return number, value(Operation("^", Number(base), exponent))
            return None
        case _:
            return None


def readings(run: Run) -> list[Reading]:
    """All ways to read what the run's notation leaves open, the usual one first."""
    assert run.expression is not None
    inside = list(parts(run.expression))
    percent = any(isinstance(p, Call) and p.name == "percent" for p in inside)
    scaled = any(isinstance(p, Scaled) for p in inside)
    mixed = any(isinstance(p, Number) and p.whole for p in inside)
    ways = product(
        (Fraction(1, 100), Fraction(1)) if percent else (Fraction(1, 100),),
        (False, True) if percent and run.operators else (False,),
        (True, False) if scaled else (True,),
        (True, False) if mixed else (True,),
    )
    return [Reading(*way) for way in ways]


def values(run: Run) -> Iterator[tuple[Fraction, Reading]]:
    """What the run comes to in each reading that has a value.

    Raises:
        OverflowError: Beyond the limits of `safe_maths`.
    """
    assert run.expression is not None
    for reading in readings(run):
        try:
            yield value(run.expression, reading), reading
        except (ValueError, ZeroDivisionError):
            continue


def agree(left: Run, right: Run, *, about: bool = False) -> bool:
    """Whether the runs come to the same in some reading, each within its rounding as shown.

    Raises:
        OverflowError: Beyond the limits of `safe_maths`.
    """
    for (one, left_reading), (other, right_reading) in product(values(left), values(right)):
        slack = max(_unit(left, left_reading), _unit(right, right_reading))
        if near(one, other, slack, about=about):
            return True
        if _is_rounded_whole(left, other, one) or _is_rounded_whole(right, one, other):
            return True
    return False


def near(one: Fraction, other: Fraction, unit: Fraction = Fraction(0), *, about: bool = False) -> bool:
    """Whether two values differ by less than the last place shown, or by a little where they are said to be about."""
    apart, size = abs(one - other), max(abs(one), abs(other))
    return apart <= size * _NIL or apart < unit or (about and apart <= size * ABOUT)


def _unit(run: Run, reading: Reading) -> Fraction:
    """What one in the last decimal place of a stated result is worth; 0 for whole numbers and calculations."""
    assert run.expression is not None
    result = shown(run.expression)
    if result is None:
        return Fraction(0)
    number = result[0]
    scale = abs(value(run.expression, reading) / number.value) if number.value else abs(result[1])
    if number.decimals > 0:
        return scale / 10**number.decimals
    return scale / 2 if scale >= 1000 else Fraction(0)  # 108 trillion


def _is_rounded_whole(run: Run, exact: Fraction, stated: Fraction) -> bool:
    """Whether the run states a broken value as a whole number near it."""
    assert run.expression is not None
    result = shown(run.expression)
    if result is None or exact.denominator == 1 or result[0].value.denominator != 1:
        return False
    apart, scale = abs(exact - stated), abs(result[1]) or Fraction(1)
    return apart < scale and apart <= abs(exact) * (ROUNDED if result[0].decimals == 0 else ROUNDED / 5)


def is_conversion(one: Fraction, other: Fraction) -> bool:
    """Whether one is the other in another unit: times or through one of the usual factors."""
    if not one or not other:
        return False
    ratio = abs(one / other)
    ratio = ratio if ratio > 1 else 1 / ratio
    return any(abs(ratio - factor) <= Fraction(factor, 200) for factor in FACTORS)
