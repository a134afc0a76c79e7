"""Tokens as runs: the longest stretches that read as one expression, units and nouns in between included.

`She sold 5 apples + 3 pears = 8 pieces of fruit.` has the runs `5 apples + 3 pears` and `8 pieces of fruit`. What has
an unknown, another base or a formula's name in it is no expression; what is beyond a limit is a run that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quality.facts.cursor import OPERANDS, Cursor, Unreadable
from quality.facts.expression_parser import Parser
from quality.facts.safe_maths import Expression, Number, parts
from quality.facts.tokens import Token
from quality.facts.unit_words import FUNCTIONS


@dataclass(frozen=True, slots=True)
class Run:
    """One expression among the tokens `[first, last)`.

    Attributes:
        expression: None where it cannot be computed.
        operators: As written, the tight slash of a fraction as `//`.
        units: Words behind its numbers.
        kinds: What its numbers measure: the first unit of measurement behind each.
        rates: What they are taken by: the units behind `/`, `per` and `each`.
        limit: Which limit it goes beyond; "" as a rule.
        dashes: Tokens that may be dashes between words rather than a minus.
    """

    first: int
    last: int
    expression: Expression | None
    operators: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    rates: frozenset[str] = frozenset()
    limit: str = ""
    dashes: tuple[int, ...] = ()

    @property
    def measures(self) -> frozenset[str]:
        """All units of measurement in it."""
        return self.kinds | self.rates


def runs(tokens: Sequence[Token]) -> list[Run]:
    """The runs of one line's tokens, in their order; linear in the number of tokens."""
    closes = _closes(tokens)
    found: list[Run] = []
    at = 0
    while at < len(tokens):
        if not _begins(tokens, at, closes):
            at += 1
            continue
        run = _run(tokens, at, closes)
        if run.expression is None and found and found[-1].limit and run.first - found[-1].last <= 1:
            run = replace(
                run, limit=run.limit or found[-1].limit
            )  # what is added to something beyond a limit
        found.append(run)
        at = max(at + 1, run.last)
    return found


def _begins(tokens: Sequence[Token], at: int, closes: dict[int, int]) -> bool:
    token = tokens[at]
    if token.kind == "(":
        return at in closes
    if token.kind == "sign" and token.text in "+-":
        free = at == 0 or tokens[at - 1].kind in ("stop", "=", "~", "(")
        bullet = at + 1 < len(tokens) and tokens[at + 1].spaced and (at == 0 or tokens[at - 1].kind == "stop")
        return free and not bullet and at + 1 < len(tokens) and tokens[at + 1].kind in OPERANDS
    return token.kind in OPERANDS or token.kind == "bad"


def _run(tokens: Sequence[Token], at: int, closes: dict[int, int]) -> Run:
    """The run that begins there; unreadable where something before it belongs to it."""
    here = Cursor(tokens, at, closes)
    parser = Parser(here)
    try:
        expression: Expression | None = parser.sum()
    except Unreadable:
        return Run(at, max(here.at, at + 1), None)
    except OverflowError as error:
        return Run(at, max(closes.get(at, at) + 1, here.at), None, limit=str(error))
    if at and not _is_free(tokens, at):
        expression = None
    return Run(
        at,
        here.at,
        expression,
        tuple(parser.operators),
        tuple(here.units),
        frozenset(here.kinds),
        frozenset(here.rates),
        dashes=tuple(parser.dashes),
    )


def _is_free(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing before the run takes part in it: an operator without an operand, a function, a number."""
    before, token = tokens[at - 1], tokens[at]
    if before.kind == "sign":
        # "- 5 + 3 = 8" in a list; "Total - 5" is a term that cannot be read
        return (
            before.text in "+-*" and before.end < token.start and (at == 1 or tokens[at - 2].kind == "stop")
        )
    if before.kind in ("bad", "number", "%", "superscript", "root", "frac", "!", "currency", "huge"):
        return False
    if before.kind == ")":
        return False
    if before.kind == "word":
        touching = before.end == token.start
        return not (
            touching or before.text.lower() in FUNCTIONS or (token.kind == "(" and len(before.text) == 1)
        )
    return True


def _closes(tokens: Sequence[Token]) -> dict[int, int]:
    """Opening bracket → its closing one, for those with no equality sign or clause end between."""
    waiting: list[int] = []
    closes: dict[int, int] = {}
    for at, token in enumerate(tokens):
        if token.kind == "(":
            waiting.append(at)
        elif token.kind == ")" and waiting:
            closes[waiting.pop()] = at
        elif token.kind in ("=", "~", "stop"):
            waiting.clear()
    return closes


def numbers(run: Run) -> list[Number]:
    """The numbers of a run that can be computed."""
    if run.expression is None:
        return []
    return [part for part in parts(run.expression) if isinstance(part, Number)]
