"""What a prompt is like: how it opens, its root verb and object, its tone, and what it speaks of.

Read by plain rules, not by a parser: the root is the first known verb of request, or the question's word, and its
object the head of the words up to the next preposition. That is right often enough to count a table's prompts by, and
says nothing sure about a single one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quality.text.lexicon import GRAMMAR_WORDS, LETTERS, zipf

MAX_CHARACTERS = 4_000
"""Only the beginning of a longer prompt is read; what follows is the text to work on."""

_VERBS = frozenset(
    str.split(
        "accept add advise analyse analyze answer apply argue arrange ask assess assign assume brainstorm build"
        " calculate categorise categorize change check choose cite classify come compare complete compose compute"
        " conduct consider construct continue contrast convert correct create critique decide deduce define"
        " deliver demonstrate describe design detect determine develop devise discuss display divide draft draw"
        " edit elaborate enter estimate evaluate examine expand explain explore express extract fill find finish"
        " fix follow formulate format generate give go guess highlight identify illustrate imagine implement"
        " improve include infer inform introduce invent judge keep label list look make match mention model modify"
        " name offer organise organize outline paraphrase parse perform pick plan play point predict prepare"
        " present pretend print produce program proofread propose prove provide put rank rate read recite"
        " recommend reduce rephrase replace reply report respond restate return review revise rewrite say score"
        " select send separate set shorten show simplify simulate solve sort speak specify spell split state"
        " suggest summarise summarize supply support take talk teach tell test think transcribe transform"
        " translate turn type use verify visualise visualize walk write"
    )
)
_QUESTION = frozenset(
    str.split(
        "what which who whom whose when where why how is are am was were do does did can could will would should"
        " has have had may might must shall"
    )
)
_AUXILIARY = frozenset(
    str.split(
        "is are am was were be been do does did can could will would should has have had may might must shall to"
        " i you we they he she it there one people someone much many long far old often"
    )
)
_DETERMINERS = frozenset(
    str.split(
        "a an the me us my your our his her its their this that these those some any each every all at least most"
        " one two three four five six seven eight nine ten no more few several both up down out off him them it"
        " you i just only"
    )
)
_BOUNDARY = frozenset(
    str.split(
        "of for about on in to from with by at as that which who whose when where why how what if so and or but"
        " because between into using without within against during through under over than then based is are was"
        " were can could will would should has have had including such like whether while after before not please"
        " does do"
    )
)
_LEAD = re.compile(
    r"(?:(?:hi|hello|hey|please|ok|okay|so|now|kindly|also|then|well)\b[\s,!.:]{0,4}"
    r"|(?:can|could|would|will) you (?:please |kindly |also )?(?:help me (?:to )?)?|help me (?:to )?"
    r"|i (?:want|need|would like|'d like|wish) (?:you )?to (?:help me )?|you (?:should|must|need to|have to|are to) "
    r"|let's |let us |your (?:task|job|goal) is to )"
)
_POLITE = re.compile(
    r"\b(?:please|pls|plz|kindly|thanks|thank you|thx|could you|would you|can you|i would like|i'd like|appreciate)\b"
)
_INFORMAL = re.compile(
    r"\b(?:u|ur|pls|plz|thx|gonna|wanna|gotta|gimme|lemme|kinda|sorta|dunno|btw|idk|lol|omg|ya|yeah|yo|cuz|cos|dont|cant"
    r"|wont|isnt|doesnt|didnt|whats|thats|im|ive|hey)\b|[!?]{2}|[:;]-?[()DP](?!\w)"
)
_LOWER_I = re.compile(r"(?:^|\s)i(?=\s|'|’)")
_SENTENCE = re.compile(r"[.!?\n]+\s*")
_END = re.compile(r"[.?!:;…)\]}\"'”’`*]$")
_META = frozenset(
    str.split(
        "word sentence paragraph text answer question response essay article story poem list example step"
        " following below table line number topic title detail explanation description format input output"
        " instruction task sure reason thing way kind type idea tip point section summary information email letter"
        " exactly entire wrapped instead without"
    )
)
_KNOWN = 2.5
_RARE = 3.3
_EVERYDAY = 5.4
MAX_TOPICS = 30


@dataclass(frozen=True, slots=True)
class Request:
    """What a prompt is like.

    Attributes:
        words: How many it has.
        opening: Its first two words.
        root: Its root verb or question word, and the object's head; "" where there is none.
        tone: `question`, `command` or `statement`, with `polite` before it where it is.
        informal: Whether it is written as people type, without a capital, an end or an apostrophe.
        topics: Its content words, in the singular, each once.
        rare: Whether it has a word, or a name, that English uses less than twice in a million words.
    """

    words: int
    opening: str
    root: tuple[str, str]
    tone: str
    informal: bool
    topics: tuple[str, ...]
    rare: bool


def request(text: str) -> Request:
    """What the prompt is like; only its beginning is read."""
    text = text[:MAX_CHARACTERS].replace("’", "'")
    words = LETTERS.findall(text)
    lower = [word.lower() for word in words]
    topics, rare = _topics(words)
    root = _root(text.lower())
    return Request(
        words=len(text.split()),
        opening=" ".join(lower[:2]),
        root=root,
        tone=_tone(text, root[0]),
        informal=_is_informal(text),
        topics=topics,
        rare=rare,
    )


def _root(lower: str) -> tuple[str, str]:
    fallback = ("", "")
    for sentence in _SENTENCE.split(lower, maxsplit=6)[:6]:
        while lead := _LEAD.match(sentence):
            sentence = sentence[lead.end() :]
        words = LETTERS.findall(sentence[:300])
        verb = next((at for at, word in enumerate(words[:1]) if word in _VERBS), None)
        if verb is not None:
            return words[verb], _head(words[verb + 1 :], sentence)
        if words and words[0] in _QUESTION and not fallback[0]:
            rest = words[1:]
            while rest and rest[0] in _AUXILIARY:
                rest = rest[1:]
            fallback = (words[0], _head(rest, sentence))
    return fallback


def _head(words: list[str], sentence: str) -> str:
    """The last word before the phrase ends at a preposition, a clause or a mark."""
    while words and words[0] in _DETERMINERS:
        words = words[1:]
    head, place = "", 0
    for word in words[:5]:
        at = sentence.find(word, place)
        if word in _BOUNDARY or (head and re.search(r"[,;:()\"]", sentence[place:at])):
            break
        head, place = word, at + len(word)
    return singular(head)


def singular(word: str) -> str:
    """The word without the plural's ending, as far as that shows in its letters."""
    word = word.removesuffix("'s")
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    stems = (f"{word[:-3]}y" if word.endswith("ies") else word[:-1], word[:-2] if word.endswith("es") else "")
    return max((stem for stem in stems if zipf(stem) >= _KNOWN), key=zipf, default=word)


def _tone(text: str, verb: str) -> str:
    polite = "polite " if _POLITE.search(text.lower()) else ""
    if "?" in text:
        return f"{polite}question"
    return f"{polite}command" if verb in _VERBS else f"{polite}statement"


def _is_informal(text: str) -> bool:
    first = text.strip().split("\n", 1)[0].rstrip()
    started_small = first[:1].islower()
    open_end = len(first.split()) > 2 and not _END.search(first)
    return bool(
        started_small or open_end or _INFORMAL.search(text[:1000].lower()) or _LOWER_I.search(text[:1000])
    )


def _topics(words: list[str]) -> tuple[tuple[str, ...], bool]:
    found: dict[str, None] = {}
    rare = False
    for word in words:
        folded = singular(word.lower())
        if len(folded) < 4 or folded in GRAMMAR_WORDS or folded in _VERBS or folded in _META:
            continue
        frequency = max(zipf(folded), zipf(word))
        rare = rare or frequency < _RARE
        if frequency < _EVERYDAY:
            found[folded] = None
    return tuple(found)[:MAX_TOPICS], rare
