"""A postscript, a title, quotation marks around the answer, the prompt repeated before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Ask
from quality.prompt.endings import POSTSCRIPT
from quality.prompt.masks import MASK
from quality.prompt.phrase import Family, first_of, phrase
from quality.prompt.polarity import forbidden
from quality.prompt.scope import Scoped, trimmed

_MARKER = re.compile(
    r"\bp\.? ?p\.? ?s\b\.?|(?<![\w.])p\. ?s\b\.?|(?<![\w.])p\.?s\.|\bpost[- ]?scripts?\b|"
    rf"(?<=[ (])ps(?= (?:at the end|note|section|:))|(?P<quoted>{MASK}{{3,9}})"
)
_WANTED = re.compile(
    r"\b(?:add|includ\w+|end\w*|with|contain\w*|put|start\w*|append|have|has|forget|finish\w*|conclud\w*|write|"
    r"insert|must|should|begin\w*|use|also|and|attach|explicitly|need|provide|indicated|"
    r"followed)\b[^\n]{0,110}$"
)
_REACH = 120
"""Code points between the word `postscript` and its marker that one ask may span."""


def postscript(text: Scoped) -> Iterator[Ask]:
    """A postscript, with its marker as written (`P.S.`, `P.P.S`)."""
    low = text.low
    found = [match for match in _MARKER.finditer(low) if _is_wanted(text, match)]
    if not found:
        return
    marks = [match for match in found if not match.group().startswith("post")]
    marked = next(
        (match for match in marks if text.raw[slice(*match.span())].isupper()), next(iter(marks), None)
    )
    last = marked or found[0]
    near = last.end() - found[0].start() < _REACH
    value = text.quoted(*last.span()) if marked else "P.S."
    start = found[0].start() if near else last.start()
    yield Ask("detectable_content:postscript", "", value, "", *trimmed(low, start, last.end()))


def _is_wanted(text: Scoped, match: re.Match[str]) -> bool:
    if match["quoted"] and not POSTSCRIPT.match(text.quoted(*match.span()) + " "):
        return False
    before = max(0, match.start() - _REACH)
    return _WANTED.search(text.low, before, match.start()) is not None and not forbidden(
        text.low, match.start()
    )


_QUOTES = (
    r"(?:(?:double|regular|standard|quote) )?(?:quotation|quote|speech)(?:s|[ -]?marks?)?(?: (?:symbols|"
    r"characters|marks))?|double quotes|quotes|inverted commas|quotations"
)
_TITLED = r"(?:double |two )?(?:angular|angle|angled|angel)(?: |-)?brackets|<<"

PHRASES: Family = first_of(
    (
        phrase(
            "startend:quotation",
            "quot|inverted",
            r"\bdouble quot\w+(?: marks?)? (?:should|must|have to|need to)?[^.?!\n]{0,20}"
            r"\b(?:around|surround|enclose|wrap|at the (?:beginning|start))\b"
            r"|\b(?:wrap|enclos|surround|encas|encapsulat|put|plac|bracket|deliver|return|contain|sandwich|quot|"
            r"fram)(?:e|d|ed|es|s|"
            rf"ped|ing|ping|ting)?\b[^.?!\n]{{0,70}}?\b(?:{_QUOTES})\b"
            rf"|\b(?:begin|start) and end\b[^.?!\n]{{0,60}}?\b(?:{_QUOTES})\b"
            rf"|\b(?:within|inside|in|with|use|between|begin|start)\b(?: \w+){{0,4}}?\s{{1,2}}(?:{_QUOTES})\b",
            unless=r"\b(?:title|each|every|single quot\w+|keyword|words?|dialogue|(?<!double )quotes (?:from|by|"
            r"about)|"
            r"the quote|"
            r"famous|inspirational|(?:with|use|include|some|find|of) quotes|sentence (?:in|inside) quotes|"
            r"phrase|name)\b",
            reach=20,
        ),
        phrase(
            "detectable_format:title",
            "title|angular|angle|<<|headline|name",
            rf"\b(?:titled?|headline|name)\b[^.?!\n]{{0,80}}?(?P<value>{_TITLED})|"
            rf"(?:{_TITLED})[^.?!\n]{{0,60}}?\btitle\b|\bin (?:double )?(?:angular|angle) brackets\b",
            value="<<>>",
        ),
        phrase(
            "detectable_format:title",
            "title",
            r"\b(?:include|add|contain|provide|has|have|with|having|give (?:it|the \w+|your \w+)|"
            r"should have|must have|needs|using|be given) (?:a|an|the|your own)(?: (?:short|catchy|clear|"
            r"suitable|good|creative|interesting|appropriate|unique|proper|funny|fitting|relevant|"
            r"descriptive|compelling|concise|main|markdown|engaging|informative|"
            r"bold)){0,3} title\b(?! (?:page|tag|screen|character|of \ufffc|\ufffc|:))",
            unless=r"<<|\b(?:angular|angle|movie|book|newspaper|function|column|field|html|page with the|"
            r"with (?:the )?title (?:of )?\ufffc)",
        ),
        phrase(
            "combination:repeat_prompt",
            "repeat|restat|repleat|copy|say|echo|reproduc|retyp|recit",
            r"\b(?:repeat|restat|repleat|copy|echo|reproduc|retyp|recit)(?:e|ing)?(?: back| out)?(?: the| this|"
            r" my| it|"
            r" exactly)*(?: [\w-]+){0,4}? (?:request|prompt|question|instructions?|sentences? above|"
            r"sentences? below|line above|line|query|message|sentence|text above)s?\b"
            r"|\b(?:repeat|restate|echo|copy)(?:ing)?(?: back)?(?: exactly| verbatim)? what i(?:'ve| have|"
            r" just)? (?:asked|said|wrote|written)\b"
            r"|\brepeat it (?:exactly|at the|as it is|word[- ]for[- ]word|verbatim|first)\b|\b(?:repeat|"
            r"restate|say|copy)\b[^.\n]{0,60}\b(?:word[- ]for[- ]word|verbatim)\b"
            r"|\bfirst,? (?:please )?(?:repeat|restate)\b(?! the (?:word|letter|name|phrase|following word))",
            unless=r"\b(?:without|not) (?:repeat|restat)\w*|\brepeat (?:the|a|this) (?:word|phrase|line|sentence|"
            r"question) (?:\ufffc|\d|at the end|twice)|\btimes\b|^\s*(?:\d\. )?do not (?:say|add)|"
            r"\bfollowing (?:text|words?|phrase|passage|paragraph|poem)\b",
            negated="skip",
        ),
    )
)
