"""How far an engine's rules are believed: which rule of ours each stands for, and where it is mostly wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from quality.engines import Match

MISSPELLING, CAPITALIZATION, GRAMMAR, ARTICLE = "GRM001", "GRM002", "GRM003", "GRM004"
BOUNDARY, PUNCTUATION, WORDING = "GRM005", "GRM006", "GRM008"

OPTIONAL_COMMA = frozenset(
    ("also", "course", "fact", "finally", "hence", "nowadays", "of course", "therefore", "in fact", "thus")
)
"""Introductory words, or the ends of such phrases, after which good writers set no comma as often as one."""

_WORD_AFTER = re.compile(r"\s+[\"“*_]{0,3}([A-Za-z]\w{0,30})")

Excuse = Callable[[Match, str], bool]
"""Whether the match is wrong after all, given the text that the engine read."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What one engine's matches are worth.

    Attributes:
        engine: Its name, as findings give it.
        code_by_kind: Its category → our rule; matches of the other categories are not reported.
        code_by_rule: Its rule → our rule, for those that are worth another than their category.
        speller: Whether a rule reports words that the dictionary lacks.
        distrusted: Whether a rule without a code of its own is not believed, whatever its category.
        ranks: Whether the first suggestion for a word is the likeliest by more than its letters.
        excuses: Its rule → where it is mostly wrong.
        safe: Rules whose first suggestion moved nearer to a correction in at least 95% of the cases.
    """

    engine: str
    code_by_kind: Mapping[str, str]
    code_by_rule: Mapping[str, str]
    speller: Callable[[str], bool]
    distrusted: Callable[[str], bool] = "".__eq__
    ranks: bool = False
    excuses: Mapping[str, Excuse] = field(default_factory=dict[str, Excuse])
    safe: frozenset[str] = frozenset()

    def code(self, match: Match, text: str) -> str:
        """The rule of ours that the match breaks; "" when it is not believed."""
        code = self.code_by_rule.get(match.rule, "")
        if not code and not self.distrusted(match.rule):
            code = self.code_by_kind.get(match.kind, "")
        excuse = self.excuses.get(match.rule)
        return "" if code and excuse and excuse(match, text) else code


def word_of(match: Match, text: str) -> str:
    """The words that the match is about."""
    return text[match.start : match.end]


def before(match: Match, text: str) -> str:
    """The forty characters before it."""
    return text[max(0, match.start - 40) : match.start]


def is_article(match: Match, text: str) -> bool:
    """Whether “a” or “an” stands before a word that is read as it is written: no side, digit, syllable or acronym."""
    follows = _WORD_AFTER.match(text, match.end)
    return bool(follows) and not follows[1].isupper() and not text[match.start - 1 : match.start].isdigit()


def words(listed: str) -> frozenset[str]:
    """The names in a list written with spaces."""
    return frozenset(listed.split())
