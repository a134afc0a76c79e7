"""Tone: words that are rude, coarse, loud or fawning where the prompt did not ask for them.

What it does. Everything that the answer does not say in its own voice is masked first: quotations, code, block quotes,
the lines of a script. In the rest it looks for swear words and slurs (a maintained lexicon, disguises undone) and for
phrases that insult, talk down, brush off, apologise too much, flatter, or chat in slang; and for shouting. The kind of
answer decides what counts: verse, dialogue and translations speak for others, a story may not swear on its own account,
a letter may thank and apologise. A word that the prompt asks about, and a title in a list, is no tone.

Why it is bad. A model takes over the voice of its examples; the guide asks for a professional, respectful, helpful one.

Known limits. English alone. Rudeness without a rude word (sarcasm, coldness) is not seen. First names and nicknames
that swear are taken for swearing.

Source: Chat Style Guide 1.1.2-3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quality.checks import tone_rules as rules
from quality.model import Measures
from quality.rule import Check, Context, Judgement
from quality.text.folding import lower
from quality.text.manners import expressions, shouting
from quality.text.profanity import swears
from quality.text.prose import shortened
from quality.text.voice import own_voice

MAX_HITS = 500


def measure(text: str) -> Measures:
    """What in the text's own voice has which tone: `[tone, start, end, amount]`, or why that cannot be said."""
    own = own_voice(text)
    low = lower(own)
    sworn = swears(low)
    if sworn is None:
        return {"unmeasured": "too many disguised words for the lexicon"}
    hits = [["slur" if swear.slur else "profanity", swear.start, swear.end, 1] for swear in sworn]
    hits += [[tone, start, end, 1] for tone, start, end in expressions(low)]
    hits += [[tone, start, end, amount] for tone, start, end, amount in shouting(own)]
    if len(hits) > MAX_HITS:
        return {"unmeasured": f"more than {MAX_HITS} phrases of an unwanted tone"}
    return {"hits": sorted(hits, key=lambda hit: (hit[1], hit[2], hit[0]))}


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of the answer with its tone; `amount` counts words in capitals or exclamation marks."""

    tone: str
    start: int
    end: int
    amount: int


_ALL = frozenset(
    (
        "profanity", "slur", "insult", "condescension", "slang", "capitals", "marks", "brush-off", "apology",
            "grovelling",
        "flattery",
    )
)  # fmt: skip
_NARRATED = frozenset(("profanity", "slur"))
_SENT = frozenset(("profanity", "slur", "insult", "slang", "capitals"))
_WORKED_ON = frozenset(("profanity", "slur", "insult"))
_DELIVERED = _ALL - {"flattery", "apology", "grovelling"}
_COUNTS = {
    "creative": _NARRATED,
    "letter": _SENT,
    "essay": _DELIVERED,
    "rewrite": _WORKED_ON,
    "translation": frozenset[str](),
    "code": _DELIVERED,
    "data": _DELIVERED,
}
"""Kind of answer → the tones that are the answer's own; all where it is not named."""

_OTHERS_SPEAK = frozenset(("genre:dialogue", "task:translation"))
_VERSE = re.compile(
    r"\b(?:lyrics?|songs?|raps?|rapper|poems?|verses?|haiku|limericks?|sonnets?"
    r"|jokes?|pranks?|memes?|dialogues?|scripts?|skit"
    r"|screenplay|stand-?up|chorus|ballad|monologue|character says|conversation between)\b"
)
_ABOUT_WORDS = re.compile(
    r"\b(?:mean|means|meaning|words?|phrases?|slang|terms?|defin\w+|stands? for"
    r"|abbreviations?|acronyms?|lyrics?|titles?|called"
    r"|synonyms?|antonyms?|translat\w+|expressions?|idioms?|etymology|profan\w+"
    r"|swear\w*|curs(?:e|ing) words?|insult\w*)\b"
)


def judge(context: Context) -> Iterator[Judgement]:
    """A finding for each stretch; one for all apologies together."""
    counted = _counted(context)
    if not counted:
        return
    hits = [Hit(*hit) for hit in context.measures["output"]["hits"] if hit[0] in counted]
    hits = [hit for hit in hits if not _is_spoken_of(context, hit)]
    yield from _too_sorry(context, hits)
    told: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (_ORDER.index(hit.tone), hit.start)):
        if hit.tone in ("apology", "grovelling") or _is_told(hit, told) or _is_quiet(context, hit):
            continue
        told.append(hit)
        said = context.row.output[hit.start : hit.end]
        yield _RULES[hit.tone].found(
            context, f"“{shortened(said, _SHOWN)}” {_SAYS[hit.tone]}", start=hit.start, end=hit.end
        )


def _counted(context: Context) -> frozenset[str]:
    kinds = {ask.kind for ask in context.prompt.asks}
    if kinds & _OTHERS_SPEAK:
        return frozenset()
    if (
        context.prompt.kind == "creative"
        or "genre:fiction" in kinds
        or _VERSE.search(context.row.instruction[:4000].lower())
    ):
        verse = _VERSE.search(context.row.instruction[:4000].lower())
        return frozenset() if verse else _NARRATED
    return _COUNTS.get(context.prompt.kind, _ALL)


def _is_told(hit: Hit, told: list[Hit]) -> bool:
    """Whether the stretch lies in one that a weightier rule told already; swearing is told beside an insult."""
    return any(
        hit.start < other.end and other.start < hit.end and {hit.tone, other.tone} != {"profanity", "insult"}
        for other in told
    )


def _is_quiet(context: Context, hit: Hit) -> bool:
    """Whether capitals or exclamation marks are too few to shout."""
    return hit.tone in ("capitals", "marks") and hit.amount < context.guide.threshold(f"tone.{hit.tone}")


_MENTION_BEFORE = re.compile(
    r"\b(?:words?|terms?|slang|phrases?|expressions?|abbreviations?|acronyms?"
    r"|called|titled|album|songs?|spelled|pronounced"
    r"|film|movie|podcast|short for|stands for|such as|e\.g\.)[ :,]{1,2}(?:the |of |like )?[*_(\[]{0,3}$"
)
_MENTION_AFTER = re.compile(
    r"[*_)\]]{0,3}[ ,]{1,2}(?:means|meaning|stands for|is short for|is slang"
    r"|is an? (?:slang|informal|abbrev)|refers to)\b"
)
_WORDS = ("profanity", "slur", "slang", "insult")
_LISTED = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]")


def _is_spoken_of(context: Context, hit: Hit) -> bool:
    """Whether the word is a subject: the prompt asks about it or gives it, the answer explains it, or it is a title."""
    output, word = context.row.output, context.row.output[hit.start : hit.end].lower()
    instruction = context.row.instruction[:20_000]
    if hit.tone in _WORDS and (last := word.split()[-1].strip(".!?,")) in instruction.lower():
        given = context.prompt.kind in ("rewrite", "choice", "data", "code")
        if given or _ABOUT_WORDS.search(instruction.lower()) or last not in own_voice(instruction).lower():
            return True
    if hit.tone not in ("profanity", "slang"):
        return False
    before = output[max(0, hit.start - 40) : hit.start].lower()
    return bool(_MENTION_BEFORE.search(before) or _MENTION_AFTER.match(output, hit.end)) or _is_title(
        output, hit
    )


def _is_title(output: str, hit: Hit) -> bool:
    """Whether the word is part of a name: written large among large words, or so in an item of a list."""
    if not output[hit.start].isupper():
        return False
    if _LARGE_BEFORE.search(output, max(0, hit.start - 30), hit.start) and _LARGE_AFTER.match(
        output, hit.end
    ):
        return True
    if "/" in (output[hit.start - 1 : hit.start], output[hit.end : hit.end + 1]):
        return True  # one abbreviation among others: SBB/CFF/FFS
    start = output.rfind("\n", max(0, hit.start - _LINE), hit.start) + 1 or max(0, hit.start - _LINE)
    if output[hit.start : hit.end].isupper() and _LISTED.match(output, start):
        return True
    if not (
        _LISTED.match(output, start)
        or len(output[start : start + _LINE].split("\n")[0].split()) <= _TITLE_WORDS
    ):
        return False
    end = _NAME_END.search(output, hit.end, hit.end + _LINE)
    words = _NAME_START.split(output[start : end.start() if end else len(output)])[-1].split()
    return 1 < len(words) <= _TITLE_WORDS and sum(not word[0].islower() for word in words) > len(words) / 2


_LARGE_BEFORE = re.compile(r"[A-Z][\w'’]{0,20}[*_\[ ]{1,4}$")
_LARGE_AFTER = re.compile(r"[*_ ]{1,4}[A-Z]")
_NAME_START = re.compile(r"\*\*|\d{1,3}[.)] |[-–—:(\[\"] |[\[\"]")
_NAME_END = re.compile(r"\*\*|\n| [-–—] |[(:\]\"]|[.!?](?:\s|$)|$")
_TITLE_WORDS = 8
_LINE = 200
"""Code points on either side of a word within which its line is looked at."""


def _too_sorry(context: Context, hits: list[Hit]) -> Iterator[Judgement]:
    sorry = [hit for hit in hits if hit.tone == "apology"]
    grovelling = next((hit for hit in hits if hit.tone == "grovelling"), None)
    if grovelling is None and len(sorry) < context.guide.threshold("tone.apologies"):
        return
    shown = grovelling or sorry[-1]
    said = shortened(context.row.output[shown.start : shown.end], _SHOWN)
    message = (
        f"“{said}” grovels" if grovelling else f"{len(sorry)} apologies in one answer, the last one “{said}”"
    )
    yield rules.OVER_APOLOGY.found(context, message, start=shown.start, end=shown.end)


_SHOWN = 60


_ORDER = (
    "slur", "insult", "profanity", "brush-off", "condescension", "capitals", "marks", "flattery", "slang", "apology",
    "grovelling",
)  # fmt: skip
"""Of two tones at one place the weightier is told."""

_RULES = {
    "profanity": rules.PROFANITY,
    "slur": rules.INSULT,
    "insult": rules.INSULT,
    "condescension": rules.CONDESCENSION,
    "slang": rules.SLANG,
    "capitals": rules.SHOUTING,
    "marks": rules.SHOUTING,
    "brush-off": rules.BRUSH_OFF,
    "flattery": rules.FLATTERY,
}
_SAYS = {
    "profanity": "swears",
    "slur": "is a slur",
    "insult": "insults",
    "condescension": "talks down to the reader",
    "slang": "is slang that the prompt did not ask for",
    "capitals": "shouts",
    "marks": "shouts",
    "brush-off": "sends the reader away",
    "flattery": "flatters the reader",
}

CHECK = Check(family="tone", rules=rules.RULES, judge=judge, measure=measure)
