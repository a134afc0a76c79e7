"""Signs that the original's language was faulty: its spelling, its grammar, its punctuation."""

from __future__ import annotations

from rapidfuzz.distance.Indel import normalized_similarity as ratio

from quality.correction.changes import Exchange, doubled, is_recased
from quality.correction.evidence.clue import Clue, Seen, became, rising, several
from quality.correction.reading import View, errors
from quality.correction.words import is_function
from quality.model import EditKind
from quality.text.prose import words

CRITERION = "grammar"
SINGLE = 0.4
"""Share of the weight that a single error has in a text that was written anew."""
DENSE = 0.04
"""Errors for each word from which a text that was written anew was surely faulty; one in 25 words."""


def _findings_gone(view: View) -> Seen | None:
    found = view.fixed.get(CRITERION, ())
    count = errors(found) - _doubled(view)
    if count <= 0:
        return None
    message = several(count, "an error of language is gone", "{} errors of language are gone")
    if view.is_rewritten or view.changes.removed:
        # much of what was found went with the text that held it; only a dense original was rewritten for it
        rewritten = min(1.0, count / max(1, view.changes.old_words) / DENSE, 1.0 if count > 1 else SINGLE)
        touched = sum(e.kind in _FINE for e in view.changes.exchanges)
        return Seen(max(rewritten, rising(min(count, touched), 0.7, 0.15) if touched else 0.15), message)
    return Seen(rising(count, 0.75, 0.1), message)


def _doubled(view: View) -> int:
    """Words cut that stood twice in a row, where there are several: one is a slip."""
    found = sum(bool(doubled(exchange)) for exchange in view.changes.exchanges)
    return found if found > 1 else 0


_FINE = frozenset({EditKind.SPELLING, EditKind.GRAMMAR, EditKind.PUNCTUATION})


MOST_RECASED = 5
"""Words with another capital up to which they were misspelt; more of them shout, or follow the prompt."""


def _respelt(view: View) -> Seen | None:
    recased = [e for e in view.changes.exchanges if e.kind is EditKind.SPELLING and is_recased(e)]
    count = _count(view, EditKind.SPELLING) - (len(recased) if len(recased) > MOST_RECASED else 0)
    if not count:
        return None
    found = [e for e in view.changes.exchanges if e.kind is EditKind.SPELLING and e not in recased] or recased
    return Seen(rising(count, 0.7, 0.15) * _alone(view), became(found))


def _reformed(view: View) -> Seen | None:
    found = [exchange for exchange in view.changes.exchanges if exchange.kind is EditKind.GRAMMAR]
    count = len(found) - _doubled(view)
    if count <= 0:
        return None
    return Seen(rising(count, 0.65, 0.15) * _alone(view) * _slight(view, count), became(found))


def _slight(view: View, count: int) -> float:
    """What is left of a single small edit where whole sentences went: it is a by-product."""
    return 0.5 if count == 1 and sum(len(one.words) for one in view.changes.removed) >= LEAST_CUT else 1.0


def _alone(view: View) -> float:
    """What is left of a sign where a text of some length was put in other words: small edits come with that."""
    return 0.5 if view.changes.old_words > LONG and view.changes.kept_share < MENDED else 1.0


LEAST_CUT = 8
LONG = 60
MENDED = 0.6
"""Share of the words kept from which a text was mended rather than put in other words."""


def _marked(view: View) -> Seen | None:
    count = _count(view, EditKind.PUNCTUATION)
    message = several(count, "a mark was changed", "{} marks were changed")
    return Seen(rising(count, 0.5, 0.2) * _alone(view) * _slight(view, count), message) if count else None


def _count(view: View, kind: EditKind) -> int:
    return sum(exchange.kind is kind for exchange in view.changes.exchanges)


def _small_words(view: View) -> Seen | None:
    count = sum(_is_of_small_words(exchange) for exchange in view.changes.exchanges)
    message = several(count, "a small word was changed", "small words were changed in {} places")
    return Seen(rising(count, 0.6, 0.2) * _alone(view) * _slight(view, count), message) if count else None


def _is_of_small_words(exchange: Exchange) -> bool:
    if exchange.kind in _FINE:
        return False
    changed = words(f"{exchange.before} {exchange.after}")
    return 0 < len(changed) <= 6 and all(is_function(word) for word in changed)


def _alike(view: View) -> Seen | None:
    """Words taken for others that look like them."""
    count = sum(
        exchange.kind is EditKind.WORDING
        and LIKE <= ratio(exchange.before.lower(), exchange.after.lower()) < 1
        for exchange in view.changes.exchanges
        if len(exchange.before.split()) == len(exchange.after.split()) == 1
    )
    message = several(
        count, "a word was exchanged for one like it", "{} words were exchanged for others like them"
    )
    return Seen(rising(count, 0.8, 0.2), message) if count else None


LIKE = 0.6
"""Likeness of two words' letters, 0..1, from which one may be taken for the other."""


def _smoothed(view: View) -> Seen | None:
    """Rewording that changes how a thing is said: no number and no name, about as long, few words at a time."""
    short = view.changes.old_words <= SHORT
    count = sum(_is_rewording(exchange, short) for exchange in view.changes.exchanges)
    replaced = bool(view.changes.removed) and bool(view.changes.added)
    if not count and not (short and replaced):
        return None
    if not count:
        return Seen(1.0 if view.changes.kept_share >= 0.15 else 0.7, "a sentence was written anew")
    return Seen(
        1.0 if short or count > 1 else 0.8,
        several(count or 1, "a phrase was reworded", "{} phrases were reworded"),
    )


SHORT = 40
"""Words of a sentence or two, of which a correction of the language alone may keep little."""


def _is_rewording(exchange: Exchange, short: bool) -> bool:
    if exchange.kind not in (EditKind.WORDING, EditKind.RESTRUCTURE, EditKind.REWRITE):
        return False
    before, after = words(exchange.before), words(exchange.after)
    return 0 < len(before) <= 10 and 0 < len(after) <= 10 and (any(map(is_function, before + after)) or short)


CLUES = (
    Clue(
        "language-findings-gone",
        CRITERION,
        0.95,
        "Errors that the proof-reader found in the original and no longer finds; where sentences were"
        " replaced, by how "
        "many there were for each word.",
        _findings_gone,
    ),
    Clue("respelt", CRITERION, 0.9, "Edits that mend the letters of a word.", _respelt),
    Clue("reformed", CRITERION, 0.9, "Edits that change the form of a word: number, tense, case.", _reformed),
    Clue("marks", CRITERION, 0.6, "Edits of punctuation marks.", _marked),
    Clue(
        "small-words",
        CRITERION,
        0.7,
        "Edits of articles, prepositions, pronouns and auxiliaries alone.",
        _small_words,
    ),
    Clue(
        "like-words",
        CRITERION,
        0.5,
        "Words exchanged for others that look like them.",
        _alike,
    ),
    Clue("reworded", CRITERION, 0.4, "Phrases reworded within sentences that stay.", _smoothed),
)
