"""One expression among tokens, read from the left as far as it goes; `cursor` reads the units between its numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from quality.facts.cursor import OPERANDS, Cursor, Unreadable
from quality.facts.safe_maths import MAX_DEPTH, MAX_TOKENS, Call, Expression, Number, Operation
from quality.facts.tokens import Token


@dataclass(slots=True)
class Parser:
    """Reads one expression from the left as far as it goes."""

    here: Cursor
    depth: int = 0
    operators: list[str] = field(default_factory=list[str])
    dashes: list[int] = field(default_factory=list[int])

    def sum(self) -> Expression:
        """The expression from here on, as far as it goes."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise OverflowError(f"an expression nested more than {MAX_DEPTH} deep")
        left = self.product()
        while (sign := self.here.sign("+-")) and self.starts(1):
            if (
                sign.text == "-"
                and sign.spaced
                and self.here.tokens[self.here.at - 1].kind == "word"
                and self.depth == 1
            ):
                self.dashes.append(self.here.at)
            self.take(sign)
            left = Operation(sign.text, left, self.product())
        self.depth -= 1
        return left

    def product(self) -> Expression:
        """One term of a sum."""
        left = self.signed()
        while True:
            if (sign := self.here.sign("*/")) and self.starts(1):
                self.take(sign)
                left = Operation(sign.text, left, self.signed())
            elif self.is_of(left):
                self.here.at += 1 if self.starts(1) else 2
                self.operators.append("of")
                left = Operation("of", left, self.signed())
            else:
                return left

    def take(self, sign: Token) -> None:
        """Goes past the operator; one between two numbers without white space may be a fraction's, or a range's."""
        after = self.here.tokens[self.here.at + 1]
        tight = not sign.spaced and not after.spaced and sign.text in "/-"
        self.operators.append(sign.text * 2 if tight else sign.text)
        self.here.at += 1
        if len(self.operators) > MAX_TOKENS:
            raise OverflowError(f"an expression of more than {MAX_TOKENS} operators")

    def starts(self, ahead: int) -> bool:
        """Whether an operand begins that many tokens on."""
        token, after = self.here.peek(ahead), self.here.kind(ahead + 1)
        if token is None:
            return False
        if token.kind in ("number", "root", "frac", "huge", "multiple", "bad"):
            return True
        if token.kind == "(":
            return self.here.at + ahead in self.here.closes
        if token.kind == "word":  # an unknown: the whole is unreadable
            return len(token.text) == 1 and token.text not in "aA°~"
        return token.kind == "currency" or (token.kind == "sign" and token.text in "+-" and after in OPERANDS)

    def is_of(self, left: Expression) -> bool:
        """Whether `of` multiplies here: behind a percentage or a fraction, before a number."""
        token = self.here.peek()
        if token is None or token.kind != "word" or token.text.lower() != "of":
            return False
        if not (isinstance(left, Call) and left.name == "percent") and not _is_fraction(left):
            return False
        return self.here.is_before_number()

    def signed(self) -> Expression:
        """A factor with the signs before it."""
        sign = self.here.sign("+-")
        if not sign:
            return self.powered()
        self.here.at += 1
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
        token = self.here.peek()
        if token and token.kind == "superscript":
            self.here.at += 1
            self.operators.append("^")
            if not token.text.lstrip("-").isdigit():
                raise Unreadable
            base = Operation("^", base, Number(Fraction(int(token.text))))
        elif (sign := self.here.sign("^")) and self.starts(1):
            self.take(sign)
            self.deeper()
            base = Operation("^", base, self.signed())
            self.depth -= 1
        return self.here.measured(base)

    def operand(self) -> Expression:
        """A number, a root, a fraction or what stands in brackets."""
        paid = False
        while self.here.kind() == "currency":
            paid = True
            self.here.at += 1
        token = self.here.peek()
        if token is None or token.kind in ("bad", "word"):
            raise Unreadable
        if token.kind == "huge":
            raise OverflowError("a number of more than 60 digits")
        self.here.at += 1
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
            self.here.at -= 1
            return self.group()
        raise Unreadable

    def followed(self, number: Number, token: Token) -> Expression:
        """The number with what is written against it: a factorial, a bracket to multiply with."""
        after = self.here.peek()
        if after is None or after.spaced or after.start != token.end:
            return number
        if (
            after.kind == "!"
            and number.value.denominator == 1
            and self.here.kind(1) not in ("word", "stop", "")
        ):
            self.here.at += 1
            self.operators.append("!")
            return Call("factorial", number)
        if after.kind == "root":
            self.operators.append("*")
            return Operation("*", number, self.operand())
        if after.kind == "frac":
            raise Unreadable  # five and a half to some, five halves to others
        if after.kind == "(" and self.here.at in self.here.closes and self.holds_number(self.here.at):
            if "/" in self.operators[-1:]:
                raise Unreadable  # 6 / 2(1 + 2) is 9 to some and 1 to others
            self.operators.append("*")
            return Operation("*", number, self.powered())
        return number

    def group(self) -> Expression:
        """What stands in the brackets here, and a power or another bracket written against them."""
        close = self.here.closes.get(self.here.at)
        if close is None:
            raise Unreadable
        self.here.at += 1
        inner = self.sum()
        if self.here.at != close:
            raise Unreadable
        self.here.at += 1
        after = self.here.peek()
        if (
            after
            and after.kind == "("
            and not after.spaced
            and self.here.at in self.here.closes
            and after.text == "("
        ):
            self.operators.append("*")
            self.deeper()
            inner = Operation("*", inner, self.powered())
            self.depth -= 1
        return inner

    def holds_number(self, at: int) -> bool:
        """Whether a number stands in the brackets that open there."""
        return any(
            token.kind == "number"
            for token in self.here.tokens[at : min(self.here.closes[at], at + MAX_TOKENS)]
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
