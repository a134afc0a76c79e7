"""Fillers: courtesies around the answer that carry nothing.

What it does. Whole phrases of a closed grammar at the start ("Certainly! I'd be happy to help.") and at the end ("I
hope this helps! Let me know if you have any questions.") are found, and a correction takes them away. A yes to a
question that can be answered by yes is the answer; a greeting returned is polite; in letters, stories, poems, role-play
and dialogues the words belong to the text, unless they frame it ("Sure! Here is the letter:").

Why it is bad. Readers skip it, thousands of rows teach a model to begin and to end alike, and the guide wants the right
amount of chattiness.

Known limits. English alone. Wishes ("Good luck!", "Enjoy!") are left alone.

Source: Chat Style Guide 1.1.2-4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from quality.model import Fix, Measures
from quality.rule import Check, Context, Judgement, Rule, example
from quality.text.courtesies import Courtesy, closing, opening
from quality.text.prose import shortened, words


def measure(text: str) -> Measures:
    """The courtesies at both ends of a text, and how many words it has between them."""
    before, after = opening(text), closing(text)
    start, end = before.end if before else 0, after.start if after else len(text)
    return {
        "opening": asdict(before) if before else None,
        "closing": asdict(after) if after else None,
        "kept": len(words(text[start:end])) if before or after else 0,
    }


_OWN_TEXT = frozenset(("creative", "letter", "rewrite", "translation"))
"""Kinds whose answer is a text of its own, with its own first and last words."""

_SPOKEN = frozenset(("genre:dialogue", "format:only"))
"""Others speak; or nothing but the answer is wanted, and courtesies break that ask (compliance)."""
_YES_NO = re.compile(
    r"(?:^|[.?!,;:\n] ?)(?:so |and |but )?(?:is|are|am|was|were|do|does|did|has|have|had|should|shall|may|might|must"
    r"|(?:can|could|would|will) (?!you\b)|isn't|aren't|don't|doesn't|didn't|won't)\b[^?\n]{0,300}\?",
    re.IGNORECASE,
)
_GREETED = re.compile(
    r"\s*(?:hello|hi|hey|greetings|good (?:morning|day|afternoon|evening))\b", re.IGNORECASE
)
_ABOUT_THE_TEXT = re.compile(
    r"\b(?:changes?|revis\w+|adjust\w*|modif\w+|edit\w*|versions?|tweak\w*|further assistance|anything else"
    r"|elaborate)\b",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"(?:however|but|and|so|that said|though|also|still|then|or|which|because)\b", re.IGNORECASE
)
_PLAIN_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?(?=[\s,:])")


def judge(context: Context) -> Iterator[Judgement]:
    """At most one finding for each end; none where it would leave next to nothing."""
    measured = context.measures["output"]
    if measured["kept"] < context.guide.threshold("fillers.kept_words"):
        return
    if any(ask.kind in _SPOKEN for ask in context.prompt.asks):
        return
    before, after = (_courtesy(measured[end]) for end in ("opening", "closing"))
    if before and _is_filler(context, before):
        yield _opening(context, before)
    if after and _closes_nothing(context, after):
        yield _closing(context, after)


def _courtesy(found: dict[str, Any] | None) -> Courtesy | None:
    return Courtesy(**found) if found else None


def _is_filler(context: Context, before: Courtesy) -> bool:
    asked = context.row.instruction[:20_000]
    if before.greets and _GREETED.match(asked):
        return False
    if before.agrees and (context.prompt.kind in ("yes_no", "choice") or _YES_NO.search(asked)):
        return False
    return before.frames or context.prompt.kind not in _OWN_TEXT


def _closes_nothing(context: Context, after: Courtesy) -> bool:
    said = context.row.output[after.start :]
    if after.offers and _GREETED.match(context.row.instruction):
        return False
    if context.prompt.kind == "letter":
        return said.lstrip().startswith(("---", "***"))
    return context.prompt.kind not in _OWN_TEXT or bool(_ABOUT_THE_TEXT.search(said))


def _opening(context: Context, before: Courtesy) -> Judgement:
    output = context.row.output
    said, rest = output[before.start : before.end].rstrip(), output[before.end :]
    small = rest[:1].islower()
    plain = _PLAIN_WORD.match(rest)
    safe = not _HANGING.match(rest) and not (small and plain is None) and _is_whole(said)
    upper = rest[0].upper() if small and plain else ""
    fix = Fix(before.start, before.end + len(upper), upper, safe)
    return OPENING.found(
        context,
        f"“{shortened(said, _SHOWN)}” says nothing before the answer",
        start=before.start,
        end=before.start + len(said),
        fix=fix,
    )


def _closing(context: Context, after: Courtesy) -> Judgement:
    output = context.row.output
    taken, rest = output[after.start :], output[: after.start]
    said = taken.strip()
    safe = _is_whole(taken) and rest[-1:] not in (":", ",", ";", "-", "–", "—") and not after.offers
    start = after.start + len(taken) - len(taken.lstrip())
    return CLOSING.found(
        context,
        f"“{shortened(said, _SHOWN)}” says nothing after the answer",
        start=start,
        end=start + len(said),
        fix=Fix(after.start, len(output), "", safe),
    )


def _is_whole(taken: str) -> bool:
    """Whether emphasis, quotations and brackets that begin in the stretch end in it."""
    paired = all(taken.count(mark) % 2 == 0 for mark in ("**", "`", '"', "__"))
    return paired and taken.count("(") == taken.count(")") and taken.count("[") == taken.count("]")


_SHOWN = 60


_WHY = "Readers skip it, and a model that learns it begins and ends every answer alike."
_SOURCE = "Chat Style Guide 1.1.2-4"
_LIMITS = "English alone; wishes such as “Good luck!” are left alone."
_TIPS = "go to bed at the same hour, keep the room dark, and read on paper."

OPENING = Rule(
    code="LEN004",
    name="filler-opening",
    criterion="chattiness",
    what="Courtesies before the answer that carry nothing.",
    why=_WHY,
    remedy="Begin with the answer.",
    source=_SOURCE,
    measured="2,376 answers of strong models: 295 flagged, of 60 read 60 right; 6,000 of other"
    " models: 598, of 40 read 39 right; "
    "of 100 safe corrections of both ends read, 99 left a well-formed answer that lacks nothing; recall not measured "
    "(benchmarks/tone.py)",
    bad=(
        example("How do I sleep better?", f"Certainly! Here are three tips: {_TIPS}", flagged=True),
        example(
            "How do I sleep better?", f"Sure, I'd be happy to help! To sleep better, {_TIPS}", flagged=True
        ),
        example(
            "Write a poem about rain.",
            "Of course! Here is a poem:\n\nRain on the roof,\nrain on the tree.",
            flagged=True,
        ),
    ),
    good=(
        example("How do I sleep better?", f"Here are three tips for better sleep: {_TIPS}", flagged=False),
        example(
            "Is it safe to swim after eating?", "Absolutely! Cramps after meals are a myth.", flagged=False
        ),
        example(
            "Write an e-mail to a customer.", "Hello! Thank you for your order of two chairs.", flagged=False
        ),
        example("Are you ready?", "Certainly!", flagged=False),
    ),
    limits=_LIMITS,
    fixable=True,
)
CLOSING = Rule(
    code="LEN005",
    name="filler-closing",
    criterion="chattiness",
    what="Courtesies after the answer that carry nothing.",
    why=_WHY,
    remedy="End with the answer.",
    source=_SOURCE,
    measured="2,376 answers of strong models: 38 flagged, of 38 read 37 right; 6,000 of other"
    " models: 319, of 40 read 38 right; "
    "corrections as for LEN004; recall not measured (benchmarks/tone.py)",
    bad=(
        example("How do I sleep better?", f"You can {_TIPS}\n\nI hope this helps!", flagged=True),
        example(
            "How do I sleep better?", f"You can {_TIPS} Let me know if you have any questions.", flagged=True
        ),
    ),
    good=(
        example("How do I sleep better?", f"You can {_TIPS} If it lasts, see a doctor.", flagged=False),
        example(
            "Write an e-mail to Ann about the chairs.",
            "Dear Ann,\n\nthe chairs are here. Let me know if you have any questions.",
            flagged=False,
        ),
        example("Summarize my text.", "The text is missing. Let me know which text you mean.", flagged=False),
    ),
    limits=_LIMITS,
    fixable=True,
)

CHECK = Check(family="fillers", rules=(OPENING, CLOSING), judge=judge, measure=measure)
