"""Is a capitalised word a proper name, or does it only start a sentence or stand in a title?"""

from __future__ import annotations

from functools import lru_cache

from quality.correction.align import ends_sentence
from quality.correction.words import is_function
from quality.text.lexicon import zipf
from quality.text.tokens import Tokens

_OPENERS = frozenset(
    str.split(
        "however moreover furthermore therefore thus hence besides also indeed instead meanwhile nevertheless"
        " nonetheless otherwise overall perhaps maybe yes no not now then still please sometimes often always"
        " never today tomorrow yesterday just only even once again together later sooner everyone everybody"
        " everything someone somebody something anyone anybody anything nobody nothing people thanks hello okay"
        " sure"
    )
)
"""Words without other forms that open a sentence."""
_COMMON_ENDINGS = ("ly", "ing", "ness", "ment", "tion", "sion", "ity", "ism", "ure", "ance", "ence")
_DERIVED = ("s", "ed", "d", "ing", "ly", "er", "es")
_RARE = 2.2
"""Zipf frequency up to which a derived form is not in use."""
_RARER = 2.3
"""Or by how much rarer than the word the form is then."""
TITLE_TOKENS = 12
"""Tokens on either side that tell a title."""
_MARKS_BEFORE = frozenset("\"“'‘(*_#:•-–—>|")


def is_name(tokens: Tokens, at: int) -> bool:
    """Whether the token is a proper name: a capital that neither its place nor a title calls for."""
    word = tokens.texts[at]
    if not word[:1].isupper() or is_function(word):
        return False
    if _in_title(tokens, at) or (_opens(tokens, at) and not _leads_name(tokens, at)):
        return _has_no_forms(word.casefold().removesuffix("'s").removesuffix("’s"))
    return True


def _leads_name(tokens: Tokens, at: int) -> bool:
    """Whether a capitalised word follows, as a surname does."""
    following = tokens.texts[at + 1]
    return following[:1].isupper() and not is_function(following) and tokens.gap(at + 1) == " "


def _opens(tokens: Tokens, at: int) -> bool:
    """Whether a sentence, a line or a quotation starts with the token."""
    if at == 0 or tokens.texts[at - 1] in _MARKS_BEFORE or "\n" in tokens.gap(at):
        return True
    return ends_sentence(tokens, at - 1) or (at > 1 and tokens.texts[at - 2].isdecimal())


def _in_title(tokens: Tokens, at: int) -> bool:
    """Whether all words near it on its line are capitalised, or the line is a heading."""
    first = last = at
    while first > 0 and at - first < TITLE_TOKENS and "\n" not in tokens.gap(first):
        first -= 1
    while last + 1 < len(tokens.texts) and last - at < TITLE_TOKENS and "\n" not in tokens.gap(last + 1):
        last += 1
    near = tokens.texts[first : last + 1]
    said = [text for text in near if text[:1].isalpha() and not is_function(text)]
    return "#" in near or (len(said) > 2 and all(text[:1].isupper() for text in said))


@lru_cache(maxsize=5_000)
def _has_no_forms(word: str) -> bool:
    """Whether English uses no other form of the word, as of few words but names."""
    if word in _OPENERS or word.endswith(_COMMON_ENDINGS) or zipf(word.removesuffix("s")) > zipf(word):
        return False
    forms = [word + ending for ending in _DERIVED]
    if word.endswith("e"):
        forms += [word[:-1] + ending for ending in ("ing", "er")]
    if word.endswith("y"):
        forms += [f"{word[:-1]}i{ending}" for ending in ("es", "ed", "er", "ly")]
    return max(map(zipf, forms)) < max(_RARE, zipf(word) - _RARER)
