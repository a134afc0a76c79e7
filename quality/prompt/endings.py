"""The first and last words of an answer or of a paragraph of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Ask
from quality.prompt import numbers
from quality.prompt.masks import MASK, MASKED
from quality.prompt.polarity import forbidden
from quality.prompt.scope import Scoped, sentence_around, trimmed
from quality.prompt.values import listed, values

_ANSWER = (
    r"(?:(?:your|the|this|its|my|an?) )?(?:(?:very|entire|whole|final|last|full|complete) )?"
    r"(?:response|answer|reply|output|message|letter|e-?mail|essay|article|poem|story|post|blog post|blog|"
    r"speech|text|summary|song|rap|limerick|riddle|review|note|it|everything|work|resume|pitch|proposal|piece|"
    r"script|joke|description|haiku|advertisement|ad|rubric|document|paper|itinerary|report)"
)
_EXACTLY = (
    r"(?:(?:exactly|only|just|always|precisely|the|this|these|following|exact|same|a|specific|closing|"
    r"final|last|"
    r"opening|very|phrases?|sentences?|words?|line|statement|question|text|message|sign-?off|quote|saying|"
    r"of|by|with|like|as|says?|reads?|single)[: ]{1,2}){0,9}"
)
_NAMED = r"(?:the )?(?:exact )?(?:phrase |sentence |words |line )?"
_FINISH = (
    r"(?:end|ends|ending|ended|finish(?:es|ed|ing)?|conclud(?:e|es|ing|ed)|clos(?:e|es|ing)|wrap up|terminate|"
    r"sign off)"
)
_SAY = r"(?:say|write|add|include|put|append|use|print|place|state)"
_READS = r"(?:be|is|are|reads?|says?|as|with|contain|include)"
_ENDS = (
    re.compile(
        rf"\b{_FINISH}\b(?: (?:up|off|it|(?:\w+ ){{0,3}}?{_ANSWER})){{0,2}}"
        r"(?: (?:on|about|of|to|for|from)(?: [\w']+){1,4}?)?"
        rf" (?:with|by saying|by asking|by writing|in|using|on|exactly with)\b[: ]{{1,3}}{_EXACTLY}"
    ),
    re.compile(
        r"\b(?:very )?(?:last|final|ending|closing) (?:words?|phrase|sentence|line|thing|part)\b"
        rf"[^.?!\n]{{0,50}}?\b{_READS}\b(?: exactly)?[: ]{{1,3}}{_EXACTLY}"
    ),
    re.compile(
        rf"\bvery end of (?:your|the) [^.?!\n]{{0,40}}?\b{_READS}\b(?: exactly)?[: ]{{1,3}}{_EXACTLY}"
    ),
    re.compile(
        rf"\b(?:{_SAY}|ha(?:ve|s|ving)|contains?|make|with)\b[: ]{{1,2}}{_NAMED}(?={MASK}+,? (?:(?:as )?(?:the|"
        rf"its|your) (?:very )?(?:last|final) \w+|"
        r"at the (?:very )?end\b(?! of (?:each|every|the first))))"
    ),
    re.compile(
        rf"\bat the (?:very )?end(?: of {_ANSWER})?,? "
        rf"(?:please )?(?:explicitly )?{_SAY}\b[: ]{{1,2}}{_NAMED}(?={MASK})"
    ),
)
_REST = re.compile(r"[^\n]{1,200}")
_SET_OFF = re.compile(r"(?::|\b(?:exactly|exact|phrase|words?|like|following)\b[^:]{0,12})$")
_NEXT_SENTENCE = re.compile(r"(?<=[.?!]) (?=No\b|Do\b|Nothing|There\b|Make\b|Don't\b)|(?<=\w)[.] ")
_OF_PARTS = re.compile(
    r"\b(?:each|every|all|first|second|third|\d(?:st|nd|rd|th)) (?:\w+ )?"
    r"(?:sentence|line|paragraph|verse|stanza|section)s?\b"
)
POSTSCRIPT = re.compile(r"\W*p\.?\s?(?:p\.?\s?)?s\b", re.IGNORECASE)
"""The marker of a postscript, which is no ending of its own."""


_OF_A_WORK = re.compile(
    r"\bthe (?:film|movie|book|novel|song|play|series|show|speech|man|woman) (?:whose|that|which|where)\b"
)


def end(text: Scoped) -> Iterator[Ask]:
    """The words with which the answer is to end."""
    low = text.low
    for pattern in _ENDS:
        for match in pattern.finditer(low):
            value, stop = _ending(text, match)
            if (
                not any(c.isalnum() for c in value)
                or POSTSCRIPT.match(value)
                or forbidden(low, match.start())
                or _OF_A_WORK.search(low, _clause(low, match.start()), match.start())
            ):
                continue
            if not _OF_PARTS.search(low, _clause(low, match.start()), match.end()):
                yield Ask("startend:end_checker", "", value, "", *trimmed(low, match.start(), stop))
                return


def _clause(low: str, start: int) -> int:
    """Where the words that still belong to what starts at `start` begin."""
    return max(sentence_around(low, start, start)[1], start - 40)


def _ending(text: Scoped, match: re.Match[str]) -> tuple[str, int]:
    """The words behind a match and where they end: a quotation, or the rest of the line where it is set off."""
    quoted = MASKED.match(text.low, match.end())
    if quoted:
        return text.quoted(*quoted.span()), quoted.end()
    bare = _REST.match(text.low, match.end())
    if bare is None or not _SET_OFF.search(match.group().rstrip()):
        return "", 0
    words = text.raw[bare.start() : bare.end()].strip()
    cut = _NEXT_SENTENCE.search(words)
    words = words[: cut.start()] if cut else words
    return words.strip().strip("\"'”“"), bare.start() + len(words)


_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
}  # fmt: skip
_WHICH = (
    rf"(?:(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))(?:\s(?:and )?(?:\w+ )?)?paragraph"
    r"|(?P<last>last|final) paragraph"
    rf"|(?<=[,;:(.] )(?:and )?(?:the )?(?P<nth2>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)|last|"
    rf"final)(?: one)?(?= (?:must |should |has to |to |needs to )?(?:start|begin|open))"
    r"|paragraph (?:number )?(?P<number>\d{1,2}|one|two|three|four|five|six|seven|eight))"
)
_BEGIN = r"(?:start|starts|begin|begins|started|starting|beginning|commences?|opens?|opening)"
_WITH = r"(?:with|by|off with|using)(?::|\b) ?"
_PARAGRAPHS = (
    re.compile(
        rf"\b{_WHICH}(?: of {_ANSWER})?,?(?:(?!paragraph)[^.?!\n]){{0,30}}?\b{_BEGIN}\b {_WITH}{_EXACTLY}"
    ),
    re.compile(rf"\b{_BEGIN} (?:the )?(?P<nth2>{'|'.join(_ORDINALS)}|last|final) one {_WITH}{_EXACTLY}"),
    re.compile(rf"\b{_BEGIN} (?:the )?{_WHICH}(?: of {_ANSWER})? {_WITH}{_EXACTLY}"),
    re.compile(
        rf"(?P<value>{MASK}+) (?:(?:as|is|being|(?:must|should|has to|"
        rf"will) be) )?the (?:very )?first word (?:of|in) (?:the |your )?{_WHICH}"
    ),
    re.compile(
        rf"\bfirst word of (?:the |your )?{_WHICH}(?:[^.?!\n]{{0,20}}?\b(?:be|is|as)\b)?:? ?{_EXACTLY}"
    ),
)


def paragraph_openings(text: Scoped) -> Iterator[Ask]:
    """The first word of a paragraph: `start paragraph 2 with the word jasper`."""
    for pattern in _PARAGRAPHS:
        for match in pattern.finditer(text.low):
            value = match.span("value") if "value" in match.re.groupindex else None
            spans, stop = ([value], match.end()) if value else listed(text, match.end(), many=False)
            word = next(values(text, spans), "")
            number = _which(text.low, match)
            if word and number:
                part = f"paragraph {number}"
                span = trimmed(text.low, match.start(), stop)
                yield Ask("length_constraints:nth_paragraph_first_word", "", word, "", *span, part)


_TOTAL = re.compile(rf"(?<![\w.])({numbers.NUMBER})[ -](?:\w+ )?paragraphs?\b")


def _which(low: str, match: re.Match[str]) -> int:
    """The paragraph's number; the last one's is the number of paragraphs asked for, 0 where none is."""
    nth2 = match.groupdict().get("nth2")
    if match.groupdict().get("last") or nth2 in ("last", "final"):
        total = _TOTAL.search(low)
        return numbers.value(total[1]) if total else 0
    if nth2 and not _TOTAL.search(low, 0, match.start()):
        return 0
    return _ordinal(nth2 or match["nth"] or match["number"] or "0")


def _ordinal(words: str) -> int:
    if words in _ORDINALS:
        return _ORDINALS[words]
    return numbers.value(words.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th"))


_OPENINGS = (
    re.compile(
        rf"\b{_BEGIN} (?:(?:\w+ ){{0,2}}?{_ANSWER} )?(?:off )?(?:with|by saying|"
        rf"by writing)\b[: ]{{1,3}}{_EXACTLY}"
        rf"(?P<value>{MASK}+)"
    ),
    re.compile(
        rf"\b(?:first|opening) (?:words?|line|sentence|phrase) (?:of {_ANSWER} )?(?:\w+ )?(?:be|"
        rf"is)\b[: ]{{1,3}}"
        rf"{_EXACTLY}(?P<value>{MASK}+)"
    ),
)
_OF_OTHERS = re.compile(
    r"\b(?:paragraph|section|sentences?|lines?|each|every|words? that|postscript|note|stanza|verse|names?|"
    r"bullets?)\b"
)


def opening(text: Scoped) -> Iterator[Ask]:
    """The words with which the answer is to begin."""
    low = text.low
    for pattern in _OPENINGS:
        for match in pattern.finditer(low):
            value = text.quoted(*match.span("value"))
            before = low[max(0, match.start() - 40) : match.start()]
            if len(value) < 2 or POSTSCRIPT.match(value) or _OF_OTHERS.search(before):
                continue
            if not forbidden(low, match.start()):
                yield Ask("startend:opening", "", value, "", *trimmed(low, *match.span()))
                return
