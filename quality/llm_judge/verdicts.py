"""What the judge answers → remarks on places of the text. The server's own word on the schema is not trusted.

A fault counts only where the words that it quotes stand in the answer: a model that finds what is not there is wrong
about it. Quotes are looked for as they are, then without regard to white space, markup, sorts of quotes and dashes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import islice
from typing import Any, cast

from quality.llm_judge.framing import CRITERIA
from quality.model import NOTHING, Measures, Opinion, Remark

MAX_FAULTS = 50
"""More than that is no list of faults."""
MAX_QUOTE = 2_000
"""Characters of a quote that are looked for; a longer one is found by its beginning."""
MAX_WHY = 300
"""Characters of a reason that are shown."""

_STARTS = 8
"""Braces at which an object may begin: a chatty model says something first."""
_THOUGHT = "</think>"
_EDGES = " \t\n\"'“”‘’…."
_ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-", "\u00a0": " "})
_MARKUP = frozenset("*_`")


class Unusable(ValueError):
    """An answer that is not of the form asked for; the message says how."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault as the judge lists it.

    Attributes:
        quote: Words of the answer, or what the judge takes for such; "" for none.
    """

    criterion: str
    quote: str
    why: str


def parse(content: str) -> tuple[Fault, ...]:
    """The faults that the judge's message lists.

    Raises:
        Unusable: It holds no object of that form.
    """
    said = content.rpartition(_THOUGHT)[2]
    decoder = json.JSONDecoder()
    for brace in islice(re.finditer(r"\{", said), _STARTS):
        try:
            value, _ = decoder.raw_decode(said, brace.start())
        except (ValueError, RecursionError):
            continue
        return checked(value)
    raise Unusable("its answer holds no JSON object")


def checked(value: object) -> tuple[Fault, ...]:
    """The faults of a decoded answer, held against the schema.

    Raises:
        Unusable: It breaks the schema.
    """
    faults = cast(Mapping[str, Any], value).get("faults") if isinstance(value, dict) else None
    if not isinstance(faults, list):
        raise Unusable("its answer has no list of faults")
    listed = cast(list[object], faults)
    if len(listed) > MAX_FAULTS:
        raise Unusable(f"its answer lists more than {MAX_FAULTS} faults")
    return tuple(_fault(one) for one in listed)


def kept(faults: tuple[Fault, ...]) -> Measures:
    """The faults as the cache keeps them; `checked` reads them back."""
    return {"faults": [asdict(fault) for fault in faults]}


def opinion(faults: tuple[Fault, ...], answer: str) -> Opinion:
    """The faults at their places in the answer, each once; those whose quotes stand nowhere in it are counted alone."""
    folded = _Folded(answer)
    remarks: dict[Remark, None] = {}
    unfounded = 0
    for fault in faults:
        words = fault.quote.strip()
        span = folded.find(words) if words else None
        if words and span is None:
            unfounded += 1
        else:
            remarks[Remark(fault.criterion, _sentence(fault.why), *(span or (None, None)))] = None
    return Opinion(tuple(remarks), unfounded=unfounded)


def _fault(value: object) -> Fault:
    table = cast(Mapping[str, object], value) if isinstance(value, dict) else NOTHING
    criterion, quote, why = (table.get(name) for name in ("criterion", "quote", "why"))
    if not (isinstance(criterion, str) and isinstance(quote, str) and isinstance(why, str)):
        raise Unusable("a fault in its answer lacks criterion, quote or why")
    if criterion not in CRITERIA or not _sentence(why):
        raise Unusable("a fault in its answer has no known criterion or no reason")
    return Fault(criterion, quote[:MAX_QUOTE], why[: 4 * MAX_WHY])


def _sentence(why: str) -> str:
    """The reason on one line, without what cannot be seen, cut to what a reader takes in."""
    seen = "".join(" " if sign.isspace() else sign for sign in why if _is_visible(sign))
    line = " ".join(seen.split())
    return line if len(line) <= MAX_WHY else line[: MAX_WHY - 1].rstrip() + "…"


def _is_visible(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign)[0] != "C"


class _Folded:
    """A text in which quotes are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _signs(self) -> tuple[str, list[int]]:
        """The signs that count, and their places."""
        signs = list(_folding(self._text))
        return "".join(sign for sign, _ in signs), [place for _, place in signs]

    def find(self, quote: str) -> tuple[int, int] | None:
        """The first place of the quote; None where it does not stand in the text."""
        for words in dict.fromkeys((quote, quote.strip(_EDGES))):
            at = self._text.find(words) if words else -1
            if at >= 0:
                return at, at + len(words)
        text, places = self._signs
        folded = "".join(sign for sign, _ in _folding(quote.strip(_EDGES))).strip()
        at = text.find(folded) if folded else -1
        return None if at < 0 else (places[at], places[at + len(folded) - 1] + 1)


def _folding(text: str) -> Iterator[tuple[str, int]]:
    """The signs that count, each with its place: runs of white space as one space, no markup, nothing invisible."""
    space = False
    for place, sign in enumerate(text.translate(_ALIKE)):
        if sign.isspace():
            if not space:
                yield " ", place
            space = True
        elif sign not in _MARKUP and unicodedata.category(sign)[0] != "C":
            yield sign, place
            space = False
