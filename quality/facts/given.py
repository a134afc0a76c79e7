"""What an answer restates of its prompt, and changes: `Bob has 12 apples` given back as `Bob has 15 apples`.

Only near-verbatim restatements count: the words on both sides of the number or the name are the prompt's own. Prompts
that ask to change, convert, correct or compute are left alone, and so is a number that the prompt has elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from quality.facts.claim import Claim, TooMuch
from quality.text.lexicon import zipf
from quality.text.number_words import VALUES
from quality.text.tokens import tokens

SHARED_WORDS = 5
"""Words around a number that prompt and answer share without a gap, at least …"""
SHARED_IF_COMPUTED = 9
"""… and where the prompt asks for a number, so that another one may be the answer."""
SHARED_BY_NAMES = 2
"""Words around a name that both share, at least."""
CONTEXT = 12
"""Words compared on each side."""
CANDIDATES = 8
"""Places of the prompt that one place of the answer is compared with."""

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,9})?")
_CHANGED = re.compile(
    r"\b(?:chang\w*|convert\w*|round\w*|updat\w*|replac\w*|modif\w*|increas\w*|decreas\w*|doubl\w*|halv\w*|correct\w*"
    r"|fix\w*|adjust\w*|scal\w*|edit\w*|rewrit\w*|simplif\w*|translat\w*|variation\w*|similar|differen\w*|random\w*|errors?"
    r"|mistakes?|wrong|swap\w*|proofread\w*|what if|suppose|imagine|role|act as|roleplay|story|poem|fiction\w*"
    r"|true or false|duplicates?|paraphras\w*|grammar|spelling)\b",
    re.IGNORECASE,
)
_RESPELT = re.compile(
    r"\b(?:spell\w*|misspell\w*|typos?|grammar|proofread\w*|correct\w*|fix\w*|edit\w*|translat\w*|anagrams?|scrambl\w*"
    r"|renam\w*|puns?|rhym\w*|pronounc\w*|parod\w*|similar (?:name|word)s?|variations?|dialect|accent|code|regex)\b",
    re.IGNORECASE,
)
_COMPUTED = re.compile(
    r"\b(?:how (?:many|much|long|old|far|fast|big|tall)|calculat\w*|comput\w*|solv\w*|what (?:is|are|was|will)"
    r"|estimat\w*|total|sum|average|percent\w*|cost|left|remain\w*|next|continue|complete|when)\b",
    re.IGNORECASE,
)
_SLOT = "#"


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or a number with its span.

    Attributes:
        key: What is compared: the folded word, or a slot for a number.
        value: Of a number; None for a word.
        name: Whether it is capitalised within a sentence.
    """

    start: int
    end: int
    text: str
    key: str
    value: float | None
    name: bool


def claims(instruction: str, output: str) -> Iterator[Claim | TooMuch]:
    """Numbers and names that the answer restates from the prompt, word for word around them, and changes."""
    asked = _asked(instruction)
    if not any(token.name or token.value is not None for token in asked):
        return
    given = _tokens(output)
    if not _CHANGED.search(instruction):
        needed = SHARED_IF_COMPUTED if _COMPUTED.search(instruction) else SHARED_WORDS
        yield from _numbers(asked, given, needed)
    if not _RESPELT.search(instruction):
        yield from _names(asked, given)


def _asked(instruction: str) -> tuple[_Token, ...]:
    return _remembered(instruction) if len(instruction) <= _REMEMBERED else tuple(_tokens(instruction))


_REMEMBERED = 4_000
"""Code points of a prompt that is kept; many rows may answer one."""


@lru_cache(maxsize=2_000)
def _remembered(instruction: str) -> tuple[_Token, ...]:
    return tuple(_tokens(instruction))


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    opening = True
    cut = tokens(text)
    for word, start, end in zip(cut.texts[:-1], cut.starts, cut.ends, strict=False):
        if not word[0].isalnum():
            opening = opening or word in '.!?:"“-*#•'
            continue
        value = None if _is_term(text, start, end) else _value(word)
        key = _SLOT if value is not None else word.lower().replace("’", "'")
        name = word[0].isupper() and not word.isupper() and not opening and len(word) > 3
        found.append(_Token(start, end, word, key, value, name))
        opening = False
    return found


def _is_term(text: str, start: int, end: int) -> bool:
    """Whether a number is part of a formula, or of a word (`5G`)."""
    around = text[max(0, start - 2) : start] + text[end : end + 2]
    return any(sign in around for sign in "<>=≤≥+*/^") or text[end : end + 1].isalpha()


def _value(word: str) -> float | None:
    if _NUMBER.fullmatch(word):
        return float(word.replace(",", ""))
    return VALUES.get(word.lower())


def _numbers(asked: Sequence[_Token], given: Sequence[_Token], needed: int) -> Iterator[Claim]:
    """The numbers whose surroundings are the prompt's, and which are not the prompt's."""
    places = _places(asked, [at for at, token in enumerate(asked) if token.value is not None])
    known = {token.value for token in asked}
    restated: set[int] = set()
    changed: dict[int, int] = {}
    for at, token in enumerate(given):
        if token.value is None:
            continue
        best = _best(asked, given, places, at, needed)
        if best is not None and asked[best].value == token.value:
            restated.add(best)
        elif best is not None and token.value not in known and not _counts_words(given, at):
            changed.setdefault(best, at)
    for source, at in changed.items():
        if source not in restated:
            yield _claim(asked[source], given[at])


def _counts_words(given: Sequence[_Token], at: int) -> bool:
    """Whether the number is a length (`a 500 word essay`): what was asked for, not what was told."""
    return given[at + 1].key in ("word", "words")


def _names(asked: Sequence[_Token], given: Sequence[_Token]) -> Iterator[Claim]:
    """Names written almost as in the prompt where the words around them are the prompt's."""
    places = _places(asked, [at for at, token in enumerate(asked) if token.name])
    known = {token.key for token in asked}
    if not places:
        return
    for at, token in enumerate(given):
        if not token.name or token.key in known:
            continue
        best = _best(asked, given, places, at, SHARED_BY_NAMES)
        if best is not None and _is_misspelt(asked[best].key, token.key):
            yield _claim(asked[best], token)


def _is_misspelt(one: str, two: str) -> bool:
    """Whether the second name is the first by a slip: a letter or two off, no form of it, no better-known spelling."""
    if one[:3] != two[:3] or one.startswith(two) or two.startswith(one):
        return False
    return DamerauLevenshtein.distance(one, two) <= (1 if len(one) < 6 else 2) and zipf(two) < zipf(one)


def _places(asked: Sequence[_Token], slots: Sequence[int]) -> dict[tuple[str, str], list[int]]:
    """The words before and behind a slot → the slots between them."""
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at in slots:
        if 0 < at < len(asked) - 1:
            places[asked[at - 1].key, asked[at + 1].key].append(at)
    return places


def _best(
    asked: Sequence[_Token],
    given: Sequence[_Token],
    places: dict[tuple[str, str], list[int]],
    at: int,
    needed: int,
) -> int | None:
    """The prompt's slot whose surroundings fit best; None where none shares enough words, or two fit equally."""
    if not 0 < at < len(given) - 1:
        return None
    candidates = places.get((given[at - 1].key, given[at + 1].key), ())
    if not candidates or len(candidates) > CANDIDATES:
        return None
    scored = sorted(((_shared(asked, given, one, at), one) for one in candidates), reverse=True)
    same = [one for score, one in scored if asked[one].value == given[at].value and score >= needed]
    if same and given[at].value is not None:
        return same[0]
    if scored[0][0] < needed or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    return scored[0][1]


def _shared(asked: Sequence[_Token], given: Sequence[_Token], one: int, two: int) -> int:
    """How many words the two places share without a gap, other numbers not counted."""
    shared = 0
    for step in (-1, 1):
        for away in range(1, CONTEXT + 1):
            left, right = one + step * away, two + step * away
            if not (0 <= left < len(asked) and 0 <= right < len(given)):
                break
            if asked[left].key != given[right].key:
                if _is_label(asked[left].key) or _is_label(given[right].key):
                    return 0  # of `Person1` and of `Person4`
                break
            shared += asked[left].value is None
    return shared


def _is_label(key: str) -> bool:
    return key != _SLOT and any(map(str.isdigit, key))


def _claim(source: _Token, written: _Token) -> Claim:
    message = f"the prompt says {source.text}, not {written.text}"
    told = source.value is not None  # a name is misspelt whatever is said of whom it names
    span = written.start, written.end
    return Claim("given", *span, written.text, source.text, False, message, spoken=told, whole=False)
