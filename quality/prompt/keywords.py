"""Words to include, to avoid and to use a number of times (IFEval's family `keywords`).

A mention is a verb with its object (`include the words a and b`), a subject (`the word a must appear`), or either of
the two with a quotation alone. What follows is read as a list of values, then polarity and frequency are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quality.model import Ask
from quality.prompt.masks import MASK
from quality.prompt.numbers import NUMBER
from quality.prompt.polarity import forbidden
from quality.prompt.scope import Scoped, sentence_around, trimmed
from quality.prompt.times import frequency, times_of
from quality.prompt.values import Span, listed, values

_BANNING = (
    r"(?:avoid(?:ing)?|exclud(?:e|ing)|omit(?:ting)?|without|no|keep(?:ing)?|leav(?:e|ing)(?: out)?|"
    r"free (?:of|from)|steer(?:ing)? (?:well )?clear of|stay(?:ing)? away from|(?:abstain|refrain)(?:ing)? from|"
    r"ban(?:ning)?"
    r"|forbid(?:ding)?|do(?:ing)? without)"
)
_VERB = (
    r"(?:includ(?:e|es|ing|ed)|contain(?:s|ed|ing)?|us(?:e|es|ing|ed)|mention(?:s|ing|ed)?|add(?:ing)?|"
    r"incorporat(?:e|es|ing)|ha(?:ve|s|ving)|featur(?:e|es|ing)|insert(?:ing)?|(?:work|weave|slip|put|drop) in|"
    r"(?:work|weave|slip|fit|sneak|squeeze)(?:ing)?|"
    rf"employ(?:ing)?|with|repeat(?:s|ing)?|say(?:ing)?|utter|make use of|utili[sz]e|refer to|needs?|requires?|"
    rf"there (?:should|must|has to|have to|needs? to) be|{_BANNING})"
)
_WORDS = (
    r"(?:key ?)?words?(?: or (?:key ?)?phrases?)?|key ?terms?|key phrases?|terms?|phrases?|expressions?|"
    r"hashtags?"
)
_SPECIAL = (
    r"names?|lines?|verbs?|nouns?|adjectives?|adverbs?|sentences?|"
    r"(?:items|things|elements|places|people|characters|ingredients)(?=:)"
)
_NOUN = rf"(?P<noun>{_WORDS}|{_SPECIAL})\b"
_FILLER = (
    r"(?:(?:all|both|each|every|any|either|one|some|of|the|these|those|this|that|following|exact|specific|"
    r"particular|given|two|three|four|five|six|\d|single|in|your|its|response|answer|negative|bad|certain|"
    r"below|required|as|a|an|at|least|banned|forbidden|such|additional|explicitly|also|either|time|times|twice|"
    r"once|more|than|out) ){0,9}?"
)
_LINK = (
    r"(?P<link>(?: (?:in|into|to|within|throughout|at|of) (?:your|the|its|this) (?:\w+ ){0,2}?\w+(?=:| such|\s"
    rf"{MASK}))?(?: below| listed below| somewhere| anywhere| entirely| completely| altogether)?"
    r"(?: (?:is|are|must be|should be) (?:\w+ ){0,3}?(?:banned|forbidden|prohibited|allowed|off[- ]limits|"
    r"required|mandatory|used|included|avoided)(?=:))?(?:,? (?:such as|like|including))?)"
)
_OBJECT = re.compile(rf"\b(?P<verb>{_VERB})\b(?P<filler>[:,]? {_FILLER}){_NOUN}{_LINK}")
_SUBJECT = re.compile(
    r"(?:\b(?:the|a|these|both|each of the|every|any|no|following) |^|(?<=[.!?] ))(?:following |"
    rf"exact )?{_NOUN}{_LINK}",
    re.MULTILINE,
)
_NAMED = re.compile(
    r"\b(?P<link>(?:forbidden|banned|prohibited|excluded|taboo|required|mandatory|obligatory|off-limits)) (?:key ?)?"
    r"(?P<noun>words?|terms?|phrases?) ?(?:(?=:)|(?:are|is|include)\b:?(?: the words?)?)"
)
_QUOTED_OBJECT = re.compile(
    r"\b(?P<verb>includ(?:e|es|ing)|contain(?:s|ing)?|mention(?:s|ing)?|incorporat(?:e|es|ing)|us(?:e|es|ing)|"
    r"writ(?:e|ing)|typ(?:e|ing)|"
    r"say(?:ing)?|avoid(?:ing)?|feature|utter|insert|add|without|have|repeat(?:ing)?)[:,]? "
    rf"(?:(?:the|both|at least|either|any|all|of|following|using|saying) ){{0,3}}(?={MASK})"
)
_QUOTED_SUBJECT = re.compile(
    rf"(?:^|[.,;!?\n]|\b(?:and|that|sure|but|make|have|with|where|which)) ?(?:both |"
    rf"either )?(?={MASK}+(?:[ ,]{{1,3}}(?:and |or )?{MASK}+){{0,5}}"
    r" (?:should|must|has to|have to|needs? to|cannot|can't|may not|shall|appear(?:s|ing)?|occur(?:s|ring)?|"
    r"showing up|being|(?:is|are) (?:never|not)|is (?:used|mentioned|"
    r"included)|are (?:used|mentioned|included))\b)"
)
_HEADING = re.compile(
    r"(?:^|(?<=[.!?] ))[ \t]*(?:[-*•] ?)?(?P<link>(?:forbidden|banned|required|mandatory|prohibited|"
    r"excluded) )?"
    rf"(?P<noun>{_WORDS})(?P<link2> to (?:include|use|mention|avoid|exclude|be (?:included|used|"
    r"avoided)))?(?=:)",
    re.MULTILINE,
)
_USED = re.compile(
    r"[,)\]]? ?(?:\w+ ){0,4}?(?:should|must|cannot|has to|have to|needs? to|shall|will|to|can|may|could|is|"
    r"are|do|does|that|which)?(?:(?: |n')(?:not|never|also|only|both|all|each|t))* ?(?:be )?(?:appear\w*|occur\w*|"
    r"includ\w+|"
    r"mention\w*|used?|present|shows? up|featured|found|in (?:the|your|it)|absent|excluded|avoided|allowed|"
    r"forbidden|permitted|contained|banned|off[- ]limits|prohibited)\b"
)
_BANS = re.compile(
    r"\b(?:not|never|cannot|absent|excluded?|avoid(?:ed)?|forbidden|banned|prohibited|off[- ]limits)\b|n't\b"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """Words named in a clause: where the clause begins, its verb and noun, and where the words begin."""

    start: int
    at: int
    verb: str = ""
    noun: str = ""
    noun_start: int = -1
    noun_end: int = -1
    link: str = ""


def keywords(text: Scoped) -> Iterator[Ask]:
    """Words to include, to avoid or to use a number of times; one ask a word."""
    reached = 0
    for mention in _mentions(text.low):
        if mention.start < reached:
            continue
        spans, end = listed(text, mention.at, many=not mention.noun or mention.noun.endswith("s"))
        if spans and _are_keywords(text, mention, spans, end):
            asks = tuple(_asks(text, mention, spans, end))
            reached = end if asks else reached
            yield from asks


def _mentions(low: str) -> list[_Mention]:
    found: list[_Mention] = []
    for pattern in (_OBJECT, _SUBJECT, _NAMED, _HEADING, _QUOTED_OBJECT, _QUOTED_SUBJECT):
        for match in pattern.finditer(low):
            groups = match.groupdict("")
            noun = groups.get("noun", "")
            span = match.span("noun") if noun else (-1, -1)
            found.append(
                _Mention(
                    match.start(),
                    match.end(),
                    groups.get("verb", ""),
                    noun,
                    *span,
                    groups.get("link", "") + groups.get("link2", ""),
                )
            )
    return sorted(found, key=lambda mention: (mention.at, mention.start))


_ELSEWHERE = re.compile(
    r"(?:start(?:s|ed|ing)?|begin\w*|end(?:s|ed|ing)?|finish\w*|conclud\w+|open\w*|clos\w+|"
    r"(?<!ing )(?<!a )(?<!the )rhym\w+|synonyms?|"
    r"antonyms?|meaning|"
    r"definition|translat\w+|replac\w+|called|named|titled|entitled|precedes?|follow(?:s|ed)?|after|before|"
    r"marked|separated|split|divided|indicat\w+|(?:answer|respond|reply)(?:ing)? (?:with|by|only|as)|"
    r"spell\w*|define|explain|prefixed|sections?|paragraph \w+|capitali[sz]\w+)\b[^.?!\n]{0,25}$"
)
"""Words that stand before a word which is something else than a keyword."""
_SEPARATES = re.compile(
    r"\b(?:to|as|for|between|instead|when|whenever|before|after|symbol|character|divider|"
    r"at the (?:very )?(?:beginning|start|end))\b"
)
_CAPITAL = re.compile(r"\b(?:capital|caps\b|upper ?case|uppercase|lowercase)")


_HOW_SAID = re.compile(
    r"\b(?:does|did) (?:(?!not\b)\w+ ){1,4}$|\bhow (?:do|does|would|can|could|to|should)(?: (?:you|i|we|one|"
    r"they|people))? $"
)


def _are_keywords(text: Scoped, mention: _Mention, spans: list[Span], end: int) -> bool:
    low = text.low
    left = sentence_around(low, mention.start, mention.at)[1]
    until = mention.noun_start if mention.noun else mention.start
    if _ELSEWHERE.search(low, max(left, mention.start - 40), until):
        return False
    if _CAPITAL.search(low, mention.start, min(len(low), end + 5)):
        return False
    if mention.verb.startswith(("writ", "typ")) and not forbidden(low, mention.start):
        return False
    if mention.verb.startswith("repeat") and not times_of(low, mention.start, end):
        return False
    if mention.verb.startswith("say") and _HOW_SAID.search(low, max(0, mention.start - 50), mention.start):
        return False
    if mention.verb.startswith("keep") and not re.match(r",? out\b", low[end : end + 5]):
        return False
    if not mention.noun:
        return not (
            mention.verb in ("use", "uses", "using", "add", "have") and _SEPARATES.match(low, end + 1)
        ) and any(_has_word(text, span) for span in spans)
    if low[spans[0][0]] != MASK and not _are_bare_words(text, mention, spans):
        return False
    return all(_has_word(text, span) for span in spans)


def _has_word(text: Scoped, span: Span) -> bool:
    return any(c.isalnum() or c in "#@" for c in text.raw[span[0] : span[1]])


_COUNTED = re.compile(rf"{NUMBER}\s$")
_POINTED = re.compile(
    r"\b(?:the|these|following|exact|both|word|with|forbidden|banned|prohibited|excluded|taboo|required|mandatory"
    r"|obligatory|off-limits) $"
)
_OF_WORDS = re.compile(
    r"(?:count|limit|length|order|choice|you(?! (?:fewer|less|more|at|exactly|only|no|twice|once|\d)\b)|used|we|"
    r"above|below|is|per|play|number)\b"
)


def _are_bare_words(text: Scoped, mention: _Mention, spans: list[Span]) -> bool:
    """Whether words without quotation marks are meant as words: `the word snow`, `keywords: a, b`."""
    low, noun = text.low, mention.noun
    before = low[max(0, mention.noun_start - 14) : mention.noun_start]
    set_off = re.search(r"[:(\[]|\s[-–—]\s", low[mention.noun_end : spans[0][0]]) is not None
    if set_off:
        return True
    if noun == "name":
        return all(text.raw[start].isupper() for start, _ in spans)
    if noun.startswith(("key", "hashtag")):
        return not _COUNTED.search(before)
    if noun.startswith("word"):
        pointed = _POINTED.search(before) or (noun == "word" and mention.verb)
        return bool(pointed) and not _OF_WORDS.match(low, spans[0][0])
    return False


_BUT_NOT = re.compile(r"(?:\b(?:but|and)|,) (?:not|never) $")
"""Before a word that is left out of what is included: `includes the word axe but not the word blood`."""


def _asks(text: Scoped, mention: _Mention, spans: list[Span], end: int) -> Iterator[Ask]:
    """The asks on the words; none where a subject has no verb that uses it."""
    low = text.low
    times = times_of(low, mention.start, end)
    used = _USED.match(low, end)
    bare_not = _BUT_NOT.search(low, max(0, mention.start - 12), mention.start)
    if not mention.verb and not (used or times or mention.link or bare_not):
        return
    banned = (
        bool(bare_not)
        or _is_banned(low, mention)
        or (used is not None and _BANS.search(used.group()) is not None)
    )
    start, until = trimmed(low, mention.start, max(end, used.end() if used else end))
    for word in values(text, spans):
        if times is None:
            kind, relation = ("keywords:forbidden_words", "not") if banned else ("keywords:existence", "")
            yield Ask(kind, relation, word, "", start, until)
            continue
        for relation, number in frequency(times, banned):
            span = (min(start, times.start()), max(until, times.end()))
            yield Ask("keywords:frequency", relation, number, word, *span)


def _is_banned(low: str, mention: _Mention) -> bool:
    return (
        re.match(_BANNING, mention.verb) is not None
        or _BANS.search(mention.link) is not None
        or forbidden(low, mention.start)
    )
