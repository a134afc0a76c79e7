"""Maths that the prompt asks for, solved anew and held against the result that the answer states.

Read are prompts that ask one thing in short: the value of a calculation, the solutions of an equation with one unknown,
a derivative, an integral, or another form of an expression. The answer's result must stand where it can be taken for
nothing else: alone, boxed, behind “the answer is”, or as `x = …` in the last line that has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from quality.facts import algebra, symbolic
from quality.facts.agree import near, shown, values
from quality.facts.arithmetic import in_form
from quality.facts.asserted import OTHER_MATHS
from quality.facts.claim import Claim, TooMuch
from quality.facts.runs import Run, runs
from quality.facts.safe_maths import Expression, value
from quality.facts.stated import Stated, stated_result, trimmed
from quality.facts.tokens import tokens

MAX_PROMPT = 1_000
"""Characters of a prompt that may ask for one piece of maths; longer ones set a scene."""

_MATHS = r"[0-9a-zA-Z√π\\({\[.+−-][^\n?!:;\"“”]{0,200}?"
_END = (
    r"[ ]?(?:[.?!;\n]|,[ ](?:and|show|step|please)"
    r"|[ ](?:and[ ]show|step[ ]by|please|for[ ]me|with[ ]respect|w\.?r\.?t)|$)(?![0-9])"
)
_OF_X = r"(?:[a-z]\([a-z]\)[ ]?=|y[ ]?=)?[ ]?"
_THE = r"[ :,]{0,3}(?:the[ ](?:(?:quadratic|linear|following)[ ])?(?:equation|polynomial|function)[ :]{0,2})?"
_THIS = r"[ :]{0,3}(?:(?:the|this)[ ](?:following[ ])?(?:expression|polynomial|quadratic)?[ :]{0,2})?"
_WORDS = {
    "derivative": rf"(?:derivative[ ]of|differentiate|d/dx){_THE}{_OF_X}(?P<maths>{_MATHS})",
    "integral": rf"(?:integral[ ]of|integrate|antiderivative[ ]of){_THE}{_OF_X}(?P<maths>{_MATHS})(?:[ ]?dx)?",
    "solution": r"(?:\bsolve(?:[ ]for[ ][a-z])?|roots[ ]of|zeroe?s[ ]of|solutions?[ ](?:of|to)|\bfind[ ][a-z][ ]"
    rf"(?:if|when|where|in)|what[ ]is[ ][a-z][ ](?:if|when|in)){_THE}(?P<maths>{_MATHS})",
    "form": rf"(?:simplify|factor(?:i[sz]e)?|expand){_THIS}(?P<maths>{_MATHS})",
    "value": r"(?:what(?:['’]s|[ ]is)|calculate|compute|evaluate|work[ ]out|how[ ]much[ ]is|solve|simplify)[ :]{0,3}"
    rf"(?:the[ ](?:value|result|answer)[ ](?:of|to)[ ])?(?P<maths>{_MATHS})(?:[ ]?=[ ]?)?",
}
_ASKS = {kind: re.compile(words + _END, re.IGNORECASE) for kind, words in _WORDS.items()}
"""What is asked → how prompts ask it; the first that matches is tried first."""
_CUE = re.compile(
    r"derivative|differentiate|d/dx|integra|solve|roots of|zero(?:e)?s of|solution|simplify|factor|expand|calculate"
    r"|compute|evaluate|work out|how much is|what(?:['’]s| is)|find [a-z] ",
    re.IGNORECASE,
)


_CONSTANT = re.compile(r"[ ]?\+[ ]?[cCK]\b[ ]?(?:,.{0,60})?$")


def claims(instruction: str, output: str) -> Iterator[Claim | TooMuch]:
    """The result that the answer states to the maths asked, solved anew; nothing where either cannot be read."""
    if len(instruction) > MAX_PROMPT or not _CUE.search(instruction) or OTHER_MATHS.search(instruction):
        return
    for kind, pattern in _ASKS.items():
        match = pattern.search(instruction)
        if match is None:
            continue
        try:
            found = list(_SOLVERS[kind](trimmed(match["maths"]), instruction, output))
        except OverflowError as error:
            yield TooMuch(f"the prompt asks for maths beyond the limits: {error}")
            return
        except (ValueError, ZeroDivisionError):
            found = []
        if found:
            yield from (replace(claim, whole=False) for claim in found)
            return


# --- A value -----------------------------------------------------------------------------------------------------


def _value(maths: str, instruction: str, output: str) -> Iterator[Claim]:
    run = _whole_run(maths)
    if run is None or not run.operators:
        return
    if set(run.operators) <= {"//", "--"} and not _is_asked_bare(instruction):
        return
    exact = [found for found, _ in values(run)]
    stated = stated_result(output)
    result = stated and _whole_run(stated.text)
    if not exact or stated is None or result is None or result.expression is None:
        return
    shown_number = shown(result.expression)
    if shown_number is None or (run.measures and result.measures and run.measures != result.measures):
        return
    unit = Fraction(1, 10 ** shown_number[0].decimals) if shown_number[0].decimals > 0 else Fraction(0)
    given = [found for found, _ in values(result)]
    holds = any(near(one, other, unit) for one in exact for other in given)
    if not holds and exact[0].denominator != 1 and abs(exact[0] - given[0]) < 1:
        return  # rounded, or the quotient of a division with a remainder
    computed = in_form(exact[0], result)
    message = "" if holds else f"the prompt asks for {maths}, which is {computed}, not {stated.text}"
    yield Claim("asked", stated.start, stated.end, stated.text, computed, holds, message)


def _is_asked_bare(instruction: str) -> bool:
    """Whether a fraction or difference without spaces, which may be a date or a range, is plainly to be computed."""
    return bool(re.search(r"\b(?:calculate|compute|evaluate|work out)\b", instruction, re.IGNORECASE))


def _whole_run(text: str) -> Run | None:
    """The run that a text is, from end to end; None of any other text."""
    read = list(tokens(text))
    found = runs(read)
    if len(found) != 1 or found[0].first or found[0].last != len(read):
        return None
    if found[0].limit and len(read) > 1:  # a long literal alone asks for no maths
        raise OverflowError(found[0].limit)
    return found[0] if found[0].expression is not None else None


# --- Equations ---------------------------------------------------------------------------------------------------


def _solution(maths: str, instruction: str, output: str) -> Iterator[Claim]:
    left, sign, right = maths.partition("=")
    if "=" in right:
        return
    sides = [algebra.expression(side.strip()) for side in (left, right if sign else "0")]
    if None in sides:
        return
    unknowns = frozenset[str]().union(*(symbolic.names(side) for side in sides if side))
    if len(unknowns) != 1:
        return
    (name,) = unknowns
    one, other = (symbolic.symbolic(side) for side in sides if side)
    solutions = symbolic.roots(one - other, name)
    if not solutions:
        return
    for given, stated in _assigned(name, output):
        unit = Fraction(6, 10 ** (given[1] + 1)) if given[1] else Fraction(1, 10**9)
        holds = any(near(given[0], root, unit) for root in solutions)
        computed = f"{name} = " + " or ".join(_short(root) for root in sorted(solutions))
        message = "" if holds else f"{_flat(maths)} has the solution {computed}, not {_flat(stated.text)}"
        yield Claim("asked", stated.start, stated.end, stated.text, computed, holds, message)


def _assigned(name: str, output: str) -> Iterator[tuple[tuple[Fraction, int], Stated]]:
    """What the last line that gives the unknown a value gives it, as value and decimals."""
    pattern = re.compile(
        rf"(?<![\w.^)'’\\/*+−-])(?<![0-9+*/−-][ ])[*$]{{0,2}}{name}[ ]?(?:=|≈|is|equals)[ ]?"
        rf"(?P<maths>[0-9(+−\\√-][^\n=,;$a-zA-Z]{{0,60}}(?:\\?[a-z]{{4}}\{{[^\n=]{{1,30}})?)"
    )
    found: list[tuple[int, tuple[Fraction, int], Stated]] = []
    for match in pattern.finditer(output[-5_000:]):
        at = max(0, len(output) - 5_000)
        text = trimmed(match["maths"].rstrip(" \\(.*"))
        tree = algebra.expression(text) if text else None
        if tree is None or symbolic.names(tree):
            continue
        number = _constant(tree)
        if number is None:
            continue
        line = output.count("\n", 0, at + match.start())
        decimals = shown(tree)
        place = Stated(
            f"{name} = {text}", at + match.start(), at + match.start("maths") + len(match["maths"].rstrip())
        )
        found.append((line, (number, decimals[0].decimals if decimals else 0), place))
    if found:
        yield from ((number, place) for line, number, place in found if line == found[-1][0])


def _constant(tree: Expression) -> Fraction | None:
    try:
        return value(tree)
    except (ValueError, ZeroDivisionError):
        return None


def _short(number: Fraction) -> str:
    return str(number) if number.denominator <= 100 else f"{float(number):.4f}"


# --- Expressions -------------------------------------------------------------------------------------------------


def _derivative(maths: str, instruction: str, output: str) -> Iterator[Claim]:
    yield from _expression(maths, output, "derivative")


def _integral(maths: str, instruction: str, output: str) -> Iterator[Claim]:
    if re.search(r"\bfrom\b|\bbetween\b|definite integral from", instruction):
        return
    yield from _expression(re.sub(r"[ ]?d[xt]$", "", maths), output, "integral")


def _form(maths: str, instruction: str, output: str) -> Iterator[Claim]:
    yield from _expression(maths, output, "form")


def _expression(maths: str, output: str, kind: str) -> Iterator[Claim]:
    tree, stated = algebra.expression(trimmed(maths)), stated_result(output)
    if tree is None or stated is None or len(names := symbolic.names(tree)) != 1:
        return
    (name,) = names
    given_text = _CONSTANT.sub("", stated.text) if kind == "integral" else stated.text
    given_tree = algebra.expression(given_text) if len(given_text) <= algebra.MAX_CHARACTERS else None
    if given_tree is None or symbolic.names(given_tree) - names:
        return
    asked, given = symbolic.symbolic(tree), symbolic.symbolic(given_tree)
    right = symbolic.derivative(asked, name) if kind == "derivative" else asked
    equal = symbolic.are_equal(right, symbolic.derivative(given, name) if kind == "integral" else given)
    if equal is None or (not equal and kind == "form" and not symbolic.names(given_tree)):
        return
    computed = "" if kind == "integral" else symbolic.in_words(right)
    message = (
        "" if equal else _MESSAGES[kind].format(asked=_flat(maths), given=_flat(given_text), right=computed)
    )
    yield Claim("asked", stated.start, stated.end, stated.text, computed, equal, message)


_MESSAGES = {
    "derivative": "the derivative of {asked} is {right}, not {given}",
    "integral": "{given} is no integral of {asked}: its derivative is another",
    "form": "{given} is not the same as {asked}",
}


def _flat(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 60 else flat[:57] + "…"


_SOLVERS: dict[str, Callable[[str, str, str], Iterator[Claim]]] = {
    "derivative": _derivative,
    "integral": _integral,
    "solution": _solution,
    "form": _form,
    "value": _value,
}
