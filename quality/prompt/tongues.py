"""The language wanted of the answer, named in English or in the prompt's own language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Ask
from quality.prompt.languages import LANGUAGE, LANGUAGES, NATIVE_LANGUAGES
from quality.prompt.scope import Scoped, sentence_around, trimmed

_ENDS = (
    r"(?= language\b|\s?(?:[.,;:!?)\n\ufffc-]|$)|\s(?:and|or|with|but|please|only|for|to|about|that|which|"
    r"so|because|instead|"
    r"without|rather|throughout|from|no|within|as|at|on|in|using|if|when|what|how|why|language|script|"
    r"letters|text|version)\b)"
)
"""A language is named, not a people's food or history: what may follow the name."""
_IN_LANGUAGE = re.compile(
    r"\b(?:answer|respond|reply|response|written|writing|write|entirely|completely|explain|explanation|say|"
    r"translat\w*|poem|story|letter|email|summary|rewrite|riddle|output|text|haiku|it's|it is|speak|be|essay|"
    r"everything|conversation|summari[sz]e|describe|tell me|sentences?|song|post|article|list|name|give)\b"
    rf"[^.?!\n]{{0,80}}?\b(?:in|into|using|use)(?: (?:only|just|fluent|simple|the|proper|plain|"
    rf"standard))* (?P<a>{LANGUAGE})\b{_ENDS}"
    rf"|(?:^|[.!?;,:\n] ?|\band )in (?P<m>{LANGUAGE})(?= (?:and|with|using|please|only)\b"
    r"|, ?(?:please|write|tell|describe|explain|give|compose|list|summari[sz]e|answer|name|draft|create|define)\b)"
    rf"|\b(?P<g>{LANGUAGE})(?: (?:language|text|words|script|letters|characters))? only\b"
    rf"|\b(?:nothing but|nothing except|no language (?:but|except|other than)|exclusively|"
    rf"solely) (?:the )?(?P<h>{LANGUAGE})\b(?! \w+s\b)"
    rf"|\b(?:answer|response|reply|output|everything)(?: (?:must|should|has to|needs to|shall|to))?(?: be| is)?"
    rf"(?: (?:only|all|entirely|completely|fully|purely))? (?P<j>{LANGUAGE})(?=[.,;:!?\n]|$)"
    r"|(?:\blanguage (?:of|for|in) (?:the|your|my) (?:\w+ )?(?:response|answer|reply|output|text|story|letter|"
    r"poem|essay)|(?:response|"
    r"answer|reply|output) language|^ ?language)"
    rf"(?: (?:must|should|has to|needs to|shall|will|to))?(?: be| is|"
    rf":) ?(?:only )?(?P<k>{LANGUAGE})(?=[.,;:!?\n]|$| (?:only|and)\b)"
    rf"|\bonly (?P<l>{LANGUAGE}) (?:is|may be|can be|should be|must be) (?:permitted|allowed|accepted|used|"
    rf"acceptable|ok)\b"
    rf"|\b(?P<i>{LANGUAGE}) (?:is|must be|should be|shall be|has to be) (?:the only language|used throughout)\b"
    rf"|\blanguages? (?:other than|except|but|besides) (?P<f>{LANGUAGE})\b"
    rf"|\b(?:only|using only|use only|use|using) (?:the )?(?P<b>{LANGUAGE})\b{_ENDS}"
    rf"|\btranslat(?:e|es|ed|ing|ion)\b[^.?!\n]{{0,80}}?\bto (?:the )?(?P<e>{LANGUAGE})\b"
    r"|(?<!how to )\b(?:write|compose|give me|create|generate|translate)\b[^.?!\n]{0,20}?"
    rf"\b(?P<c>{LANGUAGE}) (?:poem|story|letter|song|essay|haiku|riddle|sentence|paragraph|translation|"
    r"email|version)\b"
    rf"|\b(?:in|into) (?:the )?(?P<d>{LANGUAGE})(?=[ ,]*(?:no other language|[.!?]|$|\n|please|only|language))"
)
_NOT_A_LANGUAGE = re.compile(
    r"\b(?:movies?|(?<!\d )words?(?! (?:or|and))|people|speaks|spoke|occurs?|how often|learn\w*|stud(?:y|ies|"
    r"ying)|verb|recommend|"
    r"how do i|how (?:do|can|"
    r"should) you|food|dish\w*|function|script|program|question to ask)\b[^.,]{0,30}$"
)


_NOT_IN = re.compile(
    r"(?:\b(?:not|never|avoid|without)|n't) (?:answer|respond|reply|writ|speak|us(?:e|ing)|translat|say|"
    r"be)\w*\b[^.,;\n]{0,25}$"
)
_OTHER_THAN = re.compile(r"\b(?:other than|except|but|besides)\b")


_TOLD = re.compile(r"\b(?:is|are|was|were) (?:written |printed |spoken )?in $")
_OF_THE_ANSWER = re.compile(
    r"\b(?:sure|ensure|answer|response|reply|output|it|everything|summary|your|that|write|give|create|compose)\b"
)


def _is_told(low: str, at: int) -> bool:
    """Whether the sentence says in what language something is, other than the answer: `the title is in Latin`."""
    left = sentence_around(low, at, at)[1]
    return _TOLD.search(low, left, at) is not None and not _OF_THE_ANSWER.search(low, left, at)


def named(text: Scoped) -> Iterator[Ask]:
    """The language wanted of the answer, as its ISO 639-1 code; the first one asked for."""
    for match in _IN_LANGUAGE.finditer(text.low):
        name = next(v for v in match.groups() if v)
        at = match.start(match.lastgroup or 0)
        if _NOT_A_LANGUAGE.search(text.low[max(0, at - 60) : at]) or _is_told(text.low, at):
            continue
        if _NOT_IN.search(text.low, max(0, at - 60), at) and not _OTHER_THAN.search(
            text.low, match.start(), at
        ):
            continue
        start, end = trimmed(text.low, match.start(), match.end())
        yield Ask("language:response_language", "=", LANGUAGES[name], "", start, end)
        return


_NATIVE = "|".join(sorted(NATIVE_LANGUAGES, key=len, reverse=True))
_IN_NATIVE = re.compile(
    r"(?:^|[.!?:;,\n] ?|\b(?:et|und|y|e|bitte|por favor|s'il (?:te|vous) plaît) )"
    r"(?:répon[ds]\w*|écri[srv]\w*|rédige\w*|tradui\w*|explique\w*|antworte\w*|schreib\w*|übersetze?\w*|"
    r"erkläre?\w*"
    r"|respond[ea]\w*|contest[ae]\w*|escrib\w*|traduc[ei]\w*|traduzca\w*|traduci\w*|expli[cq]\w*|"
    r"rispond\w*|scriv\w*|beantworte\w*)\b"
    rf"[^.?!\n]{{0,80}}?\b(?:en|au|auf|ins?|al|in) (?P<a>{_NATIVE})\b"
)
NATIVE_HINTS = tuple(
    str.split(
        "répon écri rédige tradu expli antwort schreib übersetz erklär respond contest escrib rispond scriv"
    )
)


def named_natively(text: Scoped) -> Iterator[Ask]:
    """The language wanted by a prompt in French, German, Spanish or Italian: `réponds en français`."""
    match = _IN_NATIVE.search(text.low)
    if match:
        start, end = trimmed(text.low, match.start(), match.end())
        yield Ask("language:response_language", "=", NATIVE_LANGUAGES[match["a"]], "", start, end)
