"""What stands in the scoped text for words that do not ask."""

from __future__ import annotations

import re

MASK = "\ufffc"
"""Stands for a code point of a quotation: neither a word nor white space, so that no pattern reads across it, and a
value that may be read from the instruction.
"""
MASKED = re.compile(rf"{MASK}+")
"""One quotation."""
WORK = "\ufff9"
"""Stands for a code point that asks for nothing and names nothing: code, an example, the text to work on."""

_VISIBLE = re.compile(r"[^\n]")


def worked(text: str) -> str:
    """The text masked as work; line ends stay, so that no sentence reaches across it."""
    return _VISIBLE.sub(WORK, text)
