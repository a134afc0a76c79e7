"""Symbolic maths by SymPy, from trees alone: text never reaches it, and sizes are bounded before it is called.

SymPy is imported when the first prompt asks for maths with an unknown, not before.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from importlib import import_module
from typing import Any, TypeAlias

from quality.facts.algebra import FUNCTIONS
from quality.facts.safe_maths import Call, Expression, Name, Number, Operation, Scaled, parts, value

MAX_NODES = 120
"""Numbers, names and operators of one expression."""
MAX_DEGREE = 24
"""Of an unknown in an expression, before anything is multiplied out."""
MAX_ROOTS = 6
"""Degree of a polynomial that is solved."""
_POINTS = (Fraction(3, 7), Fraction(11, 5), Fraction(17, 13), Fraction(8, 9), Fraction(29, 23))
"""Where two expressions are compared; positive, so that roots and logarithms have values."""

Symbolic: TypeAlias = Any
"""A SymPy expression: the package's own types say no more."""


@cache
def _sympy() -> Any:
    return import_module("sympy")


def names(expression: Expression) -> frozenset[str]:
    """The unknowns of an expression; `pi` and `e` are none."""
    found = {part.name for part in parts(expression) if isinstance(part, Name)}
    return frozenset(found - {"pi", "e"})


def symbolic(expression: Expression) -> Symbolic:
    """The SymPy object of a tree.

    Raises:
        OverflowError: It has too many nodes, or too high a degree or exponent.
        ValueError: It has no value, or notation that is not ours.
        ZeroDivisionError: It divides by nothing.
    """
    if sum(1 for _ in parts(expression)) > MAX_NODES:
        raise OverflowError(f"an expression of more than {MAX_NODES} terms")
    if _degree(expression) > MAX_DEGREE:
        raise OverflowError(f"a degree above {MAX_DEGREE}")
    return _built(expression)


def _degree(expression: Expression) -> Fraction:
    """At least the degree of the expression; exponents count by their size, whatever they stand on."""
    match expression:
        case Name():
            return Fraction(1)
        case Operation("^", left, right):
            if names(right):
                return _degree(left) + _degree(right) + 1
            return _degree(left) * max(abs(value(_plain(right))), Fraction(1))
        case Operation("*" | "/", left, right):
            return _degree(left) + _degree(right)
        case Operation(_, left, right):
            return max(_degree(left), _degree(right))
        case Call(_, argument) | Scaled(argument, _):
            return _degree(argument)
        case _:
            return Fraction(0)


def _plain(expression: Expression) -> Expression:
    """The expression where it can be computed by fractions alone."""
    if any(isinstance(part, Name) for part in parts(expression)):
        raise ValueError("pi or e in an exponent")
    return expression


def _built(expression: Expression) -> Symbolic:
    match expression:
        case Number(value=found):
            return _rational(found)
        case Name(name):
            return {"pi": _sympy().pi, "e": _sympy().E}.get(name) or _sympy().Symbol(name)
        case Call("negative", argument):
            return -_built(argument)
        case Call(name, argument) if name in FUNCTIONS:
            return getattr(_sympy(), "log" if name == "ln" else name)(_built(argument))
        case Operation() if _is_plain(expression):
            return _rational(value(expression))  # bounded by fractions before SymPy sees it
        case Operation("^", left, right):
            return _powered(left, right)
        case Operation(sign, left, right):
            return _joined(sign, _built(left), _built(right))
        case _:
            raise ValueError("notation that is not ours")


def _rational(number: Fraction) -> Symbolic:
    return _sympy().Rational(number.numerator, number.denominator)


def _is_plain(expression: Expression) -> bool:
    """Whether it has numbers, signs and operators alone, so that fractions compute it."""
    return all(
        not isinstance(part, Name | Scaled) and not (isinstance(part, Call) and part.name != "negative")
        for part in parts(expression)
    )


def _powered(left: Expression, right: Expression) -> Symbolic:
    if not names(right) and abs(value(_plain(right))) > MAX_DEGREE:
        raise OverflowError(f"an exponent above {MAX_DEGREE}")
    return _sympy().Pow(_built(left), _built(right))


def _joined(sign: str, left: Symbolic, right: Symbolic) -> Symbolic:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "/":
            if right == 0:
                raise ZeroDivisionError
            return left / right
        case _:
            return left * right


def derivative(expression: Symbolic, name: str) -> Symbolic:
    """The derivative with respect to that unknown."""
    return _sympy().diff(expression, _sympy().Symbol(name))


def are_equal(one: Symbolic, other: Symbolic) -> bool | None:
    """Whether two expressions have the same values; None where too few points tell."""
    differences = list(_differences(one, other))
    if len(differences) < 3:
        return None
    return all(differences)


def _differences(one: Symbolic, other: Symbolic) -> Iterator[bool]:
    """At each point where both have a real value: whether they agree."""
    free: set[Any] = set(one.free_symbols).union(other.free_symbols)
    unknowns: list[Any] = sorted(free, key=str)
    for shift, point in enumerate(_POINTS):
        at: dict[Any, Any] = {
            symbol: _sympy().Rational(point.numerator + 2 * place * (shift + 1), point.denominator)
            for place, symbol in enumerate(unknowns)
        }
        left, right = (side.subs(at).evalf(25) for side in (one, other))
        if not (left.is_real and right.is_real and left.is_finite and right.is_finite):
            continue
        yield bool(abs(left - right) <= _sympy().Float("1e-12") * (1 + abs(left)))


def roots(expression: Symbolic, name: str) -> tuple[Fraction, ...] | None:
    """The real roots of a polynomial in that unknown, to 30 digits; None of anything else.

    Raises:
        OverflowError: Its degree is above MAX_ROOTS.
    """
    symbol = _sympy().Symbol(name)
    if not expression.is_polynomial(symbol) or expression.free_symbols != {symbol}:
        return None
    polynomial = _sympy().Poly(expression, symbol)
    domain = polynomial.get_domain()
    if polynomial.degree() < 1 or not (domain.is_QQ or domain.is_ZZ):
        return None
    if polynomial.degree() > MAX_ROOTS:
        raise OverflowError(f"an equation of a degree above {MAX_ROOTS}")
    found = (root for root in polynomial.sqf_part().nroots(n=30, maxsteps=200) if root.is_real)
    return tuple(Fraction(str(root)).limit_denominator(10**12) for root in found)


def in_words(expression: Symbolic) -> str:
    """The expression as people type it."""
    return str(expression).replace("**", "^").replace("log(", "ln(")
