"""Equations in a text: pairs of runs with an equality sign, or a word for it, between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quality.facts.agree import shown
from quality.facts.code import prose_lines
from quality.facts.runs import Run, runs
from quality.facts.tokens import Token, tokens

_SIGN = re.compile(r"[=≈≅≃]|\\approx|\bequals?\b", re.IGNORECASE)
_SAID = re.compile(r"\b(?:is|are|was|were|makes?|gives?|leaves?|totals?|comes?\sto)\b", re.IGNORECASE)
_CALCULATED = re.compile(
    r"[0-9)][ ]?(?:[-+*/×÷^%−]|x[ ]?[0-9$])|\b(?:times|plus|minus|divided|multiplied|percent|half|thirds?|quarters?"
    r"|fourths?|fifths?|sixths?|eighths?|tenths?|twice|double|triple)\b|√|[²³½¼¾]",
    re.IGNORECASE,
)
_ABOUT = frozenset(("about", "approximately", "roughly", "around", "nearly", "almost", "~", "approx"))
_EXACTLY = frozenset(
    ("exactly", "just", "only", "simply", "therefore", "thus", "us", "you", "a", "total", "of")
)
_VERBS = frozenset(
    (
        "is",
        "are",
        "was",
        "were",
        "makes",
        "make",
        "gives",
        "give",
        "leaves",
        "leave",
        "totals",
        "comes",
        "total",
    )
)


@dataclass(frozen=True, slots=True)
class Equation:
    """Two runs that are said to be equal.

    Attributes:
        start: First code point of the left run in the text.
        end: One past the right run.
        said: Whether a verb says it rather than a sign.
        about: Whether they are said to be about equal.
        first: Whether no other equality stands before it in the chain.
        last: Whether none follows.
        tokens: The line's.
    """

    left: Run
    right: Run
    start: int
    end: int
    said: bool
    about: bool
    first: bool
    last: bool
    tokens: Sequence[Token]

    def text_of(self, run: Run) -> tuple[int, int]:
        """The run's span in the text."""
        return self.tokens[run.first].start, self.tokens[run.last - 1].end


def equations(text: str) -> Iterator[Equation]:
    """All equations whose both sides are runs, in the order of the text; sides may be unreadable or over a limit."""
    for at, line in prose_lines(text):
        if _SIGN.search(line) or (_CALCULATED.search(line) and _SAID.search(line)):
            yield from of_line(line, at)


def of_line(line: str, at: int = 0) -> Iterator[Equation]:
    """The equations of one line that stands at that place of its text."""
    read = [
        Token(t.kind, t.text, t.start + at, t.end + at, t.spaced, t.number) if at else t for t in tokens(line)
    ]
    found = runs(read)
    ends = {run.last: run for run in found}
    starts = {run.first: run for run in found}
    for place, token in enumerate(read):
        said = token.kind == "word" and token.text.lower() in _VERBS
        if not said and token.kind not in ("=", "~"):
            continue
        left = ends.get(place)
        if left is None or (said and not _can_be_said(left)):
            continue
        after, about = _after(read, place, said)
        right = starts.get(after)
        if right is None:
            continue
        yield Equation(
            left,
            right,
            read[left.first].start,
            read[right.last - 1].end,
            said,
            about or token.kind == "~",
            first=not (left.first and read[left.first - 1].kind in ("=", "~")),
            last=not (right.last < len(read) and read[right.last].kind in ("=", "~")),
            tokens=read,
        )


def _after(read: Sequence[Token], place: int, said: bool) -> tuple[int, bool]:
    """Where the right side begins (-1: nowhere), and whether a word before it says that it is about right."""
    after, about = place + 1, False
    for _ in range(4):
        if after >= len(read) or read[after].kind != "word":
            break
        word = read[after].text.lower()
        if word in _ABOUT:
            about = True
        elif not (said and (word in _EXACTLY or word == "to")):
            break
        after += 1
    if read[after - 1].text.lower() == "a":
        return -1, about  # a 1 with six zeros
    return after, about


def _can_be_said(left: Run) -> bool:
    """Whether a verb can state the left run's value: a calculation, told from dates, scores and ranges."""
    if left.expression is None:
        return bool(left.limit)
    return shown(left.expression) is None and not set(left.operators) <= {"//", "--"}
