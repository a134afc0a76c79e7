"""Results that an answer states twice: a calculator's mark with the number after it, the work with its final answer.

`<<48/2=24>>25` states 24 and 25; `#### 73` at the end of work that comes to 72 states a result that nothing led to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from quality.facts.agree import shown, values
from quality.facts.arithmetic import judged
from quality.facts.claim import Claim, TooMuch
from quality.facts.equations import Equation, equations, of_line
from quality.facts.runs import numbers, runs
from quality.facts.tokens import tokens

_FIGURE = r"-?\$?[ ]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,10}(?![0-9])|[0-9]{1,30})?(?:\.[0-9]{1,20})?"
_MARK = re.compile(rf"<<(?P<inside>[^<>\n]{{1,300}})>>(?P<after>{_FIGURE})(?P<rest>[%\w/.]?)")
_MARKED = re.compile(rf"^####[ ]{{0,3}}(?P<figure>{_FIGURE})[ ]?%?[ ]{{0,9}}$", re.MULTILINE)
_SAID = re.compile(
    rf"\banswer(?:[ ]is)?:?[ *]{{0,4}}(?:\$?\\boxed\{{)?(?P<figure>{_FIGURE})\}}?\$?[*]{{0,2}}"
    r"(?:[ ][a-z]{2,20}){0,2}\.?[* ]{0,4}\s*$",
    re.IGNORECASE,
)
_TAIL = 300
"""Characters from the end within which a final answer is looked for."""


def claims(instruction: str, output: str) -> Iterator[Claim | TooMuch]:
    """Calculator marks and the final answer, each held against what else the answer says."""
    if "<<" in output:
        outer = {_result_place(equation): equation for equation in equations(output)}
        for mark in _MARK.finditer(output):
            yield from _mark(mark, output)
            yield from _copied(mark, outer)
    for pattern in (_MARKED, _SAID):
        final = pattern.search(output, max(0, len(output) - _TAIL))
        if final:
            yield from _final(final, instruction, output)


def _mark(mark: re.Match[str], output: str) -> Iterator[Claim | TooMuch]:
    """The sum inside the mark, and its result against the number that follows."""
    result: Fraction | None = None
    for equation in of_line(mark["inside"], mark.start("inside")):
        claim = judged(equation, output)
        if claim is not None:
            yield claim if isinstance(claim, TooMuch) else replace(claim, spoken=False, whole=False)
        result = _stated(equation)
    after = _value(mark["after"])
    if result is None or after is None or mark["rest"].isdigit():
        return
    holds = after in (result, result * 100) or round(result, 2) == after
    stated = mark["after"].strip()
    computed = mark["inside"].rpartition("=")[2]
    message = "" if holds else f"the calculation in << >> gives {computed}, the text after it says {stated}"
    yield _claim(mark.start(), mark.end("after"), stated, computed, holds, message)


def _result_place(equation: Equation) -> int:
    return next(t.start for t in equation.tokens[equation.right.first :] if t.kind == "number")


def _copied(mark: re.Match[str], outer: Mapping[int, Equation]) -> Iterator[Claim]:
    """The calculation in the mark against the same one before it, where one of its numbers is another."""
    figure = mark["after"].lstrip("-$ ")
    written = outer.get(mark.start("after") + len(mark["after"]) - len(figure)) if figure else None
    inside = next(of_line(mark["inside"], mark.start("inside")), None)
    if written is None or inside is None:
        return
    left, right = written.left, inside.left
    if (
        sorted(left.operators) != sorted(right.operators)
        or left.expression is None
        or right.expression is None
    ):
        return
    here, there = ([n.value for n in numbers(run)] for run in (left, right))
    holds = sorted(here) == sorted(there)
    if holds or len(here) != len(there) or sum((Counter(here) - Counter(there)).values()) != 1:
        return
    stated, computed = (
        mark["inside"],
        " ".join(token.text for token in written.tokens[left.first : left.last]),
    )
    message = f"the calculation in << >> is {stated}, the one before it {computed}"
    yield _claim(mark.start(), mark.end(), stated, computed, holds, message)


def _claim(start: int, end: int, stated: str, computed: str, holds: bool, message: str) -> Claim:
    return Claim("result", start, end, stated, computed, holds, message, spoken=False, whole=False)


def _stated(equation: Equation) -> Fraction | None:
    right = equation.right
    if right.expression is None or shown(right.expression) is None:
        return None
    return next((found for found, _ in values(right)), None)


def _value(figure: str | None) -> Fraction | None:
    digits = (figure or "").replace(",", "").replace("$", "").replace(" ", "")
    return Fraction(digits) if re.fullmatch(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)", digits) else None


def _final(final: re.Match[str], instruction: str, output: str) -> Iterator[Claim]:
    """The final answer; it holds when the work comes to it, or names it near its end."""
    answer = _value(final["figure"])
    work = output[: final.start()]
    results = _results(work) if answer is not None else []
    if answer is None or not results:
        return
    holds = any(_is_same(answer, one) for one in _known(work, instruction, final.re is _MARKED))
    stated, computed = final["figure"].strip(), _plain(results[-1])
    message = "" if holds else f"the final answer is {stated}, and the work comes to {computed}"
    place = final.start("figure"), final.end("figure")
    yield Claim("result", *place, stated, computed, holds, message, whole=False)


def _results(text: str) -> list[Fraction]:
    return [found for equation in equations(text) if (found := _stated(equation)) is not None]


def _known(work: str, instruction: str, marked: bool) -> set[Fraction]:
    """The numbers that a final answer may repeat: behind ####, those of the last line where it calculates."""
    if not marked:
        return {*_results(work), *_numbers(work), *_numbers(instruction[:20_000])}
    lines = work.rstrip().split("\n")
    last = {*_results(lines[-1]), *_numbers(lines[-1])}
    return last if _results(lines[-1]) else {*last, *_results(work), *_numbers("\n".join(lines[-2:]))}


def _is_same(answer: Fraction, one: Fraction) -> bool:
    return answer in (one, one * 100, -one) or round(one, 2) == answer or round(one) == answer


def _numbers(text: str) -> Iterator[Fraction]:
    """Every number of a text, and what its calculations come to."""
    for line in text[-5_000:].split("\n"):
        read = list(tokens(line))
        yield from (token.number.value for token in read if token.number is not None)
        for run in runs(read):
            if run.expression is not None and not run.limit:
                try:
                    yield from (found for found, _ in values(run))
                except OverflowError:
                    continue


def _plain(number: Fraction) -> str:
    return f"{int(number):,}" if number.denominator == 1 else f"{float(number):.6g}"
