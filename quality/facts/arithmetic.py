"""Arithmetic in an answer: `12 × 7 = 84`, `$80 - $20 = $60`, `half of 48 is 24`, `17 / 5 = 3 remainder 2`.

A statement is an equation both of whose sides can be computed and one of which is a calculation. It holds when some
reading of what its notation leaves open (percent signs, mixed fractions, `dozen`) makes both sides the same within the
decimals shown. Sums of different units, conversions and run-on chains (`5 + 3 = 8 * 2 = 16`) are given the benefit of
the doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from quality.facts.agree import agree, is_conversion, shown, values
from quality.facts.asserted import OTHER_MATHS
from quality.facts.claim import Claim, TooMuch
from quality.facts.equations import Equation, equations
from quality.facts.runs import Run, runs
from quality.facts.safe_maths import Call, Operation, Scaled, parts, value
from quality.facts.unit_words import SCALES

_REMAINDER = re.compile(
    r"[ ]?=[ ]?([0-9]{1,30})[ ,]{0,3}(?:with[ ])?(?:an?[ ])?(?:remainder|rem\.?|r)"
    r"[ ]?(?:of[ ]|is[ ]|=[ ]?)?([0-9]{1,30})",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"[ ]?(?:or|to|and|[-–—/])[ ]?\$?[0-9]|[ ](?:times|percent|more|less|fewer|years?|degrees|o['’]clock|[ap]\.?m\b)",
    re.IGNORECASE,
)

_RANGE = re.compile(r"[ ]?(?:(?:or|to)[ ]|[-–—][ ]?)\$?[0-9]|[ ]and[ ]\(?[0-9]{1,4}/[0-9]")
_SPELT = re.compile(
    r"[ ](?:followed[ ]by|with)[ ][\w,-]{1,20}[ ](?:more[ ])?(?:zero|nought|digit)", re.IGNORECASE
)
"""A number told by its digits: `1 followed by six zeros`."""
_HEDGED = re.compile(r"[ )]{0,3}[(,]?[ ]?(?:approx|roughly|about|rounded|estimated)", re.IGNORECASE)
_LOST_EXPONENT = re.compile(
    r"(?:[x×*·]|\\times)[ ]?10(?:0[3-9]|[1-3][0-9])\b|(?<![$0-9,.])10(?:0[3-9]|[1-3][0-9])[ ]?[x×*·]",
    re.IGNORECASE,
)


def claims(instruction: str, output: str) -> Iterator[Claim | TooMuch]:
    """The equations of the answer, recomputed; nothing for those that cannot be read with certainty."""
    puzzle: bool | None = None
    for equation in equations(output):
        claim = judged(equation, output)
        if isinstance(claim, Claim) and not claim.holds:
            if _is_other_maths(claim, instruction, output):
                continue
            puzzle = _is_puzzle(instruction) if puzzle is None else puzzle
            if puzzle:
                continue
        if claim is not None:
            yield claim


def judged(equation: Equation, text: str) -> Claim | TooMuch | None:
    """What becomes of one equation; None where it states no arithmetic."""
    sides = equation.left, equation.right
    if not all(side.limit or side.expression is not None for side in sides):
        return None
    limit = next((side.limit for side in sides if side.limit), "")
    if limit:
        return TooMuch(limit)
    divided = _remainder(equation, text)
    if divided is not None:
        return divided
    left, right = equation.left, equation.right
    if left.expression is None or right.expression is None or not _is_statement(equation):
        return None
    try:
        about = equation.about or _HEDGED.match(text, equation.end) is not None
        holds = agree(left, right, about=about)
        if not holds and _is_doubtful(equation, text):
            return None
        claim = _claim(equation, text, holds)
    except OverflowError as error:
        return TooMuch(str(error))
    return claim if holds or claim.computed != claim.stated else None  # apart by less than can be shown


def _is_statement(equation: Equation) -> bool:
    """Whether one side is a calculation, and the other may be its value."""
    left, right = equation.left, equation.right
    assert left.expression is not None and right.expression is not None
    if equation.said and shown(right.expression) is None:
        return False
    if shown(left.expression) is not None and shown(right.expression) is not None:
        dozens = _is_scaled(left) and not _is_scaled(right) and "dozen" in left.units
        return dozens and not right.measures and "%" not in right.operators
    tight = set(left.operators) | set(right.operators) <= {"//"}
    return not (tight and left.measures)  # 1/2 inch = 12.7 mm


def _is_scaled(run: Run) -> bool:
    return run.expression is not None and any(isinstance(part, Scaled) for part in parts(run.expression))


def _is_doubtful(equation: Equation, text: str) -> bool:
    """Whether a statement that fails may yet be right, or mean something else."""
    lefts, rights = [v for v, _ in values(equation.left)], [v for v, _ in values(equation.right)]
    if not lefts or not rights or _is_other_notation(equation, text):
        return True
    if _mixes_units(equation, lefts, rights):
        return True
    if _LOST_EXPONENT.search(text, equation.start, equation.end) and _are_far(lefts[0], rights[0]):
        return True  # 5 x 1019 for 5 × 10^19
    return _is_run_on(lefts, equation.right) or _is_dashed(equation)


def _is_other_notation(equation: Equation, text: str) -> bool:
    """Whether the signs may stand for something else: a tempo, dimensions, a range, exponents lost on the way."""
    left, right = equation.left, equation.right
    read = equation.tokens
    followed = read[right.last].kind if right.last < len(read) else ""
    if followed in ("number", "bad", "superscript", "huge", "frac", "root"):
        return True
    if _RANGE.match(text, equation.end) or _SPELT.match(text, equation.end):
        return True
    if equation.said and (_MORE.match(text, equation.end) or (left.units and "of" not in left.operators)):
        return True  # a 3 x 4 table is 12 cm wide
    if shown_alone(left) and equation.first and left.first:
        return True  # the price after 12 months = 8 * 9
    if "--" in left.operators and "--" in right.operators:
        return True  # £2-£3 x 2 = £4-£6
    assert left.expression is not None
    return (
        left.operators == ("//",) and abs(value(left.expression)) < 1 and _is_whole(right)
    )  # tempo 1/4 = 120


def _are_far(one: Fraction, other: Fraction) -> bool:
    return abs(one) * 100 < abs(other) or abs(other) * 100 < abs(one)


def _is_whole(run: Run) -> bool:
    return any(found.denominator == 1 and abs(found) > 1 for found, _ in values(run)) and shown_alone(run)


def _mixes_units(equation: Equation, lefts: Sequence[Fraction], rights: Sequence[Fraction]) -> bool:
    left, right = equation.left, equation.right
    signs = {sign[0] for sign in left.operators + right.operators}
    if len(left.kinds | right.kinds) > 1 and signs & {"+", "-"}:
        return True  # 1 hour + 30 minutes = 90 minutes
    if left.kinds and right.measures - left.measures and shown_alone(left):
        return True  # 3 miles = 3 × 1.609 km
    several = len(left.measures | right.measures) > 1
    return several and any(is_conversion(one, other) for one in lefts for other in rights)


def _is_run_on(lefts: Sequence[Fraction], right: Run) -> bool:
    """Whether the right side goes on from the left one's value: `5 + 3 = 8 * 2 = 16`."""
    expression = right.expression
    while isinstance(expression, Operation):
        expression = expression.left
    result = shown(expression) if expression is not None and expression is not right.expression else None
    return result is not None and any(result[0].value * result[1] == value for value in lefts)


def _is_dashed(equation: Equation) -> bool:
    """Whether a spaced dash between words was read as a minus: `= 24 clips - 3 more than before`."""
    for run, other, outer in (
        (equation.right, equation.left, equation.last),
        (equation.left, equation.right, equation.first),
    ):
        for dash in run.dashes if outer else ():
            piece = (
                equation.tokens[run.first : dash]
                if run is equation.right
                else equation.tokens[dash + 1 : run.last]
            )
            read = runs(piece)
            whole = len(read) == 1 and read[0].first == 0 and read[0].last == len(piece)
            calculates = run is equation.right or bool(read and read[0].operators)
            if whole and calculates and read[0].expression is not None and agree(read[0], other):
                return True
    return False


def _remainder(equation: Equation, text: str) -> Claim | None:
    """A division with its remainder; None where the equation is none."""
    left = equation.left.expression
    match = _REMAINDER.match(text, equation.text_of(equation.left)[1])
    if match is None or not isinstance(left, Operation) or left.sign != "/":
        return None
    pairs = [shown(side) for side in (left.left, left.right)]
    if None in pairs:
        return None
    whole, part = (pair[0].value * pair[1] for pair in pairs if pair)
    if not part:
        return None
    quotient, rest = divmod(whole, part)
    holds = (int(match[1]), int(match[2])) == (quotient, rest)
    stated = text[equation.start : match.end()]
    computed = f"{quotient} remainder {rest}"
    message = "" if holds else f"{_flat(text[slice(*equation.text_of(equation.left))])} is {computed}"
    return Claim("arithmetic", equation.start, match.end(), stated, computed, holds, message)


def _claim(equation: Equation, text: str, holds: bool) -> Claim:
    left, right = equation.left, equation.right
    assert left.expression is not None and right.expression is not None
    backward = shown(left.expression) is not None and shown(right.expression) is None
    worked, result = (right, left) if backward else (left, right)
    worked_text, stated = text[slice(*equation.text_of(worked))], text[slice(*stated_span(equation, result))]
    computed = in_form(next(values(worked))[0], result) if not holds else stated
    sort = "percentage" if _has_percent(left) or _has_percent(right) else "arithmetic"
    message = "" if holds else f"{_flat(worked_text)} is {computed}, not {_flat(stated)}"
    return Claim(sort, equation.start, equation.end, _flat(stated), computed, holds, message)


def stated_span(equation: Equation, run: Run) -> tuple[int, int]:
    """Where the run's figures stand, without the units and nouns after a single number."""
    read = equation.tokens[run.first : run.last]
    if run.operators:
        return equation.text_of(run)
    at = next(at for at, token in enumerate(read) if token.number is not None)
    after = read[at + 1] if at + 1 < len(read) else None
    belongs = after is not None and (after.kind == "%" or after.text.lower() in SCALES)
    return read[0].start, after.end if after and belongs else read[at].end


def shown_alone(run: Run) -> bool:
    """Whether the run states a number and calculates none."""
    return run.expression is not None and shown(run.expression) is not None


def _has_percent(run: Run) -> bool:
    assert run.expression is not None
    return any(isinstance(part, Call) and part.name == "percent" for part in parts(run.expression))


_LONG = "a number of more than 300 digits"


def in_form(number: Fraction, like: Run) -> str:
    """The value as the stated result would show it: in percent, with its decimals and two more at most."""
    assert like.expression is not None
    result = shown(like.expression)
    places = result[0].decimals if result else 2
    sign = ""
    if isinstance(like.expression, Call) and like.expression.name == "percent":
        number, sign = number * 100, "%"
    if number.denominator == 1 and abs(number) < 10**30:
        return f"{int(number):,}{sign}"
    if abs(number) < Fraction(1, 100) or abs(number) >= 10**15:
        return f"{float(number):.4g}{sign}" if abs(number) < 10**300 else _LONG
    places = max(places, 2)
    digits = Decimal(f"{round(number * 10**places)}e-{places}")
    return f"{digits:,f}".rstrip("0").rstrip(".") + sign


def _flat(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 60 else flat[:57] + "…"


def _is_other_maths(claim: Claim, instruction: str, output: str) -> bool:
    """Whether the words around speak of an arithmetic in which the usual one does not hold."""
    line = output[max(0, claim.start - 300) : claim.end + 100]
    return OTHER_MATHS.search(line) is not None or OTHER_MATHS.search(instruction[:20_000]) is not None


def _is_puzzle(instruction: str) -> bool:
    """Whether the prompt itself has equations that fail, so that its signs mean something else."""
    found = (judged(replace(e, about=False), instruction) for e in equations(instruction[:20_000]))
    return sum(isinstance(one, Claim) and not one.holds for one in found) > 1
