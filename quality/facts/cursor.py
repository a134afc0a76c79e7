"""A place among tokens, the units that stand there, and what they measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quality.facts.safe_maths import Call, Expression, Scaled
from quality.facts.tokens import Token
from quality.facts.unit_words import FUNCTIONS, SCALES, STOPS
from quality.text.unit_names import MEASURES

MAX_UNIT_WORDS = 6
"""Words between a number and the next operator."""
OPERANDS = ("number", "currency", "(", "root", "frac", "huge", "multiple")
_POWERS = frozenset(("square", "sq", "cubic", "cu", "million", "billion", "trillion", "thousand", "dozen"))
_DETERMINERS = frozenset(
    ("the", "those", "these", "his", "her", "their", "its", "my", "your", "our", "all", "that")
)


class Unreadable(Exception):
    """No expression from here on."""


@dataclass(slots=True)
class Cursor:
    """Where a reading has come to, and the units that it has passed.

    Attributes:
        closes: Opening bracket → its closing one.
        units: The words behind numbers, in their order.
        kinds: What the numbers measure.
        rates: What they are taken by.
    """

    tokens: Sequence[Token]
    at: int
    closes: dict[int, int]
    units: list[str] = field(default_factory=list[str])
    kinds: set[str] = field(default_factory=set[str])
    rates: set[str] = field(default_factory=set[str])

    def peek(self, ahead: int = 0) -> Token | None:
        """The token so many places on; None behind the last."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def kind(self, ahead: int = 0) -> str:
        """Its kind; "" behind the last token."""
        token = self.peek(ahead)
        return token.kind if token else ""

    def sign(self, wanted: str) -> Token | None:
        """The operator here, if it is one of those."""
        token = self.peek()
        return token if token and token.kind == "sign" and token.text in wanted else None

    def is_before_number(self) -> bool:
        """Whether a number follows the word here, with `the` or its like between at most."""
        after = self.peek(1)
        named = after is not None and after.text.lower() in _DETERMINERS and self.kind(2) in OPERANDS
        return self.kind(1) in OPERANDS or named

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
