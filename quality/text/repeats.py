"""What stands twice in a text: stretches, loops, and a beginning that is also the end; linear in the text.

The text becomes a sequence of folded words. Case, punctuation, list numbers, markup, line breaks and invisible
characters do not count, so that joining lines, quoting or fencing hides nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from quality.model import Measures
from quality.text.folding import folded

GRAM = 5
"""Words in a row that make a stretch worth comparing."""
PHRASE = 12
"""Words in a row whose number of occurrences is counted."""

_MANY = 40
"""Figures and letters in a row that are a loop all the same."""

_TOKEN = re.compile(
    r"https?://[^\s()<>\[\]\"]{1,2000}"
    r"|[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"  # scripts without spaces: a character a word
    r"|[^\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,60}(?:['’][^\W_]{1,8})?"
    r"|[\U0001f300-\U0001faff]"
)
_INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_LIST_NUMBER = re.compile(r"(?<!\S)\(?\d{1,3}[.)](?=\s)")
_FENCED = re.compile(r"^[ \t]*```[^\n]*\n(.*?)(?:^[ \t]*```|\Z)", re.MULTILINE | re.DOTALL)
_TABLE_ROW = re.compile(r"^[ \t]*\|[^\n]{1,400}\|[ \t]*$", re.MULTILINE)
_CODE_MARK = re.compile(r"[{}();=<>\[\]_$\\/+*&|#:]")
_FUNCTION_WORD = re.compile(
    r"\b(?:the|of|and|to|a|an|in|is|it|you|that|was|for|on|are|with|his|they|your|as|we|this|i)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…。！？\n]")


def repeats(text: str) -> Measures:
    """What is repeated in a text: figures over all its words, and over its prose where it holds code or
    tables.
    """
    whole = _figures(text)
    prose = _without_code(text)
    return {"all": whole, "prose": whole if prose is text else _figures(prose)}


def _without_code(text: str) -> str:
    """The text with fenced code and table rows of short cells blanked; the very same object where there
    are none.
    """
    if "```" in text:
        text = _FENCED.sub(_blanked_code, text)
    if "|" in text:
        text = _TABLE_ROW.sub(_blanked_row, text)
    return text


def _blanked_code(match: re.Match[str]) -> str:
    """Spaces for a fence that holds code; a fence around prose hides nothing."""
    body = match[1]
    prose = len(_FUNCTION_WORD.findall(body)) / max(1, len(body.split()))
    marks = len(_CODE_MARK.findall(body)) / max(1, len(body))
    is_code = (prose < 0.2 and marks > 0.04) or (prose < 0.06 and marks > 0.01)
    return re.sub(r"[^\n]", " ", match.group()) if is_code else match.group()


def _blanked_row(match: re.Match[str]) -> str:
    short = all(len(_TOKEN.findall(cell)) <= 8 for cell in match.group().split("|"))
    return " " * len(match.group()) if short else match.group()


def places(text: str) -> Iterator[re.Match[str]]:
    """The words with their places; what is invisible or only numbers a list is blanked beforehand."""
    return _TOKEN.finditer(_LIST_NUMBER.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def words_of(text: str) -> list[str]:
    """The folded words, in order."""
    found = _TOKEN.findall(_LIST_NUMBER.sub(_blank, text))
    return [w.lower() if w.isascii() else folded(w).strip() for w in found]


def _figures(text: str) -> dict[str, Any]:
    """Words, and of what is repeated: the words covered, the longest stretch, the longest loop, the
    border.
    """
    text, origin = _visible(text)
    words = words_of(text)
    grams = list(zip(*(words[i:] for i in range(GRAM)), strict=False))
    figures: dict[str, Any] = {"words": len(words)}
    if len(set(grams)) == len(grams):
        return figures
    stretches = [s for s in _stretches(grams) if s[1] >= _MANY or _says_something(words, s)]
    figures["covered"] = _covered(stretches)
    spans = list(places(text))
    for name, (start, length, gap) in _found(words, stretches).items():
        place = _place(spans, start, length)
        figures[name] = {
            "words": length,
            "gap": gap,
            "shape": _shape_of(text, spans, start, length),
            "start": origin[place.start] if origin else place.start,
            "end": origin[place.stop - 1] + 1 if origin else place.stop,
        }
    return figures


def _visible(text: str) -> tuple[str, Sequence[int]]:
    """The text without what is invisible, and where each of its characters stood; nowhere else without any."""
    if not _INVISIBLE.search(text):
        return text, ()
    return _INVISIBLE.sub("", text), [at for at, c in enumerate(text) if not _INVISIBLE.match(c)]


def _found(
    words: Sequence[str], stretches: Sequence[tuple[int, int, int]]
) -> dict[str, tuple[int, int, int]]:
    """The worst repeat of each kind, as (first word, words, words back)."""
    kinds = {
        "longest": stretches,
        "loop": [s for s in stretches if s[1] >= 2 * s[2]],
        "twice": [s for s in stretches if s[1] >= s[2]],
    }
    found = {name: max(some, key=lambda s: s[1]) for name, some in kinds.items() if some}
    border = _border(words)
    if border >= GRAM:
        found["border"] = (len(words) - border, border, len(words) - border)
    phrase = _phrase(words)
    if phrase:
        found["phrase"] = phrase
    return found


def _place(spans: Sequence[re.Match[str]], start: int, length: int) -> slice:
    """The stretch of so many words in the text."""
    return slice(spans[start].start(), spans[start + length - 1].end())


def _shape_of(text: str, spans: Sequence[re.Match[str]], start: int, length: int) -> str:
    """Whether the stretch stands as lines, as sentences or among other words."""
    place, end = _place(spans, start, length), start + length
    before = text[spans[start - 1].end() : place.start] if start else "\n"
    after = text[place.stop : spans[end].start()] if end < len(spans) else "\n"
    return _shape(before, text[place], after)


def _says_something(words: Sequence[str], stretch: tuple[int, int, int]) -> bool:
    """Not figures and letters alone: `1 0 1 0` and `x * x * x` are no loops of words."""
    start, length, gap = stretch
    return any(len(word) > 2 or not word.isascii() for word in words[start : start + min(gap, length)])


def _stretches(grams: Sequence[tuple[str, ...]]) -> list[tuple[int, int, int]]:
    """Each longest run of words that follow one another as they did earlier: (first word, words, words
    back).
    """
    last: dict[tuple[str, ...], int] = {}
    runs: list[tuple[int, int, int]] = []
    start = back = -1
    for at, gram in enumerate(grams):
        before = last.get(gram, -1)
        last[gram] = at
        gap = at - before if before >= 0 else -1
        if gap != back:
            if back > 0:
                runs.append((start, at - start + GRAM - 1, back))
            start, back = at, gap
    if back > 0:
        runs.append((start, len(grams) - start + GRAM - 1, back))
    return runs


def _covered(stretches: Sequence[tuple[int, int, int]]) -> int:
    """Words that lie in a repeat of earlier words."""
    covered = reach = 0
    for start, length, _ in stretches:
        covered += max(0, start + length - max(start, reach))
        reach = max(reach, start + length)
    return covered


def _border(words: Sequence[str]) -> int:
    """Words of the longest beginning that is also the end, overlap allowed (Knuth, Morris and Pratt)."""
    table = [0] * len(words)
    matched = 0
    for at in range(1, len(words)):
        word = words[at]
        while matched and words[matched] != word:
            matched = table[matched - 1]
        if words[matched] == word:
            matched += 1
        table[at] = matched
    return table[-1]


def _phrase(words: Sequence[str]) -> tuple[int, int, int] | None:
    """The most frequent phrase of `PHRASE` words: (its second place, `PHRASE`, its number of places)."""
    grams = list(zip(*(words[i:] for i in range(PHRASE)), strict=False))
    if len(grams) < 2:
        return None
    gram, times = Counter(grams).most_common(1)[0]
    if times < 2:
        return None
    return grams.index(gram, grams.index(gram) + 1), PHRASE, times


def _shape(before: str, text: str, after: str) -> str:
    if "\n" in text or ("\n" in before and "\n" in after):
        return "line"
    if _SENTENCE_END.search(before) and _SENTENCE_END.search(after):
        return "sentence"
    return "words"
