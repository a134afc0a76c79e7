"""How far Harper's rules are believed, as measured.

On the JFLEG development half (sentences flagged against corrections flagged; share of first suggestions that move
nearer to a correction) and on answers of strong models, where nearly every match is a false alarm. A rule that fired
too seldom to be measured is trusted as its kind is; those that were of no use are not run (`harper.DISTRUSTED`).
"""

from __future__ import annotations

import re

from quality.engines import Match
from quality.engines.trust import (
    ARTICLE,
    BOUNDARY,
    CAPITALIZATION,
    GRAMMAR,
    MISSPELLING,
    OPTIONAL_COMMA,
    PUNCTUATION,
    WORDING,
    Excuse,
    Trust,
    before,
    is_article,
    word_of,
    words,
)

CODE_BY_KIND = {
    "Agreement": GRAMMAR,
    "Grammar": GRAMMAR,
    "Usage": GRAMMAR,
    "Capitalization": CAPITALIZATION,
    "BoundaryError": BOUNDARY,
    "Typo": MISSPELLING,
    "Punctuation": PUNCTUATION,
    "Redundancy": WORDING,
    "WordChoice": WORDING,
    "Nonstandard": WORDING,
}
"""Rules of the other kinds (Style, Readability, Formatting, Regionalism, Enhancement …) are not reported."""

CODE_BY_RULE = {
    "AnA": ARTICLE,
    **dict.fromkeys(
        words(
            "AdjectiveDoubleDegree AllIntentsAndPurposes DespiteOf DoubleModal ModalBeAdjective ModalOf"
            " MoreBetter PossessiveYour RepeatedWords ThenThan"
        ),
        GRAMMAR,
    ),
    **dict.fromkeys(
        words(
            "Everybody Furthermore Instead Itself Myself Nonetheless OfCourse Someone Therefore Without Yourself"
        ),
        BOUNDARY,
    ),
}

_GIVING = re.compile(
    r"\b(?:(?:give|leave|send|offer|show|tell|get|bring|buy|make|teach|save|hand|grant|lend|pay|write|read|earn|win|feed"
    r"|serve|promise|ask|cost|cook|pass|mail|email|assign|award|allow)(?:s|d|ed)?|(?:giv|leav|send|offer|show|tell"
    r"|gett|bring|buy|mak|teach|sav|hand|grant|lend|pay|writ|read|earn|winn|feed|serv|promis|ask|cook|pass|assign"
    r"|award|allow)ing|gave|given|left|sent|shown|told|got|brought|bought|made|taught|lent|paid|wrote|written|won|fed)"
    r" you $",
    re.IGNORECASE,
)
"""After these “you” is whom a thing is given to: what follows is the thing, and no verb."""
_ADDRESSED = words("guys folks boys girls kids lads ladies gents")
_SOME_OF = re.compile(
    r"\b(?:both|all|each|some|many|most|one|two|three|four|five|six|none|neither|either|any|several|half|\d{1,4}) of $",
    re.IGNORECASE,
)
_NOT_A_NOUN = re.compile(r" (?:and|or|is|are|was|has|in|of|at|to|equals|if|as|on|for|with|but)\b")
_DETERMINED = re.compile(r"\b(?:the|a|an|this|that|his|her|its|my|your|our|their) $", re.IGNORECASE)
"""Before “can” or “will” it makes a noun of them."""
_OBJECT = re.compile(
    r"\b(?:for|of|in|on|to|with|about|from|by|at|behind|around|within|among|between|through) (?:it|her|you) $",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    r" (?:forever|later|first|early|only|best|long|hard|fast|further|still|just|well|opener)\b"
)
_SEEMING_SUPERLATIVES = ("honest", "modest", "earnest", "manifest")


def _is_named_a(match: Match, text: str) -> bool:
    """Whether an A is a name (a note, a set, a side, an option) and no article."""
    if not is_article(match, text):
        return True
    if word_of(match, text) not in ("a", "A"):
        return text[match.start] == "A" and text[max(0, match.start - 2)].isalnum()
    if _NOT_A_NOUN.match(text, match.end):
        return True
    lead = before(match, text).rstrip(" \"'“‘«*-")
    return word_of(match, text) == "A" and bool(lead) and lead[-1] not in ".!?:\n"


def _is_no_verb(match: Match, text: str) -> bool:
    """Whether what Harper takes for the verb of a pronoun is part of a title or a noun."""
    if text[match.start].isupper() or word_of(match, text) == "last":
        return True
    lead = before(match, text)
    addressed = word_of(match, text).casefold() in _ADDRESSED and lead.casefold().endswith("you ")
    return addressed or _GIVING.search(lead) is not None


def _is_noun(match: Match, text: str) -> bool:
    """Whether “can” or “will” is no verb, or an adverb stands between it and its verb."""
    return _DETERMINED.search(before(match, text)) is not None or bool(_ADVERB.match(text, match.end))


EXCUSES: dict[str, Excuse] = {
    "RepeatedWords": lambda match, text: word_of(match, text).casefold() in ("that that", "had had"),
    # its other half ("an outing", "one sodium") is mostly wrong
    "MassNouns": lambda match, text: match.kind != "Grammar" or word_of(match, text).endswith("ings"),
    "AnA": _is_named_a,
    "PronounVerbAgreement": _is_no_verb,
    "DiscourseMarkers": lambda match, text: word_of(match, text).casefold() in OPTIONAL_COMMA,
    # “both of you confidence”
    "PossessiveYour": lambda match, text: (
        _SOME_OF.search(before(match, text)) is not None or text.startswith(" I ", match.end)
    ),
    # “the conditions for it are met”
    "PronounInflectionBe": lambda match, text: _OBJECT.search(before(match, text)) is not None,
    # a curly apostrophe is right too
    "Holidays": lambda match, text: "’" in word_of(match, text),
    "AdjectiveDoubleDegree": lambda match, text: (
        word_of(match, text).casefold().endswith(_SEEMING_SUPERLATIVES)
    ),
    # “the can should spin”
    "DoubleModal": _is_noun,
    "ModalBeAdjective": _is_noun,
    # “for i in range(5)”
    "CapitalizePersonalPronouns": lambda match, text: text.startswith(" in ", match.end),
    # “with out-of-date maps”
    "Without": lambda match, text: text.startswith(("-", " of "), match.end),
    "Itself": lambda match, text: text.startswith("-", match.end),
    "Someone": lambda match, text: text.startswith((" of ", " or other"), match.end),
}
"""The causes were seen on answers of strong models."""

HARPER = Trust(
    engine="harper",
    code_by_kind=CODE_BY_KIND,
    code_by_rule=CODE_BY_RULE,
    speller="SpellCheck".__eq__,
    excuses=EXCUSES,
    safe=frozenset({"SentenceStart"}),
)
