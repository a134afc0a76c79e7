"""The asks that an instruction makes, one function a family; run on scoped text (lower case, quotations masked).

A family is a function `scoped text → asks`, listed in `FAMILIES`; `hints` are substrings of which one must be present,
so that an ordinary prompt costs few patterns. Precision comes first: an ask that is not there must not excuse a fault.
Source of the kinds: IFEval (Zhou et al., 2023, arXiv:2311.07911) where they hold a colon-separated id of its registry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from quality.model import Ask
from quality.prompt import numbers
from quality.prompt.languages import LANGUAGES, NATIVE_LANGUAGES
from quality.prompt.numbers import LATER, NUMBER, RELATION
from quality.prompt.phrases import phrases
from quality.prompt.scope import sentence_around, trimmed

Family: TypeAlias = Callable[[str], Iterator[Ask]]


_COUNTED = {
    "word": ("length_constraints:number_words", "words"),
    "sentence": ("length_constraints:number_sentences", "sentences"),
    "paragraph": ("length_constraints:number_paragraphs", "paragraphs"),
    "bullet": ("detectable_format:number_bullet_lists", "bullets"),
    "character": ("length:characters", "characters"),
    "line": ("length:lines", "lines"),
    "stanza": ("length:stanzas", "stanzas"),
    "verse": ("length:stanzas", "verses"),
    "section": ("detectable_format:multiple_sections", "sections"),
}
_COUNT = re.compile(
    rf"(?:\b(?P<before>{RELATION})\s+|(?P<tilde>~))?"
    rf"(?:(?:(?:in|within)?\s?the range (?:of|from) |between |from )?\b(?P<low>{NUMBER})\s?(?:to|-|–|—|"
    rf"and)\s?)?"
    rf"(?<![\w.,$])(?P<number>{NUMBER})(?P<plus>\s?\+)?(?:\s(?P<after>{LATER}))?"
    r"[\s-](?P<adjective>(?:very |short |different |long |separate |complete |full |unique |concise |"
    r"brief |simple ){0,2})"
    r"(?P<unit>words?|sentences?|paragraphs?|bullet[ -]?points?|bullets|characters|lines?|stanzas?|"
    r"verses?|sections)\b"
    rf"(?:\s(?P<later>{LATER})(?!\w))?"
)
_UNIT = re.compile(
    r"\b(?:words?|sentences?|paragraphs?|bullet[ -]?points?|bullets|characters|lines?|stanzas?|verses?|"
    r"sections)\b"
)
_NOT_OF_THE_ANSWER = re.compile(
    r"\s(?:with|in all|in capital|starting|that|which|beginning|containing|from|of the (?:text|article|"
    r"passage|following)|like|"
    r"related|rhym\w+|per|each|below|above|should appear|you|on a|i|ending|he|she|they|about the following)\b"
)
_NOT_BEFORE = re.compile(
    r"\b(?:the|these|those|this|given|following|my|both|first|last|next|one of|each of|all of|some of|"
    r"your|same|two given|every|capitalize)\s*$"
    r"|\b(?:i|he|she|they|we|it) (?:\w+ )?(?:wrote|have|had|said|was|is|read|know|got|has|see|"
    r"saw)\b[^.?!\n]*$"
    r"|\b(?:compare|select|sort|classify|read|link|analy[sz]e) (?:the |these |those )?$"
)
_EACH = re.compile(
    r"\b(?:each|every)\b|\b(?:stories|names|poems|jokes|slogans|titles|phrases|questions|tips|examples|"
    r"descriptions|tweets|"
    r"answers|summaries|captions|hooks)\b[^.?!\n]{0,20}$"
)
_EACH_LATER = re.compile(r"\s(?:each|per|apiece)\b")


def counts(text: str) -> Iterator[Ask]:
    """Numbers of words, sentences, paragraphs and the like; a range gives two asks with one span."""
    for found in _UNIT.finditer(text):
        match = _count_before(text, found)
        if match is None:
            continue
        unit = match["unit"]
        kind, name = _COUNTED[next(stem for stem in _COUNTED if unit.startswith(stem))]
        if not _is_count(text, match, name):
            continue
        start, end = trimmed(text, match.start(), match.end())
        part = "each" if name != "bullets" and _is_each(text, match) else ""
        if match["low"]:
            yield Ask(kind, ">=", str(numbers.value(match["low"])), name, start, end, part)
            yield Ask(kind, "<=", str(numbers.value(match["number"])), name, start, end, part)
            continue
        yield Ask(
            kind, _relation(text, match, name), str(numbers.value(match["number"])), name, start, end, part
        )


def _is_each(text: str, match: re.Match[str]) -> bool:
    start = sentence_around(text, match.start(), match.end())[1]
    return bool(_EACH.search(text, start, match.start()) or _EACH_LATER.match(text, match.end()))


def _count_before(text: str, unit: re.Match[str]) -> re.Match[str] | None:
    """The count that ends in that unit."""
    near = _COUNT.finditer(text, max(0, unit.start() - 80), min(len(text), unit.end() + 30))
    return next((match for match in near if match.start("unit") == unit.start()), None)


def _is_count(text: str, match: re.Match[str], unit: str) -> bool:
    before = text[max(0, match.start() - 120) : match.start()]
    if _NOT_BEFORE.search(before):
        return False
    if match["number"] in ("one", "1", "single") and unit == "words" and not match["before"]:
        return False  # `format:one_word`
    if unit in ("words", "lines", "characters", "sections") and _NOT_OF_THE_ANSWER.match(text, match.end()):
        return False
    return not (
        unit == "words"
        and re.search(r"\bwords? [^.\n]{0,20}\bcapital", text[match.start() : match.end() + 40])
    )


def _relation(text: str, match: re.Match[str], unit: str) -> str:
    if match["plus"]:
        return ">="
    if match["tilde"]:
        return "about"
    before = numbers.relation(match["before"])
    if before == ">" and _NEGATED.search(text[max(0, match.start() - 40) : match.start()]):
        return "<="
    found = before or numbers.relation(match["after"]) or numbers.relation(match["later"])
    return found or ("about" if unit in ("words", "characters") else "=")


_NEGATED = re.compile(r"(?:\bnot|n't|\bnothing|\bnever)\b[^.?!\n]{0,24}$")


_LANGUAGE = "|".join(sorted(LANGUAGES, key=len, reverse=True))
_IN_LANGUAGE = re.compile(
    rf"\b(?:answer|respond|reply|response|written|writing|write|entirely|completely|explain|explanation|"
    rf"say|translate\w*|translation|"
    rf"poem|story|letter|email|summary|rewrite|riddle|output|text|haiku|it's|it is|speak|"
    rf"be)\b[^.?!\n]{{0,80}}?\b(?:in|into|using|to|use)"
    rf" (?:only |just |fluent |simple |the )*(?P<a>{_LANGUAGE})\b"
    rf"|\b(?:only|using only|use only|use) (?:the )?(?P<b>{_LANGUAGE})(?: language)?\b"
    rf"|(?<!how to )\b(?:write|compose|give me|create|generate|"
    rf"translate)\b[^.?!\n]{{0,20}}?\b(?P<c>{_LANGUAGE}) (?:poem|story|letter|song|essay|haiku|"
    r"riddle|sentence|paragraph|translation|email|version)\b"
    rf"|\b(?:in|into) (?P<d>{_LANGUAGE})(?=[ ,]*(?:no other language|[.!?]|$|\n|please|only|language))"
)
_NOT_A_LANGUAGE = re.compile(
    r"\b(?:movies?|words?|people|learn\w*|stud(?:y|ies|ying)|verb|recommend|how do i|how (?:do|can|"
    r"should) you|food|dish\w*|function|"
    r"script|program|question to ask)\b[^.]{0,30}$"
)


def languages(text: str) -> Iterator[Ask]:
    """The language wanted of the answer, as its ISO 639-1 code; the first one asked for."""
    for match in _IN_LANGUAGE.finditer(text):
        name = next(v for v in match.groups() if v)
        at = match.start(match.lastgroup or 0)
        if _NOT_A_LANGUAGE.search(text[max(0, at - 60) : at]):
            continue
        start, end = trimmed(text, match.start(), match.end())
        yield Ask("language:response_language", "=", LANGUAGES[name], "", start, end)
        return


_NATIVE = "|".join(sorted(NATIVE_LANGUAGES, key=len, reverse=True))
_IN_NATIVE = re.compile(
    r"(?:^|[.!?:;,\n] ?|\b(?:et|und|y|e|bitte|por favor|s'il (?:te|vous) plaît) )"
    r"(?:répon[ds]\w*|écri[srv]\w*|rédige\w*|tradui\w*|explique\w*|antworte\w*|schreib\w*|übersetze?\w*|erkläre?\w*"
    r"|respond[ea]\w*|contest[ae]\w*|escrib\w*|traduc[ei]\w*|traduzca\w*|traduci\w*|expli[cq]\w*|rispond\w*|scriv\w*)\b"
    rf"[^.?!\n]{{0,80}}?\b(?:en|au|auf|ins?|al|in) (?P<a>{_NATIVE})\b"
)
_NATIVE_HINTS = tuple(
    str.split(
        "répon écri rédige tradu expli antwort schreib übersetz erklär respond contest escrib rispond scriv"
    )
)


def native_languages(text: str) -> Iterator[Ask]:
    """The language wanted by a prompt in French, German, Spanish or Italian: `réponds en français`."""
    match = _IN_NATIVE.search(text)
    if match:
        start, end = trimmed(text, match.start(), match.end())
        yield Ask("language:response_language", "=", NATIVE_LANGUAGES[match["a"]], "", start, end)


_ITEMS = re.compile(
    rf"\b(?:list|give(?: me)?|suggest|name|write|generate|create|provide|brainstorm|come up with|top|"
    rf"recommend|make|tell me|share|"
    rf"offer|propose|choose|find|describe|create a list of|a list of|list of)(?: (?:me|us|the|of|exactly|"
    rf"about|at least|up to|top|a list of))*"
    rf" (?P<number>{NUMBER})(?P<plus>\+)? (?!words?\b|sentences?\b|paragraphs?\b|bullets?\b|points?\b|"
    rf"bullet|lines?\b|stanzas?\b|verses?\b|"
    r"times\b|characters?\b|letters?\b|minutes?\b|hours?\b|days?\b|years?\b|year[- ]|week|month|"
    r"different responses|sections?\b|more\b|"
    r"reasons? why\b|of the (?:following|above))(?P<noun>(?:[\w'-]+ ){0,3}?(?:[\w-]+s)\b)"
)


def items(text: str) -> Iterator[Ask]:
    """How many things are to be named: `give me 5 tips`."""
    match = _ITEMS.search(text)
    if match and match["number"] not in ("one", "1", "single"):
        number = str(numbers.value(match["number"]))
        relation = (
            ">="
            if match["plus"] or "at least" in match.group()
            else "<="
            if "up to" in match.group()
            else "="
        )
        yield Ask("length:items", relation, number, "items", match.start(), match.end())


FAMILIES: tuple[tuple[tuple[str, ...], Family], ...] = (
    ((), phrases),
    (("word", "sentence", "paragraph", "bullet", "character", "line", "stanza", "verse", "section"), counts),
    (("in", "to", "using", "only"), languages),
    (_NATIVE_HINTS, native_languages),
    ((), items),
)
"""Each family with its hints; () means always."""
