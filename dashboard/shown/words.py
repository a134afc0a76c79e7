"""Words for widgets, table cells and sentences of ours; plain Python, no HTML."""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Collection, Iterable

from quality.reports.escape import visible
from quality.wording import cut

LABEL_LENGTH = 60
NOTHING = "(none)"
"""How an empty text reads where something has to be chosen."""

_PUNCTUATION = re.compile(f"([{re.escape(string.punctuation)}])")
_LINKED = re.compile(r"(?<=:)(?=\S)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_OUTER = re.compile("^ +| +$")
_BREAK = "\u200b"
"""A place to break a line: no address, no icon and no emoji is read across it."""


def label(text: str, most: int = LABEL_LENGTH) -> str:
    """One visible line of at most about `most` characters, for select boxes and cells of tables: not for Markdown.

    Spaces at either end are shown, too, so that `tone ` does not look like `tone`.
    """
    return _OUTER.sub(lambda spaces: "␣" * len(spaces.group()), visible(cut(text, most, "")))


def labels(texts: Iterable[str], most: int = LABEL_LENGTH) -> dict[str, str]:
    """Text → label, each label once: what would look the same gets a number.

    Streamlit knows options by their labels, so two texts with one label could not be told apart.
    """
    found: dict[str, str] = {}
    for text in dict.fromkeys(texts):
        found[text] = numbered(label(text, most) or NOTHING, found.values())
    return found


def numbered(name: str, taken: Collection[str]) -> str:
    """The name, with a number behind it where it is taken."""
    others = (f"{name} ({nth})" for nth in itertools.count(2))
    return next(one for one in itertools.chain([name], others) if one not in taken)


def plain(text: str) -> str:
    """Text of ours so that Markdown shows every character of it as it is, on one line, and links nothing.

    An address keeps its letters and gets an invisible place to break, because Streamlit's Markdown links addresses
    whatever is escaped in them.
    """
    line = visible(" ".join(text.split()))
    return _PUNCTUATION.sub(r"\\\1", _LINKED.sub(_BREAK, line))
