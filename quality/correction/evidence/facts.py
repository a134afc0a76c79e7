"""Signs that the original said what is not so: other numbers, names and statements where the rest stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.correction.changes import Exchange
from quality.correction.evidence.clue import Clue, Seen, became, gone, more, quoted, rising, several
from quality.correction.reading import Purpose, Taken, View, errors, is_claim
from quality.correction.words import is_function, is_inflection, is_negation, is_slip
from quality.model import EditKind
from quality.text.contraries import are_contrary
from quality.text.lexicon import zipf
from quality.text.prose import words

CRITERION = "factual"
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![.!?:\n] )(?<!^)(?<![.!?:\n])\b[A-Z][a-z]{2,40}\b")
_LIST_NUMBER = re.compile(r"\s*\(?\d{1,3}[.)]?\s*")
FREE = 0.3
"""What is left of a rule's weight where the prompt wants fiction."""
FEW = 0.5
"""Share of the sentences up to which those replaced are single statements."""
SENTENCE = 40
"""Words of a sentence or two."""
BRIEF = 60
"""Words of an answer that is one statement or two."""


def _findings_gone(view: View) -> Seen | None:
    found = view.fixed.get(CRITERION, ())
    if not found:
        return None
    return Seen(
        1.0 if errors(found) else 0.7,
        several(len(found), "a wrong figure is gone", "{} wrong figures are gone"),
    )


def _numbers(view: View) -> Seen | None:
    found = [exchange for exchange in view.changes.exchanges if _is_number(exchange)]
    return Seen(rising(len(found), 0.85, 0.1) * _bound(view), became(found)) if found else None


def _is_number(exchange: Exchange) -> bool:
    if exchange.kind is EditKind.NUMBER:
        return not (_LIST_NUMBER.fullmatch(exchange.before) and exchange.left.endswith("\n"))
    before, after = _DIGITS.findall(exchange.before), _DIGITS.findall(exchange.after)
    bare = not any(map(str.isalpha, exchange.before + exchange.after))
    return exchange.kind is EditKind.WORDING and before != after and (bare or (bool(before) and bool(after)))


def _names(view: View) -> Seen | None:
    found = [exchange for exchange in view.changes.exchanges if exchange.kind is EditKind.NAME]
    return Seen(rising(len(found), 0.85, 0.1) * _bound(view), became(found)) if found else None


def _contraries(view: View) -> Seen | None:
    exchanges = view.changes.exchanges
    found = [exchange for exchange in exchanges if _is_contrary(exchange)]
    count = len(found)
    denied = [change for change in map(_denied, exchanges) if change % 2]
    if view.changes.old_words <= SENTENCE and len(denied) % 2 == 0:
        count -= len(denied)  # a double denial that became single says the same
    else:
        count -= 2 * min(sum(change > 0 for change in denied), sum(change < 0 for change in denied))  # moved
    if count <= 0:
        return None
    return Seen(rising(count, 0.85, 0.15) * _bound(view) * _apart(view), became(found))


def _is_contrary(exchange: Exchange) -> bool:
    before, after = words(exchange.before.lower()), words(exchange.after.lower())
    if max(len(before), len(after)) > 8:
        return False
    if exchange.kind is EditKind.RESTRUCTURE:
        return _is_swapped(exchange, before, after)
    if _denied(exchange) % 2:
        return True
    return any(are_contrary(one, other) for one in before for other in after)


def _denied(exchange: Exchange) -> int:
    """Negations more in the output than in the original."""
    before, after = words(exchange.before), words(exchange.after)
    if max(len(before), len(after)) > 8 or exchange.kind in (EditKind.GRAMMAR, EditKind.SPELLING):
        return 0
    return sum(map(is_negation, after)) - sum(map(is_negation, before))


def _is_swapped(exchange: Exchange, before: list[str], after: list[str]) -> bool:
    """Whether two things changed places, or a name stands elsewhere: who did what to whom may have changed."""
    if before and after:
        return sorted(before) != sorted(after)
    inside = bool(exchange.left) and exchange.left.rstrip()[-1:].isalnum()
    return inside and len(before + after) <= 3 and bool(_figures(f"a {exchange.before}{exchange.after}"))


def _exchanged(view: View) -> Seen | None:
    """One thing named in place of another."""
    found = [exchange for exchange in view.changes.exchanges if _is_other_thing(exchange)]
    if not found:
        return None
    # beside other changes a usual word for a usual word is mostly a synonym
    alone = len(found) == len(view.changes.exchanges) and not view.changes.removed and not view.changes.added
    plain = not alone and all(_is_plain(exchange) for exchange in found)
    share = PLAIN if plain else rising(len(found), 0.8, 0.1)
    return Seen(share * _bound(view) * _apart(view), became(found))


PLAIN = 0.3
"""What is left of a sign where usual words were exchanged for usual words, and other things changed too."""
USUAL = 3.5
"""Zipf frequency of a usual word."""


def _is_plain(exchange: Exchange) -> bool:
    listed = [*words(exchange.before), *words(exchange.after)]
    return len(listed) <= 4 and all(word.islower() and zipf(word) >= USUAL for word in listed)


def _is_other_thing(exchange: Exchange) -> bool:
    if exchange.kind not in (EditKind.WORDING, EditKind.REWRITE):
        return False
    before, after = list(_content(exchange.before)), list(_content(exchange.after))
    if not before or not after or max(len(before), len(after)) > 8:
        return False
    return not any(is_inflection(one, other) or is_slip(one, other) for one in before for other in after)


def _content(text: str) -> Iterator[str]:
    return (word for word in words(text) if not is_function(word))


def _statements(view: View) -> Seen | None:
    """Single sentences that say something else now, of about the same length and on the same matter."""
    replaced = [taken for taken in view.taken if _is_replaced(taken)]
    changed = view.changes
    if (
        view.is_rewritten
        or not replaced
        or not changed.added
        or len(replaced) > max(1, FEW * len(changed.old))
    ):
        return None
    if not 0.5 <= view.growth <= 2:
        return None
    other = any(_figures(taken.piece.text) - _figures(view.new) for taken in replaced)
    message = f"“{quoted(replaced[0].piece.text)}” gave way to another statement{more(len(replaced) - 1)}"
    return Seen((1.0 if other else 0.75) * _bound(view), message)


def _is_replaced(taken: Taken) -> bool:
    return taken.purpose is Purpose.MATTER and taken.nearest < 0.8 and len(taken.piece.words) > 2


def _figures(text: str) -> set[str]:
    return {*_DIGITS.findall(text), *_NAME.findall(text)}


def _answer(view: View) -> Seen | None:
    """A brief answer to the point that was replaced by another."""
    old = view.changes.old_words
    if not view.is_rewritten or not 0 < old <= BRIEF or view.served[0] < 0.25 * view.served[1]:
        return None
    spoilt = any(t.purpose in (Purpose.RUDE, Purpose.REPEAT) for t in view.taken) or view.said_before >= 0.7
    other = bool(_figures(view.old) - _figures(view.new))
    share = (1.0 if other else 0.7) * (0.5 if spoilt else 1.0) * _bound(view)
    share *= 1.0 if view.is_of_facts else 0.5
    share *= 1.0 if 0.4 <= view.growth <= 3 and len(view.changes.old) <= 3 else 0.5
    return Seen(share, "a short answer to the point was replaced by another")


def _dropped(view: View) -> Seen | None:
    found = [t for t in view.taken if t.purpose is Purpose.MATTER and len(t.piece.words) > 2]
    if not found:
        return None
    claims = [taken for taken in found if is_claim(taken, view)]
    sure = bool(claims) and not view.is_rewritten and len(claims) >= 0.5 * len(found)
    return Seen((1.0 if sure else 0.5) * _bound(view), gone(claims if sure else found))


def _apart(view: View) -> float:
    """What is left of a sign where a text of some length was put in other words throughout."""
    return 0.5 if view.changes.old_words > BRIEF and view.changes.kept_share < MENDED else 1.0


MENDED = 0.6


def _bound(view: View) -> float:
    return FREE if view.is_fiction else 1.0


CLUES = (
    Clue(
        "recomputed",
        CRITERION,
        0.95,
        "Findings of the rules that compute figures anew, gone.",
        _findings_gone,
    ),
    Clue("number-changed", CRITERION, 0.9, "Numbers exchanged within sentences that stay.", _numbers),
    Clue("name-changed", CRITERION, 0.85, "Names exchanged within sentences that stay.", _names),
    Clue(
        "contrary",
        CRITERION,
        0.8,
        "A negation put in or taken out, or a word exchanged for its contrary.",
        _contraries,
    ),
    Clue(
        "thing-exchanged", CRITERION, 0.6, "Content words exchanged for others of another stem.", _exchanged
    ),
    Clue(
        "statement-replaced",
        CRITERION,
        0.65,
        "Single sentences replaced by others on the same matter, above all with other names and figures.",
        _statements,
    ),
    Clue("answer-replaced", CRITERION, 0.55, "A brief answer to the point, written anew.", _answer),
    Clue(
        "statement-dropped",
        CRITERION,
        0.5,
        "Sentences taken out that are neither rude nor repeated, above all with figures of their own.",
        _dropped,
    ),
)
