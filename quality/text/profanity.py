"""Swear words and slurs in a text, plain or disguised (`f*ck`, `sh1t`, `f u c k`, full-width, look-alike letters).

The lexicon and the undoing of disguises are glin-profanity's. Its lexicon also lists plain names of bodies and of sex,
which medicine and news name too; the words count that swear or defame whatever the subject: those with a stem below.
The library takes 5 ms for 300 words, so it reads only the stretches in which a stem may stand.

Known limits: English alone. Words with an innocent sense (`ass`, `prick`, `retard`) are left to `manners`, which asks
at whom they are aimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from quality.text.voice import MASK

_SWEAR = re.compile(
    r"f[uv*@4]ck|fuk|fuq|phuck|fcuk|shit(?!e$)|sh1t|\$h[i!]t|bitch|b!tch|cunt|asshole"
    r"|arsehole|asswipe|asshat"
    r"|azzhole|dumbass|jackass|bastards?$|bollocks|twat|wank|dickhead|cocksuck|damn|dammit|crap|stfu|wtf|lmfao|omfg"
    r"|piss(?:ed)? off|bloody hell|tosser|douche|buttho|whore|slut|goddam|god dam|effing|horsesh|bugger off"
)
_SLUR = re.compile(
    r"nigg|faggot|kike|beaner|raghead|towelhead|tranny|jigg?aboo|wetback|slanteye|gook|libtard|fucktard"
)
_ADDED = (
    *str.split(
        "damn damnit dammit goddamn goddamned goddamnit crap crappy dickhead dickheads shits shitting "
        "shitless shittier shittiest horseshit bullshitting fuckery fucks fucked fuckers fuckwit "
        "fuckhead motherfuckers motherfucking mindfuck bitchy bitching bastards assholes dumbasses "
        "cunts twats wanker wankers whore whores sluts douche douchebag douchebags niggers niggas "
        "faggots kikes libtard libtards gook gooks fcuk effing azzhole"
    ),
    "piss off",
    "pissed off",
    "bloody hell",
    "bugger off",
)
"""Inflections, and words that the library's lexicon lacks."""

_PLAIN = re.compile(
    r"f+u+c+k|f[v4]c?k|fuq|fuk|ph?uck|fcuk|s+h+[i1!]+t|\$h[i1!]t|b+[i1!]+t+c+h"
    r"|c+u+n+t|a[s$5z]{2}h|@[s$]{2}h|assw|arseh"
    r"|dumba|jackas|bastard|bolloc|twat|wank|dickhe|cocksu|d[a@]m+n|damm|crap"
    r"|stfu|wtf|lmfao|omfg|piss|bloody hell|tosser"
    r"|douche|buttho|whore|slut|god ?dam|effing|bugger|n[i1!]gg|f[a@4]gg|kike|beaner|raghead|towelhead|tranny"
    r"|jigg?aboo|wetback|slanteye|gook|libtard"
)
"""Every branch starts with a letter of its own, by which the search skips."""
_STEMS = (
    *str.split(
        "fuck fuq fuk fcuk phuck puck shit bitch cunt assh assw arseh dumba jackas bastard bolloc "
        "twat wank dickhe cocksu damn damm crap stfu wtf lmfao omfg piss tosser douche buttho whore "
        "slut goddam effing bugger nigg fagg kike beaner raghead towelhead tranny jigab jiggab "
        "wetback slanteye gook libtard"
    ),
    "bloody hell",
    "god dam",
)
"""What `_PLAIN` finds in its plain spelling."""
_ODD = re.compile(r"[a-z][0-9@$!][a-z]|[$@][a-z]{2}|([a-z])\1\1|\b[afsb][0-9@$!][sckt$1]")
"""What any other spelling holds."""
_STARRED = re.compile(r"(?<![\w*])[a-z]{1,8}[*#@$%]{1,6}(?:[a-z]{1,8})?(?![\w*])")
_SQUEEZED = re.compile(
    r"fu+ck|shi+t(?!t?i[nm])|bi+tch|cunt|a[s]{2}hole|arsehole|bastard|twat|nigg|faggot|dickhead"
)
_LEET = str.maketrans("@4301!|$5+7", "aaeoiiisstt")
_GAP = re.compile(r"(?<![a-z])[a-z@$!0-9](?:[ ._\-*/]{1,3}[a-z@$!0-9]){2,9}(?![a-z])")
_FULL_WIDTH = re.compile(r"[^\x00-\x7f\u2010-\u2027\ufffc]{1,40}")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_EDGE = re.compile(r"[ \n](?:\w{1,12}(?=\W|$))?|$")
_BESIDE = 12
_WORD = 12
"""Letters of the word beside a stretch, in `_EDGE`."""
MAX_STRETCHES = 200
"""Stretches of one text that the library reads; the text of a longer list goes unmeasured."""


@dataclass(frozen=True, slots=True)
class Swear:
    """A word that swears or defames, with its span.

    Attributes:
        word: As the lexicon writes it.
        slur: Whether it defames a group.
    """

    word: str
    start: int
    end: int
    slur: bool


def swears(text: str) -> tuple[Swear, ...] | None:
    """The swear words of a text in lower case, in their order; None when it has too many suspicious stretches."""
    stretches = list(_stretches(text))
    if len(stretches) > MAX_STRETCHES:
        return None
    found = (swear for start, end in stretches for swear in _read(text, start, end))
    return tuple(
        {swear.start: swear for swear in sorted(found, key=lambda s: (s.start, len(s.word)))}.values()
    )


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where a stem may stand, with some text around it; overlapping stretches joined."""
    last: tuple[int, int] | None = None
    for start, end in sorted(_suspicious(text)):
        start, end = _to_edges(text, start, end)
        if last and start <= last[1]:
            last = last[0], max(last[1], end)
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last


def _to_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch widened to white space, and by one word more to the right ("piss off"), within bounds."""
    left = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start), start - _BESIDE - 1) + 1
    most = end + 2 * _BESIDE
    right = _EDGE.search(text, end, most + _WORD + 2)  # as far as it takes to see that a word beside it ends
    return left, min(right.end() if right else len(text), most)


def _suspicious(text: str) -> Iterator[tuple[int, int]]:
    if _ODD.search(text) or any(stem in text for stem in _STEMS):
        yield from (match.span() for match in _PLAIN.finditer(text))
    yield from (match.span() for match in _STARRED.finditer(text))
    for match in _GAP.finditer(text):
        if _SQUEEZED.search(re.sub(r"[^a-z]", "", match.group().translate(_LEET))):
            yield match.span()
    if not text.isascii():
        yield from _look_alikes(text)


def _look_alikes(text: str) -> Iterator[tuple[int, int]]:
    """Words of letters beyond ASCII, or with invisible characters inside, that stand beside Latin ones."""
    for match in _FULL_WIDTH.finditer(text):
        piece = match.group()
        inside = (
            text[match.start() - 1 : match.start()].isalpha() or text[match.end() : match.end() + 1].isalpha()
        )
        if (
            _INVISIBLE.search(piece)
            or any("\uff21" <= c <= "\uff5a" for c in piece)
            or (inside and piece.isalpha())
        ):
            yield match.span()


def _read(text: str, start: int, end: int) -> Iterator[Swear]:
    """What the library finds in a stretch, as far as it swears or defames."""
    found = _library().check_profanity(text[start:end].replace(MASK, "."))
    for match in cast(list[dict[str, Any]], found.get("matches") or []):
        word, at = str(match["word"]), start + int(match["index"])
        slur = bool(_SLUR.search(word))
        if slur or _SWEAR.search(word):
            yield Swear(word, at, _end(text, at, len(word)), slur)


def _end(text: str, start: int, letters: int) -> int:
    """Where a word of so many letters ends, when some may be spaced out or doubled."""
    at, seen = start, 0
    while at < len(text) and (seen < letters or text[at].isalnum() or text[at] == "*"):
        seen += not text[at].isspace() and text[at] not in "._-"
        at += 1
    return at


@cache
def _library() -> Any:
    from glin_profanity import Filter  # pyright: ignore[reportMissingTypeStubs]  # 55 ms that few texts need

    return Filter({"languages": ["english"], "custom_words": list(_ADDED), "detect_leetspeak": True})
