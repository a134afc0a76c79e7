"""Text → the tokens that two versions of it are compared by: words, numbers, marks and symbols, in any script.

A word keeps its apostrophes, hyphens and digits (`don't`, `well-known`, `mp3`); a number its separators (`1,200.50`)
and the ending of an ordinal (`1st`); every mark is a token of its own. Scripts without spaces go by character.
White space is no token: it stands in the gap before the token that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0971-\u0df3\u200c\u200d"
)
"""Combining marks, and the blocks of Indian scripts, whose vowel signs are no letters to `re`."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and ideographs."""
_LETTERS = rf"(?:(?![{_UNSPACED}])[^\W\d_]|[{_MARKS}])++"
_NAME = rf"{_LETTERS}(?:\d++|{_LETTERS})*+"
_TOKEN = re.compile(
    rf"\d++(?:(?:st|nd|rd|th)\b|(?:[.,]\d++)*+)|{_NAME}(?:['’ʼ‐‑-]{_NAME})*+|\S",
    re.IGNORECASE,
)
"""Every repetition is possessive: linear in the text."""
_ONE_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_BREAK = re.compile(r"\r\n|[^\S\r\n]+|\s")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text; `texts[n] == text[starts[n]:ends[n]]`. The last one is empty and stands for the end."""

    text: str
    texts: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def before(self, at: int) -> int:
        """Where the gap before a token starts."""
        return self.ends[at - 1] if at else 0

    def gap(self, at: int) -> str:
        """The white space before a token."""
        return self.text[self.before(at) : self.starts[at]]


def tokens(text: str) -> Tokens:
    """The tokens of the text, in order."""
    found = list(_TOKEN.finditer(text))
    size = len(text)
    return Tokens(
        text,
        [*(match.group() for match in found), ""],
        [*(match.start() for match in found), size],
        [*(match.end() for match in found), size],
    )


def is_unspaced(token: str) -> bool:
    """Whether the token is a character of a script without spaces between words."""
    return _ONE_UNSPACED.match(token) is not None


def pieces(text: str) -> list[str]:
    """All tokens with the white space between them: runs of blanks, and line breaks one by one."""
    cut: list[str] = []
    at = 0
    for match in _TOKEN.finditer(text):
        cut += _BREAK.findall(text[at : match.start()])
        cut.append(match.group())
        at = match.end()
    return cut + _BREAK.findall(text[at:])
