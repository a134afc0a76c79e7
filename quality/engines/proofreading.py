"""Text → lints: the engine's matches in a text's prose, each with the rule that it breaks.

Harper's rules are trusted as far as they were measured: on the JFLEG development half (sentences flagged against
corrections flagged; share of first suggestions that move nearer to a correction) and on answers of strong models,
where nearly every match is a false alarm. A rule that fired too seldom to be measured is trusted as its kind is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from quality.engines import Match, harper, phrases
from quality.engines.spelling import intention, joined
from quality.prompt.languages import LANGUAGES
from quality.text.masking import Reading

MISSPELLING, CAPITALIZATION, GRAMMAR, ARTICLE = "GRM001", "GRM002", "GRM003", "GRM004"
BOUNDARY, PUNCTUATION, WORDING = "GRM005", "GRM006", "GRM008"

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
        str.split(
            "AdjectiveDoubleDegree AllIntentsAndPurposes DespiteOf DoubleModal ModalBeAdjective ModalOf"
            " MoreBetter PossessiveYour RepeatedWords ThenThan"
        ),
        GRAMMAR,
    ),
    **dict.fromkeys(
        str.split(
            "Everybody Furthermore Instead Itself Myself Nonetheless OfCourse Someone Therefore Without Yourself"
        ),
        BOUNDARY,
    ),
}
"""Rules that are worth more than their kind."""

SAFE = frozenset({"SentenceStart"})
"""Rules whose first suggestion moved nearer to a correction in at least 95% of the cases."""
SAFE_GAIN = 2.0
SAFE_LEAD = 1.3
"""In orders of magnitude: above both, the intended word was right in at least 95% of the cases."""

PROPER = frozenset(LANGUAGES) | frozenset(
    str.split(
        "monday tuesday wednesday thursday friday saturday sunday january february april june july august"
        " september october november december africa america american asia asian australia australian"
        " austria austrian belgian belgium brazil brazilian britain british canada canadian china christian"
        " christmas cuba egypt egyptian england europe european france germany greece india indian iran"
        " iraq ireland islam israel italy japan jewish korea london mexican mexico muslim netherlands"
        " norway pakistan paris poland portugal russia scotland scottish spain sweden swiss switzerland"
        " taiwan thailand turkey ukraine vietnam wales"
    )
)
"""Names that are never written small, in small letters."""


_GIVING = re.compile(
    r"\b(?:(?:give|leave|send|offer|show|tell|get|bring|buy|make|teach|save|hand|grant|lend|pay|write|read|earn|win|feed"
    r"|serve|promise|ask|cost|cook|pass|mail|email|assign|award|allow)(?:s|d|ed)?|(?:giv|leav|send|offer|show|tell"
    r"|gett|bring|buy|mak|teach|sav|hand|grant|lend|pay|writ|read|earn|winn|feed|serv|promis|ask|cook|pass|assign"
    r"|award|allow)ing|gave|given|left|sent|shown|told|got|brought|bought|made|taught|lent|paid|wrote|written|won|fed)"
    r" you $",
    re.IGNORECASE,
)
"""After these “you” is whom a thing is given to: what follows is the thing, and no verb."""
_ADDRESSED = frozenset({"guys", "folks", "boys", "girls", "kids", "lads", "ladies", "gents"})
_SOME_OF = re.compile(
    r"\b(?:both|all|each|some|many|most|one|two|three|four|five|none|neither|either|any|several|half|\d{1,4}) of $",
    re.IGNORECASE,
)
_NOT_A_NOUN = re.compile(r" (?:and|or|is|are|was|has|in|of|at|to|equals|if|as|on|for|with|but)\b")


def _word_of(match: Match, text: str) -> str:
    return text[match.start : match.end]


def _before(match: Match, text: str) -> str:
    return text[max(0, match.start - 40) : match.start]


def _is_named_a(match: Match, text: str) -> bool:
    """Whether a capital A is a name (a note, a set, a vitamin) and no article: mid-sentence, or before no noun."""
    if _word_of(match, text) != "A":
        return text[match.start] == "A" and text[max(0, match.start - 2)].isalnum()
    before = _before(match, text).rstrip(" \"'“‘«*-")
    return (bool(before) and before[-1] not in ".!?:\n") or bool(_NOT_A_NOUN.match(text, match.end))


def _is_no_verb(match: Match, text: str) -> bool:
    """Whether what Harper takes for the verb of a pronoun is part of a title or a noun."""
    if text[match.start].isupper():
        return True
    before = _before(match, text)
    addressed = _word_of(match, text).casefold() in _ADDRESSED and before.casefold().endswith("you ")
    return addressed or _GIVING.search(before) is not None


RIGHT_AFTER_ALL: Mapping[str, Callable[[Match, str], bool]] = {
    "RepeatedWords": lambda match, text: _word_of(match, text).casefold() in ("that that", "had had"),
    # its other half ("an outing", "one sodium") is mostly wrong
    "MassNouns": lambda match, text: match.kind != "Grammar",
    "AnA": _is_named_a,
    "PronounVerbAgreement": _is_no_verb,
    # “both of you confidence”
    "PossessiveYour": lambda match, text: _SOME_OF.search(_before(match, text)) is not None,
    # “with out-of-date maps”
    "Without": lambda match, text: text.startswith(("-", " of "), match.end),
    "Itself": lambda match, text: text.startswith("-", match.end),
    "Someone": lambda match, text: text.startswith((" of ", " or other"), match.end),
}
"""Where one of Harper's rules, trusted otherwise, is mostly wrong; the causes were seen on answers of strong models."""


@dataclass(frozen=True, slots=True)
class Lint:
    """A match with the rule that it breaks; spans are code points of the original.

    Attributes:
        safe: Whether the first suggestion was right in at least 95% of the cases.
        intended: For a word that the dictionary does not know, the common word that was likely meant; "" for none.
        gain: How likely, in orders of magnitude.
        place: `word`; for a capitalised one `start` (of a sentence) or `name`; `part` beside a hyphen; "" for no word.
    """

    start: int
    end: int
    code: str
    rule: str
    message: str
    suggestions: tuple[str, ...]
    safe: bool = False
    word: str = ""
    intended: str = ""
    gain: float = 0.0
    place: str = ""


def lints(reading: Reading) -> Iterator[Lint]:
    """Every trusted match in the reading, in the order of their spans."""
    seen: set[tuple[str, int, int]] = set()
    matches = (*harper.check(reading.text), *phrases.check(reading.text))
    for match in sorted(matches, key=lambda match: (match.start, match.end, match.rule)):
        span = reading.origin(match.start, match.end)
        if span is not None:
            found = (
                _word(match, reading, span) if match.rule == "SpellCheck" else _phrase(match, reading, span)
            )
            if found is not None and (found.code, *span) not in seen:
                seen.add((found.code, *span))
                yield found


def _phrase(match: Match, reading: Reading, span: tuple[int, int]) -> Lint | None:
    code = CODE_BY_RULE.get(match.rule) or CODE_BY_KIND.get(match.kind)
    right = RIGHT_AFTER_ALL.get(match.rule)
    if right and right(match, reading.text):
        return None
    if not code or (code == CAPITALIZATION and not _case_expected(match, reading, span)):
        return None
    return Lint(*span, code, match.rule, match.message, match.suggestions, match.rule in SAFE)


def _case_expected(match: Match, reading: Reading, span: tuple[int, int]) -> bool:
    """Whether a capital is due here: not in a list item or table cell, an index, or a dotted name."""
    before = reading.text[match.start - 1 : match.start]
    after = reading.text[match.end : match.end + 1]
    if match.rule == "CapitalizePersonalPronouns":
        return (not before or before.isspace() or before in "\"'“(") and (not after or after in " ,.;!?'’\n")
    return not before or before.isspace() or before in "\"'“‘«({-/*"


_WORD = re.compile(r"[A-Za-z][a-z]*(?:['’][a-z]+)?")


def _word(match: Match, reading: Reading, span: tuple[int, int]) -> Lint | None:
    word = reading.text[match.start : match.end]
    first = match.suggestions[0] if match.suggestions else ""
    if word in PROPER and first.casefold() == word:
        return Lint(*span, CAPITALIZATION, match.rule, f"“{word}” is written “{first}”", match.suggestions)
    if not _WORD.fullmatch(word):
        return None
    if split := joined(word):
        return Lint(*span, BOUNDARY, match.rule, f"“{word}”: did you mean “{split}”?", (split,))
    meant = intention(word, match.suggestions)
    intended = meant.word[:1].upper() + meant.word[1:] if word[0].isupper() else meant.word
    message = f"“{word}”: did you mean “{intended}”?" if intended else f"no dictionary knows “{word}”"
    suggestions = tuple(dict.fromkeys((intended, *match.suggestions) if intended else match.suggestions))
    place = _place(word, reading.text, match.start, match.end)
    safe = place == "word" and meant.gain >= SAFE_GAIN and meant.lead >= SAFE_LEAD
    return Lint(*span, MISSPELLING, match.rule, message, suggestions, safe, word, intended, meant.gain, place)


def _place(word: str, text: str, start: int, end: int) -> str:
    """Where the word stands: a capital may make it a name, and a hyphen a part of a longer word."""
    if "-" in (text[start - 1 : start], text[end : end + 1]):
        return "part"
    if word.islower():
        return "word"
    before = text[max(0, start - 12) : start].rstrip(" \"'“‘«(-*{/")
    after = text[end : end + 3].lstrip(" ,")
    begins = not before or before[-1] in ".!?\n"
    return "start" if begins and after[:1].islower() else "name"
