"""Signs that the original spoke to its reader as it should not: scorn, slang, shouting, familiarity."""

from __future__ import annotations

import re

from quality.correction.changes import piece
from quality.correction.evidence.clue import Clue, Seen, gone, rising, several
from quality.correction.reading import Purpose, View, held
from quality.text.attitude import SURE, discourtesy, is_kind

CRITERION = "tone"
_CAPITALS = re.compile(r"\b[A-Z]{3,30}\b")
_MARK = re.compile(r"[!\U0001f300-\U0001faff\u2600-\u27bf]")
FAINT = 0.5


def _findings_gone(view: View) -> Seen | None:
    found = view.fixed.get(CRITERION, ())
    if not found:
        return None
    praise = all(finding.code == "TON008" for finding in found)
    error = any(finding.is_error for finding in found)
    message = several(
        len(found),
        "a phrase that does not suit an assistant is gone",
        "{} phrases that do not suit an assistant are gone",
    )
    return Seen(0.4 if praise else 1.0 if error else 0.9, message)


def _rude(view: View) -> Seen | None:
    found = [taken for taken in view.taken if taken.rude >= 1]
    if view.is_rewritten and view.taken:
        # of many sentences some hold a doubtful word
        found = [one for one in found if one.rude >= SURE or len(found) >= 0.3 * len(view.taken)]
    if not found:
        return None
    sure = max(taken.rude for taken in found) >= SURE
    return Seen(1.0 if sure else 0.85 if len(found) > 1 else 0.8, gone(found))


def _faint(view: View) -> Seen | None:
    if view.is_rewritten:
        return None
    faint = [taken for taken in view.taken if FAINT <= taken.rude < 1 and taken.purpose is not Purpose.REPEAT]
    return Seen(rising(len(faint), 0.7, 0.15), gone(faint)) if faint else None


def _aside(view: View) -> Seen | None:
    """Short remarks on the side: nothing of the matter, nothing kind, nothing about the talk."""
    if view.is_rewritten:
        return None
    matter = {stem for one in view.changes.new for stem in one.stems} | view.asked.keys()
    asides = [
        taken
        for taken in view.taken
        if taken.purpose is Purpose.MATTER
        and taken.piece.at >= 0
        and 1 < len(taken.piece.words) <= ASIDE
        and taken.nearest < 0.5
        and held(taken.piece.stems, dict.fromkeys(matter, 1.0)) < 0.34
        and not is_kind(taken.piece.text)
    ]
    if not asides:
        return None
    personal = any(
        not PERSONS.isdisjoint(one.piece.words) or one.piece.text.endswith(("?", "!")) for one in asides
    )
    return Seen(1.0 if personal else 0.5, gone(asides))


ASIDE = 16
"""Words of a remark on the side."""
PERSONS = frozenset(
    str.split(
        "i i'm i've i'd i'll me my you your you're you've you'd you'll yourself nobody someone anyone"
        " everyone somebody anybody everybody"
    )
)


def _words(view: View) -> Seen | None:
    """Words within sentences that stay."""
    said = {word for one in view.changes.new for word in one.words}
    found = 0.0
    for exchange in view.changes.exchanges[:60]:
        before, after = piece(exchange.before), piece(exchange.after)
        if before.words:
            found += max(
                0.0,
                discourtesy(before.text, before.words, without=said) - discourtesy(after.text, after.words),
            )
    return (
        Seen(min(1.0, found), "single words were exchanged for more neutral ones") if found >= FAINT else None
    )


def _address(view: View) -> Seen | None:
    """A short answer that spoke of persons in everyday words, and was written anew without them."""
    if not view.is_rewritten or view.changes.old_words > SHORT_ANSWER:
        return None
    old, new = (
        max((discourtesy(one.text, one.words) for one in side), default=0.0)
        for side in (view.changes.old, view.changes.new)
    )
    if old < LOOSE or old <= 1.5 * new:
        return None
    return Seen(1.0 if old >= FAINT else 0.6, "everyday words, or words to the reader, are gone")


SHORT_ANSWER = 60
LOOSE = 0.25
"""Discourtesy of a sentence from which it may have been meant so."""


def _loud(view: View) -> Seen | None:
    capitals = len(_CAPITALS.findall(view.old)) - len(_CAPITALS.findall(view.new))
    marks = len(_MARK.findall(view.old)) - len(_MARK.findall(view.new))
    if capitals < 3 and marks < 2:
        return None
    return Seen(1.0 if capitals >= 5 or marks >= 4 else 0.6, "capitals, exclamation marks or emoji are gone")


CLUES = (
    Clue("manners-findings-gone", CRITERION, 0.95, "Findings on manners that are gone.", _findings_gone),
    Clue(
        "rude-sentence-gone",
        CRITERION,
        0.95,
        "Sentences taken out whose words scorn, scold, mock, brush off or are too familiar.",
        _rude,
    ),
    Clue("hint-gone", CRITERION, 0.6, "Sentences taken out that hold a faint sign of that.", _faint),
    Clue(
        "aside-gone",
        CRITERION,
        0.5,
        "Short remarks taken out that hold nothing of the matter and no courtesy.",
        _aside,
    ),
    Clue("rude-words-gone", CRITERION, 0.8, "Such words exchanged within sentences that stay.", _words),
    Clue(
        "address-gone",
        CRITERION,
        0.5,
        "Everyday words and words to the reader in a short answer that was written anew.",
        _address,
    ),
    Clue("loudness-gone", CRITERION, 0.7, "Fewer capitals, exclamation marks, emoji.", _loud),
)
