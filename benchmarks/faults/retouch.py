"""Small edits that mend nothing, as annotators make them on the way."""

from __future__ import annotations

import random
import re

from faults.draft import Change, changed, some

_EITHER = (
    ("use", "utilize"), ("help", "assist"), ("also", "additionally"), ("begin", "start"), ("start", "begin"),
    ("often", "frequently"), ("large", "big"), ("important", "significant"), ("many", "numerous"),
    ("show", "demonstrate"),
    ("get", "obtain"), ("because", "since"), ("while", "whereas"), ("ensure", "make sure"), ("choose",
    "select"),
    ("usually", "typically"), ("but", "yet"), ("like", "such as"), ("several", "a few"), ("such as", "like"),
)  # fmt: skip


def retouched(text: str, draw: random.Random) -> str:
    """The text with one to three words or commas that are a matter of taste."""
    changes: list[Change] = [
        (*m.span(), other)
        for word, other in _EITHER
        for m in re.finditer(rf"(?<=[a-z] ){word}(?= [a-z])", text)
    ]
    changes += [(*m.span(), " and") for m in re.finditer(r"(?<=[a-z]), and(?= [a-z])", text)]
    changes += [
        (*m.span(), "n't") for m in re.finditer(r"(?<=\b(?:do|is)) not\b|(?<=\b(?:are|was)) not\b", text)
    ]
    return changed(text, some(changes, draw.randint(1, 3), draw))
