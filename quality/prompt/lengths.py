"""How long the answer is to be: words, sentences, paragraphs, lines, items; short or in detail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Ask
from quality.prompt import numbers
from quality.prompt.numbers import COUNT, LATER
from quality.prompt.scope import Scoped, sentence_around, trimmed

_COUNTED = {
    "word": ("length_constraints:number_words", "words"),
    "sentence": ("length_constraints:number_sentences", "sentences"),
    "paragraph": ("length_constraints:number_paragraphs", "paragraphs"),
    "character": ("length:characters", "characters"),
    "line": ("length:lines", "lines"),
    "stanza": ("length:stanzas", "stanzas"),
    "verse": ("length:stanzas", "verses"),
    "question": ("length:questions", "questions"),
}
_UNIT_WORDS = r"words?|sentences?|paragraphs?|characters|lines?|stanzas?|verses?"
_UNIT = re.compile(rf"\b(?:{_UNIT_WORDS})\b(?!')")
_ADJECTIVE = (
    r"(?:(?:very|short|different|long|separate|complete|full|unique|concise|brief|simple|total|english|"
    r"distinct|well-written|coherent|additional|small|single|rhyming|clear|of) ){0,2}"
)
_COUNT = re.compile(
    rf"{COUNT}[\s-]{{1,2}}(?P<adjective>{_ADJECTIVE})(?P<unit>{_UNIT_WORDS})\b(?:,?\s(?P<later>{LATER})(?!\w))?"
)
_MEASURE = re.compile(
    r"\b(?:number of|count of|amount of) (?P<of>words|sentences|paragraphs|lines|characters)\b"
    r"|\b(?P<unit>word|sentence|paragraph|character|line)s?[ -](?P<measure>count|limit|length|minimum|"
    r"maximum|max|min)\b"
)
_MEASURED = re.compile(
    rf"[^.?!\n]{{0,60}}?(?<![\w.]){COUNT}(?:\s(?:words?|sentences?|paragraphs?|lines?|"
    rf"characters?))?(?:\s(?P<later>{LATER}))?(?!\w)"
)
_NOT_OF_THE_ANSWER = re.compile(
    r"\s(?:with|in all|in capital|starting|that (?:are|is|begin|start|have|rhyme|mean|describe|can)|which|"
    r"beginning|containing|from|of the (?:text|article|passage|"
    r"following)|like|related|rhym\w+|should appear|must appear|you (?:know|like)|on a|i|ending|he|she|they|"
    r"about the following|a minute|per (?:minute|hour|day|second)|of code|to describe|for (?:each|\ufffc))\b"
)
_JOINED = re.compile(r"\s(?:that (?:use|contain|illustrate)|using the|into|together)\b")
_NEVER = re.compile(r"(?!)")
_NOT_BEHIND = {
    "words": _NOT_OF_THE_ANSWER, "lines": _NOT_OF_THE_ANSWER, "characters": _NOT_OF_THE_ANSWER, "sentences": _JOINED,
    "paragraphs": _NEVER, "stanzas": _NEVER, "verses": _NEVER,
}  # fmt: skip
"""Unit → what stands behind a count of it that does not speak of the answer's size."""
_NOT_BEFORE = re.compile(
    r"\b(?:the|these|those|given|following|my|both|first|last|next|one of|each of|all of|some of|your|same|"
    r"two given|every|capitalize|only contains the first|if the|because|since|other|highlight|italicize|"
    r"bold|paragraph|repeat(?:ing)? (?:only )?(?:the )?(?:first|last))\s*$"
    r"|\b(?:i|he|she|they|we|it) (?:(?!must|should|needs?|has|shall|to|can|will)\w+ )?(?:wrote|have|had|"
    r"said|was|is|read|know|got|has|see|saw)\b(?! to\b)[^.?!\n]*$"
    r"|\b(?:said|spoke|uttered|knew)\s*$"
    r"|\b(?:by|add|remove|delete|cut)(?: about| around)?\s*$|\b(?:this is|it's) (?:an?|my)\s*$|"
    r"\bthe (?:\w+ )?(?:article|text|passage|book|story|essay|document|paragraph|sentence)s?"
    r" (?:\w+ ){0,2}(?:has|contains|had|was)(?: about| around| over)?\s*$"
    r"|\bmy (?:\w+ ){1,3}(?:has|is|was|had|contains)(?: about| around| over)?\s*$"
    r"|\b(?:compare|select|sort|classify|read|link|analy[sz]e|combine|merge) (?:the |these |those )?$"
)
_EACH = re.compile(
    r"\b(?:each|every)\b(?! other)|\b(?:stories|names|poems|jokes|slogans|titles|phrases|questions|tips|"
    r"examples|descriptions|tweets|answers|summaries|captions|hooks)\b[^.?!\n]{0,20}$"
)
_EACH_LATER = re.compile(r",?\s(?:each|per|apiece|for each|in each|for every)\b(?! other)")
_PART = re.compile(
    r"\b(?P<part>introduction|conclusion|title|headline|abstract|caption|subject line|footnote|chorus)\b"
    r"|\b(?P<unit>paragraph|stanza|section|part|chapter)s? (?P<number>\d{1,2}|one|two|three|four|five|six)\b"
    r"|\b(?P<nth>first|second|third|fourth|fifth|last|1st|2nd|3rd|4th) (?P<unit2>paragraph|stanza|section|"
    r"part|chapter|sentence|line|verse|response)\b"
)
_ORDINALS = {
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "fifth": "5",
    "1st": "1",
    "2nd": "2",
    "3rd": "3",
    "4th": "4",
}
_PART_LATER = re.compile(
    r"[ -](?:long )?(?P<part>introduction|conclusion|title|headline|abstract|caption|subject line|footnote|"
    r"postscript)\b"
)


_DEFAULT = {"words": "about", "characters": "about"}
"""Unit → the relation of a bare number of it; exact for the others."""


_LIMITED = re.compile(r"\b(?:limit|restrict|cap|confine)(?:ed|ing|s)?\b[^.?!\n]{0,60}\b(?:to|at) $")


def counts(text: Scoped) -> Iterator[Ask]:
    """Numbers of words, sentences, paragraphs and the like; a range gives two asks with one span."""
    low = text.low
    for found in _UNIT.finditer(low):
        match = _count_before(low, found)
        if match is None:
            continue
        kind, name = _COUNTED[next(stem for stem in _COUNTED if match["unit"].startswith(stem))]
        if not _is_count(low, match, name):
            continue
        start, end = trimmed(low, match.start(), match.end())
        part = _part(low, match, name)
        limited = _LIMITED.search(low, max(0, match.start() - 80), match.start())
        pairs = numbers.bounds(match, "<=" if limited else _DEFAULT.get(name, "="), match["later"])
        for relation, number in pairs:
            yield Ask(kind, relation, number, name, start, end, part)
    yield from _measured(text)


_DEFAULTS = {"limit": "<=", "maximum": "<=", "max": "<=", "minimum": ">=", "min": ">="}
_OTHER_MEASURE = re.compile(r"\b(?:with all|in all|capital|that|starting|bullet)\b")


def _measured(text: Scoped) -> Iterator[Ask]:
    """Counts behind their measure: `the number of sentences should be less than 7`, `word limit: 300`."""
    for match in _MEASURE.finditer(text.low):
        count = _MEASURED.match(text.low, match.end())
        if count is None or _OTHER_MEASURE.search(count.group()):
            continue
        kind, name = _COUNTED[match["of"].removesuffix("s") if match["of"] else match["unit"]]
        default = _DEFAULTS.get(match["measure"] or "", _DEFAULT.get(name, "="))
        span = trimmed(text.low, match.start(), count.end())
        for relation, number in numbers.bounds(count, default, count["later"]):
            yield Ask(kind, relation, number, name, *span, _part(text.low, count, name))


def _count_before(low: str, unit: re.Match[str]) -> re.Match[str] | None:
    """The count that ends in that unit."""
    near = _COUNT.finditer(low, max(0, unit.start() - 80), min(len(low), unit.end() + 30))
    return next((match for match in near if match.start("unit") == unit.start()), None)


def _is_count(low: str, match: re.Match[str], unit: str) -> bool:
    """Whether a count of words, sentences … speaks of the answer's size."""
    if _NOT_BEFORE.search(low, max(0, match.start() - 120), match.start()):
        return False
    if _NOT_BEHIND[unit].match(low, match.end()) and not _is_long(low, match, unit):
        return False
    if match["number"] in ("one", "single", "1") and not match["before"]:
        return unit != "words" and _is_whole(low, match)  # `format:one_word` has the single word
    return unit != "words" or not _CAPITAL_WORDS.search(low, match.start("unit"), match.end() + 40)


_LONG = 50
"""Words that are a text's size, not a handful of words with something in common."""
_CARRIES_ON = re.compile(r"\s(?:with|containing|in all|in capital|which|that)\b")


def _is_long(low: str, match: re.Match[str], unit: str) -> bool:
    """Whether the sentence goes on behind a text's size: `at least 900 words with a title`."""
    is_size = unit == "words" and numbers.value(match["number"]) >= _LONG
    return is_size and _CARRIES_ON.match(low, match.end()) is not None


_CAPITAL_WORDS = re.compile(r"\bwords? [^.,\n]{0,20}\b(?:capital|all[- ]?caps|upper)")
_WHOLE_BEFORE = re.compile(
    r"\b(?:in|into|with|as|to|than|only|just|be|use|exactly|using|of|to just|write|give me|provide|a|less|"
    r"under|single)\s*$"
)
_WHOLE_BEHIND = re.compile(
    r"-| (?:summary|answer|response|description|only|explanation|reply)\b|[ \w]*summari"
)


def _is_whole(low: str, match: re.Match[str]) -> bool:
    """Whether "one sentence" is the answer's size: `in one sentence`, `a one-sentence summary`."""
    before = _WHOLE_BEFORE.search(low, max(0, match.start() - 30), match.start())
    return before is not None or _WHOLE_BEHIND.match(low, match.end()) is not None


def _part(low: str, match: re.Match[str], name: str) -> str:
    """The part of the answer of which the count speaks: "each", "paragraph 2", "introduction"; "" for all of it."""
    left = sentence_around(low, match.start(), match.end())[1]
    if _EACH.search(low, left, match.start()) or _EACH_LATER.match(low, match.end()):
        return "each"
    later = _PART_LATER.match(low, match.end())
    if later:
        return later["part"]
    parts = tuple(_PART.finditer(low, left, match.start()))
    return _named(low, parts[-1], match.start(), name) if parts else ""


def _named(low: str, part: re.Match[str], until: int, name: str) -> str:
    if part["part"]:
        return part["part"] if _HAS.search(low, part.end(), until) else ""
    unit = part["unit"] or part["unit2"]
    if unit in name or _DASH.match(low, part.end()):
        return ""
    if part["nth"] == "last":
        return f"last {unit}"
    return f"{unit} {numbers.value(part['number'] or _ORDINALS[part['nth']])}"


_HAS = re.compile(r"\b(?:be|of|is|has|have|contain|in)\b")
_DASH = re.compile(r"\s?[-–]")
