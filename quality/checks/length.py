"""Length: an answer too short or too long for what its prompt asks, or out of line with the rest of the file.

What it does. The prompt's kind gives the bounds in words; a length that the prompt states itself ("300 words",
"5 sentences", "10 ideas") takes their place, and a number of paragraphs moves them. Too short is judged by fresh words:
those that a repetition adds count for nothing. Against the file itself an answer is unusual when its length lies far
outside the middle half of the answers of its kind. In a conversation the last turn says little about the answer wanted:
its kind counts as `open`. A cell without an answer (empty, a spreadsheet's error value) is the contract's to flag; it
has no length.

Why it is bad. A curt answer leaves the reader without help and a wordy one hides it; a model copies both.

Known limits. Bounds are wide on purpose: between them length is a matter of taste. Whether a stated length is met
exactly is a question of prompt compliance, not of this family.

Source: Chat Style Guide 1.1.2-4; bounds are quantiles of strong models' answers and of human-written seed tasks.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quality import prompt as prompts
from quality.model import Ask, Example, Measures, NotApplicable, Row
from quality.rule import Check, Context, Inputs, Judgement, Rule
from quality.text.damage import error_value
from quality.text.prose import sentences

_WORD = re.compile(r"[^\W_]{1,100}(?:['’\-][^\W_]{1,40})?")
_DENSE = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u2600-\u27bf\U0001f300-\U0001faff]"
)
"""Letters of scripts without spaces, and pictures."""

_CHARACTERS_A_WORD = 1.7
"""In such scripts: Chinese and Japanese texts have 1.5 to 2 characters for an English word."""

_SIGNS = re.compile(r"\S{1,1000}")

Counts = dict[str, Counter[int]]
"""Kind → number of words → rows."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle half of the answers of one kind in this file, in words."""

    rows: int
    low: float
    median: float
    high: float


_MARKUP = re.compile(
    r"^[ \t]*(?:`{3,}|~{3,})[^\n`]*$|</?[A-Za-z][^<>\n]{0,200}>|\bhttps?://\S+", re.MULTILINE
)
"""Wrapping that makes no answer longer: a fence with its language, elements, addresses."""


def measure(text: str) -> Measures:
    """Words, fresh words (without what repeats), sentences and characters of a text."""
    bare = _MARKUP.sub(" ", text)
    if not _WORD.search(bare):  # the mark-up is the answer: an address, an empty element
        bare = text
    dense = _DENSE.findall(bare)
    words = [w.lower() for w in _WORD.findall(_DENSE.sub(" ", bare) if dense else bare)]
    if not words and not dense:  # a drawing or a formula: its pieces stand for words
        words = _SIGNS.findall(text)
    return {
        "words": len(words) + round(len(dense) / _CHARACTERS_A_WORD),
        "fresh": _fresh(words) + round(_fresh(dense) / _CHARACTERS_A_WORD),
        "sentences": sum(1 for _ in sentences(text)),
        "characters": len(text),
    }


def _fresh(words: list[str]) -> int:
    """How many words are new in their place: distinct threes, read in a circle.

    In a circle a text given twice, however it is joined, has the threes that it has when given once.
    """
    return len(set(zip(words, words[1:] + words[:1], words[2:] + words[:2], strict=False)))


def kind_of(row: Row, kind: str) -> str:
    """The kind that a row's answer is held to."""
    return "open" if row.context else kind


def collect(rows: Sequence[Row], measures: Sequence[Mapping[str, Measures]], inputs: Inputs) -> Counts:
    """How many answers of each kind have how many words."""
    counts: Counts = {}
    for row, measured in zip(rows, measures, strict=True):
        words = measured.get("output", {}).get("words")
        if words:
            counts.setdefault(kind_of(row, prompts.read(row.instruction).kind), Counter())[words] += 1
    return counts


def merge(one: Counts, other: Counts) -> Counts:
    """Both together; exact, whatever the shards."""
    return {kind: one.get(kind, Counter()) + other.get(kind, Counter()) for kind in {**one, **other}}


def finish(counts: Counts, inputs: Inputs) -> dict[str, Spread]:
    """The spread of each kind that the file has enough answers of."""
    least = inputs.guide.threshold("length.file_rows")
    return {kind: _spread(found) for kind, found in sorted(counts.items()) if found.total() >= least}


def statistics(facts: dict[str, Spread]) -> dict[str, Any]:
    """Median and middle half of the answers' words by kind."""
    return {
        f"words_{kind}": {"rows": s.rows, "quarter": s.low, "median": s.median, "three_quarters": s.high}
        for kind, s in facts.items()
    }


def _spread(counts: Counter[int]) -> Spread:
    ordered = sorted(counts.items())
    total = counts.total()

    def at(share: float) -> float:
        seen = 0
        for words, rows in ordered:
            seen += rows
            if seen >= share * total:
                return float(words)
        return float(ordered[-1][0])

    return Spread(total, at(0.25), at(0.5), at(0.75))


def judge(context: Context) -> Iterator[Judgement]:
    """At most one finding: against what was asked, against the kind, or else against the file."""
    if _is_blank(context.row.output):
        yield NotApplicable("chattiness", "the cell holds no answer")
        return
    measured = context.measures["output"]
    kind = kind_of(context.row, context.prompt.kind)
    found = list(_against_asks(context, measured))
    if not found and not _asked_in_numbers(context):
        found = list(_against_kind(context, measured, kind))
    if not found:
        found = list(_against_file(context, measured, kind))
    yield from found[:1]


def _is_blank(output: str) -> bool:
    """Whether the cell is empty or holds a spreadsheet's error value alone, which the contract family flags."""
    error = error_value(output)
    return not output.strip() or (error is not None and error[2])


_SIZES = ("words", "sentences")


def _asked_in_numbers(context: Context) -> bool:
    return any(
        ask.kind.startswith("length_") and ask.unit in _SIZES and not ask.part for ask in context.prompt.asks
    )


_MEASURE_OF = {"words": "words", "sentences": "sentences", "characters": "characters", "items": "words"}


def _against_asks(context: Context, measured: Measures) -> Iterator[Judgement]:
    short = context.guide.threshold("length.asked_short_share")
    long = context.guide.threshold("length.asked_long_factor")
    for ask in context.prompt.asks:
        unit = _MEASURE_OF.get(ask.unit)
        if unit is None or ask.part or not ask.value.isdigit() or ask.kind.startswith("format:"):
            continue
        wanted, got = int(ask.value), measured[unit]
        fresh = min(got, measured["fresh"]) if unit == "words" else got
        if ask.relation in ("=", "about", ">=", ">") and fresh < short * wanted:
            yield _off(TOO_SHORT, context, ask, fresh)
        if ask.relation in ("=", "about", "<=", "<") and got > long * wanted + 2 and ask.unit != "items":
            yield _off(TOO_LONG, context, ask, got)


def _off(rule: Rule, context: Context, ask: Ask, got: int) -> Judgement:
    asked = context.row.instruction[ask.start : ask.end]
    return rule.found(
        context,
        f"the prompt asks for “{asked}”, the answer has {got} {_MEASURE_OF[ask.unit]}",
        detail={"asked": asked, "got": got, "unit": _MEASURE_OF[ask.unit]},
    )


def _against_kind(context: Context, measured: Measures, kind: str) -> Iterator[Judgement]:
    low = context.guide.threshold(f"length.{kind}_min")
    high = context.guide.threshold(f"length.{kind}_max")
    if kind in ("rewrite", "translation"):
        high += (
            context.guide.threshold("length.given_text_factor") * measure(context.row.instruction)["words"]
        )
    if paragraphs := _paragraphs(context):
        low = min(low, paragraphs[0] * context.guide.threshold("length.paragraph_min"))
        high = max(high, paragraphs[1] * context.guide.threshold("length.paragraph_max"))
    detail = {"kind": kind, "words": measured["words"], "fresh": measured["fresh"], "min": low, "max": high}
    what = _NAMES[kind]
    if measured["fresh"] < low:
        yield TOO_SHORT.found(
            context, f"{measured['fresh']} words for {what}; at least {low:.0f} are expected", detail=detail
        )
    elif measured["words"] > high:
        yield TOO_LONG.found(
            context, f"{measured['words']} words for {what}; at most {high:.0f} are expected", detail=detail
        )


def _paragraphs(context: Context) -> tuple[int, int] | None:
    """The fewest and the most paragraphs that the prompt states; None where it states none."""
    asks = [
        ask
        for ask in context.prompt.asks
        if ask.unit == "paragraphs" and not ask.part and ask.value.isdigit()
    ]
    if not asks:
        return None
    least = min(1 if ask.relation in ("<", "<=") else int(ask.value) for ask in asks)
    return max(1, least), max(int(ask.value) for ask in asks)


_NAMES = {
    "one_word": "a one-word answer",
    "yes_no": "a yes or no",
    "choice": "a choice",
    "number": "a number",
    "sentence": "a sentence or a name",
    "list": "a list",
    "code": "code",
    "data": "data",
    "translation": "a translation of that text",
    "rewrite": "a new version of that text",
    "creative": "a creative text",
    "letter": "a letter or a post",
    "essay": "an essay or an article",
    "explain": "an explanation",
    "question": "a question of fact",
    "open": "an answer",
}


def _against_file(context: Context, measured: Measures, kind: str) -> Iterator[Judgement]:
    facts: dict[str, Spread] = context.facts or {}
    spread = facts.get(kind)
    words = measured["words"]
    if spread is None or not words:
        return
    reach = context.guide.threshold("length.file_reach")
    width = max(
        math.log(spread.high / spread.low), math.log(context.guide.threshold("length.file_least_ratio"))
    )
    below = math.log(spread.low) - reach * width
    above = math.log(spread.high) + reach * width
    if below <= math.log(words) <= above:
        return
    side = "short" if math.log(words) < below else "long"
    yield UNUSUAL.found(
        context,
        f"{words} words are unusually {side} here: half of the {spread.rows} answers of this kind have "
        f"{spread.low:.0f} to {spread.high:.0f}",
        detail={"kind": kind, "words": words, "quarter": spread.low, "three_quarters": spread.high},
    )


def _rule(
    code: str,
    name: str,
    what: str,
    why: str,
    remedy: str,
    bad: tuple[Example, ...],
    good: tuple[Example, ...],
    limits: str = "",
) -> Rule:
    return Rule(
        code=code,
        name=name,
        criterion="chattiness",
        what=what,
        why=why,
        remedy=remedy,
        source="Chat Style Guide 1.1.2-4",
        measured=_MEASURED,
        bad=bad,
        good=good,
        limits=limits,
    )


_MEASURED = (
    "LEN001 and LEN002 together: 0.2% of 2,376 answers of strong models flagged (all missed a length the "
    "prompt states), "
    "1.2% of 5,000 of other models, none of 88 seed tasks; 61% of 396 answers cut after a word or two, "
    "every essay cut to "
    "five words (benchmarks/text_checks.py)"
)


def _example(instruction: str, output: str, *, flagged: bool) -> Example:
    row = Row(row=2, line=2, id="1", instruction=instruction, output=output)
    return Example(rows=(row,), flags=(2,) if flagged else ())


_TALK = (
    "That is a question which people have asked in every century and in each country in its own way, and "
    "whoever "
    "wants to answer it has to look at weather, at light, at water, at the eye itself and at language too. "
)
_ANSWER = "Blue light is scattered more by the molecules of the air than red light is, so it reaches us "
"from everywhere."


def _varied(times: int) -> str:
    """A text of about forty words a time in which nothing repeats word for word."""
    return " ".join(_TALK.replace(" ", f" {'abcdefghij'[n % 10]}{n} ", 40) for n in range(times))


TOO_SHORT = _rule(
    "LEN001",
    "too-short",
    "An answer with fewer words than what was asked can be done in.",
    "A curt answer does not help, and a model that learns it stops early.",
    "Answer in full: say what the prompt asks for.",
    bad=(
        _example("Write an essay about the history of printing.", "Printing is very old.", flagged=True),
        _example("Write a 300-word article about tea.", "Tea is a drink made from leaves.", flagged=True),
        _example(
            "Write an essay about the history of printing.", "Printing is very old. " * 40, flagged=True
        ),
    ),
    good=(
        _example("What is the capital of Italy?", "Rome.", flagged=False),
        _example("Why is the sky blue?", _ANSWER, flagged=False),
        _example("Name a fruit in one word.", "Apple", flagged=False),
    ),
    limits="An answer long enough can still be empty of content.",
)
TOO_LONG = _rule(
    "LEN002",
    "too-long",
    "An answer with far more words than what was asked needs.",
    "The reader has to search for the answer, and a model that learns it rambles.",
    "Cut what the prompt does not ask for.",
    bad=(
        _example("Is water wet? Answer yes or no.", _varied(5), flagged=True),
        _example("Describe tea in at most 20 words.", _varied(3), flagged=True),
    ),
    good=(
        _example("Is water wet? Answer yes or no.", "Yes.", flagged=False),
        _example("Why is the sky blue?", _ANSWER, flagged=False),
    ),
)


def _file(odd: str) -> tuple[Row, ...]:
    """Sixty answers of about forty words and one that is odd, in row 62."""
    question = "Why is the sky blue on day number {}?"
    usual = tuple(
        Row(row=n + 2, line=n + 2, id=str(n), instruction=question.format(n), output=f"{_TALK} {n}")
        for n in range(60)
    )
    return (*usual, Row(row=62, line=62, id="60", instruction=question.format(60), output=odd))


UNUSUAL = _rule(
    "LEN003",
    "unusual-length",
    "An answer whose length lies far outside that of the file's other answers of its kind.",
    "What stands alone is often a slip: a cell cut off, an answer pasted twice, another row's text.",
    "Look at the row; leave it if the length is meant.",
    bad=(Example(rows=_file(_varied(12)), flags=(62,)),),
    good=(Example(rows=_file(_TALK + " once more")), Example(rows=_file(_varied(12))[-3:])),
    limits="Says nothing of a kind with few answers in the file.",
)

CHECK = Check(
    family="length",
    rules=(TOO_SHORT, TOO_LONG, UNUSUAL),
    judge=judge,
    measure=measure,
    collect=collect,
    merge=merge,
    finish=finish,
    statistics=statistics,
)
