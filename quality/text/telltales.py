"""Phrases, words and marks that tell a chatbot's text, with their places. Linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PHRASES = {
    "speaks of itself": (
        r"\bas an? (?:ai|artificial intelligence|(?:large )?language model)\b"
        r"|\bi['’]?(?: a)?m (?:just |only )?an? (?:ai\b|artificial intelligence|(?:large )?language model)"
        r"|\bmy (?:last )?(?:knowledge|training)(?: data)?(?: cut-?off| (?:last )?update)|\bas of my last\b"
        r"|\bregenerate response\b"
        r"|\bi (?:do not|don['’]t) have (?:personal (?:opinions?|feelings?|beliefs?|experiences?)|real-time"
        r"|access to (?:real-time|current))"
    ),
    "opens as a chatbot": (
        r"\A\W{0,4}(?:certainly|sure(?: thing)?|of course|absolutely|great question|no problem)!"
        r"|\A\W{0,4}(?:certainly|sure|of course|absolutely)\W{1,3}here(?:['’]s| is| are)\b"
    ),
    "closes as a chatbot": (
        r"\bhope (?:this|that|these|it) helps|\blet me know if (?:you|there)|\bfeel free to (?:ask|reach out|let me)"
        r"|\banything else (?:i can|you)|\bdon['’]t hesitate to (?:ask|reach)"
    ),
    "hedges as a chatbot": r"\bit(?:['’]s| is) (?:important|worth|crucial|essential) to (?:note|remember|mention)\b",
}
_HINTS = {
    "speaks of itself": ("language model", " ai", "an ai", "intelligence", "my ", "regenerate", "have "),
    "opens as a chatbot": ("certainly", "sure", "course", "absolutely", "question", "problem"),
    "closes as a chatbot": ("hope ", "let me know", "feel free", "anything else", "hesitate"),
    "hedges as a chatbot": (" to note", " to remember", " to mention"),
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _PHRASES.items()}
_FAVOURITE = re.compile(
    r"\b(?:delv(?:e|es|ed|ing)|tapestry|testament to|multifaceted|ever-evolving|ever-changing|realms?|intricate"
    r"|intricacies|underscor(?:e|es|ed|ing)|pivotal|foster(?:s|ed|ing)?|nuanced?|crucial role|vital role|vibrant"
    r"|seamless(?:ly)?|embark(?:s|ed|ing)?|unwavering|commendable|meticulous(?:ly)?|showcas(?:e|es|ed|ing)|comprehensive"
    r"|robust|leverag(?:e|es|ed|ing)|harness(?:es|ed|ing)?|holistic|empower(?:s|ed|ing)?|bustling|paramount"
    r"|transformative|invaluable|noteworthy|groundbreaking)\b"
)
_SIGNS = {
    "labels": re.compile(r"\*\*[^*\n]{1,60}(?::\*\*|\*\*:)"),
    "headings": re.compile(r"(?:^|\n)#{1,4} \S"),
    "dashes": re.compile(r"\w—\w"),
    "spaces": re.compile("[\u2007\u2009\u200a\u202f]"),
    "curly": re.compile(r"\w’\w"),
    "straight": re.compile(r"\w'\w"),
}
MAX_PLACES = 10
"""Places kept of each sort of sign."""


@dataclass(frozen=True, slots=True)
class Telltales:
    """What was found in a text, each place as `[start, end]`.

    Attributes:
        phrases: As `[start, end, what the answer does with it]`, in order.
        words: Words that chatbots favour.
        signs: Name of a mark → its places, at most `MAX_PLACES`.
        quotes: Whether the text has a curly quotation mark.
    """

    phrases: list[tuple[int, int, str]]
    words: list[tuple[int, int]]
    signs: dict[str, list[tuple[int, int]]]
    quotes: bool


def telltales(text: str) -> Telltales:
    """All that is found in the text."""
    lower = text.lower()
    plain = lower if len(lower) == len(text) else text
    phrases = [
        (*match.span(), name)
        for name, pattern in _PATTERNS.items()
        if any(hint in plain for hint in _HINTS[name])
        for match in _few(pattern, plain)
    ]
    signs = {name: [m.span() for m in _few(pattern, text)] for name, pattern in _SIGNS.items()}
    return Telltales(
        phrases=sorted(phrases),
        words=[match.span() for match in _few(_FAVOURITE, plain, 4 * MAX_PLACES)],
        signs={name: places for name, places in signs.items() if places},
        quotes="“" in text,
    )


def _few(pattern: re.Pattern[str], text: str, most: int = MAX_PLACES) -> Iterator[re.Match[str]]:
    for found, match in enumerate(pattern.finditer(text)):
        if found == most:
            return
        yield match
