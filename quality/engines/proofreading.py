"""Text → lints: the engines' matches in a text's prose, each with the rule of ours that it breaks.

One engine or both read the text, and a few patterns of our own with them. What a match is worth says the engine's
trust table; an unknown word goes through `spelling` first. What two engines say of one span is one lint.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from quality.engines import Match, harper, languagetool, phrases
from quality.engines.spelling import RANKED_LOWER, REPEATED, intention, joined
from quality.engines.trust import BOUNDARY, CAPITALIZATION, GRAMMAR, MISSPELLING, PUNCTUATION, Trust
from quality.engines.trust_harper import HARPER
from quality.engines.trust_languagetool import LANGUAGETOOL
from quality.prompt.languages import LANGUAGES
from quality.text.masking import Reading

Read = Callable[[str], Sequence[Match]]

PATTERNS = Trust(
    engine="patterns",
    code_by_kind={
        "Agreement": GRAMMAR,
        "Grammar": GRAMMAR,
        "Punctuation": PUNCTUATION,
        "Capitalization": CAPITALIZATION,
        "BoundaryError": BOUNDARY,
    },
    code_by_rule={},
    speller="".__eq__,
    safe=frozenset({"SentenceStart"}),
)
"""Our own patterns, whoever reads beside them."""

SAFE_GAIN = 2.0
SAFE_LEAD = 1.3
"""In orders of magnitude: above both, the intended word was right in at least 95% of the cases."""

PROPER = frozenset(LANGUAGES) | frozenset(
    str.split(
        "monday tuesday wednesday thursday friday saturday sunday january february april june july august"
        " september october november december africa america american asia asian australia australian"
        " austria austrian belgian belgium brazil brazilian britain british canada canadian china christian"
        " christmas cuba egypt egyptian england europe european france germany greece india indian iran"
        " iraq ireland islam israel italy japan jewish korea london mexican mexico muslim netherlands"
        " norway pakistan paris poland portugal russia scotland scottish spain sweden swiss switzerland"
        " taiwan thailand turkey ukraine vietnam wales"
    )
)
"""Names that are never written small, in small letters."""


@dataclass(frozen=True, slots=True)
class Lint:
    """A match with the rule that it breaks; spans are code points of the original.

    Attributes:
        engines: Who says so: `harper`, `languagetool`, `patterns`.
        safe: Whether the first suggestion was right in at least 95% of the cases.
        intended: For a word that the dictionary does not know, the common word that was likely meant; "" for none.
        gain: How likely, in orders of magnitude.
        place: `word`; for a capitalised one `start` (of a sentence) or `name`; `part` beside a hyphen; "" for no word.
        disputed: Whether another engine read the word and knows it.
    """

    start: int
    end: int
    code: str
    rule: str
    message: str
    suggestions: tuple[str, ...]
    engines: tuple[str, ...] = ()
    safe: bool = False
    word: str = ""
    intended: str = ""
    gain: float = 0.0
    place: str = ""
    disputed: bool = False


def lints(reading: Reading, engine: str = "harper") -> Iterator[Lint]:
    """Every trusted match in the reading, in the order of their spans.

    Args:
        engine: `harper`, `languagetool` or `both`.
    """
    readers = READERS[engine]
    found = [
        lint
        for trust, read in (*readers, (PATTERNS, phrases.check))
        for match in read(reading.text)
        if (lint := _lint(match, trust, reading))
    ]
    merged = _merged(sorted(found, key=lambda lint: (lint.start, lint.end, lint.code, lint.rule)))
    times = Counter(lint.word for lint in merged)
    for lint in merged:
        yield _weighed(lint, times[lint.word], len(readers)) if lint.word else lint


def _weighed(lint: Lint, times: int, readers: int) -> Lint:
    """The unknown word with what else speaks against a slip."""
    gain = lint.gain - REPEATED if times > 1 else lint.gain
    return replace(lint, gain=round(gain, 2), disputed=len(lint.engines) < readers)


def _by_languagetool(text: str) -> Sequence[Match]:
    return languagetool.check(text)


READERS: dict[str, tuple[tuple[Trust, Read], ...]] = {
    "harper": ((HARPER, harper.check),),
    "languagetool": ((LANGUAGETOOL, _by_languagetool),),
    "both": ((HARPER, harper.check), (LANGUAGETOOL, _by_languagetool)),
}


def _merged(found: Sequence[Lint]) -> list[Lint]:
    """One lint for each rule and span, with all who say so."""
    kept: dict[tuple[str, int, int], Lint] = {}
    for lint in found:
        key = (lint.code, lint.start, lint.end)
        known = kept.setdefault(key, lint)
        if known is not lint:
            kept[key] = _joined(known, lint)
    return list(kept.values())


def _joined(one: Lint, other: Lint) -> Lint:
    """Both as one: the likelier intention of a word, and all who say so."""
    best = other if "languagetool" in other.engines else one
    engines = tuple(sorted({*one.engines, *other.engines}))
    return replace(best, engines=engines, safe=one.safe or other.safe)


def _lint(match: Match, trust: Trust, reading: Reading) -> Lint | None:
    span = reading.origin(match.start, match.end)
    if span is None:
        return None
    if trust.speller(match.rule):
        return _word(match, trust, reading, span)
    code = trust.code(match, reading.text)
    if not code or (code == CAPITALIZATION and not _case_expected(match, reading)):
        return None
    safe = match.rule in trust.safe
    return Lint(*span, code, match.rule, match.message, match.suggestions, (trust.engine,), safe)


def _case_expected(match: Match, reading: Reading) -> bool:
    """Whether a capital is due here: not in a list item or table cell, an index, or a dotted name."""
    before = reading.text[match.start - 1 : match.start]
    after = reading.text[match.end : match.end + 1]
    if match.rule == "CapitalizePersonalPronouns":
        return (not before or before.isspace() or before in "\"'“(") and (not after or after in " ,.;!?'’\n")
    return not before or before.isspace() or before in "\"'“‘«({-/*"


_WORD = re.compile(r"[A-Za-z][a-z]*(?:['’][a-z]+)?")


def _word(match: Match, trust: Trust, reading: Reading, span: tuple[int, int]) -> Lint | None:
    word, suggestions = reading.text[match.start : match.end], match.suggestions
    first = suggestions[0] if suggestions else ""
    by = (trust.engine,)
    if word in PROPER and first.casefold() == word:
        return Lint(*span, CAPITALIZATION, match.rule, f"“{word}” is written “{first}”", suggestions, by)
    if not _WORD.fullmatch(word):
        return None
    if split := joined(word):
        return Lint(*span, BOUNDARY, match.rule, f"“{word}”: did you mean “{split}”?", (split,), by)
    if word.endswith("in") and reading.text.startswith(("'", "’"), match.end):
        return None  # "fightin'"
    meant = intention(word, suggestions)
    intended = meant.word[:1].upper() + meant.word[1:] if word[0].isupper() else meant.word
    message = f"“{word}”: did you mean “{intended}”?" if intended else f"no dictionary knows “{word}”"
    place = _place(word, reading.text, match.start, match.end)
    return Lint(
        *span,
        MISSPELLING,
        match.rule,
        message,
        tuple(dict.fromkeys((intended, *suggestions) if intended else suggestions)),
        by,
        safe=place == "word" and meant.gain >= SAFE_GAIN and meant.lead >= SAFE_LEAD,
        word=word,
        intended=intended,
        gain=meant.gain - (RANKED_LOWER if trust.ranks and meant.word != first else 0.0),
        place=place,
    )


def _place(word: str, text: str, start: int, end: int) -> str:
    """Where the word stands: a capital may make it a name, and a hyphen a part of a longer word."""
    if "-" in (text[start - 1 : start], text[end : end + 1]):
        return "part"
    if word.islower():
        return "word"
    before = text[max(0, start - 12) : start].rstrip(" \"'“‘«(-*{/")
    after = text[end : end + 3].lstrip(" ,")
    begins = not before or before[-1] in ".!?\n"
    return "start" if begins and after[:1].islower() else "name"
