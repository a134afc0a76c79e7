"""Signs that the original did not do what the prompt asked."""

from __future__ import annotations

import re

from quality.correction.changes import Exchange, is_recased
from quality.correction.evidence.clue import Clue, Seen, several
from quality.correction.reading import Purpose, View, errors, held
from quality.model import EditKind, Result
from quality.text.language import are_kin, detect
from quality.text.prose import words

CRITERION = "compliance"
_ITEM = re.compile(r"(?m)^[ \t>]*(?:[-*+•]|\d{1,3}[.)])[ \t]+\S")
_TABLE = re.compile(r"(?m)^[ \t]*\|[^\n]+\|[ \t]*$")
_FENCE = re.compile(r"(?m)^[ \t]*```")
_JSON = re.compile(r"[\[{][^\n]*[\]}]|\"[^\"\n]{1,80}\"\s*:")
_HEADING = re.compile(r"(?m)^#{1,6} \S|^\*\*[^*\n]{1,80}\*\*:?$")
_DECLINED = re.compile(
    r"\b(?:i(?:'m| am) (?:sorry|afraid|unable|not able)|i (?:can ?not|can't|won't|will not|do not|don't)"
    r" (?:help|assist|provide|do|answer"
    r"|write|create|generate|fulfill|comply|have|know)|unable to"
    r"|(?:have to|must) decline|not comfortable|rather not|as an? (?:ai|language model|assistant)"
    r"|(?:could|can) you (?:please )?"
    r"(?:clarify|provide|specify|tell|share)|what (?:do|would) you (?:mean|like)|need more (?:information"
    r"|details|context))\b",
    re.IGNORECASE,
)
FAR_LONGER = 3.0
"""Words of the output for each word of the original from which the original was a fragment."""
LEAST_ASKED = 2.0
"""Rarity of a prompt's content words together from which they tell its topic."""


def _asks(view: View) -> Seen | None:
    before, after = view.case.before.ask_results, view.case.after.ask_results
    if len(before) != len(after):
        return None
    mended = sum(
        one.result is Result.VIOLATED and other.result is Result.SATISFIED
        for one, other in zip(before, after, strict=True)
    )
    cut = view.changes.kept_new_share >= 0.9 and any(
        t.purpose in (Purpose.REPEAT, Purpose.RUDE) for t in view.taken
    )
    message = several(
        mended,
        "something that the prompt asks for is done only now",
        "{} things that the prompt asks for are done only now",
    )
    return Seen(0.6 if cut else 1.0, message) if mended else None


def _findings_gone(view: View) -> Seen | None:
    found = view.fixed.get(CRITERION, ())
    if not found:
        return None
    return Seen(
        1.0 if errors(found) else 0.5,
        several(len(found), "a fault against the prompt is gone", "{} faults against the prompt are gone"),
    )


def _topic(view: View) -> Seen | None:
    if sum(view.asked.values()) < LEAST_ASKED:
        return None
    before, after = view.served
    # a far longer text shows more of the prompt's words whatever it says
    brief = view.changes.old_words < SHORT or (view.growth > 2 and before > 0.1)
    if after - before < 0.2 or before > 0.6 * after:
        return None
    if not view.is_rewritten:
        if view.growth > FAR_LONGER:
            return None
        return Seen(0.5, "words of the prompt come up only now")
    old = {stem: rarity for one in view.changes.old for stem, rarity in one.stems.items()}
    new = {stem for one in view.changes.new for stem in one.stems}
    common = held(old, dict.fromkeys(new, 1.0))
    short = view.changes.old_words <= SHORT
    if common > OWN_MATTER or (short and (view.survives > 0 or view.said_before >= SAID)):
        return None
    if view.growth <= HALF and view.said_before >= HALF:
        return None  # what is asked for was there, among more
    faults = errors(view.fixed.get("grammar", ())) > 1 or any(t.rude >= 0.5 for t in view.taken)
    return Seen(
        (1.0 if before < 0.2 else 0.8) * (0.5 if faults else 1.0) * (0.5 if brief else 1.0),
        "the words of the prompt come up only now",
    )


SHORT = 20
"""Words of an answer that need not show the words of its prompt: “Walk in” answers “How do I enter?”."""
HALF = 0.5
"""Words of the output for each of the original, and share of its content that was there, of a text cut to its point."""
SAID = 0.7
"""Share of the output's content that the original holds, from which the output says nothing new."""
OWN_MATTER = 0.25
"""Share of the original's content that the output holds too, from which both speak of the same thing."""


def _language(view: View) -> Seen | None:
    if not view.is_rewritten:
        return None
    old, new = detect(view.old[:READ]), detect(view.new[:READ])
    if old and new and old != new and not are_kin(old, new):
        return Seen(1.0, "the answer is in another language now")
    return None


READ = 2_000
"""Characters that tell a language."""


def _layout(view: View) -> Seen | None:
    old, new = _shape(view.old), _shape(view.new)
    if old == new:
        return None
    wanted = any(ask.kind.startswith(("format", "detectable_format")) for ask in view.case.prompt.asks)
    kept, kept_new = view.changes.kept_share, view.changes.kept_new_share
    if max(kept, kept_new) >= 0.8 and min(kept, kept_new) < 0.6:
        return None  # the layout came or went with text that was added or cut
    same = min(kept, kept_new) >= 0.6
    share = 1.0 if same and wanted else 0.9 if same else 0.7 if wanted or (old and new) else 0.3
    return Seen(share, "the answer is laid out in another way now")


def _shape(text: str) -> tuple[str, ...]:
    lists = len(_ITEM.findall(text))
    found = {
        "list": lists >= 2,
        "table": len(_TABLE.findall(text)) >= 2,
        "fence": bool(_FENCE.search(text)),
        "data": text.lstrip()[:1] in ("{", "[") and bool(_JSON.search(text)),
        "headings": len(_HEADING.findall(text)) >= 2,
    }
    return tuple(name for name, is_there in found.items() if is_there)


def is_put_off(view: View) -> bool:
    """Whether the original declines or asks back, and the output does not."""
    return bool(_DECLINED.search(view.old[:400])) and not _DECLINED.search(view.new[:400])


def _declined(view: View) -> Seen | None:
    if not is_put_off(view) or not (view.is_rewritten or view.growth > 1.5):
        return None
    return Seen(1.0, "the original put the question off, and the output answers it")


def _completed(view: View) -> Seen | None:
    changed = view.changes
    gained = changed.new_words - changed.old_words
    if (changed.kept_share < 0.6 and not view.is_continued) or gained < 3:
        return None
    broken = bool(view.old.strip()) and view.old.rstrip()[-1] not in _ENDS
    if view.growth < 1.1 and not broken:
        return Seen(0.5, "a little was added")
    prompted = view.served[1] > view.served[0] + 0.05 or broken or len(_ITEM.findall(view.old)) > 1
    return Seen(
        (1.0 if prompted else 0.8) * (0.6 if view.growth > FAR_LONGER and not view.breaks_off else 1.0),
        "what was missing was added",
    )


_ENDS = ".!?…\"'”’)]}`*:"


def _is_lowered_start(exchange: Exchange) -> bool:
    before = exchange.left.rstrip()
    return exchange.after.islower() and exchange.before[:1].isupper() and before[-1:] in ("", *".!?:")


def _recased(view: View) -> Seen | None:
    recased = [e for e in view.changes.exchanges if is_recased(e)]
    same = _is_in_other_letters(view)
    count = sum(len(words(e.before)) for e in recased)
    many = count >= 6 and count >= 0.08 * view.changes.old_words
    # no corrector of language takes the capital from a sentence's first word
    lowered = len(recased) == len(view.changes.exchanges) and sum(map(_is_lowered_start, recased)) > 1
    if not (many or lowered or same):
        return None
    return Seen(1.0, "the answer is in other letters now, small ones or capitals")


def _is_in_other_letters(view: View) -> bool:
    """Whether what went came back with other capitals, word for word."""
    old, new = (
        [word for one in side for word in words(one.text)]
        for side in (view.changes.removed, view.changes.added)
    )
    if len(old) < LEAST_RECASED or len(old) != len(new):
        return False
    if [word.casefold() for word in old] != [word.casefold() for word in new]:
        return False
    return sum(one != other for one, other in zip(old, new, strict=True)) >= RECASED * len(old)


LEAST_RECASED = 3
RECASED = 0.3
"""Share of the words that must have other capitals; a title or a sentence in capitals has more."""


def _written_anew(view: View) -> Seen | None:
    if not view.is_rewritten:
        return None
    open_asks = any(result.result is not Result.SATISFIED for result in view.case.before.ask_results)
    wished = not view.is_of_facts and view.changes.old_words <= SHORT
    return Seen(1.0 if open_asks else 0.8 if wished else 0.6, "the answer was written anew")


def _cut_to_ask(view: View) -> Seen | None:
    """Cuts, where the prompt sets bounds."""
    bounded = any(
        ask.kind.startswith(("length", "format:only", "constrained")) for ask in view.case.prompt.asks
    )
    if not bounded or view.growth > 0.85:
        return None
    return Seen(1.0, "the answer was cut, and the prompt sets bounds")


def _worked_on(view: View) -> Seen | None:
    """A text to work on that was worked on in another way."""
    if view.case.prompt.kind not in WORKED_ON:
        return None
    reworded = any(e.kind in _REWORDED for e in view.changes.exchanges) or bool(view.changes.removed)
    return Seen(1.0, "the text that the prompt gives was worked on in another way") if reworded else None


WORKED_ON = frozenset({"rewrite", "translation"})
"""Kinds of answers in which the wording is the task."""
_REWORDED = frozenset({EditKind.WORDING, EditKind.RESTRUCTURE, EditKind.REWRITE})


CLUES = (
    Clue(
        "ask-met", CRITERION, 0.9, "Asks of the prompt that the original missed and the output meets.", _asks
    ),
    Clue(
        "prompt-findings-gone", CRITERION, 0.9, "Findings on what the prompt asks for, gone.", _findings_gone
    ),
    Clue(
        "topic-met",
        CRITERION,
        0.9,
        "The prompt's content words, which the original lacks and the output shows.",
        _topic,
    ),
    Clue("language-changed", CRITERION, 0.9, "The language of both versions.", _language),
    Clue(
        "layout-changed",
        CRITERION,
        0.8,
        "Lists, tables, code, data and headings in one version only.",
        _layout,
    ),
    Clue(
        "put-off",
        CRITERION,
        0.85,
        "An original that declines or asks back, and an output that does not.",
        _declined,
    ),
    Clue("recased", CRITERION, 0.85, "Words that differ in capitals alone, over the whole text.", _recased),
    Clue(
        "part-added",
        CRITERION,
        0.65,
        "Text added to what stood there, above all with words of the prompt.",
        _completed,
    ),
    Clue("written-anew", CRITERION, 0.47, "An answer of which little stayed.", _written_anew),
    Clue("cut-to-bounds", CRITERION, 0.45, "A cut answer to a prompt that sets bounds.", _cut_to_ask),
    Clue(
        "task-redone",
        CRITERION,
        0.35,
        "Rewording where the prompt gives a text to rewrite or translate.",
        _worked_on,
    ),
)
