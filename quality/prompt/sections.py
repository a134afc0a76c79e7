"""Sections with a label, parts with a divider between them, and two responses in one answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Ask
from quality.prompt.marks import BEHIND, counted, is_given
from quality.prompt.masks import MASK
from quality.prompt.numbers import COUNT
from quality.prompt.polarity import forbidden
from quality.prompt.scope import Scoped, trimmed

_SECTIONS = "detectable_format:multiple_sections"
_PART = (
    r"(?:sections?|parts?|paragraphs?|stanzas?|verses?|chapters?|days|acts|scenes|passages|pieces|segments|"
    r"bodies|blocks)"
)
_PARTS = re.compile(
    rf"{COUNT} (?:(?!bullet|highlight|italic|bold|text\b)[\w-]+ ){{0,2}}?(?P<noun>{_PART})\b{BEHIND}"
)
_STARS = r"\b(?:3|three|triple) (?:\w+ )?(?:asterisks?|aterisks?|stars)\b"
_DIVIDER = re.compile(
    r"\b(?:separat\w*|seperat\w*|divid\w*|split|delimit\w*|mark(?:er|ed)?|us(?:e|ing)|with|by|insert\w*|put)\b"
    r"[^?!\n\ufff9]{0,90}?"
    rf"(?:(?<!\*)\*\s?\*\s?\*(?![*\w])|{_STARS}|\bmarkdown (?:divider|separator)|"
    rf"(?P<quoted>{MASK}{{5}})(?!{MASK}))"
)
_LABELS = (
    r"(?:section|day|part|chapter|paragraph|scene|act|phase|week|stage|module|step|stanza|verse|round|audience|"
    r"question|episode|topic|unit|lesson)s?"
)
_LABELLED = re.compile(
    r"\b(?:mark(?:ed|ing)?|start\w*|begin\w*|label\w*|named?|titled|separated|denoted|indicated|called|headed|"
    r"introduc\w+|preced\w+|open\w*|prefix\w*|put|"
    r"with|as|us(?:e|ing)|format|header|heading|title|identif\w+|formatted)\b[^.?!\n\ufff9]{0,60}?"
    rf"(?:\b(?P<bare>{_LABELS}),? (?:x|n|1|i|one|\d|#|number|(?:followed by|and|plus) (?:its|the|a|"
    rf"their) (?:\w+ )?number)\b|(?P<quote>{MASK}{{3,24}}))"
)
_QUOTED_LABEL = re.compile(r"\[?([A-Za-z]+)[ :]*(?:[XxNn#]|\d|\[[XN]\])[:.\]]?")
_ENUMERATED = re.compile(
    r"\b(?:mark|label|start|begin|title|head|name)\b[^.?!]{0,40}\beach\b[^.?!]{0,30}\b(?:with|as|by|using)\b "
    r"(?P<label>[a-z]{3,12}) 1(?:, (?P=label) \d)*,? and (?P=label) (?P<last>\d)\b"
)
_LABEL_REACH = 220
"""Code points behind the number of sections in which their label is looked for."""


def sections(text: Scoped) -> Iterator[Ask]:
    """How many labelled sections the answer is to have; parts with a divider are paragraphs (IFEval's `***`)."""
    enumerated = _ENUMERATED.search(text.low)
    if enumerated and not forbidden(text.low, enumerated.start()):
        label = text.raw[slice(*enumerated.span("label"))]
        yield Ask(_SECTIONS, "=", enumerated["last"], label, *trimmed(text.low, *enumerated.span()))
        return
    divided = _is_divided(text)
    for match in _PARTS.finditer(text.low):
        if is_given(text.low, match.start()) and not (
            divided and _SEPARATED.search(text.low, 0, match.start())
        ):
            continue
        label = _label(text, match)
        if divided and not label:
            yield from counted(text, match, "length_constraints:number_paragraphs", "paragraphs")
            return
        if label or match["noun"].startswith("section"):
            yield from counted(text, match, _SECTIONS, label or "sections")
            return


_SEPARATED = re.compile(r"\b(?:separat|divid)\w* (?:all )?(?:the|your|these|those) $")


def _is_divided(text: Scoped) -> bool:
    """Whether the parts of the answer are to be divided by `***`."""
    found = _DIVIDER.search(text.low)
    return found is not None and (found["quoted"] is None or "***" in text.raw[slice(*found.span("quoted"))])


def _label(text: Scoped, match: re.Match[str]) -> str:
    """The splitter word as written: `SECTION` of `marked with SECTION X`; "" where there is none."""
    low = text.low
    found = _LABELLED.search(low, match.end(), min(len(low), match.end() + _LABEL_REACH))
    if found is None:
        return ""
    if found["bare"]:
        first_word = found["bare"] == "paragraph" and low[found.end() - 1] not in "xn#"
        return "" if first_word else text.raw[slice(*found.span("bare"))]
    words = _QUOTED_LABEL.fullmatch(text.quoted(*found.span("quote")))
    return words[1] if words else ""


_SORT = r"(?:completely|totally|entirely|very|really|slightly|sets? of|pieces? of|[\w-]+)"
_TWO = re.compile(
    rf"\b(?:exactly |only |just )?(?:two|2)(?: \(2\))? (?:{_SORT} ){{0,3}}?"
    r"(?:(?P<answer>responses?|answers?|replies)|versions?|\w+s)\b"
)
_DIFFERENT = re.compile(r"\b(?:different|separate|distinct|alternative|responses?)\b")
_BOTH = re.compile(r"\b(?:two|2|both|first|another|those)\b")
_SIX = re.compile(r"\*{4,8}|\b(?:6|six) (?:\w+ )?(?:asterisks?|aterisks?|asteriks?|stars)\b|\b(?:6|six) \*")
_SIX_WRITTEN = re.compile(r"(?<!\*)\*{6}(?!\*)")
_DIVIDES = re.compile(r"\b(?:separat|divid|between)")


def two_responses(text: Scoped) -> Iterator[Ask]:
    """Two responses in one answer, with what separates them: `******` in IFEval."""
    low = text.low
    six = _SIX.search(low)
    if six is None and _DIVIDES.search(low):
        six = _SIX_WRITTEN.search(text.raw)
    two = _TWO.search(low)
    if six:
        found = two or _BOTH.search(low) or six
        yield Ask("combination:two_responses", "=", "*" * 6, "", *trimmed(low, *found.span()))
    elif two and two["answer"] and _DIFFERENT.search(two.group()) and not is_given(low, two.start()):
        yield Ask("combination:two_responses", "=", "", "", *trimmed(low, *two.span()))
