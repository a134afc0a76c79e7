"""Asks that one sentence makes in two families' eyes: the more special one stays; and words that are no asks at all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from quality.model import Ask
from quality.prompt.scope import sentence_around

_WORDS = ("keywords:existence", "keywords:forbidden_words", "keywords:frequency")
_REPLACES: dict[str, tuple[str, ...]] = {
    "keywords:letter_frequency": ("style:repetition", *_WORDS),
    "length_constraints:nth_paragraph_first_word": ("keywords:existence", "startend:opening"),
    "startend:end_checker": ("keywords:existence",),
    "startend:opening": ("keywords:existence",),
    "detectable_format:constrained_response": (
        "keywords:existence", "startend:end_checker", "format:yes_no", "combination:two_responses",
    ),
    "detectable_format:number_bullet_lists": ("format:bullets", "length:items"),
    "detectable_format:multiple_sections": ("length:items", "length_constraints:number_paragraphs"),
    "combination:two_responses": ("length:items", "length_constraints:number_paragraphs"),
    "change_case:capital_word_frequency": (
        "keywords:existence", "keywords:frequency", "change_case:english_capital", "length_constraints:number_words",
        "detectable_format:number_highlighted_sections",
    ),
    "detectable_content:postscript": ("startend:end_checker", "keywords:existence"),
    "detectable_content:number_placeholders": ("length:items",),
    "detectable_format:number_highlighted_sections": ("detectable_format:multiple_sections", "length:items"),
    "length_constraints:number_paragraphs": ("length:stanzas",),
}  # fmt: skip
"""Kind → kinds whose place it takes where their spans overlap."""
_EVERYWHERE = {
    "detectable_format:number_bullet_lists": "format:bullets",
    "combination:repeat_prompt": "task:quote",
}
"""Kind → the kind that says nothing more beside it, wherever it stands."""
_CASES = ("change_case:english_lowercase", "change_case:english_capital")
_LONGEST = 1_000
"""Code points that one ask spans at most."""


def consistent(asks: list[Ask], english: bool) -> list[Ask]:
    """The asks without those that another one says better.

    Args:
        asks: In order, each once.
        english: Whether the prompt asks for English; beside a letter case that is part of IFEval's kind.
    """
    kinds = {ask.kind for ask in asks}
    said = {less for kind, less in _EVERYWHERE.items() if kind in kinds}
    kept = [ask for ask in _replaced(asks) if ask.kind not in said]
    if english and kinds & set(_CASES):
        kept = [ask for ask in kept if (ask.kind, ask.value) != ("language:response_language", "en")]
        kept = [replace(ask, value="en") if ask.kind in _CASES else ask for ask in kept]
    return kept


def _replaced(asks: list[Ask]) -> list[Ask]:
    """The asks whose place no overlapping one takes."""
    special = [ask for ask in asks if ask.kind in _REPLACES]
    starts = [ask.start for ask in special]

    def stays(ask: Ask) -> bool:
        near = special[bisect_left(starts, ask.start - _LONGEST) : bisect_right(starts, ask.end)]
        return not any(_overlap(one, ask) for one in near if ask.kind in _REPLACES[one.kind])

    return [ask for ask in asks if stays(ask)]


def _overlap(one: Ask, other: Ask) -> bool:
    return one.start < other.end and other.start < one.end


_OF_ANSWERS = (
    "keywords:",
    "length",
    "punctuation:",
    "change_case:",
    "startend:",
    "detectable_format:number",
    "detectable_format:json_format",
    "detectable_format:multiple_sections",
    "detectable_content:",
)
"""Beginnings of the kinds that speak of an answer's words and size, and so may speak of another text's."""
_NEEDLESS = re.compile(
    r"(?:\b(?:do not|don't|no) need(?: to)?|\bneed not|(?:not|n't) (?:necessary|required|"
    r"have) to)\b[^.,;\n]{0,40}$"
)
_PROGRAM = re.compile(
    r"\b(?:function|script|program|regex|regular expression|class|query|macro|formula|app|algorithm|tool|"
    r"software)\b"
    r"[^.?!\n]{0,80}?\b(?:that|which|to|for|whether|if|takes|given|returns?)\b"
)
_HOW_TO = re.compile(
    r"\bhow (?:do|can|could|should|would|does|to)(?: (?:i|you|we|one|people|they|someone))? "
    r"(?:write|make|create|end|start|begin|use|include|avoid|format|get|tell|force|show|highlight|set|change|"
    r"convert|turn"
    r"|switch|display|teach|instruct|prompt)\b"
    r"|\b(?:is|are) there (?:any )?(?:\w+ ){1,2}(?:(?:with|without|that|which|in)\b|$)"
    r"|\b(?:is|was|would|isn't|wouldn't) it (?:\w+ ){1,3}(?:to|if i|when i|when people)\b"
)
_WHY = re.compile(
    r"\bwhy\b[^.?!\n]{0,60}\b(?:wants?|needs?|requires?|asks?|uses?|have|has|writes?|says?|ends?|starts?|"
    r"contains?)\b"
)
_WHAT = re.compile(
    r"\b(?:what|who|which) (?:\w+ )?(?:is|are|does|do|wrote|has|have)\b[^.?!\n]{0,60}"
    r"\b(?:wants?|requires?|with|uses?|contains?|has|have|starts?|ends?|means?)\b"
)


_PERSON = (
    r"(?:teacher|professor|prof|boss|manager|editor|lawyer|doctor|client|customer|friend|wife|husband|mother|"
    r"mom|mum|dad|father"
    r"|sister|brother|son|daughter|kid|child|coach|school|university|college|company|landlord|instructor|tutor|"
    r"supervisor|colleague"
    r"|neighbou?r|publisher|judge|agency|office|he|she|they|someone|people|form|contest|rules?|guidelines?"
    r"|roommate|flatmate|partner|girlfriend|boyfriend|aunt|uncle|cousin|students?|exam|assignment|syllabus|handbook)"
)
_REPORTS = re.compile(
    rf"\b(?:(?:my|our|his|her|their|the|an?) (?:\w+ ){{0,2}})?{_PERSON}(?:'s)? (?:\w+ ){{0,2}}?"
    r"(?:said|says|say|told|tells|wants?|wanted|asks|asked|insists?|insisted|thinks?|requires?|required|handed|"
    r"gave|gives|expects?"
    r"|hates?|refuses?|claims?|sent|wrote|writes|made|makes|uses|used|has|had|states?|demands?)\b"
    r"|\bmy \w+ (?:has|have|had|contains?|says?|said)\b(?! to\b)"
    r"|\bi (?:have|had|am supposed|was told|was asked|am required|'m supposed|'ve got|got told|got asked|"
    r"am expected) to \w+"
)
_PRODUCE = re.compile(
    r"\b(?:write|draft|compose|create|generate|produce|give me|provide|do it|do so|help me|rewrite|answer|"
    r"respond|reply|make it|please"
    r"|explain|describe|summari[sz]e|your)\b"
)


def _is_reported(low: str, left: int, ask: Ask) -> bool:
    """Whether someone else's rule is told and nothing is to be written by it: `my boss said no commas, why?`."""
    report = _REPORTS.search(low, left, ask.start + 12)
    if report is None or _PRODUCE.search(low, left, report.start()):
        return False
    return not (_PRODUCE.search(low, 0, left) or _PRODUCE.search(low, ask.end))


_QUESTION = re.compile(
    r"[\s\ufffc]*(?:and |but |so |also,? )?(?:count\b|how (?:many|much)\b|"
    r"(?:is|are|was|were|does|do|did|has|have|which|what|who|whose|where|"
    r"when)\b(?! not\b)(?=[^.!?\n]{0,400}\?))[^.!\n]{0,600}"
)
_SO_ANSWERED = re.compile(
    r"\b(?:in|within|using|with|without|under|use|answer|respond|write|give|please|you)\b"
)


def _asks_about(low: str, left: int, ask: Ask) -> bool:
    """Whether the ask stands in the middle of a question about something else: `is a 500-word essay long?`."""
    question = _QUESTION.match(low, left)
    if question is None or question.end() < ask.start:
        return False
    return not _SO_ANSWERED.search(low, max(left, ask.start - 30), min(ask.end, ask.start + 8))


_BEFORE_A_QUESTION = frozenset(
    ["me", "know", "wonder", "and", "or", "but", "so", "explain", "tell", "ask", "about"]
)


def _asks_what(low: str, left: int, until: int) -> bool:
    """Whether a question stands before; `my mother who has a dog` is none."""
    for match in _WHAT.finditer(low, left, until):
        before = low[left : match.start()].split()
        is_open = not before or not before[-1][-1].isalnum() or before[-1] in _BEFORE_A_QUESTION
        if is_open or match.group().startswith("what"):
            return True
    return False


def speaks_of_other(low: str, ask: Ask) -> bool:
    """Whether the words are about what a program does or another text holds, not about the answer."""
    left = sentence_around(low, ask.start, ask.end)[1]
    if _NEEDLESS.search(low, left, ask.start + 5):
        return True
    if not ask.kind.startswith(_OF_ANSWERS):
        return False
    others = any(pattern.search(low, left, ask.start) for pattern in (_PROGRAM, _HOW_TO, _WHY))
    others = others or _asks_what(low, left, ask.start)
    return others or _is_reported(low, left, ask) or _asks_about(low, left, ask)
