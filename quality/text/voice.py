"""Whose words: a text with everything masked that its writer does not say in their own voice.

Quotations, code, formulas, addresses, block quotes and the lines of a script belong to others. Every step is linear in
effect: each repetition is bounded or stops at the mark that it starts with.
"""

from __future__ import annotations

import re
from collections import Counter

MASK = "\ufffc"
"""Stands for a code point that is not the writer's: no word, no white space, so no pattern reads across it."""

_OTHERS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"(```|~~~).*?(?:\1|\Z)", re.DOTALL),
        (r"`[^`\n]{1,400}`", 0),
        (r"^[ \t]{0,3}>[^\n]*", re.MULTILINE),
        (r"https?://\S{1,2000}|www\.\S{1,2000}|\S{1,64}@\S{1,200}\.\w{2,20}", 0),
        (r"\$\$[^$]{1,2000}\$\$|\\\[[^\]]{1,500}\\\]", 0),
        (r"(?<![\w\"])\"(?=\S)(?:[^\"\n]|\n(?!\s*\n)){1,1500}\"", 0),
        (r"[“„](?:[^“„”\n]|\n(?!\s*\n)){1,1500}[”“]", 0),
        (r"«[^«»]{1,1500}»|‹[^‹›\n]{1,400}›", 0),
        (r"(?<![\w'’])[‘'](?=[^\s'’‘])[^'’‘\n]{0,200}(?:(?<=\w)['’](?=\w)[^'’‘\n]{0,200}){0,6}['’](?!\w)", 0),
    )
)
_SPEAKER = re.compile(
    r"^[ \t>*_-]{0,6}(?P<name>[A-Z][\w .'’-]{0,30}?)[*_]{0,3}[ ]?(?:\([^)\n]{0,60}\))?[*_]{0,3}:[*_]{0"
    r",3}[ \t]+\S[^\n]*",
    re.MULTILINE,
)
_TURNS = 2
"""A name that speaks so often speaks in a script, when another does too."""


def own_voice(text: str) -> str:
    """The text, code point by code point, with others' words as `MASK` and straight apostrophes."""
    own = text
    for pattern in _OTHERS:
        own = pattern.sub(_masked, own)
    return _without_script(own).replace("’", "'")


def _masked(match: re.Match[str]) -> str:
    return MASK * (match.end() - match.start())


def _without_script(text: str) -> str:
    """Masks the lines that begin with a speaker, where two or more speakers take turns."""
    if text.count(":") < 2 * _TURNS:
        return text
    turns = Counter(match["name"] for match in _SPEAKER.finditer(text))
    speakers = {name for name, times in turns.items() if times >= _TURNS}
    if len(speakers) < 2:
        return text
    return _SPEAKER.sub(lambda m: _masked(m) if m["name"] in speakers else m.group(), text)
