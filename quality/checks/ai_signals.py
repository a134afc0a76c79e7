"""Signs of generated text: evidence for a reader, with the text shown; never a verdict, off the score and off the gate.

What it does. AIS001 finds phrases that chatbots say of themselves and around their answers, and several of the words
that they use far more often than people. AIS002 compares the style of each answer with the file's: rates of common
words, punctuation and lengths; an answer is shown when it stands far from the others, be it a generated one among
human ones or the reverse. AIS003 finds marks that few people type into a spreadsheet.

Why it matters. Where people are paid or graded for writing, generated answers are no ground truth; and models trained
on generated text lose what is rare in human text (Shumailov et al., 2024).

Known limits. No probability is given, because none would hold: people write “I hope this helps”, paste from
typeset pages and learn from chatbots, and a model can be told to write otherwise. An accusation needs more than this.

Source: Kobak et al. 2025, "Delving into LLM-assisted writing in biomedical publications through excess vocabulary";
Burrows 2002, "Delta: a measure of stylistic difference"; Liang et al. 2023, "GPT detectors are biased against
non-native English writers".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quality.model import Example, Measures, Row
from quality.rule import Check, Context, Inputs, Judgement, Rule
from quality.text.style import FEATURES, deviations, distances, profile
from quality.text.telltales import MAX_PLACES, telltales

CRITERION = "ai_signals"
PROFILE_WORDS = 80
"""Words from which a profile tells a style; part of the measure, so no threshold of the guide."""
_WHY = (
    "Data that is to be written by people must be; what a chatbot wrote teaches its habits and its mistakes."
)
_REMEDY = "Read the answer. If it was generated, write your own; if it is yours, nothing needs to be done."


_PEOPLE = (
    "False alarms on text that people wrote: none on 57 essay answers (Clough and Stevenson), 88 seed tasks, 754 "
    "learners' sentences and 1,508 corrections of them (JFLEG); so for whole answers below 2.1%, with 95% confidence"
)


def _row(number: int, output: str, instruction: str = "How can I sleep better?") -> Row:
    return Row(row=number, line=number, id=f"q{number}", instruction=instruction, output=output)


def _example(output: str, *, flagged: bool, instruction: str = "How can I sleep better?") -> Example:
    return Example(rows=(_row(2, output, instruction),), flags=(2,) if flagged else ())


_PLAIN = (
    "The room has to be dark, and the bed should stand where no lamp of the street shines on it.",
    "Most people who sleep badly go to bed at another hour each day, which is the first thing to change.",
    "A warm bath is good, for the body cools down after it and gets tired.",
    "It is of no use to lie awake for an hour, so get up and read something that is dull.",
    "Coffee stays in the blood for half of the day, and so it should be the drink of the morning.",
    "What was eaten late lies heavy, and the same is true of wine, although it makes one tired.",
    "The telephone should be left in the kitchen, where it can ring without anybody to hear it.",
)
_SHOUTED = (
    "You! Yes, you - wake up! Why wait? I say: go, run, jump, play! Is it late? So? I sleep, you sleep! " * 6
)


def _file(odd: str) -> tuple[Row, ...]:
    """Forty answers in one voice, and the odd one in row 42."""
    usual = [" ".join(_PLAIN[(n + step) % 7] for step in range(6)) for n in range(40)]
    return tuple(_row(number, output) for number, output in enumerate([*usual, odd], 2))


_rule = partial(
    Rule,
    criterion=CRITERION,
    why=_WHY,
    remedy=_REMEDY,
)

BOILERPLATE = _rule(
    code="AIS001",
    name="chatbot-phrase",
    what="Phrases by which chatbots speak of themselves, open and close their answers, or several of "
    "their favourite words.",
    source="Kobak et al. 2025, Delving into LLM-assisted writing, for the words; project: the phrases",
    measured=f"{_PEOPLE}; on 16% to 31% of the answers of six strong models (benchmarks/ai_signals.py)",
    bad=(
        _example("As an AI language model, I do not sleep, but a dark room helps.", flagged=True),
        _example("Certainly! Here are some tips: keep your room dark.", flagged=True),
        _example("Keep your room dark and cool. I hope this helps!", flagged=True),
        _example(
            "Let us delve into the rich tapestry of sleep, a testament to the intricate realm of the mind.",
            flagged=True,
        ),
    ),
    good=(
        _example("Keep your room dark and cool, and go to bed at the same hour.", flagged=False),
        _example("Of course you can: keep the intricate blinds shut.", flagged=False),
    ),
    limits="People use each of these phrases too, and those who write for a help desk use them often.",
)
SHIFT = _rule(
    code="AIS002",
    name="style-shift",
    what="An answer whose rates of common words, punctuation and lengths lie far from those of the file's "
    "other answers.",
    source="Burrows 2002, Delta: a measure of stylistic difference and a guide to likely authorship",
    measured=f"{_PEOPLE}; on at most 1% of one model's answers in a file of its own; six answers of a model among 55 "
    "human ones: 20 of 60 found over ten models, with no other row; six human ones among a model's: 1 of 60 found "
    "(benchmarks/ai_signals.py)",
    bad=(Example(_file(_SHOUTED), flags=(42,)),),
    good=(Example(_file(" ".join(_PLAIN))), Example(_file(_SHOUTED)[-5:])),
    limits="Verse, code and dialogue stand apart by their kind and are not flagged. Few human answers among generated "
    "ones are not seen, because generated answers vary less from one another in some rates and more in layout.",
)
MARKS = _rule(
    code="AIS003",
    name="improbable-punctuation",
    what="Marks that few people type into a spreadsheet: bold labels and headings in Markdown where no format was "
    "asked for, em dashes without spaces beside straight quotes, narrow spaces, straight and curly "
    "apostrophes together.",
    source="project: counted on human answers and on answers of models",
    measured=f"{_PEOPLE}; on 0.3% to 60% of the answers of six strong models, by how much each likes Markdown "
    "(benchmarks/ai_signals.py)",
    bad=(
        _example(
            "1. **Light:** keep it low.\n2. **Noise:** keep it out.\n3. **Heat:** keep it down.", flagged=True
        ),
        _example("Sleep is a habit—one that you build—and it can't be bought; don't hurry.", flagged=True),
        _example("Aim for 7\u202f–\u202f8 hours.", flagged=True),
        _example("It’s a habit, and it isn't bought.", flagged=True),
    ),
    good=(
        _example("1. Light: keep it low.\n2. Noise: keep it out.\n3. Heat: keep it down.", flagged=False),
        _example("Sleep is a habit – one that you build – and it can’t be bought.", flagged=False),
        _example(
            "# Light\n**Lamp:** low.\n**Sun:** none.\n**Screens:** none.",
            instruction="How can I sleep better? Answer in Markdown with headings.",
            flagged=False,
        ),
    ),
    limits="Text pasted from typeset pages has such marks; editors turn straight quotes into curly ones as one types.",
)


def measure(text: str) -> Measures:
    """The text's telltale phrases, words and marks, and its profile."""
    return {**asdict(telltales(text)), "profile": profile(text, PROFILE_WORDS)}


@dataclass(frozen=True, slots=True)
class Profiles:
    """What a batch of rows contributes: the profiles of those that have one, and their record numbers."""

    rows: NDArray[np.int64]
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Apart:
    """Record number → how far the answer's style stands from the file's, and the features that tell it apart most."""

    of_row: Mapping[int, tuple[float, tuple[str, ...]]]
    compared: int


def _collect(rows: Sequence[Row], measures: Sequence[Mapping[str, Measures]], inputs: Inputs) -> Profiles:
    del inputs
    known = [
        (row.row, values)
        for row, measured in zip(rows, measures, strict=True)
        if (values := measured["output"]["profile"])
    ]
    numbers = np.array([number for number, _ in known], np.int64)
    return Profiles(numbers, np.array([values for _, values in known], np.float64).reshape(-1, len(FEATURES)))


def _merge(one: Profiles, other: Profiles) -> Profiles:
    return Profiles(np.concatenate([one.rows, other.rows]), np.concatenate([one.values, other.values]))


def _finish(whole: Profiles, inputs: Inputs) -> Apart:
    if len(whole.rows) < inputs.guide.threshold("ai_signals.file_rows"):
        return Apart({}, 0)
    deviation = deviations(whole.values)
    far = distances(deviation)
    found: dict[int, tuple[float, tuple[str, ...]]] = {}
    for at in np.flatnonzero(far >= inputs.guide.threshold("ai_signals.style_distance")):
        most = np.argsort(-np.abs(deviation[at]), kind="stable")[:4]
        told = tuple(f"{'more' if deviation[at, n] > 0 else 'less'} {FEATURES[n]}" for n in most)
        found[int(whole.rows[at])] = (round(float(far[at]), 1), told)
    return Apart(found, len(whole.rows))


def _statistics(facts: Apart) -> Mapping[str, Any]:
    return {"style_compared": facts.compared, "style_apart": len(facts.of_row)} if facts.compared else {}


_LAID_OUT = ("format:", "detectable_format:", "combination:", "genre:dialogue")
_STANDS_APART = frozenset({"code", "data", "creative", "translation", "list"})


def judge(context: Context) -> Iterator[Judgement]:
    """At most one finding a rule for phrases, favourite words, style and marks."""
    measured, output = context.measures["output"], context.row.output
    if measured["phrases"]:
        start, end, name = measured["phrases"][0]
        said = [output[low:high] for low, high, _ in measured["phrases"]]
        more = f", and {len(said) - 1} more such phrases" if len(said) > 1 else ""
        yield BOILERPLATE.found(
            context,
            f"the answer {name}: “{output[start:end].strip()}”{more}",
            start=start,
            end=end,
            detail={"phrases": said},
        )
    yield from _favourites(context, measured["words"])
    apart = context.facts.of_row.get(context.row.row)
    if apart and context.prompt.kind not in _STANDS_APART:
        yield SHIFT.found(
            context,
            f"its style stands apart from the file's other long answers: {', '.join(apart[1])}",
            detail={"distance": apart[0], "features": list(apart[1])},
        )
    yield from _marks(context, measured)


def _favourites(context: Context, places: Sequence[Sequence[int]]) -> Iterator[Judgement]:
    output = context.row.output
    asked = context.row.instruction.lower()
    used = {output[start:end].lower(): (start, end) for start, end in reversed(places)}
    words = [word for word in reversed(used) if word not in asked]
    if len(words) >= context.guide.threshold("ai_signals.favourite_words"):
        start, end = used[words[0]]
        yield BOILERPLATE.found(
            context,
            f"{len(words)} words that chatbots favour: {', '.join(words[:6])}",
            start=start,
            end=end,
            detail={"words": words},
        )


def _marks(context: Context, measured: Measures) -> Iterator[Judgement]:
    signs: Mapping[str, list[list[int]]] = measured["signs"]
    told = [(words, place) for words, place in _told(context, signs, measured["quotes"])]
    if told:
        start, end = told[0][1]
        yield MARKS.found(
            context,
            "; ".join(words for words, _ in told),
            start=start,
            end=end,
            detail={"signs": [words for words, _ in told]},
        )


def _told(
    context: Context, signs: Mapping[str, list[list[int]]], quotes: bool
) -> Iterator[tuple[str, list[int]]]:
    """The signs that count, in words, each with its first place."""
    laid_out = any(ask.kind.startswith(_LAID_OUT) for ask in context.prompt.asks)
    asked = context.row.instruction
    least = context.guide.threshold("ai_signals.layout_marks")
    for name, words in (("labels", "bold labels"), ("headings", "Markdown headings")):
        places = signs.get(name, [])
        if len(places) >= least and not laid_out and "markdown" not in asked.lower() and "**" not in asked:
            yield f"{_count(places)} {words}", places[0]
    dashes = signs.get("dashes", [])
    if len(dashes) >= context.guide.threshold("ai_signals.dashes") and not quotes and "—" not in asked:
        yield f"{_count(dashes)} em dashes without spaces", dashes[0]
    if spaces := signs.get("spaces"):
        yield f"{_count(spaces)} narrow or figure spaces", spaces[0]
    if "curly" in signs and "straight" in signs and "’" not in asked:
        yield "straight and curly apostrophes in one answer", signs["curly"][0]


def _count(places: Sequence[object]) -> str:
    return f"{len(places)} or more" if len(places) >= MAX_PLACES else str(len(places))


CHECK = Check(
    family="ai_signals",
    rules=(BOILERPLATE, SHIFT, MARKS),
    judge=judge,
    measure=measure,
    collect=_collect,
    merge=_merge,
    finish=_finish,
    statistics=_statistics,
)
