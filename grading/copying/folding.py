"""Text → the words and marks that two corrections are compared by, whatever disguises them.

Folding goes letter by letter, so that a place in the folded text is a place in the text as given: without case,
accents, invisible characters and typographic quotes, and with look-alike letters of other alphabets as the Latin ones.
That folds a few honest differences too (`resume`, `résumé`); they only fail to count as changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from quality.text.folding import folded

_TOKEN = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]")
"""A word with its apostrophes and hyphens, or one mark."""
_MORE_LOOKALIKES = str.maketrans(
    "ɑɡıɩʟɴʀʜʙɢʏѵғԍҽҏҡցոսօհյᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢηιϲ", "agiilnrhbgyvfgepkgnuohjacdejkmoptuvwznic"
)
"""Small letters beyond `quality.text.folding`'s → the Latin ones they look like (Unicode TR39, the common ones)."""
_SIGNS = str.maketrans("“”„‟«»″–—−‒―⁃´`", '"""""""' + "------" + "''")
_UNSEEN = frozenset({"Cf", "Cc", "Mn", "Me", "Cs"})


class _Fold(dict[int, str]):
    """Code point → what it is folded to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = made = _folded(chr(code))
        return made


def _folded(letter: str) -> str:
    if letter.isspace():
        return letter
    if letter in "'\"":
        return letter
    # two Latin letters before it, so that it is read as one of a Latin word
    plain = unicodedata.normalize("NFKD", folded("ab" + letter).removeprefix("ab"))
    seen = "".join(c for c in plain if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return seen.translate(_MORE_LOOKALIKES).translate(_SIGNS)


_FOLD = _Fold()


def words(text: str) -> list[str]:
    """The words and marks of the text, folded, in order."""
    return _TOKEN.findall(text.translate(_FOLD))


@dataclass(frozen=True, slots=True)
class Words:
    """The same with their places in the text as given, in code points; `texts[n]` is at `[starts[n], ends[n])`."""

    texts: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]


def placed_words(text: str) -> Words:
    """The words and marks with their places; `texts` equals `words(text)`."""
    pieces = [_FOLD[ord(letter)] for letter in text]
    origin = [at for at, piece in enumerate(pieces) for _ in piece]
    found = list(_TOKEN.finditer("".join(pieces)))
    return Words(
        [match.group() for match in found],
        [origin[match.start()] for match in found],
        [origin[match.end() - 1] + 1 for match in found],
    )
