"""How a sentence meets its reader: with scorn, with familiarity, or with talk about the talk.

`manners` finds whole phrases that are surely rude. Here single words and turns add up, so that rudeness without a known
phrase shows; that is evidence for a reader who compares two versions, and too weak to flag a text by. Linear in the
text: every repetition is bounded.

Known limits. English alone; the cues are words, so irony in plain words is not seen.

Source: written for this project from what style guides for customer service and for chat assistants forbid.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from quality.text.attitude_cues import HARD_TURNS, HARD_WORDS, SOFT_TURNS, SOFT_WORDS
from quality.text.folding import lower
from quality.text.manners import expressions, shouting
from quality.text.profanity import swears

MAX_CHARACTERS = 4_000
"""Of a sentence that are read."""
MOST_TURNS = 2
"""Turns of one weight that count in a sentence."""
SURE = 2.0
"""What a phrase of `manners` counts."""

_EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf]|(?<!\w)[:;]-?[()DPp](?!\w)")
_TALK = re.compile(
    r"\b(?:let me|let's|i(?:'d| would|'ll| will|'m| am|'ve| have) |i (?:hope|think|must|can|could|should"
    r"|personally|believe|want)"
    r"|feel free|(?:your|this|the|a|that|such a) (?:\w+ )?(?:question|query|request|topic|answer|subject"
    r"|inquiry)\b|you(?:'ve| have)? asked|asking"
    r"|before (?:we|i|diving|getting|answering|going)|dive|delve|without further ado|(?:important|worth"
    r"|interesting) (?:to |it to )?"
    r"(?:note|noting|mention\w*|point\w*|remember\w*|consider\w*)|as (?:you|we) (?:may|might|probably|all"
    r"|can|know|mentioned)"
    r"|in (?:conclusion|summary|short|essence|other words|today's)|to (?:sum|summari[sz]e|conclude|recap"
    r"|begin with|start with)|all in all"
    r"|needless to say|goes without saying|at the end of the day|fun fact|speaking of|by the way|reminds me"
    r"|on a side note"
    r"|that being said|so to speak|as an? (?:ai|assistant|language model)|here(?:'s| is| are)|below (?:is"
    r"|are|you)|thank you for|thanks for"
    r"|happy to|glad (?:to|you)|hope (?:this|that|it)|let me know|any (?:other|more|further) questions|reach"
    r" out|good luck|happy \w+ing"
    r"|further (?:help|assistance|information)|when it comes to|throughout (?:history|the ages)|people"
    r" (?:often|have|always) (?:wonder|ask|say)"
    r"|fascinating|interesting(?:ly)?|remarkable|truly|indeed|certainly|absolutely|of course|sure)\b"
)


@cache
def _weights() -> dict[str, float]:
    return {word: weight for weight, listed in SOFT_WORDS.items() for word in listed.split()}


@cache
def _hard() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, HARD_TURNS))


@cache
def _soft() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((weight, re.compile(pattern)) for weight, pattern in SOFT_TURNS.items())


def _low(text: str) -> str:
    return lower(text[:MAX_CHARACTERS]).replace("’", "'")


def discourtesy(text: str, words: Collection[str], *, without: Collection[str] = ()) -> float:
    """How much in a sentence speaks down to its reader, brushes them off, or is too familiar; 0 for nothing.

    A sum of cues: below 1 nothing is said, from 1 on it is likely, at `SURE` it holds a phrase that is rude anywhere.

    Args:
        text: The sentence.
        words: Its words in small letters.
        without: Words that count for nothing, such as those that the other version of the text has too.
    """
    low = _low(text)
    seen = set(words) - set(without)
    crude = sum(_is_said(word, text) for word in seen & HARD_WORDS)
    hard = 1.0 * min(MOST_TURNS, crude) + sum(p.search(low) is not None for p in _hard())
    listed = _weights()
    weights = [listed[word] for word in seen if word in listed]
    strong = sum(weight for weight in weights if weight > 0.3)
    turns = [weight * min(MOST_TURNS, len(pattern.findall(low))) for weight, pattern in _soft()]
    strong += sum(turns[:-1])
    if _is_sure(text[:MAX_CHARACTERS], low):
        return SURE + hard + strong
    strong = hard + max(0.0, strong - _kindness(low))
    weak = min(0.6, 0.3 * sum(weight <= 0.3 for weight in weights)) + min(0.6, turns[-1])
    emoji = 0.3 if _EMOJI.search(low) else 0.0
    found = strong + (weak + emoji if strong else 0.5 * weak + emoji)
    return min(0.95 * SURE if hard else MOST_SOFT, found)


def _is_said(word: str, text: str) -> bool:
    """Whether the word stands as a sentence has it, rather than with a capital inside a title."""
    plain = text[:MAX_CHARACTERS].replace("’", "'")
    return word in plain or word.upper() in plain or plain.lstrip("\"'“(*_ ")[: len(word)].lower() == word


MOST_SOFT = 0.9
"""What signs count together that stand in friendly text too, such as a question put to the reader."""


def _is_sure(text: str, low: str) -> bool:
    if any(tone not in ("apology", "grovelling", "flattery") for tone, _, _ in expressions(low)) or swears(
        low
    ):
        return True
    return any(amount >= 3 for _, _, _, amount in shouting(text))


_KIND = re.compile(
    r"\b(?:hope|glad|happy|pleased|delighted|welcome|wonderful|love|enjoy|thank|thanks|hesitate|feel free"
    r"|favou?rite|curious|excited"
    r"|fascinating|beautiful|appreciate|help you|helpful|assist|assistance|please let|let me know|reach out"
    r"|best of luck|journey|together)\b"
)


def _kindness(low: str) -> float:
    return 0.6 * min(3, len(_KIND.findall(low)))


def is_kind(text: str) -> bool:
    """Whether a sentence has words of courtesy or of delight."""
    return _KIND.search(_low(text)) is not None


def small_talk(text: str) -> int:
    """How many turns in a sentence speak of the talk itself: of the question, the answer, the two who talk."""
    return len(_TALK.findall(_low(text)))
