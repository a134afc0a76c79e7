"""Capital and small letters, and commas (IFEval's families `change_case` and `punctuation`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Ask
from quality.prompt.numbers import COUNT, LATER, RELATION
from quality.prompt.phrase import Family, first_of, phrase
from quality.prompt.polarity import forbidden
from quality.prompt.scope import Scoped, sentence_around, trimmed
from quality.prompt.times import frequency

_NOT_THE_ANSWER = r"\b(?:function|script|program|method|column|regex|code that|converts?)\b"
_UPPER = (
    r"(?:all[- ]?caps?|(?:all |fully |entirely )?(?:in )?(?:all )?(?:capital(?:ized|ised|s)?(?: letters)?|"
    r"upper[- ]?cased?(?: letters)?|caps))"
)
_CAPITALS = re.compile(
    rf"\bwords?\b[^.?!;,\n]{{0,25}}?\b{_UPPER}(?:\b|$)|\b{_UPPER}[- ](?:\w+ )?words?\b"
    r"|\bcapitali[sz](?:e|ed|ing)\b[^.?!\n]{0,30}?\bwords?\b"
)
_HOW_OFTEN = re.compile(
    rf"(?:{COUNT}(?:\s(?:\w+ )?(?:words?|times?|occurrences?|instances))?"
    rf"|(?:(?P<rel>{RELATION})\s)?(?P<adverb>once|twice|thrice))(?:\s(?P<later>{LATER})(?!\w))?"
    r"(?!\s?(?:sentences?|paragraphs?|bullets?|sections?|lines?))(?!\w)"
)


def capital_words(text: Scoped) -> Iterator[Ask]:
    """How many words are to stand in capital letters."""
    low = text.low
    for match in _CAPITALS.finditer(low):
        left, right = sentence_around(low, match.start(), match.end())[1:]
        times = (
            _right_before(low, left, match)
            or _HOW_OFTEN.search(low, match.end(), min(right, match.end() + 70))
            or _HOW_OFTEN.search(low, max(left, match.start() - 40), match.end())
        )
        if times is None:
            continue
        span = trimmed(low, min(match.start(), times.start()), max(match.end(), times.end()))
        for relation, number in frequency(times, banned=False):
            yield Ask("change_case:capital_word_frequency", relation, number, "capital words", *span)
        return


def _right_before(low: str, left: int, match: re.Match[str]) -> re.Match[str] | None:
    """The count whose noun the match begins with: `at least 3 words in capitals`."""
    near = _HOW_OFTEN.finditer(low, max(left, match.start() - 40), match.end())
    return next((times for times in near if times.end() >= match.start() - 1), None)


_COMMA = re.compile(r"\bcommas?\b(?![- ](?:separated|delimited|splice|seperated))")
_COMMA_FREE = re.compile(
    r"\bcommas? (?:is|are|be)(?: \w+)? ?(?:not|n't|forbidden|prohibited|banned|disallowed)|"
    r"\bcomma[- ]free\b|\bcommas?: ?(?:none|zero|0|no)\b|\bcommas? (?:must|should|may|can)(?:not| not|n't)\b|"
    r"\b(?:zero|0) commas\b"
)


_NO = re.compile(r"\b(?:zero|0|without|no)\s$")
_OTHER_COMMAS = re.compile(
    r"\b(?:missing|forget|unnecessary|correct|fix|check|separat\w+(?: \w+){0,3} (?:with|by)$)"
)


def no_comma(text: Scoped) -> Iterator[Ask]:
    """No comma in the answer."""
    low = text.low
    for match in _COMMA.finditer(low):
        start, left = match.start(), sentence_around(low, match.start(), match.end())[1]
        behind = _COMMA_FREE.match(low, start)
        banned = behind or _NO.search(low, max(0, start - 9), start) or forbidden(low, start)
        if not banned or _OTHER_COMMAS.search(low, max(left, start - 60), start):
            continue
        end = behind.end() if behind else match.end()
        yield Ask("punctuation:no_comma", "not", "", "", *trimmed(low, _clause(low, left, start), end))
        return


_CLAUSE = re.compile(r"\b(?:do not|don't|refrain|without|avoid\w*|no|not|never|must not|should not|cannot)\b")


def _clause(low: str, left: int, at: int) -> int:
    """Where the negation of what stands at `at` begins."""
    starts = [found.start() for found in _CLAUSE.finditer(low, max(left, at - 60), at)]
    return starts[-1] if starts else at


_EVERY = (
    r"(?:all|only|in|entirely|completely|just|everything|fully|exclusively|wholly)"
    r"(?: (?:in|the|letters?|words?|is|be|use|of|written|your|response|english|must|should|are))*"
)
_TEXT = (
    r"(?:the |your |of |my )*(?:entire |whole )?(?:letters?|words?|text|response|answer|output|characters|"
    r"everything|sentences?|it|reply|body|poem|story|essay|(?:entire |whole )thing)"
)
_MUST_BE = r"(?:(?:are|is|should be|must be|needs to be|to be|has to be|be|should|must) )?"
_WITHOUT = (
    r"(?:\b(?:without|not|avoid|refrain from|never)|n't)(?: (?:to|use|using|contain|containing|include|"
    r"including|have|having|any|a|single|even|one|the use of|of)){0,4}"
)
_SMALL = r"lower[- ]?cased?s?"
_LARGE = r"(?:capitals?|capitali[sz]ed|upper[- ]?cased?|caps)"
_OF_LETTERS = r"(?: (?:english )?(?:letters?|characters?|words?|text))?"
_LOWER = "|".join(
    (
        rf"(?:\bin )?\b{_EVERY} {_SMALL}{_OF_LETTERS}\b",
        rf"\b{_SMALL} (?:english )?(?:letters |text |words )?(?:only|throughout)\b",
        rf"(?<!\w)(?:no|zero) {_LARGE}{_OF_LETTERS}\b",
        rf"{_WITHOUT} (?:capital(?:s|ization|i[sz]ed)?|capital letters?|upper[- ]?cased?|caps)\b",
        r"\bcapital(?:s| letters?) (?:are|is|should|must) (?:not|never|forbidden|be avoided)\b",
        rf"\b{_TEXT} {_MUST_BE}(?:all |only |entirely )?(?:written |typed )?(?:in |using |use )?(?:all |"
        rf"only )?{_SMALL}\b",
        r"\b(?:in|with|use|using) (?:english )?(?:lower[- ]?case|small)(?:s| letters| characters)?\b(?! and)",
        r"\blower[- ]?cased? (?:answer|response|reply|letters|english)\b|\ball[- ]lower[- ]?case\b|"
        r"\bsmall letters only\b",
        r"\bnot a single letter [^.\n]{0,40}\bcapitali[sz]ed\b",
        r"(?:\bnot|n't|\bnever) capitali[sz]e (?:any|anything|a single)\b",
        r"\b(?:no|nothing) (?:\w+ ){0,4}?(?:capitali[sz]ed|in (?:capital|upper[- ]?case)(?: letters)?)\b",
    )
)
_NOT_LOWER = "|".join(
    (
        _NOT_THE_ANSWER,
        r"\bno lower|(?:\b(?:not|without|avoid)|n't) (?:(?!capital|upper|caps|\bbut\b|\band (?:keep|make|"
        r"write|use|put|everything|all|it|your)\b)[^.,;\n]){0,80}\blower|"
        r"\bexcept\b|\bapart from",
        r"\b(?:mix|both|alternat\w+|between) [^.\n]{0,30}\b(?:upper|capital)",
        r"\bcapitals? (?:of|city|gains|punishment|market)|\bupper[- ]?case and lower|"
        r"\blower[- ]?case and upper",
        r"\b(?:(?:more|less|fewer) than|at (?:least|most)) \w+ (?:capital|upper|lower|caps)",
    )
)
_UPPER_ONLY = "|".join(
    (
        rf"\b(?:in |use |using |with )?(?:{_EVERY}|nothing but) {_LARGE}{_OF_LETTERS}\b",
        r"\b(?:capital|upper[- ]?case) letters only\b|\ball[- ]caps\b|\bcaps lock\b",
        rf"(?:\bno|{_WITHOUT}) (?:lower[- ]?cased?{_OF_LETTERS}|small letters)\b",
        rf"\bmake {_TEXT} (?:all |in |fully |completely )*(?:upper[- ]?case|capitals?|caps)\b",
        r"\bcapitali[sz]e (?:all|every|each)(?: (?:one|single))?(?: of)? ?(?:your|the|of the)? ?(?:words?|"
        r"letters?)?\b",
        rf"\b(?:each |every )?{_TEXT} [^.\n]{{0,40}}\b(?:should|must|to|needs to|has to) be (?:all |fully |"
        r"entirely |completely |an? )?(?:capitali[sz]ed|(?:in )?(?:all )?(?:capitals?|upper[- ]?case|caps))\b",
        r"\bin (?:english )?(?:upper[- ]?case|capital letters|capitals|caps|block letters|block capitals)\b",
        r"\bnot a single (?:word|letter) [^.\n]{0,60}\blower[- ]?case\b",
        r"\b(?:use|using|with|in) (?:only )?(?:capitals?(?: letters)?|upper[- ]?case(?: letters)?|caps)"
        r" (?:for|throughout|in|on|across)(?: (?:every|all|each|the|your|entire|whole|everything)\b)",
    )
)
_NOT_UPPER = "|".join(
    (
        _NOT_THE_ANSWER,
        r"\bwords? (?:that are |written |with |in |having |which are )+(?:all |only )?(?:capital|caps|"
        r"upper|all)",
        r"\b(?:all[- ]?caps|(?:fully |all )?capitali[sz]ed|capital|upper[- ]?cased?) words?\b",
        r"\b(?:some|few|key|main|important|certain|"
        r"several) (?:\w+ )?words\b",
        r"\bno (?:capital|upper)|\bcapitali[sz]e (?:a few|some|each word)|\bcapitals? (?:of|city|cities|gains)",
        r"(?:\b(?:not|without|avoid|never)|n't)\b[^.\n]{0,30}\b(?:capital|caps|upper)",
        r"\bin (?:upper[- ]?case|capital letters|capitals) (?:for|to|and lower|or)\b",
        r"\b(?:title|heading|headings|headers|names?|subject line|labels?) (?:should |must |is |are |be |"
        r"written |in )+"
        r"(?:all |in )*(?:capital|caps|upper)",
        r"\b(?:capital|caps|upper)[^.,\n]{0,40}\btimes\b|\blower[- ]?case and upper|\bupper[- ]?case and lower",
    )
)
_NEAR = 60
"""Code points around a letter case in which the words that rule it out stand."""
CASES: Family = first_of(
    (
        phrase(
            "change_case:english_lowercase",
            "lower|capital|upper|small letters|caps",
            _LOWER,
            unless=_NOT_LOWER,
            reach=_NEAR,
            negated="either",
        ),
        phrase(
            "change_case:english_capital",
            "capital|caps|upper|lower|small",
            _UPPER_ONLY,
            unless=_NOT_UPPER,
            reach=_NEAR,
            negated="either",
        ),
    )
)
_ENGLISH = re.compile(
    r"\b(?:in|only|using|use) (?:only )?(?:the )?english\b|\benglish only\b|\benglish\b[^.?!\n]{0,30}\b(?:lower|"
    r"capital|"
    r"upper|caps)"
    r"|\b(?:lower[- ]?case|upper[- ]?case|caps) english\b"
)


def is_english_wanted(text: Scoped) -> bool:
    """Whether English is asked for beside a letter case."""
    return _ENGLISH.search(text.low) is not None
