"""Length: an answer too short or too long for what its prompt asks, or out of line with the rest of the file.

What it does. The prompt's kind gives the bounds in words, the question's type among them: a question of yes or no
needs no essay. A number of paragraphs moves them, "briefly" and "in detail" add one. A length that the prompt states
takes their place: less than half or more than twice of it is the wrong amount of chattiness, and whether it is met
exactly is prompt compliance (`ASK001`). Too short is judged by fresh words: those that a repetition adds count for
nothing. Against the file itself an answer is unusual when its length lies far outside the middle half of the answers of
its kind. In a conversation the last turn says little about the answer wanted: its kind counts as `open`. A cell without
an answer (empty, a spreadsheet's error value) is the contract's to flag; it has no length.

Why it is bad. A curt answer leaves the reader without help and a wordy one hides it; a model copies both.

Known limits. Bounds are wide on purpose: between them length is a matter of taste.

Source: Chat Style Guide 1.1.2-4; bounds are quantiles of strong models' answers and of human-written seed tasks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from quality.checks.length_bounds import misses
from quality.checks.length_spread import Spread, collect, finish, kind_of, merge, outlier, statistics
from quality.model import Example, Measures, NotApplicable, Row
from quality.rule import Check, Context, Judgement, Rule, example
from quality.text.damage import error_value
from quality.text.size import measure


def judge(context: Context) -> Iterator[Judgement]:
    """At most one finding: against what was asked, against the kind, or else against the file."""
    if _is_blank(context.row.output):
        yield NotApplicable("chattiness", "the cell holds no answer")
        return
    measured = context.measures["output"]
    kind = kind_of(context.row, context.prompt.kind)
    miss = next(misses(context, measured, kind), None)
    if miss:
        yield (TOO_SHORT if miss.short else TOO_LONG).found(context, miss.message, detail=miss.detail)
    else:
        yield from _against_file(context, measured, kind)


def _is_blank(output: str) -> bool:
    """Whether the cell is empty or holds a spreadsheet's error value alone, which the contract family flags."""
    error = error_value(output)
    return not output.strip() or (error is not None and error[2])


def _against_file(context: Context, measured: Measures, kind: str) -> Iterator[Judgement]:
    facts: dict[str, Spread] = context.facts or {}
    spread, words = facts.get(kind), measured["words"]
    side = outlier(words, spread, context.guide) if spread and words else None
    if spread and side:
        yield UNUSUAL.found(
            context,
            f"{words} words are unusually {side} here: half of the {spread.rows} answers of this kind have "
            f"{spread.low:.0f} to {spread.high:.0f}",
            detail={"kind": kind, "words": words, "quarter": spread.low, "three_quarters": spread.high},
        )


_MEASURED = (
    "LEN001 and LEN002 together: 0.2% of 2,376 answers of strong models flagged (each misses a length that the prompt "
    "states), 1.2% of 5,000 of other models, none of 88 seed tasks; 61% of 396 answers cut after a word or two, 72 of "
    "72 essays cut to five words, 217 of 300 answers of over 300 words where yes or no is asked for "
    "(benchmarks/text_checks.py)"
)


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


_rule = partial(
    Rule,
    criterion="chattiness",
    source="Chat Style Guide 1.1.2-4",
    measured=_MEASURED,
)

TOO_SHORT = _rule(
    code="LEN001",
    name="too-short",
    what="An answer with fewer words than what was asked can be done in.",
    why="A curt answer does not help, and a model that learns it stops early.",
    remedy="Answer in full: say what the prompt asks for.",
    bad=(
        example("Write an essay about the history of printing.", "Printing is very old.", flagged=True),
        example(
            "Explain in detail why the sky is blue.",
            "Because the air scatters blue light most of all.",
            flagged=True,
        ),
        example("Write an essay about the history of printing.", "Printing is very old. " * 40, flagged=True),
    ),
    good=(
        example("What is the capital of Italy?", "Rome.", flagged=False),
        example("Why is the sky blue?", _ANSWER, flagged=False),
        example("Name a fruit in one word.", "Apple", flagged=False),
        example(
            "Write an essay about tea in 10 words.",
            "Tea is a drink that is made from dried leaves.",
            flagged=False,
        ),
    ),
    limits="An answer long enough can still be empty of content.",
)
TOO_LONG = _rule(
    code="LEN002",
    name="too-long",
    what="An answer with far more words than what was asked needs.",
    why="The reader has to search for the answer, and a model that learns it rambles.",
    remedy="Cut what the prompt does not ask for.",
    bad=(
        example("Is water wet? Answer yes or no.", _varied(5), flagged=True),
        example("Explain briefly why the sky is blue.", _varied(16), flagged=True),
    ),
    good=(
        example("Is water wet? Answer yes or no.", "Yes.", flagged=False),
        example("Why is the sky blue?", _ANSWER, flagged=False),
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
    code="LEN003",
    name="unusual-length",
    what="An answer whose length lies far outside that of the file's other answers of its kind.",
    why="What stands alone is often a slip: a cell cut off, an answer pasted twice, another row's text.",
    remedy="Look at the row; leave it if the length is meant.",
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
