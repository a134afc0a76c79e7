"""One expression among tokens, read from the left as far as it goes, with the units and nouns between its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from quality.facts.safe_maths import MAX_DEPTH, MAX_TOKENS, Call, Expression, Number, Operation, Scaled
from quality.facts.tokens import Token
from quality.facts.unit_words import FUNCTIONS, MEASURES, SCALES, STOPS

MAX_UNIT_WORDS = 6
"""Words between a number and the next operator."""


class Unreadable(Exception):
    """No expression from here on."""


@dataclass(slots=True)
class Parser:
    """Reads one expression from the left as far as it goes."""

    tokens: Sequence[Token]
    at: int
    closes: dict[int, int]
    depth: int = 0
    operators: list[str] = field(default_factory=list[str])
    units: list[str] = field(default_factory=list[str])
    kinds: set[str] = field(default_factory=set[str])
    rates: set[str] = field(default_factory=set[str])
    dashes: list[int] = field(default_factory=list[int])

    def peek(self, ahead: int = 0) -> Token | None:
        """The token so many places on; None behind the last."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def kind(self, ahead: int = 0) -> str:
        """Its kind; "" behind the last token."""
        token = self.peek(ahead)
        return token.kind if token else ""

    def sum(self) -> Expression:
        """The expression from here on, as far as it goes."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise OverflowError(f"an expression nested more than {MAX_DEPTH} deep")
        left = self.product()
        while (sign := self.sign("+-")) and self.starts(1):
            if (
                sign.text == "-"
                and sign.spaced
                and self.tokens[self.at - 1].kind == "word"
                and self.depth == 1
            ):
                self.dashes.append(self.at)
            self.take(sign)
            left = Operation(sign.text, left, self.product())
        self.depth -= 1
        return left

    def product(self) -> Expression:
        """One term of a sum."""
        left = self.signed()
        while True:
            if (sign := self.sign("*/")) and self.starts(1):
                self.take(sign)
                left = Operation(sign.text, left, self.signed())
            elif self.is_of(left):
                self.at += 1 if self.starts(1) else 2
                self.operators.append("of")
                left = Operation("of", left, self.signed())
            else:
                return left

    def sign(self, wanted: str) -> Token | None:
        """The operator here, if it is one of those."""
        token = self.peek()
        return token if token and token.kind == "sign" and token.text in wanted else None

    def take(self, sign: Token) -> None:
        """Goes past the operator; one between two numbers without white space may be a fraction's, or a range's."""
        after = self.tokens[self.at + 1]
        tight = not sign.spaced and not after.spaced and sign.text in "/-"
        self.operators.append(sign.text * 2 if tight else sign.text)
        self.at += 1
        if len(self.operators) > MAX_TOKENS:
            raise OverflowError(f"an expression of more than {MAX_TOKENS} operators")

    def starts(self, ahead: int) -> bool:
        """Whether an operand begins that many tokens on."""
        token, after = self.peek(ahead), self.kind(ahead + 1)
        if token is None:
            return False
        if token.kind in ("number", "root", "frac", "huge", "multiple", "bad"):
            return True
        if token.kind == "(":
            return self.at + ahead in self.closes
        if token.kind == "word":  # an unknown: the whole is unreadable
            return len(token.text) == 1 and token.text not in "aA°~"
        return token.kind == "currency" or (token.kind == "sign" and token.text in "+-" and after in OPERANDS)

    def is_of(self, left: Expression) -> bool:
        """Whether `of` multiplies here: behind a percentage or a fraction, before a number."""
        token = self.peek()
        if token is None or token.kind != "word" or token.text.lower() != "of":
            return False
        if not (isinstance(left, Call) and left.name == "percent") and not _is_fraction(left):
            return False
        return self.is_before_number()

    def is_before_number(self) -> bool:
        """Whether a number follows the word here, with `the` or its like between at most."""
        after = self.peek(1)
        named = after is not None and after.text.lower() in _DETERMINERS and self.kind(2) in OPERANDS
        return self.kind(1) in OPERANDS or named

    def signed(self) -> Expression:
        """A factor with the signs before it."""
        sign = self.sign("+-")
        if not sign:
            return self.powered()
        self.at += 1
        operand = self.signed() if self.deeper() else None
        self.depth -= 1
        if operand is None or (isinstance(operand, Operation) and operand.sign == "^"):
            raise Unreadable  # -3^2 is 9 to some and -9 to others
        return Call("negative", operand) if sign.text == "-" else operand

    def deeper(self) -> bool:
        """True, one level further in.

        Raises:
            OverflowError: That is too deep.
        """
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise OverflowError(f"an expression nested more than {MAX_DEPTH} deep")
        return True

    def powered(self) -> Expression:
        """A factor with its exponent, percent sign and units."""
        base = self.operand()
        token = self.peek()
        if token and token.kind == "superscript":
            self.at += 1
            self.operators.append("^")
            if not token.text.lstrip("-").isdigit():
                raise Unreadable
            base = Operation("^", base, Number(Fraction(int(token.text))))
        elif (sign := self.sign("^")) and self.starts(1):
            self.take(sign)
            self.deeper()
            base = Operation("^", base, self.signed())
            self.depth -= 1
        return self.measured(base)

    def operand(self) -> Expression:
        """A number, a root, a fraction or what stands in brackets."""
        paid = False
        while self.kind() == "currency":
            paid = True
            self.at += 1
        token = self.peek()
        if token is None or token.kind in ("bad", "word"):
            raise Unreadable
        if token.kind == "huge":
            raise OverflowError("a number of more than 60 digits")
        self.at += 1
        if token.kind == "number" and token.number:
            number = Number(
                token.number.value, token.number.decimals, token.number.whole, paid or token.number.sure
            )
            return self.followed(number, token)
        if token.kind == "multiple" and token.number:
            self.operators.append("of")
            return Operation("*", token.number, self.operand())
        if token.kind == "root":
            self.operators.append("√")
            self.deeper()
            argument = self.operand()
            self.depth -= 1
            return Call("sqrt", argument)
        if token.kind == "frac":
            self.operators.append("/")
            return Operation("/", self.group(), self.group())
        if token.kind == "(":
            self.at -= 1
            return self.group()
        raise Unreadable

    def followed(self, number: Number, token: Token) -> Expression:
        """The number with what is written against it: a factorial, a bracket to multiply with."""
        after = self.peek()
        if after is None or after.spaced or after.start != token.end:
            return number
        if after.kind == "!" and number.value.denominator == 1 and self.kind(1) not in ("word", "stop", ""):
            self.at += 1
            self.operators.append("!")
            return Call("factorial", number)
        if after.kind == "root":
            self.operators.append("*")
            return Operation("*", number, self.operand())
        if after.kind == "frac":
            raise Unreadable  # five and a half to some, five halves to others
        if after.kind == "(" and self.at in self.closes and self.holds_number(self.at):
            if "/" in self.operators[-1:]:
                raise Unreadable  # 6 / 2(1 + 2) is 9 to some and 1 to others
            self.operators.append("*")
            return Operation("*", number, self.powered())
        return number

    def group(self) -> Expression:
        """What stands in the brackets here, and a power or another bracket written against them."""
        close = self.closes.get(self.at)
        if close is None:
            raise Unreadable
        self.at += 1
        inner = self.sum()
        if self.at != close:
            raise Unreadable
        self.at += 1
        after = self.peek()
        if after and after.kind == "(" and not after.spaced and self.at in self.closes and after.text == "(":
            self.operators.append("*")
            self.deeper()
            inner = Operation("*", inner, self.powered())
            self.depth -= 1
        return inner

    def holds_number(self, at: int) -> bool:
        """Whether a number stands in the brackets that open there."""
        return any(
            token.kind == "number" for token in self.tokens[at : min(self.closes[at], at + MAX_TOKENS)]
        )

    def measured(self, operand: Expression) -> Expression:
        """The operand with the percent sign, units and nouns after it."""
        if self.kind() == "%":
            if self.kind(1) in ("number", "("):
                raise Unreadable  # a remainder, as code writes it
            self.at += 1
            operand = Call("percent", operand)
        for _ in range(MAX_UNIT_WORDS):
            token = self.peek()
            if token is None:
                break
            if token.kind == "word":
                scaled = self.unit(token, operand)
                if scaled is None:
                    break
                operand = scaled
            elif not self.aside(token):
                break
        return operand

    def unit(self, token: Token, operand: Expression) -> Expression | None:
        """The operand with that word as its unit; None where the word is none."""
        word = token.text.lower()
        if (word in STOPS and token.text != "May") or (word == "of" and self.is_before_number()):
            return None
        if self.tokens[self.at - 1].kind in ("number", ")") and not token.spaced:
            if word in ("k", "m", "b", "bn") and token.text != "m":
                self.at += 1
                return Scaled(operand, SCALES[word])
            if token.text not in MEASURES and (len(word) == 1 or word not in MEASURES):
                raise Unreadable  # 2x
        elif len(word) == 1 and token.text not in ("a", "°") and token.text not in MEASURES:
            if self.tokens[self.at - 1].kind == "word":
                return None  # on the t-shirts
            raise Unreadable
        if word in FUNCTIONS and token.text not in MEASURES:
            raise Unreadable
        self.measure(token)
        self.at += 1
        self.units.append(word if word in MEASURES else token.text)
        if self.sign("^") and self.kind(1) == "number":  # cm^2
            self.at += 2
        elif self.kind() == "superscript":
            self.at += 1
        return Scaled(operand, SCALES[word]) if word in SCALES and len(word) > 2 else operand

    def measure(self, token: Token) -> None:
        """Notes the unit of measurement that the word is: behind its number, or behind `per`."""
        kind = MEASURES.get(token.text) or MEASURES.get(token.text.lower())
        before = self.tokens[self.at - 1]
        if kind and before.kind == "word" and before.text.lower() in ("per", "each", "every", "a", "an"):
            self.rates.add(kind)
        elif kind and (before.kind != "word" or before.text.lower() in _POWERS):
            self.kinds.add(kind)

    def aside(self, token: Token) -> bool:
        """Goes past `/hour` and past a remark in brackets that has words alone."""
        after = self.peek(1)
        if token.kind == "sign" and token.text == "/" and after and after.kind == "word":
            if len(after.text) == 1 and after.text not in MEASURES:
                return False
            self.units.append(after.text.lower())
            self.rates |= {MEASURES[w] for w in (after.text, after.text.lower()) if w in MEASURES}
            self.at += 2
            return True
        if token.kind == "(" and self.at in self.closes:
            close = self.closes[self.at]
            inside = self.tokens[self.at + 1 : min(close, self.at + 2 + MAX_UNIT_WORDS)]
            plain = all(t.kind == "word" and len(t.text) > 1 and t.text.lower() not in STOPS for t in inside)
            if 0 < len(inside) <= MAX_UNIT_WORDS and plain:
                for place, word in enumerate(inside):
                    kind = MEASURES.get(word.text) or MEASURES.get(word.text.lower())
                    if kind and (not place or inside[place - 1].text.lower() in _POWERS):
                        self.kinds.add(kind)
                    self.units.append(word.text.lower())
                self.at = close + 1
                return True
        return False


OPERANDS = ("number", "currency", "(", "root", "frac", "huge", "multiple")
_POWERS = frozenset(("square", "sq", "cubic", "cu", "million", "billion", "trillion", "thousand", "dozen"))
_DETERMINERS = frozenset(
    ("the", "those", "these", "his", "her", "their", "its", "my", "your", "our", "all", "that")
)


def _is_fraction(expression: Expression) -> bool:
    if isinstance(expression, Number):
        return expression.value.denominator != 1 and not expression.decimals
    return (
        isinstance(expression, Operation)
        and expression.sign == "/"
        and isinstance(expression.left, Number)
        and isinstance(expression.right, Number)
    )
