"""Does a token only lay the text out: a mark of Markdown, a bullet, a list's number, a character that does not show?"""

from __future__ import annotations

import unicodedata

from quality.text.tokens import Tokens

_LINE_STARTS = frozenset("*_#`~>|•·‣◦▪●–—-+")
_ANYWHERE = frozenset("`#|•‣◦▪●")
_BESIDE_WORDS = frozenset("*_~")
"""Marks of emphasis, which stand against a word; with blanks on both sides they are something else."""


def is_markup(tokens: Tokens, at: int) -> bool:
    """Whether the token lays the text out rather than saying something."""
    text = tokens.texts[at]
    if unicodedata.category(text[0]) in ("Cf", "Cc"):
        return True
    if text in _BESIDE_WORDS and not (tokens.gap(at) and tokens.gap(at + 1)):
        return True
    if _starts_line(tokens, at):
        return text in _LINE_STARTS or _is_list_number(tokens, at)
    if text in (".", ")"):
        return _starts_line(tokens, at - 1) and _is_list_number(tokens, at - 1)
    return text in _ANYWHERE


def _starts_line(tokens: Tokens, at: int) -> bool:
    return at == 0 or "\n" in tokens.gap(at)


def _is_list_number(tokens: Tokens, at: int) -> bool:
    text = tokens.texts[at]
    return text.isdecimal() and len(text) < 3 and tokens.texts[at + 1] in (".", ")")
