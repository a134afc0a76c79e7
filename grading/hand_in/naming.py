"""A group's name in file names: plain letters of ASCII that every system, LMS and zip program takes as they are."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from grading.model import Level, Trouble

if TYPE_CHECKING:
    from grading.course.model import Course

MOST = 60
"""Characters of a slug: with the course's own and a folder before it, a path stays under Windows' 260."""
_LONGEST = 255
"""Characters of a file name; what is longer is nobody's second copy."""
PLACE = "{group}"
"""Where the group's name stands in the course's pattern."""

_LETTERS = str.maketrans(
    {
        "ı": "i", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ə": "e", "Ə": "E",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart; ğ, ş, ö, ü, ç and İ it does."""
_OTHER = re.compile("[^A-Za-z0-9]+")
_INSIDE = re.compile("['’ʼ`´]")
"""What stands inside a word: `Ada's` becomes `Adas`."""
_AGAIN = re.compile(
    r"(?:[ _]?\(\d{1,3}\)| ?[-–] ?(?:copy|kopya)(?: ?\(\d{1,3}\))?|[ _]copy)+$", re.IGNORECASE
)
"""What a browser or a file manager adds to the name of a second copy."""


@lru_cache(maxsize=8192)
def slug(name: str) -> str:
    """The name in ASCII letters, digits and single hyphens, 1 to 60 of them; the same name always gives the same.

    Turkish letters become their plain ones and other accents fall off; what no reader sees, such as controls and
    marks of direction, leaves nothing behind. Names of nothing else (another alphabet, signs) get `group-` and a
    number made from the name, so that two of them stay two. Two names can have one slug: who writes files adds an id.
    """
    plain = unicodedata.normalize("NFKD", name[:4096].translate(_LETTERS))
    kept = "".join(
        c for c in plain if unicodedata.category(c) not in {"Mn", "Me", "Cf", "Cc", "Cs"} or c in "\t\n\r"
    )
    made = _OTHER.sub("-", _INSIDE.sub("", kept)).strip("-")[:MOST].strip("-")
    if made:
        return made
    number = hashlib.sha256(unicodedata.normalize("NFC", name).encode("utf-8", "surrogatepass")).hexdigest()[
        :8
    ]
    return f"group-{number}"


def archive_name(course: Course, group_name: str) -> str:
    """What the group's archive is called."""
    return course.files.archive.replace(PLACE, slug(group_name))


def other_archive_name(course: Course, file: str = "") -> Trouble:
    """The trouble that an archive is not called as the course asks.

    Args:
        file: What it is called; "" where that is not to be told.
    """
    what = f"the archive is not called {course.files.archive.replace(PLACE, '<group>')}"
    return Trouble("archive.name", Level.WARNING, what, file, "`grading pack` gives it the right name")


def group_in_archive_name(course: Course, file_name: str) -> str | None:
    """The group that an archive's name speaks of, as it is written there; None where the name is none of the course's.

    Case, the kind of separator (`-`, `_`, space) and what a browser adds to a second copy (` (1)`) do not matter.

    Args:
        file_name: Without folders.
    """
    name = unicodedata.normalize("NFC", file_name)
    stem, dot, suffix = name.rpartition(".")
    if dot and len(suffix) <= 4:
        name = f"{without_copy_mark(stem)}.{suffix}"
    found = _pattern(course.files.archive).fullmatch(name)
    return found["group"].strip() or None if found else None


def without_copy_mark(stem: str) -> str:
    """The name, without its suffix, as it was before a browser or a file manager made a second copy of it."""
    return _AGAIN.sub("", stem) if len(stem) <= _LONGEST else stem


def same_name(name: str, other: str) -> bool:
    """Whether two names are one to a reader: in any case, with or without accents, apostrophes and separators."""
    return bool(name) and bool(other) and slug(name).casefold() == slug(other).casefold()


@lru_cache(maxsize=8)
def _pattern(archive: str) -> re.Pattern[str]:
    before, _, after = archive.partition(PLACE)
    pieces = (r"[-_ ]+".join(map(re.escape, re.split("[-_ ]+", piece))) for piece in (before, after))
    return re.compile(r"(?P<group>.+)".join(pieces), re.IGNORECASE | re.DOTALL)
