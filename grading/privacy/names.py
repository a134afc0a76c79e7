"""How somebody may be written: to find them in free text, and to look for what is left of them in files."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from grading.hand_in.naming import slug
from quality.reports.escape import INVISIBLE

REMOVED = "[removed]"
"""What stands in place of a text that named somebody."""
SHORTEST = 5
"""Characters from which a single word is taken for somebody's name wherever it stands."""
_INVISIBLE = re.compile(f"(?![\\s])[{INVISIBLE}]")
_SYLLABLE = re.compile(
    "[\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]"
)
"""Of scripts that put no spaces between words: each is a word of its own."""
_BETWEEN = re.compile(r"[\W_]+")
_PLAIN = str.maketrans("ıøđłßæœ", "iodlsao")
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


@dataclass(frozen=True, slots=True)
class Names:
    """How one person, or one group, may be written.

    Attributes:
        whole: Folded; enough to know them wherever they stand.
        parts: Folded; enough where the text is about their own group.
        raw: As they were given, for a search in bytes.
    """

    whole: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    raw: frozenset[str] = frozenset()

    def __or__(self, other: Names) -> Names:
        return Names(self.whole | other.whole, self.parts | other.parts, self.raw | other.raw)

    def named_in(self, text: str, *, own: bool = False) -> bool:
        """Whether the text names them.

        Args:
            own: It is about their own group, where a first name is enough.
        """
        plain = f" {_plain(text)} "
        wanted = self.whole | self.parts if own else self.whole
        return any(f" {form} " in plain for form in wanted) or any(
            one in text for one in self.raw if not _plain(one)
        )

    def removed_from(self, value: Any, *, own: bool = False) -> Any:
        """The JSON values with `[removed]` in place of each text that names them."""
        if isinstance(value, str):
            return REMOVED if self.named_in(value, own=own) else value
        if isinstance(value, list):
            return [self.removed_from(one, own=own) for one in cast("list[Any]", value)]
        if isinstance(value, dict):
            fields = cast("dict[str, Any]", value)
            return {key: self.removed_from(one, own=own) for key, one in fields.items()}
        return value

    @property
    def patterns(self) -> frozenset[bytes]:
        """What stands in a file that holds them, for `in` on the file's bytes in ASCII's lower case."""
        texts = {form for one in self.raw for form in (one, one.lower(), one.upper(), json.dumps(one)[1:-1])}
        return frozenset(
            text.encode(encoding, "surrogatepass").lower() for text in texts for encoding in _ENCODINGS
        )


def of_person(name: str, email: str, identifier: str, *, shared: bool = False) -> Names:
    """How the person may be written; each can be "".

    Args:
        shared: Somebody else has the same name, so that it does not tell who is meant.
    """
    words = _plain(name).split()
    orders = {
        " ".join(words),
        " ".join([*words[-1:], *words[:-1]]),
        "".join(words),
        "".join(words[-1:] + words[:-1]),
    }
    local = _plain(email.partition("@")[0])
    known = Names() if shared else _of(orders, name)
    parts = frozenset(one for one in (*words, local) if len(one) > 1)
    return known | _of({_plain(email)}, email) | _of({_plain(identifier)}, identifier) | Names(parts=parts)


def of_group(name: str, email: str, identifier: str, *, shared: bool = False) -> Names:
    """How the group may be written, likewise."""
    known = Names() if shared else _of({_plain(name)}, name)
    return known | _of({_plain(email)}, email) | _of({_plain(identifier)}, identifier)


def _of(forms: Iterable[str], raw: str) -> Names:
    """Short single words and short numbers tell nobody from a word of the language."""
    raw = raw.strip()
    if len(raw) < SHORTEST and not (" " in raw and len(raw) > 3):
        return Names(parts=frozenset(filter(None, forms)))
    whole = frozenset(one for one in forms if len(one) >= SHORTEST or " " in one)
    return Names(whole, raw=frozenset(filter(None, (raw, slug(raw) if whole else ""))))


def _plain(text: str) -> str:
    """Words in small letters without accents, one space between them."""
    apart = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold().translate(_PLAIN)
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return _BETWEEN.sub(" ", _SYLLABLE.sub(r" \g<0> ", unicodedata.normalize("NFC", bare))).strip()
