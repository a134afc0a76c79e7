"""Repetition: an answer that says the same words again, or gives the prompt back.

What it does. The answer becomes a sequence of folded words: case, punctuation, list numbers, markup, line breaks and
invisible characters do not count, so joining lines, quoting or fencing hides nothing. Each stretch of five words or
more that stood earlier is found, and the stretches are judged by length, by their share of the answer, by how often
they come back and by whether they follow on one another (a loop). One answer gets at most one of REP001, REP002 and
REP003: the conditions are the same, the code names the shape of what is repeated (lines, sentences, words).

Why it is bad. Models trained on repetition repeat: loops at the end of an answer are the best known failure of small
fine-tuned models (Holtzman et al., 2020), and the guide's section 1.1.2-6 forbids it.

Known limits. Paraphrased repetition is not seen, nor are repeats of fewer than five words. Refrains are expected only
where the prompt wants a poem, a song or a story. Code in fences counts only towards the laxer conditions for code.

Source: Chat Style Guide 1.1.2-6; shares of duplicate n-grams are Gopher's idea (Rae et al., 2021, table A1), whose
thresholds for web pages punish lists and short answers and were set anew on answers of strong models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, TypeAlias

from quality.model import Measures
from quality.rule import Check, Context, Judgement, Rule, example
from quality.text.repeats import places, repeats, words_of

_ECHO_ENDS = re.compile(r"[\"'”’*_) ]{0,3}(?:[.?!\n]|$)")


_MEASURED = (
    "REP001 to REP003 together: 0.2% of 2,376 answers of strong models flagged, 2.0% of 5,000 of other "
    "models; of seeded "
    "faults found: answer given twice 300 of 300, loop at the end 295, word 12 to 60 times 288, "
    "paragraph 271 (verse and "
    "code may repeat); REP004: none of the strong answers (benchmarks/text_checks.py)"
)


_TIPS = (
    "Drink a glass of water before every meal and keep a bottle on your desk.\n"
    "Walk for half an hour each day, even when the weather is bad.\n"
)
_SONG = (
    "Morning comes across the bay,\nGulls are calling, far away.\n\n"
    "Sail on, sail on, my silver boat,\nAs long as hope will keep afloat.\n\n"
    "Evening settles on the sand,\nLanterns glimmer from the land.\n\n"
    "Sail on, sail on, my silver boat,\nAs long as hope will keep afloat."
)

_rule = partial(
    Rule,
    criterion="repetition",
    source="Chat Style Guide 1.1.2-6; Rae et al. 2021 (Gopher), table A1; Holtzman et al. 2020",
    measured=_MEASURED,
    limits="Paraphrases, and repeats of fewer than five words, are not seen.",
)

LINES = _rule(
    code="REP001",
    name="repeated-line",
    what="Lines or paragraphs that the answer has already given.",
    why="A model learns to fill space with what it has said.",
    remedy="Keep one of them, and say something new in place of the other or nothing.",
    bad=(
        example("How can I live healthier?", _TIPS + "Sleep for eight hours.\n" + _TIPS, flagged=True),
        example("How can I live healthier?", "> " + _TIPS + "```\n" + _TIPS + "```", flagged=True),
    ),
    good=(
        example("How can I live healthier?", _TIPS + "Sleep for eight hours.", flagged=False),
        example("Write a song about a boat.", _SONG, flagged=False),
        example(
            "Compare the two plans.",
            "| Plan | Price | Support |\n|---|---|---|\n| Basic | 5 euros | by email |\n| Team | 9 euros "
            "| by email |",
            flagged=False,
        ),
    ),
)
_SENTENCE = (
    "The heart pumps blood through the lungs, where it takes up oxygen, and from there to the whole body. "
)
SENTENCES = _rule(
    code="REP002",
    name="repeated-sentence",
    what="A sentence, or several, that the answer has already given.",
    why="Readers see it as carelessness, and a model learns to loop.",
    remedy="Delete the second one, or replace it by what was meant.",
    bad=(
        example(
            "What does the heart do?",
            _SENTENCE + "It beats about seventy times a minute. " + _SENTENCE + "Exercise makes it stronger.",
            flagged=True,
        ),
    ),
    good=(
        example(
            "What does the heart do?", _SENTENCE + "It beats about seventy times a minute.", flagged=False
        ),
        example(
            "Tell me a joke.",
            "Knock, knock! Who's there? Lettuce. Lettuce who? Lettuce in, it's cold out here!",
            flagged=False,
        ),
    ),
)
LOOP = _rule(
    code="REP003",
    name="word-loop",
    what="The same words over and over, within a sentence or at the end of the answer.",
    why="It is how small models fail when they generate, and training on it teaches them to.",
    remedy="Cut the answer where the loop begins and finish it.",
    bad=(
        example(
            "Why is the sky blue?",
            "Blue light is scattered more than red light and more than red light and more than red light "
            "and more "
            "than red light and more than red light",
            flagged=True,
        ),
        example("Describe your day.", "It was very " + "very " * 12 + "long.", flagged=True),
    ),
    good=(
        example("Why is the sky blue?", "Blue light is scattered more than red light.", flagged=False),
        example(
            "Say a tongue twister.",
            "She sells sea shells by the sea shore, the shells she sells.",
            flagged=False,
        ),
        example("What do you say to Buffalo?", "Buffalo buffalo Buffalo buffalo buffalo!", flagged=False),
    ),
)
RESTATED = _rule(
    code="REP004",
    name="restated-prompt",
    what="An answer that begins by giving the whole prompt back.",
    why="It wastes the reader's time and teaches a model to echo.",
    remedy="Delete the echo and begin with the answer.",
    bad=(
        example(
            "What is the boiling point of water at sea level?",
            "What is the boiling point of water at sea level? It is 100 degrees Celsius.",
            flagged=True,
        ),
    ),
    good=(
        example(
            "What is the boiling point of water at sea level?",
            "The boiling point of water at sea level is 100 degrees Celsius.",
            flagged=False,
        ),
        example("Define love.", "Define love? Many have tried, and few agree.", flagged=False),
    ),
)
_BY_SHAPE = {"line": LINES, "sentence": SENTENCES, "words": LOOP}
_VERSE = frozenset({"creative"})
_CODE = frozenset({"code", "data"})
_DELIVERS_ITS_TEXT = frozenset({"rewrite", "translation", "code", "data"})


def judge(context: Context) -> Iterator[Judgement]:
    """At most one finding for what is repeated, at most one for an echo of the prompt."""
    measured = context.measures["output"]
    found = _worst(context, measured)
    if found:
        reason, part, figures = found
        rule = LOOP if reason == "loop" else _BY_SHAPE[part["shape"]]
        yield rule.found(
            context,
            _message(rule, reason, part, figures),
            start=part["start"],
            end=part["end"],
            detail={
                "because": reason,
                "words": part["words"],
                "words_back": part["gap"],
                "share": round(figures["covered"] / figures["words"], 3),
            },
        )
    yield from _echo(context)


Found: TypeAlias = tuple[str, dict[str, Any], dict[str, Any]]
"""The condition that holds, the part to show, and the figures in which it holds."""


def _worst(context: Context, measured: Measures) -> Found | None:
    """The first condition that holds."""
    whole, prose, kind = measured["all"], measured["prose"], context.prompt.kind
    if whole["words"] < context.guide.threshold("repetition.min_words"):
        return None
    if kind in _CODE:
        found = _in(whole, "code_", context)
    elif kind in _VERSE:
        found = _in(prose, "verse_", context)
    else:  # what stands in code counts too, by the conditions for code
        found = _in(prose, "", context) or _in(whole, "code_", context)
    if found and found[0] == "loop":
        return found
    share = context.guide.threshold("repetition.whole_share")
    for figures in (whole, prose):
        for part in (figures.get("border"), figures.get("twice")):
            if part and part["words"] >= share * figures["words"]:
                return "whole", part, figures
    return found


def _in(figures: dict[str, Any], prefix: str, context: Context) -> Found | None:
    """The first condition that holds in these figures, with the thresholds of that prefix."""

    def least(name: str) -> float:
        return context.guide.threshold(f"repetition.{prefix}{name}")

    longest, loop, phrase = (figures.get(name) for name in ("longest", "loop", "phrase"))
    if loop and loop["words"] >= least("loop_words"):
        return "loop", loop, figures
    twice = figures.get("twice")
    if twice and not prefix and twice["words"] >= least("twice_words"):
        return "twice", twice, figures
    if longest and longest["words"] >= least("repeated_words"):
        return "long", longest, figures
    enough = figures["words"] >= context.guide.threshold("repetition.share_words")
    if longest and enough and figures["covered"] >= least("covered_share") * figures["words"]:
        return "share", longest, figures
    if phrase and not prefix and phrase["gap"] >= least("phrase_times"):
        return "phrase", phrase, figures
    return None


def _message(rule: Rule, reason: str, part: dict[str, Any], figures: dict[str, Any]) -> str:
    if reason == "whole":
        return (
            "the answer is given twice"
            if part["gap"] < figures["words"] / 2 + 1
            else "the answer ends as it began"
        )
    if reason == "loop":
        return f"{part['words']} words repeat in a loop of {part['gap']}"
    if reason == "twice":
        return f"{part['words']} words are said twice in a row"
    if reason == "share":
        return f"{figures['covered']} of {figures['words']} words repeat earlier ones"
    if reason == "phrase":
        return f"a phrase of {part['words']} words stands {part['gap']} times"
    return f"{part['words']} words were already said {part['gap']} words before"


def _echo(context: Context) -> Iterator[Judgement]:
    if context.prompt.kind in _DELIVERS_ITS_TEXT:
        return
    asked = words_of(context.row.instruction[:20_000])
    if len(asked) < context.guide.threshold("repetition.echo_words"):
        return
    head = context.row.output[: 2 * len(context.row.instruction[:20_000]) + 200]
    words = words_of(head)
    at = next((at for at in range(min(6, len(words))) if words[at : at + len(asked)] == asked), None)
    if at is None:
        return
    spans = list(places(head))
    start, end = spans[at].start(), spans[at + len(asked) - 1].end()
    # "The best way to … is …" takes the question up; an echo stands alone, at the start or after "Question:".
    if _ECHO_ENDS.match(head, end) and (not at or ":" in head[spans[at - 1].end() : start]):
        yield RESTATED.found(
            context, f"the answer begins with the prompt's {len(asked)} words", start=start, end=end
        )


CHECK = Check(family="repetition", rules=(LINES, SENTENCES, LOOP, RESTATED), judge=judge, measure=repeats)
