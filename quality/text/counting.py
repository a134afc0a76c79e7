"""Words, sentences, paragraphs, lines and characters of an answer, counted in every way that makes sense.

A count may be read in more than one way: hyphenated words as one or two, list items as sentences or not, a title or
"Sure, here it is:" counted or not, paragraphs by blank lines or by dividers. So a count here is all its readings: an
answer misses a length only if every one of them does. `checks/length.py` may count by the same readings.

Every step is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quality.text.blocks import (
    FENCE,
    ITEM,
    RULE,
    all_lines,
    blocks,
    core,
    filled_lines,
    is_label,
    parted,
    trimmed,
    untitled,
)
from quality.text.prose import Span

_SIGNS = r"\w\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
"""Letters, digits, and the vowel signs that stand within words of Indic and Semitic scripts."""
_WORD = re.compile(rf"[{_SIGNS}]+(?:['’\-–./@:&+,][{_SIGNS}]+)*+")
"""A word as written between spaces: `don't`, `well-known`, `3.5`, `and/or` are one each."""
_PIECE = re.compile(rf"[{_SIGNS}]+")
"""The same without anything inside: IFEval's count, in which `don't` is two."""
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LONG_DENSE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Letters of Thai, Lao, Burmese and Khmer, which write no spaces either and need more letters a word."""

_MARK = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]*_]*+(?=\s|$)|[。！？।؟۔]++[\"'”’」』）]*+")
"""The end of a sentence; starts only where a run of marks starts and never gives one back."""
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|[A-Za-z](?:\.[A-Za-z])+|mr|mrs|ms|dr|prof|st|vs|etc|no|fig|vol|jr|sr|inc|ltd|co|corp|dept|est"
    r"|approx|al|cf|ca|gen|lt|sgt|capt|rev|mt|ave|blvd|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, in every sensible reading.

    Attributes:
        least: The fewest that a sensible reader counts.
        most: The most.
        only: The readings, where not every number between the two is one.
    """

    least: int
    most: int
    only: frozenset[int] | None = None

    def meets(self, relation: str, number: float, tolerance: float = 0.0) -> bool:
        """Whether some reading has the relation to the number.

        Args:
            relation: As in `Ask`.
            number: The number asked for.
            tolerance: The share of it by which `about` may be missed; 1 is always allowed.
        """
        low, high = _accepted(relation, number, tolerance)
        if self.only is not None:
            return any(low <= reading <= high for reading in self.only)
        return self.least <= high and self.most >= low

    def __str__(self) -> str:
        if self.least == self.most:
            return str(self.least)
        if self.only is not None and len(self.only) <= 3:
            return " or ".join(map(str, sorted(self.only)))
        return f"{self.least} to {self.most}"


def _accepted(relation: str, number: float, tolerance: float) -> tuple[float, float]:
    """The lowest and the highest count that has the relation to the number."""
    infinite = float("inf")
    return {
        "<": (0, number - 1),
        "<=": (0, number),
        ">=": (number, infinite),
        ">": (number + 1, infinite),
        "about": (number - max(1, number * tolerance), number + max(1, number * tolerance)),
    }.get(relation, (number, number))


def between(readings: tuple[int, ...]) -> Count:
    """A count in which every number between the readings is one too."""
    return Count(min(readings), max(readings))


def among(readings: set[int]) -> Count:
    """A count in which only these readings make sense."""
    return Count(min(readings), max(readings), frozenset(readings))


def words(text: str) -> Count:
    """The words; in scripts without spaces a letter may be a word, and two make one."""
    body = "\n".join(line.text for line in untitled(core(text).text))
    low = body if _WORD.search(body) else text
    dense, long_dense = len(_DENSE.findall(text)), len(_LONG_DENSE.findall(text))
    if dense or long_dense:
        low, high = _LONG_DENSE.sub(" ", _DENSE.sub(" ", low)), _LONG_DENSE.sub(" ", _DENSE.sub(" ", text))
    else:
        high = text
    return Count(
        len(_WORD.findall(low)) + dense // 2 + long_dense // 8,
        len(_PIECE.findall(high)) + dense + long_dense // 3,
    )


def sentences(text: str) -> Count:
    """The sentences: between those that certainly end and all marks, list items and headings."""
    low = _certain(core(text).text)
    high = sum(marks + (unended > 0) for marks, _, unended in map(_sentences_of, filled_lines(text)))
    return Count(max(1, min(low, high)) if high else 0, high)


_LONG_SENTENCE = 40
"""Words without an end mark that are one sentence more, as in a list of names."""


def _certain(text: str) -> int:
    found = [_sentences_of(line) for line in filled_lines(text)]
    return sum(certain for _, certain, _ in found) + sum(words for _, _, words in found) // _LONG_SENTENCE


def _sentences_of(line: Span) -> tuple[int, int, int]:
    """End marks in a line, those that surely end a sentence, and the words after the last of them."""
    item = ITEM.match(line.text)
    text = line.text[item.end() :] if item else line.text
    found = certain = place = 0
    for mark in _MARK.finditer(text):
        found += 1
        place = mark.end()
        after = text[place : place + 40].lstrip(" \t*_\"'“‘(")
        before = text[max(0, mark.start() - 8) : mark.start()]
        short = mark.group()[0] == "." and place < len(text) and _ABBREVIATION.search(before) is not None
        certain += not short and not after[:1].islower()
    unended = len(_WORD.findall(text, place))
    return found, 0 if is_label(line.text) else certain, unended


def paragraphs(text: str) -> Count:
    """The paragraphs: by blank lines, by dividers, with or without titles, lists joined to their lead-in or not."""
    readings: set[int] = set()
    for whole in {text, core(text).text}:
        for way in _PARAGRAPH_WAYS:
            readings.add(len(way(whole)))
    return among(readings - {0} or {0})


def _without_labels(text: str) -> list[Span]:
    return [block for block in blocks(text) if not is_label(block.text)]


def _joined(text: str) -> list[Span]:
    """Blocks, a list or code with what leads into it, titles left out."""
    edges: list[tuple[int, int]] = []
    for block in _without_labels(text):
        follows = edges and (ITEM.match(block.text) or FENCE.match(block.text))
        start = edges.pop()[0] if follows else block.start
        edges.append((start, block.end))
    return [Span(start, end, text[start:end]) for start, end in edges]


def _full(text: str) -> list[Span]:
    """Blocks that hold a sentence: no title, salutation or signature."""
    return [b for b in _without_labels(text) if _certain(b.text) or len(_WORD.findall(b.text)) >= 15]


def _prose_lines(text: str) -> list[Span]:
    """Lines, for a text whose paragraphs are lines."""
    return [
        line
        for line in filled_lines(text)
        if len(_WORD.findall(line.text)) >= 8 and not ITEM.match(line.text)
    ]


def _fenced_by_rules(text: str) -> list[Span]:
    """The parts between any dividers that stand alone in their line, if there are any."""
    if not any(RULE.match(line.text) for line in all_lines(text)):
        return []
    found: list[Span] = []
    start = 0
    for line in all_lines(text):
        if RULE.match(line.text):
            found.append(trimmed(text, start, line.start))
            start = line.end
    found.append(trimmed(text, start, len(text)))
    return [part for part in found if part.text]


_PARAGRAPH_WAYS: tuple[Callable[[str], list[Span]], ...] = (
    blocks, _without_labels, _joined, _full, _prose_lines, _fenced_by_rules,
)  # fmt: skip
"""Each a sensible way to cut a text into paragraphs."""


def paragraph_ways(text: str) -> Iterator[list[Span]]:
    """The paragraphs in each sensible way of cutting, with spans in the text."""
    for way in (*_PARAGRAPH_WAYS, parted):
        found = way(text)
        if found:
            yield found


def stanzas(text: str) -> Count:
    """The stanzas of a poem, its title and what announces it counted or not."""
    readings: set[int] = set()
    for whole in {text, core(text).text}:
        found = blocks(whole)
        readings |= {len(found), sum(not is_label(block.text) for block in found)}
        readings.add(sum("\n" in block.text for block in found))
        readings.add(len(found) - (len(found) > 1 and "\n" not in found[0].text))
    return among(readings - {0} or {0})


def lines(text: str) -> Count:
    """The lines that hold something, with or without title, labels and what announces them."""
    every = sum(1 for _ in filled_lines(text))
    return Count(sum(1 for _ in untitled(core(text).text)), every)


def characters(text: str) -> Count:
    """The characters: of all of it, or of the answer alone without spaces."""
    inner = core(text).text
    return Count(sum(not character.isspace() for character in inner), len(text))


def questions(text: str) -> Count:
    """The questions: by their marks, or by the lines that hold one."""
    marks = len(re.findall(r"[?？؟]++", text))
    asking = sum(bool(re.search(r"[?？؟]", line.text)) for line in filled_lines(text))
    inner = len(re.findall(r"[?？؟]++", core(text).text))
    return Count(min(marks, asking, inner), marks)
