"""Slips of the pen and of people who learn the language."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from faults.draft import Change, Fault, Pool, changed, in_text, listed, sentences

Slips = Callable[[str, Pool, random.Random], list[Change]]

_NEAR = {
    "a": "s", "b": "v", "c": "x", "d": "s", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o", "k": "l",
    "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "r": "t", "s": "d", "t": "y", "u": "i", "w": "e",
    "y": "u",
}  # fmt: skip
_BY_EAR = (
    ("ie", "ei"), ("ei", "ie"), ("ance", "ence"), ("ence", "ance"), ("ant", "ent"), ("able", "ible"),
    ("tion", "sion"),
    ("ph", "f"), ("ough", "uff"), ("cc", "c"), ("mm", "m"), ("ss", "s"), ("ll", "l"), ("tt", "t"),
    ("ately", "atly"),
    ("ally", "aly"), ("rr", "r"), ("ous", "us"), ("ary", "ery"), ("ful", "full"), ("sc", "s"), ("cei", "sie"),
)  # fmt: skip
_VERBS = listed(
    "make help provide allow require include need use take give work contain offer reduce increase improve "
    "cause "
    "create involve affect become begin want mean depend keep lead come grow produce form support play show"
)
_PREPOSITIONS: dict[str, tuple[str, ...]] = {
    "in": ("on", "at"), "on": ("in", "at"), "at": ("in", "on"), "for": ("to", "of"), "with": ("by", "of"),
    "of": ("from", "for"), "by": ("from", "with"), "from": ("of", "since"), "about": ("of",
    "on"), "during": ("while",),
}  # fmt: skip
_ALIKE: dict[str, tuple[str, ...]] = {
    "their": ("there",
    "they're"), "there": ("their",), "your": ("you're",), "you're": ("your",), "its": ("it's",),
    "it's": ("its",), "than": ("then",), "then": ("than",), "affect": ("effect",), "effects": ("affects",),
    "lose": ("loose",), "where": ("were",), "were": ("where",), "quite": ("quiet",), "advice": ("advise",),
    "whether": ("weather",), "off": ("of",), "accept": ("except",), "past": ("passed",), "too": ("to",),
    "whose": ("who's",), "know": ("now",), "through": ("threw",), "which": ("witch",), "here": ("hear",),
    "piece": ("peace",), "have to": ("has to",), "breath": ("breathe",), "principal": ("principle",),
}  # fmt: skip
_UNCOUNTED = (
    "information advice equipment research knowledge software feedback evidence homework furniture traffic"
)


def misspelt(text: str, pool: Pool, draw: random.Random) -> list[Change]:
    words = [m for m in re.finditer(r"\b[a-z]{5,14}\b", text) if m.group() in pool.known]
    draw.shuffle(words)
    slips = ((m.start(), m.end(), _mistyped(m.group(), pool, draw)) for m in words[:20])
    return [(start, end, new) for start, end, new in slips if new]


def _mistyped(word: str, pool: Pool, draw: random.Random) -> str:
    """The word with one slip that makes it no word; "" if none was hit upon."""
    at = draw.randint(1, len(word) - 2)
    heard = [word.replace(right, wrong, 1) for right, wrong in _BY_EAR if right in word]
    typed = [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + _NEAR.get(word[at], "e") + word[at + 1 :],
    ]
    new = draw.choice(heard) if heard and draw.random() < 0.5 else draw.choice(typed)
    return "" if new == word or new in pool.known else new


def disagreeing(text: str, pool: Pool, draw: random.Random) -> list[Change]:
    swaps = {
        "is": "are",
        "are": "is",
        "was": "were",
        "were": "was",
        "has": "have",
        "have": "has",
        "does": "do",
    }
    found = [
        (*m.span(1), swaps[m.group(1)])
        for m in re.finditer(r"(?<=[a-z] )(is|are|was|were|has|does)\b(?! (?:to|of))", text)
    ]
    third = "|".join(_VERBS)
    found += [
        (*m.span(1), m.group(2))
        for m in re.finditer(rf"\b(?:it|he|she|this|which|that) (({third})s)\b", text)
    ]
    found += [
        (*m.span(1), m.group(1) + "s") for m in re.finditer(rf"\b(?:they|you|we|people|I) ({third})\b", text)
    ]
    return found


def mistensed(text: str, pool: Pool, draw: random.Random) -> list[Change]:
    found = [
        (*m.span(1), base)
        for m in re.finditer(r"\b(?:has|have|had|was|were|is|are|been|be) ([a-z]{3,}ed)\b", text)
        if (base := _base(m.group(1), pool))
    ]
    third = "|".join(_VERBS)
    found += [
        (*m.span(1), m.group(1) + draw.choice(("s", "ing")))
        for m in re.finditer(rf"\b(?:can|will|should|may|might|must|to) ({third})\b", text)
    ]
    return found


def _base(participle: str, pool: Pool) -> str:
    return next((word for word in (participle[:-1], participle[:-2]) if word in pool.known), "")


def unarticled(text: str, pool: Pool, draw: random.Random) -> list[Change]:
    found = [(*m.span(), "") for m in re.finditer(r"(?<=[a-z] )(?:the|an?) (?=[a-z]{3,})", text)]
    wrong = [
        (*m.span(1), "an" if m.group(1) == "a" else "a")
        for m in re.finditer(r"(?<=[a-z] )(an?)(?= [a-z]{3,})", text)
    ]
    return found + wrong


def misplaced(text: str, pool: Pool, draw: random.Random) -> list[Change]:
    """Prepositions."""
    found = re.finditer(rf"(?<=[a-z] )({'|'.join(_PREPOSITIONS)})(?= [a-z])", text)
    return [(*m.span(), draw.choice(_PREPOSITIONS[m.group()])) for m in found]


def dropped(text: str, pool: Pool, draw: random.Random) -> list[Change]:
    found = re.finditer(r"(?<=[a-z] )(?:to|of|is|are|be|with|for|at) (?=[a-z])", text)
    return [(*m.span(), "") for m in found]


def doubled(text: str, pool: Pool, draw: random.Random) -> list[Change]:
    found = re.finditer(r"(?<=[a-z] )(?:the|to|of|and|a|in|is|it|for|you)(?= [a-z])", text)
    return [(*m.span(), f"{m.group()} {m.group()}") for m in found]


def mispunctuated(text: str, pool: Pool, draw: random.Random) -> list[Change]:
    found = [(*m.span(), "") for m in re.finditer(r"(?<=[a-z]),(?= (?!and|or|but|so|while|as)[a-z])", text)]
    found += [
        (*m.span(1), draw.choice((" ,", ",,", ";")))
        for m in re.finditer(r"(?<=[a-z])(,)(?= [a-z])", text)
        if draw.random() < 0.3
    ]
    found += [(*m.span(), "") for m in re.finditer(r"(?<=[a-z])['’](?=(?:t|s|re|ve|ll)\b)", text)]
    found += [(*m.span(), draw.choice(("", ",", " ."))) for m in re.finditer(r"(?<=[a-z])\.(?= [A-Z])", text)]
    return found


def run_on(text: str, pool: Pool, draw: random.Random) -> list[Change]:
    return [
        (m.start(), m.end(), draw.choice((", ", " ")) + m.group(1).lower())
        for m in re.finditer(r"(?<=[a-z])\. (The|This|It|They|These|You|In|If|However|For)(?= [a-z])", text)
    ]


def uncapitalised(text: str, pool: Pool, draw: random.Random) -> list[Change]:
    found = [(s, s + 1, text[s].lower()) for s, _ in sentences(text) if text[s].isalpha()]
    found += [
        (*m.span(), m.group().lower())
        for m in re.finditer(r"(?<=[a-z] )(?:I|[A-Z][a-z]{3,})\b", text)
        if m.group() == "I" or m.group().lower() not in pool.known  # a heading's words are capitals of taste
    ]
    found += [
        (*m.span(), m.group().upper())
        for m in re.finditer(r"(?<=[a-z] )[a-z](?=[a-z]{5,} )", text)
        if draw.random() < 0.05
    ]
    return found


def sounding_alike(text: str, pool: Pool, draw: random.Random) -> list[Change]:
    found = re.finditer(rf"\b(?:{'|'.join(_ALIKE)})\b", text)
    return [(*m.span(), draw.choice(_ALIKE[m.group()])) for m in found]


def miscounted(text: str, pool: Pool, draw: random.Random) -> list[Change]:
    """Singular for plural after a word of number, and plurals of what is not counted."""
    after = r"\b(?:many|several|these|those|few|two|three|four|five|various|different|other) ([a-z]{4,})s\b(?<!ss)"
    found = [(*m.span(1), m.group(1)) for m in re.finditer(after, text)]
    found = [(s, e + 1, new) for s, e, new in found if new in pool.known]
    mass = "|".join(_UNCOUNTED.split())
    return found + [(*m.span(), m.group() + "s") for m in re.finditer(rf"\b(?:{mass})\b", text)]


def _spoil(kinds: Sequence[Slips], fewest: int, most: int) -> Fault:
    def spoil(text: str, pool: Pool, draw: random.Random) -> str | None:
        found: list[Change] = []
        wanted = draw.randint(fewest, most)
        for kind in draw.choices(kinds, k=wanted * 2):
            places = kind(text, pool, draw)
            if places:
                found.append(draw.choice(places))
            if len(found) == wanted:
                break
        return changed(text, found) if len(found) >= fewest else None

    return in_text(spoil)


FAULTS: dict[str, Fault] = {
    "spelling": _spoil([misspelt], 1, 5),
    "agreement and tense": _spoil([disagreeing, mistensed], 1, 4),
    "articles and prepositions": _spoil([unarticled, misplaced], 1, 4),
    "missing or doubled words": _spoil([dropped, doubled], 1, 3),
    "punctuation and run-ons": _spoil([mispunctuated, run_on], 2, 6),
    "capitals": _spoil([uncapitalised], 1, 4),
    "sound-alikes and number": _spoil([sounding_alike, miscounted], 1, 3),
    "a learner's mix": _spoil(
        [
            misspelt, disagreeing, mistensed, unarticled, misplaced, dropped, miscounted, sounding_alike,
            mispunctuated, uncapitalised, run_on,
        ], 4, 14,
    ),
}  # fmt: skip
