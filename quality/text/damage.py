"""Text → the places where a spreadsheet, a clipboard or a wrong encoding has damaged it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 201
"""Places of one kind that are looked for in one text; more than any report shows."""


@dataclass(frozen=True, slots=True)
class Damage:
    """One damaged place: `[start, end)` in code points.

    Attributes:
        what: The fault in words.
        text: What should stand there; None where nobody can tell.
        safe: Whether that may be put there without a look.
    """

    start: int
    end: int
    what: str
    text: str | None
    safe: bool


_ERROR_VALUE = re.compile(
    r"\s*+(#(?:REF!|NAME\?|VALUE!|DIV/0!|N/A|NULL!|NUM!|ERROR!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!"
    r"|GETTING_DATA"
    r"|BEZUG!|WERT!|ZAHL!|NOM\?|VALEUR!|NOMBRE!|¡REF!|¿NOMBRE\?|¡VALOR!|¡DIV/0!|¡NUM!|¡NULO!"
    r"|BAŞV!|DEĞER!|AD\?|SAYI/0!|SAYI!|BOŞ!))(?![\w/!?])"
)
"""As Excel (English, German, French, Spanish, Turkish), Google Sheets and LibreOffice write them."""


def error_value(text: str) -> tuple[int, int, bool] | None:
    """The spreadsheet error value that a cell starts with: start, end, and whether the cell holds nothing else."""
    match = _ERROR_VALUE.match(text)
    if match is None:
        return None
    return match.start(1), match.end(1), not text[match.end(1) :].strip()


_HIDDEN = re.compile(
    "\x1b\\[[0-9;?]{0,32}[@-~]"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e0fff]"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")
_JOINING = "\u0600-\u0fff\u1000-\u109f\u1780-\u18af\ua840-\ua8ff\ufb50-\ufdcf\ufe70-\ufefc"
_JOINED_SCRIPT = re.compile(f"[{_JOINING}]")
_UNSPACED_SCRIPT = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_EMOJI = re.compile("[\u00a9\u00ae\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff\ufe0f]")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,6}\U000e007f")
_LETTER_OF = {"\x07": "a", "\x08": "b", "\x0b": "v", "\x0c": "f"}
_LINES = {"\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n"}
_MARKUP = frozenset("`*_#~|@<>")
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_OVERRIDES = frozenset("\u202d\u202e")
_JUNK = frozenset("\xad\u034f\u180e\u200b\u200c\u200d\u2028\u2029\u2060\ufeff\ufffc") | _BIDI
_NAMES = {
    "\x1b": "escape character",
    "\xad": "soft hyphen",
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
    "\u2060": "word joiner",
    "\u3164": "Hangul filler",
    "\ufeff": "byte order mark",
    "\ufffc": "placeholder for an object",
}


def hidden(text: str) -> Iterator[Damage]:
    """Control characters and invisible ones that have no work to do where they stand; runs of one kind count once.

    Joiners within emoji and in scripts that need them, marks of direction in text with right-to-left letters, variation
    selectors after a symbol and zero-width spaces in scripts without spaces are left alone.
    """
    right_to_left: bool | None = None
    pending: Damage | None = None
    for match in _HIDDEN.finditer(text):
        start, end = match.span()
        mark = match.group()
        if right_to_left is None and mark in _BIDI:
            right_to_left = _RIGHT_TO_LEFT.search(text) is not None
        if len(mark) == 1 and _has_work(text, start, mark, bool(right_to_left)):
            continue
        this = _hidden(text, start, end, mark)
        if pending and pending.end == start and pending.what == this.what:
            both = (pending.text or "") + (this.text or "")
            pending = Damage(pending.start, end, this.what, both, pending.safe and this.safe)
            continue
        if pending:
            yield pending
        pending = this
    if pending:
        yield pending


def _has_work(text: str, at: int, mark: str, right_to_left: bool) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if mark in "\u200c\u200d":
        if _JOINED_SCRIPT.match(before):
            return True
        return mark == "\u200d" and bool(_EMOJI.match(before) and _EMOJI.match(after))
    if mark == "\u200b":
        return bool(_UNSPACED_SCRIPT.match(before) or _UNSPACED_SCRIPT.match(after))
    if mark in _BIDI:
        return right_to_left and mark not in _OVERRIDES
    if "\ufe00" <= mark <= "\ufe0f" or "\U000e0100" <= mark <= "\U000e01ef":
        return (
            bool(before)
            and not (before.isspace() or (before.isascii() and before.isalpha()))
            and not _selects(before)
        )
    if "\u180b" <= mark <= "\u180e":
        return "\u1800" <= before <= "\u18af"
    if "\U000e0020" <= mark <= "\U000e007f":
        flag = _FLAG.match(text, text.rfind("\U0001f3f4", max(0, at - 8), at))
        return flag is not None and at < flag.end()
    return False


def _selects(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _hidden(text: str, start: int, end: int, mark: str) -> Damage:
    after = text[end : end + 1]
    if mark in _LETTER_OF and after.isascii() and after.isalpha():
        command = f"\\{_LETTER_OF[mark]}"
        return Damage(
            start, end, f"control character where `{command}{after}…` may have stood", command, False
        )
    if len(mark) > 1:
        return Damage(start, end, "terminal escape sequence", "", True)
    if "\x80" <= mark <= "\x9f":
        put = mark.encode("latin-1").decode("cp1252", "ignore")
        return Damage(start, end, f"control character U+{ord(mark):04X}", put, False)
    if mark in _BIDI:
        return Damage(start, end, "invisible mark of text direction", "", True)
    if mark == "\u200b" and _MARKUP & {text[max(0, start - 1) : start], after}:
        return Damage(start, end, "zero-width space U+200B", "", False)  # may keep markup from its work
    name = _NAMES.get(mark) or ("control character" if mark < "\xa0" else "invisible character")
    return Damage(
        start, end, f"{name} U+{ord(mark):04X}", _LINES.get(mark, ""), mark in _JUNK or mark in _LINES
    )


_CHUNK = re.compile(r"[^\n]{1,4000}")
_LOST = re.compile("\ufffd+")
_UNIT = re.compile("Å[¹²³]")
"""Square and cubic ångström, which are also a misread `ų` of Lithuanian."""


def mojibake(text: str) -> Iterator[Damage]:
    """Letters that were read in the wrong encoding, with the right ones (by ftfy); U+FFFD, whose letter is lost.

    Only what ftfy both repairs and finds less bad afterwards counts, so that `Ã` in Portuguese stays.
    """
    if text.isascii():
        return
    for match in _LOST.finditer(text):
        yield Damage(match.start(), match.end(), "a letter was lost in a change of encoding", None, False)
    from ftfy.badness import is_bad

    for chunk in _CHUNK.finditer(text):
        piece = chunk.group()
        if not piece.isascii() and is_bad(piece):
            yield from _repaired(piece, chunk.start())


def _repaired(piece: str, offset: int) -> Iterator[Damage]:
    from ftfy import fix_encoding
    from ftfy.badness import badness

    fixed = fix_encoding(piece)
    if fixed == piece or badness(fixed) >= badness(piece):
        return
    differences = list(_differences(piece, fixed))
    if all(_UNIT.fullmatch(piece[start:end]) for start, end, _ in differences):
        return
    for start, end, new in differences:
        old = piece[start:end]
        yield Damage(offset + start, offset + end, "letters in the wrong encoding", new, _inverse(new, old))


def _differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """The words that differ; from the first to the last difference where the words do not pair."""
    words, mended = old.split(" "), new.split(" ")
    if len(words) != len(mended):
        yield _middle(old, new, 0)
        return
    start = 0
    for before, after in zip(words, mended, strict=True):
        if before != after:
            yield _middle(before, after, start)
        start += len(before) + 1


def _middle(old: str, new: str, offset: int) -> tuple[int, int, str]:
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return offset + head, offset + len(old) - tail, new[head : len(new) - tail]


def _inverse(right: str, wrong: str) -> bool:
    """Whether the wrong letters are exactly the right ones' UTF-8 read as Windows-1252 or Latin-1, once or twice."""
    import ftfy.bad_codecs  # registers the codecs that fill the five gaps of Windows-1252

    assert ftfy.bad_codecs
    for codec in ("sloppy-windows-1252", "latin-1"):
        once = right.encode("utf-8").decode(codec)
        if wrong in (once, once.encode("utf-8").decode(codec)):
            return True
    return False
