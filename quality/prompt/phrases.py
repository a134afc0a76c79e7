"""The asks that a phrase makes on its own: formats, letter case, style, persona, how short or long.

Read from scoped text (lower case, quotations masked). Precision comes first: an ask that is not there must not excuse
a fault, so each phrase says what must not stand in its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quality.model import Ask
from quality.prompt.numbers import NUMBER
from quality.prompt.scope import sentence_around, trimmed


@dataclass(frozen=True, slots=True)
class Phrase:
    r"""One way of asking: the kind asked for, what the words look like, and what must not stand near them.

    Attributes:
        value: The ask's value; `\\g<name>` of the pattern where "" and the pattern has a group `value`.
        unless: A pattern that must not match in the same sentence.
    """

    kind: str
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    relation: str = ""
    value: str = ""
    unit: str = ""
    unless: re.Pattern[str] | None = None


def _phrase(kind: str, hints: str, pattern: str, *, unless: str = "", **rest: str) -> Phrase:
    return Phrase(
        kind,
        tuple(hints.split("|")),
        re.compile(pattern),
        unless=re.compile(unless) if unless else None,
        **rest,
    )


_ANSWER = r"(?:answer|respond|reply|output|say|return|print|write|tell me|outputs|outpus)"
_NOT_THE_ANSWER = r"\b(?:function|script|program|method|column|regex|code that|converts?)\b"
_DIALECT = (
    r"pirate|yoda|toddler|caveman|cave man|cowboy|rapper|redneck|hillbilly|surfer|valley girl|drunk|"
    r"gangster|leprechaun|"
    r"snoop ?dogg?|shakespeare|medieval|\d{1,2}[- ]year[- ]old|kid|child|teenager|cockney|scotsman|"
    r"viking|gen z|zoomer"
)
_TEXT = (
    r"(?:answer|response|reply|summary|story|essay|poem|letter|email|article|post|description|word|"
    r"output|letters?)"
)

PHRASES: tuple[Phrase, ...] = (
    _phrase(
        "format:one_word",
        "word",
        r"\b(?:in|with|using|only|just|exactly|than|to)(?: (?:just|only|exactly|a|an|no more than|at most))*"
        r" (?:one|single|1)(?: single)?[ -]word\b(?! (?:per|at a|from|in|that|for|of|which))"
        r"|\b(?:one|single|1)[ -]word (?:answer|response|reply|summary|description|output|only)\b"
        r"|\b(?:one|single|1) word only\b",
        relation="=",
        value="1",
        unit="words",
        unless=r"\breplac|\bkeyword",
    ),
    _phrase(
        "format:yes_no",
        "yes",
        rf"\b{_ANSWER}\b[^.\n\ufffc]{{0,30}}\byes\b(?:[ ,]*(?:or|/)[ ,]*)no\b"
        r"|(?:^|[.?!\n] ?|[,;] )(?:(?:just|only|simply|a simple) )?yes ?(?:or|/) ?no\b(?:,? (?:only|please))?"
        r"(?= ?[?.!]| ?$| ?\n)",
    ),
    _phrase(
        "length:short",
        "short|brief|concis|nutshell|tl;dr|tldr|only the|just the|directly|no explanation|without explan|"
        "succinct|terse",
        r"\bas (?:short|brief|concise|succinct)(?:ly)? as (?:possible|you can)\b"
        r"|\b(?:be|keep (?:it|this|the answer|your answer|your reply|your response|the response)|make "
        r"(?:it|your reply|"
        r"your answer|your response)) (?:very |really |super |as )?(?:short|brief|concise|succinct|terse)\b"
        r"|\bbriefly\b|\bin brief\b|\bconcisely\b|\bsuccinctly\b|\bin a nutshell\b|\btl;?dr\b|\bin a "
        r"(?:brief|concise) manner\b"
        r"|\b(?:short|brief|concise|succinct) (?:answer|response|reply|summary|explanation|description|"
        r"definition)s?\b(?! of each| for each)"
        r"|\b(?:only|just) (?:give |output |return |print |tell |provide |say |write )?(?:me )?the "
        r"(?:answer|number|name|result|label|letter|word|category|code|output)\b(?! (?:to|is|of a))"
        r"|\b(?:no|without(?: any)?) (?:further |additional |extra )?explanations?\b"
        rf"|\b{_ANSWER} the \w+ directly\b",
    ),
    _phrase(
        "length:long",
        "detail|long|comprehensive|depth|thorough|elaborate|step|extensive|at length|expand",
        r"\bin (?:great |more |full |greater )?details?\b(?! oriented)"
        r"|\b(?:a |an |very |more |most |as )?(?:detailed|comprehensive|in[- ]depth|thorough|extensive|"
        r"lengthy)\b"
        r"(?=[^.\n]{0,40}\b(?:answer|response|explanation|description|plan|guide|list|analysis|essay|"
        r"report|story|"
        r"overview|summary|review|as possible|outline|article|instructions|proposal|itinerary|letter|"
        r"email|schedule)\b)"
        r"|\bin depth\b|\bat length\b|\bas long as (?:possible|you (?:can|like|want))\b|\belaborate on\b|"
        r"\bexpand on\b"
        r"|\bstep[- ]by[- ]step\b|\bgo into detail\b"
        rf"|\b(?:a|very|really) long(?: and \w+)?,? (?:\w+ )?{_TEXT}\b",
    ),
    _phrase(
        "change_case:english_lowercase",
        "lower|no capital|any capital|uncapital|capitalized",
        r"(?:\bin )?\b(?:all|only|in|entirely|completely|just|everything)(?: (?:in|the|letters|is|be|"
        r"use))? lower[- ]?cased?s?(?: letters?)?\b"
        r"|\blower[- ]?case (?:letters )?only\b|\bno (?:capital|uppercase|upper case) letters?\b|"
        r"\b(?:without|not use|don't use|avoid)"
        r"(?: using)?(?: any)? (?:capital(?:s|ization| letters)|upper[- ]?case)\b|\ball (?:of )?(?:the |"
        r"your )?letters (?:are |should be |"
        r"in )?lower[- ]?cased?\b|\bnot a single letter [^.\n]{0,40}\bcapitalized\b|\blower[- ]?case "
        r"(?:answer|response)\b"
        r"|\b(?:in|with|use|using) lower[- ]?case(?: letters)?\b",
        unless=_NOT_THE_ANSWER + r"|\bno lower|\b(?:not|n't) [^.\n]{0,30}\blower|\bupper",
    ),
    _phrase(
        "change_case:english_capital",
        "capital|caps|upper",
        r"\b(?:in |use |using |with )?(?:all|only|entirely in|just) (?:use )?(?:capital letters|capitals|"
        r"caps|upper[- ]?case(?: letters)?)\b"
        r"|\bcapital letters only\b|\bno lower[- ]?case letters\b|\bcapitalize (?:all|every one of) "
        r"(?:of )?(?:your|the) (?:words|letters)\b"
        r"|\ball letters [^.\n]{0,40}\b(?:should|must) be (?:capitalized|in (?:capitals|upper[- ]?case))\b"
        r"|\bin upper[- ]?case\b",
        unless=_NOT_THE_ANSWER + r"|\bwords? (?:that are |written |with |in )+(?:all |only )|\ball[- "
        r"]caps words\b|\bat (?:least|most)"
        r" \d+ (?:words|times)|\bsome words\b|\bno (?:capital|upper)|\blower|\bcapitalize (?:a few|some)",
    ),
    _phrase(
        "style:typos",
        "typo|spell|gramma|broken english",
        r"\b(?:with|includ(?:e|es|ing)|add|insert|introduce|make|making|contain(?:s|ing)?|"
        r"intentional(?:ly)?|deliberate(?:ly)?|full of|"
        r"use|using|in)\b(?: \w+){0,4}? (?:typos?|misspell\w*|spelling (?:errors?|mistakes?)|grammar "
        r"(?:errors?|mistakes?)|"
        r"grammatical (?:errors?|mistakes?)|bad (?:grammar|spelling)|broken english)\b",
        unless=r"\b(?:no|not|without|free|correct\w*|fix\w*|avoid\w*|proofread\w*|remov\w*|edit\w*|"
        r"find\w*|detect\w*|identif\w*|check\w*|"
        r"never|don't|spot|any|if|revis\w*|improv\w*|rewrite)\b",
    ),
    _phrase(
        "style:dialect",
        "like|style|as a|voice|talk|speak|slang|dialect|accent|leet|shakespear|gen z|pirate|rap|texting",
        rf"\b(?:like|as if (?:you are|you're|you were|it were)|as|in the (?:voice|style|manner|tone|"
        rf"words) of|pretend (?:to be|you are|"
        rf"you're)|imagine you are|act (?:as|like)|talk like|write like|speak like) (?:an? |the )?(?:\w+ "
        rf"){{0,2}}?(?P<value>{_DIALECT})\b"
        r"|\b(?P<value2>pirate|shakespearean|old english|medieval|cowboy|gen z|street|internet|leet|"
        r"texting|text|cockney|scots|southern)"
        r" (?:style|speak|talk|slang|english|dialect|accent|lingo|voice)\b"
        r"|\b(?:in|with|using|use) (?:\w+ ){0,2}?(?:slang|dialect|leetspeak|l33t|patois|pidgin)\b"
        r"|\b(?P<value3>snoop ?dogg?) rap\b",
        unless=r"\b(?:no|without|avoid|don't use|do not use) (?:any )?(?:\w+ )?slang\b|\btreat\w*\b|"
        r"\bfeel(?:s|ing)? like\b"
        r"|\blook(?:s|ing)? like\b|\b(?:as|like) (?:an? |the )?(?:\w+ )?(?:kid|child|teenager) (?:i|you|"
        r"he|she|we|they)\b",
    ),
    _phrase(
        "style:persona",
        "act as|act like|pretend|imagine|persona|role|perspective|style of|you are a|you're a|as a ",
        r"(?:^|[.!?\n;,] ?|you to |please |and )(?:act (?:as|like)|pretend (?:to be|you are|you're|that "
        r"you are)|imagine (?:that )?"
        r"(?:you are|you're)|play the role of|roleplay as|(?:assume|take on) the (?:persona|role) of) "
        r"(?:an? |the )?(?P<value>\w+(?: \w+)?)"
        r"|(?:^|\n)(?:you are|you're) an? (?!given)(?P<value2>\w+(?: \w+)?)"
        r"|\bin the (?:style|voice) of (?:an? |the )?(?P<value3>\w+(?: \w+)?)|\bfrom the perspective of "
        r"(?:an? |the )?(?P<value4>\w+)"
        r"|^as an? (?P<value5>\w+(?: \w+)?),",
        unless=r"\bas part of\b",
    ),
    _phrase(
        "style:informal",
        "informal|casual|slang|conversational|relaxed",
        r"\b(?:informal|casual|conversational|relaxed|slangy|laid[- ]back)(?:ly)?(?: and \w+)? (?:tone|"
        r"style|language|manner|way|"
        r"email|letter|note|message|voice|blog|english|summary)\b|\bcasually\b|\binformally\b"
        r"|\btone [^.\n]{0,30}\b(?:casual|informal|relaxed|conversational)\b",
        unless=r"\b(?:not|no|avoid|without|less|more formal)\b",
    ),
    _phrase(
        "genre:fiction",
        "story|tale|fable|fiction|novel|imagin|invent|make up|poem|hallucinat|fantasy|myth|legend|"
        "screenplay|scene|haiku|limerick|riddle",
        r"\b(?:write|compose|create|generate|tell|make|give|draft|craft|invent|make up|come up with|"
        r"continue)\b[^.?!\n]{0,60}?\b"
        r"(?:stor(?:y|ies)|fairy ?tales?|tales?|fables?|novels?|fiction|poems?|myths?|legends?|"
        r"screenplays?|scenes?|haikus?|limericks?|"
        r"riddles?|sonnets?|hallucinations?)\b"
        r"|\b(?:make up|invent|hallucinate) (?:an? |the |some |new )|\b(?:fictional|fictitious|made[- "
        r"]up|imaginary) (?!text)\w+",
        unless=r"\b(?:true|real|news|success|user) stor(?:y|ies)\b|\babout the novel\b|\b(?:summar|"
        r"review|analy|essay|article|report)\w*",
    ),
    _phrase(
        "style:repetition",
        "times|chorus|refrain|villanelle|pantoum|over and over|repeatedly|mantra|tongue twister|"
        "tongue-twister|anaphora|ghazal|loop",
        rf"\b(?:repeat|write|say|type|print|copy|chant|output)\b[^.?!\n]{{0,60}}?\b(?P<value>{NUMBER}) times\b"
        r"|\b(?:with|include|includes|including|has|have|having|add|write|and) (?:a |an |the )?(?:\w+ "
        r")?(?:chorus(?:es)?|refrains?)\b"
        r"|\b(?:villanelle|pantoum|ghazal|mantra|tongue[- ]twisters?|anaphora)\b"
        r"|\b(?:repeat|say|write)\b[^.?!\n]{0,40}?\b(?:over and over|again and again|repeatedly)\b",
        unless=r"\b(?:code|function|script|program|how many|loop that|appears?|appear at|should appear|"
        r"keywords?|at least twice)\b",
    ),
    _phrase(
        "combination:repeat_prompt",
        "repeat|restate",
        r"\b(?:repeat|restate|repleat)(?: back)?(?: the| this| my| it)?(?: \w+){0,4}? (?:request|prompt|"
        r"question|instruction|sentence above|"
        r"sentence below|line above|line)s?\b"
        r"|\brepeat it (?:exactly|at the|as it is|word for word)\b|\b(?:repeat|"
        r"restate)\b[^.\n]{0,40}\bword for word\b",
        unless=r"\b(?:do not|don't|without|not|never|avoid) (?:repeat|restat)",
    ),
    _phrase(
        "detectable_format:json_format",
        "json",
        r"\b(?:in|as|into|to|using|valid|wrapped in|with|return|output|a|an)(?: a| an| the| valid| "
        r"strict| single| pure)* json"
        r"(?: format| object| block| array| string| list| blob| document)?\b|\bjson (?:format|object|"
        r"block|output|response)\b",
        unless=_NOT_THE_ANSWER + r"|\b(?:parse|load|read|saves?|library|keywords?|api)\b",
    ),
    _phrase(
        "format:yaml",
        "yaml",
        r"\b(?:in|as|into|using)(?: a| valid)? yaml\b(?! files? and)",
        unless=_NOT_THE_ANSWER + r"|\bparse",
    ),
    _phrase(
        "format:csv",
        "csv",
        r"\b(?:in|as|into|to)(?: a| an)? csv(?: format| table| file)?\b",
        unless=_NOT_THE_ANSWER + r"|\b(?:parse|read|save)",
    ),
    _phrase(
        "format:xml",
        "xml",
        r"\b(?:in|as|into|using)(?: an?| valid)? xml(?: format)?\b",
        unless=_NOT_THE_ANSWER + r"|\bparse",
    ),
    _phrase(
        "format:table",
        "table",
        r"\b(?:in|as|into|create|make|generate|give me|provide|prepare|design|use|draw|with|build)(?: me|"
        r" a| an| the| my| your| results?|"
        r" output| form of| format of| markdown| comparison| template| summary| simple| html| single| "
        r"results as a| restults as a){0,4}"
        r" table\b(?! of contents| tennis| lamp| named| called| top| person| schema)",
        unless=r"\b(?:sql|database|query)\b",
    ),
    _phrase("format:ascii_art", "ascii", r"\bascii(?: art| characters| drawing)\b"),
)


def phrases(text: str) -> Iterator[Ask]:
    """Every ask that the table of phrases finds, the first of each kind."""
    for phrase in PHRASES:
        if not any(hint in text for hint in phrase.hints):
            continue
        for match in phrase.pattern.finditer(text):
            if phrase.unless and phrase.unless.search(*sentence_around(text, match.start(), match.end())):
                continue
            value = phrase.value or next((v for v in match.groupdict().values() if v), "")
            start, end = trimmed(text, match.start(), match.end())
            yield Ask(phrase.kind, phrase.relation, value, phrase.unit, start, end)
            break
