r"""Algebra as people write it (`2x(x + 1)^2`, `\frac{1}{2}x`, `3 sin x`) as trees; bounded, and never executed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quality.facts.safe_maths import MAX_DEPTH, Call, Expression, Name, Number, Operation, number

MAX_CHARACTERS = 300
"""Of one expression."""
FUNCTIONS = frozenset(("sin", "cos", "tan", "ln", "exp", "sqrt"))

_TOKEN = re.compile(
    r"\s+|\\[,;:! ]|(?P<number>[0-9]{1,61}(?:\.[0-9]{1,60})?|\.[0-9]{1,60})"
    r"|(?P<function>\\?(?:sin|cos|tan|ln|exp|sqrt)(?![a-z])|√)"
    r"|(?P<frac>\\[dt]?frac)|(?P<constant>\\?pi(?![a-z])|π)|(?P<name>[a-zA-Z])|(?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,4})"
    r"|(?P<sign>\*\*|\\cdot(?![a-z])|\\times(?![a-z])|[-+*/^−·×÷⋅])|(?P<open>\\left\(|[({\[])|(?P<close>\\right\)|[)}\]])"
)
_SIGNS = {"**": "^", "\\cdot": "*", "\\times": "*", "−": "-", "·": "*", "×": "*", "÷": "/", "⋅": "*"}
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def expression(text: str) -> Expression | None:
    """The tree of a text that is one expression from end to end; None of any other.

    Raises:
        OverflowError: It is beyond a limit.
    """
    if len(text) > MAX_CHARACTERS:
        raise OverflowError(f"an expression of more than {MAX_CHARACTERS} characters")
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        at = match.end()
        if match.lastgroup:
            tokens.append((match.lastgroup, match.group()))
    if not tokens:
        return None
    parser = _Parser(tokens)
    try:
        found = parser.sum()
    except ValueError:
        return None
    return found if parser.at == len(tokens) else None


@dataclass(slots=True)
class _Parser:
    tokens: list[tuple[str, str]]
    at: int = 0
    depth: int = 0

    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def sign(self, wanted: str) -> str:
        """The operator here if it is one of those, taken; else ""."""
        if self.kind() != "sign":
            return ""
        sign = _SIGNS.get(self.tokens[self.at][1], self.tokens[self.at][1])
        if sign not in wanted:
            return ""
        self.at += 1
        return sign

    def sum(self) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise OverflowError(f"an expression nested more than {MAX_DEPTH} deep")
        left = self.product()
        while sign := self.sign("+-"):
            left = Operation(sign, left, self.product())
        self.depth -= 1
        return left

    def product(self) -> Expression:
        left, divided = self.signed(), False
        while True:
            if sign := self.sign("*/"):
                divided = sign == "/"
                left = Operation(sign, left, self.signed())
            elif self.kind() in ("number", "function", "frac", "constant", "name", "open"):
                if divided:
                    raise ValueError("1/2x is half of x to some")
                left = Operation("*", left, self.powered())
            else:
                return left

    def signed(self) -> Expression:
        negative = False
        while sign := self.sign("+-"):
            negative ^= sign == "-"
        operand = self.powered()
        return Call("negative", operand) if negative else operand

    def powered(self) -> Expression:
        base = self.operand()
        if self.kind() == "super":
            digits = self.tokens[self.at][1].translate(_SUPERSCRIPT)
            self.at += 1
            return Operation("^", base, Number(number(digits.lstrip("-")) * (-1 if digits[0] == "-" else 1)))
        if self.sign("^"):
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise OverflowError(f"an expression nested more than {MAX_DEPTH} deep")
            base = Operation("^", base, self.signed())
            self.depth -= 1
        return base

    def operand(self) -> Expression:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        self.at += 1
        match kind:
            case "number":
                return Number(number(text), len(text.partition(".")[2]), sure="." not in text)
            case "name":
                return Name(text)
            case "constant":
                return Name("pi")
            case "open":
                inner = self.sum()
                if self.kind() != "close":
                    raise ValueError("an open bracket")
                self.at += 1
                return inner
            case "frac":
                return Operation("/", self.operand(), self.operand())
            case "function":
                return self.function("sqrt" if text == "√" else text.lstrip("\\"))
            case _:
                raise ValueError("no operand")

    def function(self, name: str) -> Expression:
        """A function's value; its argument in brackets, or a single term (`sin 2x`)."""
        squared = self.sign("^")
        if squared or self.kind() == "super":
            raise ValueError("sin^-1 is the inverse to some")
        if self.kind() == "open":
            return Call(name, self.operand())
        argument = self.operand()
        if isinstance(argument, Number) and self.kind() == "name" and name != "sqrt":
            argument = Operation("*", argument, self.operand())
        return Call(name, argument)
