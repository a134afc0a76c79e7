"""Signs that the original was taken from elsewhere."""

from __future__ import annotations

import re

from quality.correction.evidence.asked import is_put_off
from quality.correction.evidence.clue import Clue, Seen
from quality.correction.reading import Purpose, View, errors, held

CRITERION = "plagiarism"
_MARKS = re.compile(
    r"\[\d{1,3}\]|\[citation needed\]|\(\w[\w.& ]{1,40},? (?:19|20)\d\d[a-z]?(?:, ?pp?\. ?\d[\d–-]{0,8})?\)|https?://|www\.|©|\bdoi:"
    r"|\bISBN\b|\ball rights reserved\b"
    r"|\b(?:source|sources|retrieved|accessed|adapted|reprinted|excerpt(?:ed)?|taken) (?:from\b|:)|\bsource:"
    r"|\bwikipedia\b|\bcopyright\b"
    r"|\bread more\b|\bclick here\b|\bsubscribe\b|\bsee also\b|\bet al\b|\bposted (?:on|by)\b|\bsign up\b"
    r"|\b(?:fig|figure|table) \d",
    re.IGNORECASE,
)
LEAST_WORDS = 25
"""Words of a text that one would copy."""
ANEW = 0.55
"""Share of the words kept below which a text was put in other words."""


def _found(view: View) -> Seen | None:
    found = [f for f in view.case.before.findings if f.criterion == CRITERION and f.waived is None]
    if not found:
        return None
    kept = view.changes.kept_share
    # who mends a copy of another row puts it in other words; rows that share a good answer stay alike
    copied = any(f.code == "DUP002" for f in found)
    share = 1.0 if kept < ANEW or (copied and kept < 0.9) else 0.5 if kept < 0.8 or copied else 0.15
    touched = [_touched(view, f.start, f.end) for f in found if f.start is not None and f.end is not None]
    if touched:
        share = 1.0 if max(touched) >= TOUCHED else min(share, 0.5) if max(touched) >= GRAZED else 0.15
    if view.served[0] < 0.5 * view.served[1]:
        share *= 0.6
    if is_put_off(view) and view.changes.old_words <= REFUSAL:
        share *= 0.3  # stock refusals stand in many rows, and nobody copied them
    return Seen(share, "the original stands elsewhere too")


def _touched(view: View, start: int, end: int) -> float:
    """Share of the original's characters from `start` to `end` that edits touch, 0..1."""
    edits = view.case.correction.edits
    return sum(max(0, min(edit.end, end) - max(edit.start, start)) for edit in edits) / max(1, end - start)


TOUCHED = 0.85
"""Share of a copied passage that edits must touch for the passage to be what was corrected."""
GRAZED = 0.3
REFUSAL = 40
"""Words of a refusal that says nothing else."""


def _marks(view: View) -> Seen | None:
    old, new = len(_MARKS.findall(view.old)), len(_MARKS.findall(view.new))
    return (
        Seen(1.0 if old - new > 1 else 0.75, "marks of a source that is quoted are gone")
        if old > new
        else None
    )


def _other_words(view: View) -> Seen | None:
    """A sound text put in other words: same matter, about as long, and nothing else that explains the change."""
    changed = view.changes
    if changed.old_words < LEAST_WORDS or changed.new_words < LEAST_WORDS // 2 or not 0.3 <= view.growth <= 4:
        return None
    if changed.kept_share >= ANEW or view.is_continued or _is_explained(view):
        return None
    old = {stem: rarity for one in changed.old for stem, rarity in one.stems.items()}
    new = {stem: rarity for one in changed.new for stem, rarity in one.stems.items()}
    shared = held(old, new)
    if shared < 0.15 and view.served[0] < 0.5 * view.served[1]:
        return None
    share = (1.0 if shared >= 0.35 else 0.7) * (1.0 if view.is_of_facts else 0.6)
    return Seen(share if 0.5 <= view.growth <= 2 else 0.8 * share, "a sound text was put in other words")


def _is_explained(view: View) -> bool:
    """Whether faults that are gone say why the text was written anew."""
    faults = sum(errors(found) for criterion, found in view.fixed.items() if criterion != CRITERION)
    unlike = sum(len(t.piece.words) for t in view.taken if t.purpose in (Purpose.RUDE, Purpose.REPEAT))
    return faults > 0.02 * view.changes.old_words or unlike > 0.25 * view.changes.old_words


def _written_anew(view: View) -> Seen | None:
    """What little speaks for a copy where a text was replaced as a whole."""
    if not view.is_rewritten or view.changes.old_words < LEAST_COPIED:
        return None
    return Seen(1.0, "the answer was written anew")


LEAST_COPIED = 15
"""Words of an answer below which nothing tells a copy."""


CLUES = (
    Clue(
        "stands-elsewhere",
        CRITERION,
        0.98,
        "Findings on the original against the other rows and the reference texts.",
        _found,
    ),
    Clue(
        "source-marks",
        CRITERION,
        0.7,
        "Marks of references, addresses and notices of rights in the original only.",
        _marks,
    ),
    Clue("other-words", CRITERION, 0.65, "A sound text of some length put in other words.", _other_words),
    Clue("replaced-whole", CRITERION, 0.25, "An answer of which little stayed.", _written_anew),
)
