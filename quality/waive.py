"""What a prompt excuses: the customer is always right, as far as the customer asked.

One table holds which kind of ask excuses which rules. A waived finding stays in the report with the prompt's own words.
Only what follows from the ask is excused: a casual note may be casual, not misspelt; a pirate may say `ye be`, not
swear; lower case excuses the missing capitals alone. What a prompt rules out ("no slang"), what it asks of one part of
the answer, and an ask that the finding itself is about excuse nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from quality.model import Ask, Finding, Prompt


@dataclass(frozen=True, slots=True)
class Excuse:
    """Codes, or families of codes, that an ask excuses.

    Attributes:
        where: What the prompt's words or the ask's value must hold; None where any will do.
        unless: What they must not hold.
        relations: The relations that ask for it; () for all but `not`.
    """

    codes: tuple[str, ...]
    where: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    relations: tuple[str, ...] = ()


def _excuse(
    *codes: str, where: str = "", unless: str = "", relations: tuple[str, ...] = ()
) -> tuple[Excuse, ...]:
    def pattern(words: str) -> re.Pattern[str] | None:
        return re.compile(words, re.IGNORECASE) if words else None

    return (Excuse(codes, pattern(where), pattern(unless), relations),)


_GRAMMAR = ("GRM001", "GRM002", "GRM003", "GRM004", "GRM005", "GRM006", "GRM007", "GRM008")
_REPEATED = ("REP001", "REP002", "REP003")
_SHORT = ("LEN001", "LEN003")
_UNUSUAL = _excuse("LEN003")
_RUDE = ("TON002", "TON003", "TON006")
_SWEARING = (
    r"\b(?:swear\w*|curs(?:e|es|ing)|cuss\w*|profan\w+|foul|vulgar\w*|obscen\w+|four-letter|f-?words?"
    r"|f-?bombs?|dirty)\b"
)
_SARCASM = (
    r"\b(?:sarcas\w+|snark\w*|sass\w*|iron(?:y|ic\w*)|grump\w*|condescend\w*|passive[- ]aggressive\w*)\b"
)
_INSULTING = (
    r"\b(?:roast\w*|insult\w*|diss(?:ing)?|mock\w*|trash[- ]talk\w*|mean|rude\w*|offen[ds]\w*|burn|yell at|nasty"
    r"|bully\w*)\b"
)
_VOICED = (
    r"\b(?:like|as if|as an?|pretend\w*|imagine you|voice|style|language of|sound|talk|speak|write like)\b"
)
_ADDRESSED = r"\bexplain\w*\b|\b(?:i'm|i am|to an?|for an?|to my|for my)\b|\b(?:understand|aged)\b"
"""An age may be the voice's (`like a 14-year-old`) or the reader's (`explain like I'm five`, `for kids`)."""
_A_TEXT = r"\b(?:this|these|following|given|below|quoted?)\b"
_THE_PROMPT = r"\b(?:request|prompt|question|above)\b"
"""A text to give back word for word brings its own faults; the prompt itself comes before an answer with none."""
_AT_WORK = (
    r"\b(?:\w+(?:ist|ian|yst|eer|tor|ant)|\w*(?:teacher|lawyer|manager|writer|developer|designer|trainer|lecturer|researcher"
    r"|programmer|officer|interviewer|recruiter|reviewer|advis[eo]r|adviser|banker|broker|lawyer|nurse|chef|coach|expert|guide"
    r"|assistant|professional|specialist|terminal|console|interpreter|compiler|engine|tool|system|model|bot|ai|judge|ceo|cto"
    r"|editor|tutor|translator|planner|agent|seller|marketer|reporter|copywriter|philosopher|astronomer|professor))\b"
    r"(?<!sergeant)(?<!peasant)(?<!tyrant)(?<!villain)"
)
"""Roles that speak standard language."""

EXCUSES: dict[str, tuple[Excuse, ...]] = {
    "change_case:english_lowercase": _excuse("GRM002"),
    "change_case:english_capital": _excuse("GRM002", "TON005"),
    "change_case:capital_word_frequency": _excuse(
        "GRM002", "TON005", relations=("", "=", ">=", ">", "about")
    ),
    "punctuation:no_comma": _excuse("GRM006", relations=("not", "")),
    "style:typos": _excuse(*_GRAMMAR),
    "style:dialect": _excuse(*_GRAMMAR, "TON004"),
    "style:age": _excuse(*_GRAMMAR, "TON004", "TON005", where=_VOICED, unless=_ADDRESSED),
    "style:persona": (
        *_excuse("GRM008", "TON004", "TON005", "LEN004", "LEN005", unless=_AT_WORK),
        *_excuse("ASK021"),
    ),
    "style:informal": _excuse("GRM008", "TON004"),
    "style:shouting": _excuse("GRM002", "TON005"),
    "style:rude": (
        *_excuse("TON001", where=_SWEARING),
        *_excuse(*_RUDE, where=_INSULTING),
        *_excuse("TON003", "TON006", where=_SARCASM),
        *_excuse(*_RUDE, unless=f"{_SWEARING}|{_SARCASM}"),
    ),
    "style:flattery": _excuse("TON008"),
    "style:repetition": _excuse(*_REPEATED, "LEN001"),
    "task:quote": _excuse(*_GRAMMAR, "REP004", "ASK025", "TON", where=_A_TEXT, unless=_THE_PROMPT),
    "combination:repeat_prompt": _excuse("REP004", "ASK025"),
    "startend:opening": _excuse("LEN004"),
    "startend:end_checker": _excuse("LEN005"),
    "format:one_word": _excuse(*_SHORT),
    "format:yes_no": _excuse(*_SHORT),
    "format:only": _excuse(*_SHORT),
    "detectable_format:constrained_response": _excuse(*_SHORT),
    "format:ascii_art": _excuse("REP001", "REP003"),
    "length:short": _excuse(*_SHORT),
    "length:long": _excuse("LEN002", "LEN003"),
    "length_constraints:number_words": _UNUSUAL,
    "length_constraints:number_sentences": _UNUSUAL,
    "length_constraints:number_paragraphs": _UNUSUAL,
    "length:items": _UNUSUAL,
    "length:characters": _UNUSUAL,
    "length:lines": _UNUSUAL,
    "length:stanzas": _UNUSUAL,
    "length:questions": _UNUSUAL,
    "detectable_format:number_bullet_lists": _UNUSUAL,
    "detectable_format:multiple_sections": _UNUSUAL,
    "genre:fiction": _excuse("FCT", "ASK021", "JDG001"),
    "genre:dialogue": _excuse("ASK021", "ASK022", "ASK024"),
}
"""Kind of ask → what it excuses. Every other kind excuses nothing."""


def waive(findings: Iterable[Finding], prompt: Prompt, instruction: str) -> tuple[Finding, ...]:
    """The findings in their order; those that the prompt asked for carry its words in `waived`."""
    excused = [(code, ask) for ask in prompt.asks for code in _codes(ask, instruction)]
    if not excused:
        return tuple(findings)
    return tuple(_waived(finding, excused, instruction) for finding in findings)


def _codes(ask: Ask, instruction: str) -> Iterator[str]:
    """What the ask excuses; nothing where it speaks of a part of the answer, or against what it names."""
    if ask.part:
        return
    words = f"{instruction[ask.start : ask.end]} {ask.value}"
    for excuse in EXCUSES.get(ask.kind, ()):
        wanted = ask.relation in excuse.relations if excuse.relations else ask.relation != "not"
        fits = excuse.where is None or excuse.where.search(words)
        if wanted and fits and not (excuse.unless and excuse.unless.search(words)):
            yield from excuse.codes


def _waived(finding: Finding, excused: list[tuple[str, Ask]], instruction: str) -> Finding:
    if finding.waived is not None or "asked" in finding.detail:  # what breaks an ask is excused by no other
        return finding
    for code, ask in excused:
        if finding.code.startswith(code):
            return replace(finding, waived=instruction[ask.start : ask.end])
    return finding
