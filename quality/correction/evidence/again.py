"""Signs that the original said the same thing again."""

from __future__ import annotations

from collections.abc import Sequence

from quality.correction.changes import Piece, doubled, piece
from quality.correction.cuts import repeated_cuts
from quality.correction.evidence.clue import Clue, Seen, quoted, rising, several
from quality.correction.reading import Purpose, View, errors, held
from quality.correction.words import is_function
from quality.text.prose import words

CRITERION = "repetition"
MOST_EXCHANGES = 200
"""Exchanges that are looked at."""
LEAST_WORDS = 12
MOST_USES = 1.7
"""Uses of each content word in an original from which it goes round in circles …"""
MOST_USES_SHORT = 1.5
"""The same in a sentence or two, where each place that a word stands counts …"""
MORE_USES = 1.3
"""… and how many times as many as in the output."""


def _findings_gone(view: View) -> Seen | None:
    found = view.fixed.get(CRITERION, ())
    if not found:
        return None
    return Seen(1.0 if errors(found) else 0.5, "words that stood twice stand once")


def _said_again(view: View) -> Seen | None:
    found = [taken for taken in view.taken if taken.purpose is Purpose.REPEAT and taken.piece.at >= 0]
    if not found or (view.is_rewritten and len(found) < 0.25 * len(view.changes.old)):
        return None
    message = several(
        len(found),
        "a sentence that says what another says is gone",
        "{} sentences that say what others say are gone",
    )
    return Seen(rising(len(found), 0.8, 0.1), message)


def _doubled(view: View) -> Seen | None:
    """Words cut that stand again right beside the cut."""
    count = sum(map(doubled, view.changes.exchanges[:MOST_EXCHANGES]))
    if not count:
        return None
    return Seen(
        rising(count, 0.55, 0.2),
        several(count, "a word stood twice in a row", "{} words stood there again right away"),
    )


def _passage(view: View) -> Seen | None:
    """Parts of sentences cut whose words stand elsewhere in the original, four in a row."""
    cuts = [taken.piece for taken in view.taken if taken.piece.at < 0 and len(taken.piece.words) >= 4]
    if not cuts:
        return None
    whole = " ".join(word.lower().replace("’", "'") for word in words(view.old))
    found = sum(_stands_twice(one, whole) for one in cuts)
    # among many empty phrases one may well stand twice
    alone = found >= 0.6 * sum(e.before.count(" ") > 0 and not e.after for e in view.changes.exchanges)
    return (
        Seen(
            rising(found, 0.8, 0.1) * (1.0 if alone else 0.5),
            several(
                found, "a passage that stood twice stands once", "{} passages that stood twice stand once"
            ),
        )
        if found
        else None
    )


def _same_cut(view: View) -> Seen | None:
    """The same phrase cut from several sentences."""
    again = repeated_cuts(view.changes)
    found = sum(piece(exchange.before).words in again for exchange in view.changes.exchanges[:MOST_EXCHANGES])
    if not found:
        return None
    first = next(e.before for e in view.changes.exchanges if piece(e.before).words in again)
    return Seen(rising(found, 0.7, 0.15), f"“{quoted(first)}” was cut in {found} places")


def _stands_twice(one: Piece, whole: str) -> bool:
    grams = [" ".join(one.words[at : at + 4]) for at in range(len(one.words) - 3)]
    return sum(whole.count(gram) > 1 for gram in grams[:50]) >= 0.6 * min(50, len(grams))


def _circles(view: View) -> Seen | None:
    """An original that goes round in circles, where the output does not."""
    if view.changes.old_words < LEAST_WORDS:
        return None
    short = view.changes.old_words <= SHORT
    count = _uses_in_all if short else _uses
    old, new = count(view.changes.old), count(view.changes.new)
    most = MOST_USES_SHORT if short else MOST_USES
    if old < most or old < MORE_USES * new:
        return None
    return Seen(min(1.0, 0.6 + old - most), "the original comes back to the same few words")


def _uses(pieces: Sequence[Piece]) -> float:
    """In how many sentences each content word stands, on average; long texts return to their topic."""
    stems = [stem for one in pieces for stem in one.stems]
    return len(stems) / max(8, len(set(stems))) if stems else 0.0


def _uses_in_all(pieces: Sequence[Piece]) -> float:
    """How often each content word stands, on average; a sentence or two need none of them twice."""
    said = [word for one in pieces for word in one.words if len(word) > 2 and not is_function(word)]
    return len(said) / len(set(said)) if len(said) >= LEAST_SAID else 0.0


SHORT = 40
"""Words of a sentence or two."""
LEAST_SAID = 6


def _loops(view: View) -> Seen | None:
    """Words that follow on themselves, one to four at a time, in the original."""
    old, new = (
        _looped([word for one in side for word in one.words if word.isalpha()])
        for side in (view.changes.old, view.changes.new)
    )
    if old - new < LEAST_LOOPED:
        return None
    return Seen(1.0 if old - new > 2 * LEAST_LOOPED else 0.8, f"{old - new} words followed on themselves")


LEAST_LOOPED = 3


def _looped(words: Sequence[str]) -> int:
    """How many words stand there again in the same order right away."""
    if len(set(words)) == len(words):
        return 0
    return max(_runs(words, back) for back in range(1, 7))


def _runs(words: Sequence[str], back: int) -> int:
    """Words in runs of at least `back` that are the same as those `back` before."""
    found = run = 0
    for one, other in zip(words, words[back:], strict=False):
        run = run + 1 if one == other else 0
        found += back if run == back else run > back
    return found


def _alike(view: View) -> Seen | None:
    """Share of the original's sentences that say little beyond an earlier one, against the output's."""
    old, new = _echoes(view.changes.old), _echoes(view.changes.new)
    if old - new < 0.2:
        return None
    return Seen(min(1.0, 0.5 + (old - new)), "sentences of the original say little beyond earlier ones")


def _echoes(pieces: Sequence[Piece]) -> float:
    some = [one for one in pieces[:40] if one.stems]
    if len(some) < 2:
        return 0.0
    again = sum(
        any(held(one.stems, other.stems) >= 0.8 for other in some[:at]) for at, one in enumerate(some)
    )
    return again / len(some)


CLUES = (
    Clue(
        "repeat-findings-gone",
        CRITERION,
        0.95,
        "Findings on repeated words, sentences and lines, gone.",
        _findings_gone,
    ),
    Clue(
        "said-again",
        CRITERION,
        0.9,
        "Sentences taken out whose content another sentence of the original has.",
        _said_again,
    ),
    Clue("doubled-words", CRITERION, 0.85, "Words taken out that stand again right beside.", _doubled),
    Clue(
        "passage-twice",
        CRITERION,
        0.85,
        "Parts of sentences taken out that stand elsewhere in the original.",
        _passage,
    ),
    Clue("same-cut", CRITERION, 0.95, "Phrases cut in the same words from several sentences.", _same_cut),
    Clue("loops", CRITERION, 0.85, "Words that follow on themselves in the original only.", _loops),
    Clue("circles", CRITERION, 0.8, "How often each content word comes back, in both versions.", _circles),
    Clue(
        "echoes", CRITERION, 0.75, "Sentences with nothing beyond an earlier one, in both versions.", _alike
    ),
)
