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
    r"return|classify|label|categori[sz]e)\b(?:(?: \w+){1,4}(?= (?:as|into) one))?(?: (?:your|the|an|answer|"
    r"response|reply|only|just|exactly|with|by|using|from|to|should|"
    r"must|be|it|in|include|containing|as|one word,?|a single word,?)){0,12}"
    r"(?: (?:from(?: among)?|one(?: phrase| sentence| option| answer)?(?: of| from)?|between|either|"
    r"exactly one of|only one of|out of))(?: (?:the|these|those|following|one|of|options?|answers?|"
    r"choices?|phrases?|sentences?|responses?|exact|below|given|three|two|four|possible|exactly|only|"
    r"strings|statements|labels?|categories|classes|words)\b)*[^\w\n\ufffc(]{0,4}"
)
_SAY = re.compile(
    r"(?<!your )(?<!in the )(?<!an )\b(?:answer|respond|reply|say|output|return|write|choose|be)\b(?: (?:with|"
    r"only|just|exactly|either|"
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
            if not options and pattern is _CHOOSE:
                options, end = _bare_options(text, match)
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


_ANSWERS = re.compile(
    r"(?:answer|respond|reply|output|return|say|be|classif|label|categori[sz])|.*\b(?:options?|answers?|"
    r"choices?|responses?|labels?)\b"
)
_BARE = r"[\w'/+-]+(?: [\w'/+-]+){0,5}"
_BARE_OPTIONS = re.compile(
    rf"{_BARE}(?:\.?, ?(?!or ){_BARE}){{0,10}}(?:\.?,? or {_BARE})?(?:\.|(?=[!?;\n]|$))"
)


def _bare_options(text: Scoped, match: re.Match[str]) -> tuple[list[str], int]:
    """Options without quotation marks that end their sentence: `one of these: red, green, blue.`."""
    found = _BARE_OPTIONS.match(text.low, match.end())
    if found is None or not _ANSWERS.match(match.group()):
        return [], match.end()
    words = text.raw[slice(*found.span())]
    options = [option.strip() for option in re.split(r",(?: or )?| or ", words)]
    if not options[0].endswith("."):  # the last full stop ends the sentence, not the option
        options[-1] = options[-1].rstrip(".")
    return (options, found.end()) if len(options) >= 2 and all(options) else ([], match.end())


def _is_option(words: str) -> bool:
    return len(words) <= _LONGEST_OPTION and any(c.isalnum() for c in words)
