"""Signs that the original said too much or too little."""

from __future__ import annotations

from quality.correction.changes import piece
from quality.correction.cuts import repeated_cuts
from quality.correction.evidence.clue import Clue, Seen, gone, rising
from quality.correction.reading import Purpose, View, errors, is_claim
from quality.model import EditKind
from quality.text.attitude import is_kind

CRITERION = "chattiness"
FAINT = 0.5
"""Discourtesy from which a sentence was hardly cut for its length."""
SHORTER = 0.75
LONGER = 1.3
FAR_SHORTER = 0.4
MANY = 20
"""Words fewer by which a text that is far shorter was surely too long."""
HALF = 0.6
"""Words of the output for each of the original below which a text in other words was shortened."""
FAR_LONGER = 3.0


def _findings_gone(view: View) -> Seen | None:
    found = view.fixed.get(CRITERION, ())
    if not found:
        return None
    faint = view.is_rewritten or all(finding.code == "LEN003" for finding in found)
    return Seen(
        1.0 if errors(found) else 0.4 if faint else 0.85, "what the rules said of the number of words is gone"
    )


def _talk(view: View) -> Seen | None:
    talk = [
        taken
        for taken in view.taken
        if taken.purpose is Purpose.TALK
        and taken.nearest < 0.6
        and (taken.rude < FAINT or is_kind(taken.piece.text))
    ]
    if not talk or (view.is_rewritten and view.growth > SHORTER):
        return None
    return Seen(rising(len(talk), 0.8, 0.1), gone(talk))


def _matter(view: View) -> Seen | None:
    """Sentences cut with nothing in their place."""
    cut = [t for t in view.taken if t.purpose in (Purpose.MATTER, Purpose.TALK) and t.rude < FAINT]
    changed = view.changes
    words = sum(len(taken.piece.words) for taken in cut)
    come = changed.new_words - changed.kept_new
    if not cut or words < 4 or come > 0.5 * words or view.is_rewritten:
        return None
    share = min(1.0, 0.4 + 3 * words / max(1, changed.old_words))
    if all(is_claim(taken, view) for taken in cut):
        share *= CLAIMED
    return Seen(share, f"{gone(cut)}, and nothing put in its place")


CLAIMED = 0.6
"""What is left where all that was cut are short statements with figures: such are cut for being wrong."""


def _shorter(view: View) -> Seen | None:
    repeated = sum(len(t.piece.words) for t in view.taken if t.purpose in (Purpose.REPEAT, Purpose.RUDE))
    lost = view.changes.old_words - view.changes.new_words
    if view.growth > SHORTER or repeated > 0.5 * max(1, lost):
        return None
    kept = view.changes.kept_new_share >= 0.7 or (view.growth <= HALF and view.said_before >= 0.7)
    if not kept and view.growth > FAR_SHORTER:
        return None
    return Seen(1.0 if kept else 0.8 if lost >= MANY else 0.5, f"{lost} words fewer say it now")


def _longer(view: View) -> Seen | None:
    changed = view.changes
    gained = changed.new_words - changed.old_words
    if gained < 5:
        return None
    if view.growth >= LONGER and (changed.kept_share >= 0.7 or view.is_continued):
        # who breaks off did not choose to be brief
        return Seen(
            1.0 if view.growth >= FAR_LONGER and not view.breaks_off else 0.55,
            f"{gained} words were added to what stood there",
        )
    if view.growth >= FAR_LONGER and changed.old_words <= 25:
        return Seen(0.8 if view.growth >= 8 else 0.5, f"{gained} words more say it now")
    return None


def _wordy(view: View) -> Seen | None:
    """Phrases that say in one word now what took several."""
    again = repeated_cuts(view.changes)
    count = sum(
        e.kind in _REWORDED and len(e.before.split()) >= max(3, 2 * len(e.after.split())) and bool(e.after)
        for e in view.changes.exchanges
    )
    trims = sum(
        bool(e.before)
        and not e.after
        and 1 < len(e.before.split()) <= 12
        and piece(e.before).words not in again
        for e in view.changes.exchanges
    )
    if count + trims < 2:
        return None
    return Seen(rising(count + trims, 0.5, 0.15), f"{count + trims} phrases were made shorter")


_REWORDED = frozenset({EditKind.WORDING, EditKind.REWRITE, EditKind.CUT})


CLUES = (
    Clue(
        "amount-findings-gone",
        CRITERION,
        0.9,
        "Findings on the number of words, or on empty courtesies, gone.",
        _findings_gone,
    ),
    Clue(
        "talk-gone",
        CRITERION,
        0.8,
        "Sentences taken out that speak of the question, the answer or the two who talk.",
        _talk,
    ),
    Clue(
        "passage-cut",
        CRITERION,
        0.65,
        "Passages cut, neither rude nor said elsewhere, with nothing in their place.",
        _matter,
    ),
    Clue("phrases-shortened", CRITERION, 0.8, "Phrases put more shortly within sentences that stay.", _wordy),
    Clue(
        "shorter",
        CRITERION,
        0.6,
        "A text of far fewer words that keeps the wording of what it keeps.",
        _shorter,
    ),
    Clue(
        "completed",
        CRITERION,
        0.75,
        "A text of far more words that keeps what stood there, or replaces a fragment.",
        _longer,
    ),
)
