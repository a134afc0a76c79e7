"""Capital and small letters, and commas."""

from __future__ import annotations

import re
from collections.abc import Callable

from quality.compliance.answer import fences
from quality.compliance.verdict import SATISFIED, Case, Verdict, not_understood, unverifiable, violated
from quality.text.counting import Count
from quality.text.prose import Span

_EXEMPT = re.compile(
    r"`[^`\n]{1,400}`|(?:https?://|www\.)[^\s<>\"]{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|</?[A-Za-z][^<>\n]{0,200}>"
)
"""What has letters that its writer cannot choose: code, addresses, elements."""
_SMALL = re.compile(r"[a-zß-öø-ÿа-яα-ω][^\W\d_]*")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][^\W\d_]*")
_COMMA = re.compile(r"[,，、،]")
_TOKEN = re.compile(r"[^\W_]+(?:[.'’&/-][^\W_]+)*+")
_PIECE = re.compile(r"\w+")


def _free(text: str) -> str:
    """The text with code and addresses blanked, place for place."""
    pieces: list[str] = []
    place = 0
    for fence in fences(text):
        pieces += (text[place : fence.start], " " * (fence.end - fence.start))
        place = fence.end
    bare = "".join((*pieces, text[place:]))
    return _EXEMPT.sub(lambda match: " " * len(match.group()), bare)


def only(wrong: re.Pattern[str], name: str) -> Callable[[Case], Verdict]:
    """A verifier that no letter is of the wrong case."""

    def verify(case: Case) -> Verdict:
        text = _free(case.output)
        found = wrong.search(text)
        if found:
            count = sum(1 for _ in wrong.finditer(text))
            rest = f" and {count - 1:,} more" if count > 1 else ""
            return violated(
                f"“{found.group()[:40]}”{rest} with {name} letters", Span(*found.span(), found.group())
            )
        if not any(character.isupper() or character.islower() for character in case.output):
            return unverifiable("no letters that have case")
        return SATISFIED

    return verify


capital = only(_SMALL, "small")
lowercase = only(_CAPITAL, "capital")


def capital_words(case: Case) -> Verdict:
    """How many words are in capitals: `I`, `A` and the parts of `U-TURN` counted or not."""
    if case.number is None:
        return not_understood(case)
    long = sum(len(word) > 1 and word.isupper() for word in _TOKEN.findall(case.output))
    every = sum(word.isupper() for word in _PIECE.findall(case.output))
    count = Count(min(long, every), max(long, every))
    if count.meets(case.ask.relation, case.number, case.tolerance):
        return SATISFIED
    return violated(f"{count} words in capitals")


def no_comma(case: Case) -> Verdict:
    """No comma, within numbers or elsewhere."""
    found = _COMMA.search(case.output)
    if found is None:
        return SATISFIED
    count = len(_COMMA.findall(case.output))
    return violated(f"{count} commas" if count > 1 else "a comma", Span(*found.span(), found.group()))
