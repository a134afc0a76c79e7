"""Words and letters that must stand in an answer, must not, or so often.

A keyword counts as a whole word: case, mark-up and line breaks within it do not matter. Where it must stand, an
inflected form (`run`: `running`) is a sensible reading of it, and so is a part of a compound for a word of some length;
where it must not, only the word itself is meant. In scripts without spaces it may stand anywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

from quality.compliance import answer
from quality.compliance.verdict import (
    MAX_PHRASE,
    SATISFIED,
    Case,
    Verdict,
    not_understood,
    unverifiable,
    violated,
)
from quality.text.counting import Count, among
from quality.text.prose import Span

_GAP = r"[\s*_\-–—'’\"“”`]{1,4}"
_PIECES = re.compile(r"[^\s*_\-–—'’\"“”`]+")
_SPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_LETTER = r"[^\W_]"
_COMPOUND = 5
"""Letters of a word that is looked for within others: `flower` in `sunflower`, not `cat` in `education`."""
_ENDING = r"(?:[^\W\d_]{1,4}|['’][a-z]{1,2})?"


@lru_cache(maxsize=512)
def _pattern(word: str, exact: bool) -> re.Pattern[str] | None:
    """Finds the word, on its own or with an ending; None for a word without a sign to look for."""
    pieces = _PIECES.findall(word)
    if not pieces or len(word) > MAX_PHRASE:
        return None
    body = _GAP.join(map(re.escape, pieces))
    if _SPACED.search(word):
        return re.compile(body, re.IGNORECASE)
    left = rf"(?<!{_LETTER})" if re.match(_LETTER, pieces[0]) else ""
    right = rf"(?!{_LETTER})" if re.match(_LETTER, pieces[-1][-1]) else ""
    return re.compile(left + body + ("" if exact or not right else _ENDING) + right, re.IGNORECASE)


def _found(word: str, text: str, *, exact: bool) -> list[re.Match[str]] | None:
    pattern = _pattern(word, exact)
    return None if pattern is None else list(pattern.finditer(text))


def existence(case: Case) -> Verdict:
    """The keyword stands in the answer, as itself or inflected."""
    found = _found(case.ask.value, case.output, exact=False)
    if found is None:
        return not_understood(case)
    inside = len(case.ask.value) >= _COMPOUND and case.ask.value.casefold() in case.output.casefold()
    return SATISFIED if found or inside else violated(f"“{case.ask.value}” is nowhere")


def forbidden(case: Case) -> Verdict:
    """The word stands nowhere."""
    found = _found(case.ask.value, case.output, exact=True)
    if found is None:
        return not_understood(case)
    if not found:
        return SATISFIED
    times = f", {len(found)} times" if len(found) > 1 else ""
    return violated(f"“{found[0].group()}”{times}", _span(found[0]))


def frequency(case: Case) -> Verdict:
    """How often the word stands: on its own, inflected, or within other words."""
    word = case.ask.unit
    exact, inflected = (_found(word, case.output, exact=how) for how in (True, False))
    if case.number is None or exact is None or inflected is None:
        return not_understood(case)
    anywhere = len(re.findall(re.escape(word), case.output, re.IGNORECASE))
    count = Count(len(exact), max(len(exact), len(inflected), anywhere))
    if count.meets(case.ask.relation, case.number, case.tolerance):
        return SATISFIED
    return violated(f"“{word}” {_times(count)}", _span(exact[0]) if exact else None)


def _times(count: Count) -> str:
    return "once" if str(count) == "1" else f"{count} times"


def letters(case: Case) -> Verdict:
    """How often a letter, or another single sign, stands, whatever its case."""
    letter = case.ask.unit
    if case.number is None or not 1 <= len(letter) <= 3:
        return not_understood(case)
    count = among({case.output.lower().count(letter.lower())})
    if count.meets(case.ask.relation, case.number, case.tolerance):
        return SATISFIED
    return violated(f"“{letter}” {_times(count)}")


def emoji(case: Case) -> Verdict:
    """Whether there is a pictograph, wanted or unwanted."""
    found = answer.emoji(case.output)
    if case.ask.relation == "not":
        return violated(f"“{found.text}”", found) if found else SATISFIED
    if found or re.search(r"[:;=]-?[)(DPp3]", case.output):
        return SATISFIED
    return violated("no emoji") if case.output.strip() else unverifiable("an empty answer")


def _span(match: re.Match[str]) -> Span:
    return Span(*match.span(), match.group())
