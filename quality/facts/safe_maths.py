"""Expressions as trees of numbers, names and operators, and their exact values: nothing of a text is ever executed.

Whoever reads text builds these trees from tokens of a fixed alphabet. Every operation is bounded before it is done:
digits of a number, depth of a tree, exponents by the bits of their result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction
from math import factorial, isqrt
from typing import TypeAlias

MAX_DIGITS = 60
"""Digits of one number."""
MAX_DEPTH = 40
"""Brackets, signs and exponents within one another."""
MAX_TOKENS = 200
"""Operators of one expression."""
MAX_BITS = 4096
"""Bits of a numerator or denominator on the way to a value."""
MAX_FACTORIAL = 500
PLACES = 60
"""Significant digits of roots and broken powers, which have no fraction."""

_CONTEXT = Context(prec=PLACES, Emax=9_999, Emin=-9_999, traps=[InvalidOperation, Overflow, DivisionByZero])


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written.

    Attributes:
        decimals: Digits after its point.
        whole: Of a mixed fraction (2 1/4), the whole part, which may be another number beside it; 0 for others.
        sure: Whether it is no rounded number: written without a point, or an amount of money.
    """

    value: Fraction
    decimals: int = 0
    whole: int = 0
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Name:
    """An unknown or a function's variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions with `+`, `-`, `*`, `/`, `^`, `juxtaposed` (2(3 + 4)) or `of` between them."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """`negative`, `sqrt`, `factorial` or `percent` of an expression."""

    name: str
    argument: Expression


@dataclass(frozen=True, slots=True)
class Scaled:
    """An expression before a word that multiplies it, such as `dozen` or `million`."""

    argument: Expression
    factor: int


Expression: TypeAlias = Number | Name | Operation | Call | Scaled


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand what notation leaves open.

    Attributes:
        percent: What a percent sign multiplies by: a hundredth, or 1 where the sign is taken for a unit.
        relative: Whether `80 - 20%` takes off a part of the 80.
        scaled: Whether words such as `dozen` multiply; they may be units.
        mixed: Whether `2 1/4` is two and a quarter, or a quarter beside another number.
    """

    percent: Fraction = Fraction(1, 100)
    relative: bool = False
    scaled: bool = True
    mixed: bool = True


def value(expression: Expression, reading: Reading = Reading()) -> Fraction:
    """The exact value; of roots and broken powers the first 60 digits.

    Raises:
        OverflowError: A number on the way would have more than MAX_BITS bits.
        ZeroDivisionError: It divides by nothing.
        ValueError: It has a name in it, or no real value.
    """
    match expression:
        case Number():
            found = expression.value if reading.mixed else expression.value - expression.whole
        case Name():
            raise ValueError(f"{expression.name} is unknown")
        case Call():
            found = _called(expression, reading)
        case Scaled():
            found = value(expression.argument, reading) * (expression.factor if reading.scaled else 1)
        case Operation():
            found = _operated(expression, reading)
    if max(found.numerator.bit_length(), found.denominator.bit_length()) > MAX_BITS:
        raise OverflowError(f"a number of more than {MAX_BITS} bits")
    return found


def _called(call: Call, reading: Reading) -> Fraction:
    argument = value(call.argument, reading)
    match call.name:
        case "negative":
            return -argument
        case "sqrt":
            return power(argument, Fraction(1, 2))
        case "percent":
            return argument * reading.percent
        case "factorial":
            if argument.denominator != 1 or argument < 0:
                raise ValueError("a factorial of no whole number")
            if argument > MAX_FACTORIAL:
                raise OverflowError(f"a factorial beyond {MAX_FACTORIAL}")
            return Fraction(factorial(int(argument)))
        case _:
            raise ValueError(f"{call.name} is no function of ours")


def _operated(operation: Operation, reading: Reading) -> Fraction:
    left = value(operation.left, reading)
    share = operation.right
    if operation.sign in "+-" and reading.relative and isinstance(share, Call) and share.name == "percent":
        part = left * value(share, Reading(scaled=reading.scaled, mixed=reading.mixed))
        return left + part if operation.sign == "+" else left - part
    right = value(operation.right, reading)
    match operation.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "/":
            return left / right
        case "^":
            return power(left, right)
        case _:
            return left * right


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """The base raised to the exponent, its size bounded before it is computed.

    Raises:
        OverflowError: It would have more than MAX_BITS bits.
        ZeroDivisionError: Nothing raised to a negative exponent.
        ValueError: It has no real value.
    """
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if base not in (0, 1, -1) and bits * abs(exponent) > MAX_BITS:
        raise OverflowError(f"a power of more than {MAX_BITS} bits")
    if exponent.denominator == 1:
        if base in (0, 1, -1):  # its size does not grow, its exponent may be huge
            if base == 0 and exponent < 0:
                raise ZeroDivisionError("nothing raised to a negative exponent")
            return Fraction(1) if exponent == 0 or (exponent.numerator % 2 == 0 and base) else base
        return base ** int(exponent)
    if base < 0:
        raise ValueError("a root of a negative number")
    if exponent == Fraction(1, 2):
        root = Fraction(isqrt(base.numerator), isqrt(base.denominator))
        if root * root == base:
            return root
    return _broken_power(base, exponent)


def _broken_power(base: Fraction, exponent: Fraction) -> Fraction:
    try:
        whole = _CONTEXT.power(_decimal(base), _decimal(exponent))
    except (Overflow, InvalidOperation, DivisionByZero) as error:
        raise ValueError("no real value") from error
    return Fraction(whole)


def _decimal(number: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(number.numerator), Decimal(number.denominator))


def parts(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it."""
    waiting = [expression]
    while waiting:
        one = waiting.pop()
        yield one
        match one:
            case Operation():
                waiting += (one.right, one.left)
            case Call() | Scaled():
                waiting.append(one.argument)
            case _:
                pass


def number(digits: str) -> Fraction:
    """The value of ASCII digits with at most one point and thousands commas.

    Raises:
        OverflowError: More than MAX_DIGITS digits.
        ValueError: It is no such number.
    """
    plain = digits.replace(",", "")
    if len(plain) > MAX_DIGITS + 1:
        raise OverflowError(f"a number of more than {MAX_DIGITS} digits")
    whole, _, rest = plain.partition(".")
    if not (plain.isascii() and (whole + rest).isdigit()):
        raise ValueError("no number")
    return Fraction(int(whole + rest), 10 ** len(rest))
