"""Answers that must be one of several given ones (IFEval's `constrained_response`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Ask
from quality.prompt.masks import MASK
from quality.prompt.polarity import forbidden
from quality.prompt.scope import Scoped, trimmed

_CHOOSE = re.compile(
    r"\b(?:choos(?:e|ing)|select(?:ing)?|pick(?:ing)?|answer|respond|reply|say|use|contain|include|be|"
    r"output|give|with|"
    r"return)\b(?: (?:your|the|an|answer|response|reply|only|just|exactly|with|by|using|from|to|should|"
    r"must|be|it|in|include|containing))*"
    r"(?: (?:from(?: among)?|one(?: phrase| sentence| option| answer)?(?: of| from)?|between|either|"
    r"exactly one of|only one of|out of))(?: (?:the|these|those|following|one|of|options?|answers?|"
    r"choices?|phrases?|sentences?|responses?|exact|below|given|three|two|four|possible|exactly|only|"
    r"strings|statements)\b)*[^\w\n\ufffc(]{0,4}"
)
_SAY = re.compile(
    r"\b(?:answer|respond|reply|say|output|return|write|choose|be)\b(?: (?:with|only|just|exactly|either|"
    rf"simply|one of|by saying|from|between|the|phrase|word))*[ :,]{{1,3}}(?=\(?{MASK})"
)
_OPTION = re.compile(
    rf"[\s,;/()\[\]{{}}]{{0,6}}(?:(?:and|or|"
    rf"nor)[\s]{{1,2}})?(?:if \w+[^,;\n{MASK}]{{0,60}}[,;] ?)?(?:[-*•]|\d[.)]|[a-d][.)])?\s?(?P<option>{MASK}+)"
)
_LINE = re.compile(
    r"\n[ \t]{0,4}(?:[-*•]|\d[.)]|\(?[a-d][.)])?[ \t]{0,4}(?P<option>[\w'\"“][^\n]{0,80})(?=\n|$)"
)
_MOST_OPTIONS = 12
_LONGEST_OPTION = 80


def constrained(text: Scoped) -> Iterator[Ask]:
    """The options of which the answer must be one, joined with ` | `."""
    low = text.low
    for pattern in (_CHOOSE, _SAY):
        for match in pattern.finditer(low):
            options, end = _options(text, match.end())
            if len(options) >= 2 and not forbidden(low, match.start()):
                yield Ask(
                    "detectable_format:constrained_response",
                    "=",
                    " | ".join(options),
                    "",
                    *trimmed(low, match.start(), end),
                )
                return


def _options(text: Scoped, at: int) -> tuple[list[str], int]:
    """The options that begin at `at`, quoted or on lines of their own, and where they end."""
    for pattern in (_OPTION, _LINE):
        found: list[str] = []
        end = at
        while len(found) < _MOST_OPTIONS and (match := pattern.match(text.low, end)):
            found.append(text.quoted(*match.span("option")).rstrip(","))
            end = match.end()
        if len(found) >= 2 and all(_is_option(words) for words in found):
            return found, end
    return [], at


def _is_option(words: str) -> bool:
    return len(words) <= _LONGEST_OPTION and any(c.isalnum() for c in words)
