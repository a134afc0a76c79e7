"""A cell's text ↔ what a browser's text area can hold of it: nothing that a person did not change is changed."""

from __future__ import annotations

import difflib
import re
from collections import Counter

from quality.errors import InputError

STAND_IN = "\ufffd"
"""What stands in the text area for a character that no browser can send."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")
MOST_ALIGNED = 5_000
"""Lines of a cell up to which each keeps its own line end; beyond, all get the commonest one."""


def for_browser(cell: str) -> str:
    """The cell as a text area holds it: every line end LF, a stand-in for NUL and half characters."""
    return _UNSENDABLE.sub(STAND_IN, _LINE_END.sub("\n", cell))


def unsendable(cell: str) -> int:
    """How many characters of the cell no browser can send."""
    return len(_UNSENDABLE.findall(cell))


def from_browser(given: str, cell: str) -> str:
    """What the text area gives back, with the line ends that the cell has; the cell itself where nothing was changed.

    Raises:
        InputError: A stand-in is left in a text that was changed, so that a character would be lost in silence.
    """
    given = _LINE_END.sub("\n", given)
    if given == for_browser(cell):
        return cell
    if STAND_IN in given and STAND_IN not in cell:
        raise InputError(
            f"the text still holds {STAND_IN}, which stands for a character that cannot be shown",
            remedy=f"write what belongs there, or delete the {STAND_IN}",
        )
    return _with_line_ends(given, cell)


def _with_line_ends(given: str, cell: str) -> str:
    """The text with the cell's line ends: its own for a line that was kept, the commonest for a new one."""
    ends = _LINE_END.findall(cell)
    common = Counter(ends).most_common(1)[0][0] if ends else "\n"
    if not ends or set(ends) == {common}:
        return given.replace("\n", common)
    before, after = _LINE_END.split(cell), given.split("\n")
    if max(len(before), len(after)) > MOST_ALIGNED:
        return given.replace("\n", common)
    chosen = [common] * len(after)
    for block in difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            if block.a + step < len(ends):
                chosen[block.b + step] = ends[block.a + step]
    return "".join(line + end for line, end in zip(after, [*chosen[: len(after) - 1], ""], strict=True))
