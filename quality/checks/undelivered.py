"""Undelivered: code that is asked for and not given, a picture that is only pretended, a text that is not there.

What it does. Three things are read from the prompt: that it wants a program, that it wants a picture or a sound which
words cannot give, or that it speaks of a text, table or picture which it does not hold. The answer is then looked at
for code, for the pretence of a picture, or for a word about what is missing.

Why it is bad. Missing code, requests for pictures and inconsistent inputs are three of AlpacaDataCleaned's ten faults;
each teaches a model to give something else than was asked, or to invent it.

Known limits. Code is told by fences, signs and statements, so prose full of signs passes for code. A text is taken to
be there when anything follows on a line of its own, after a colon or in quotation marks, right or not.

Source: Chat Style Guide 1.1.2-5; AlpacaDataCleaned's list of faults in the Alpaca data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Measures
from quality.rule import Check, Context, Judgement, Rule, example
from quality.text import leftovers, subject
from quality.text.likeness import is_code_line

_SOURCE = "Chat Style Guide 1.1.2-5; AlpacaDataCleaned's list of faults in the Alpaca data"
_ELEMENT = re.compile(r"<[a-z!][^<>\n]{0,300}>")
_TICKED = re.compile(r"`[^`\n]{0,80}[(=<{$;:|/\\\[][^`\n]{0,80}`")
_CODE_SIGNS = frozenset("{}()[];=<>$|\\^*+/_&%")
_CODE_SHARE = 0.12
"""Share of a line's code points that are signs of code, in a line of code; in prose it is below 0.05."""

_LONGEST_LINE = 400


def measure(text: str) -> Measures:
    """Whether the text holds code, pretends to hold a picture, or asks for what is missing."""
    return {
        "code": _has_code(text),
        "picture": subject.fake_picture(leftovers.lowered(leftovers.without_code(text))),
        "asks_for_input": subject.asks_for_input(leftovers.lowered(text[:2_000])),
    }


def _has_code(text: str) -> bool:
    if "```" in text or "~~~" in text or _ELEMENT.search(text) or _TICKED.search(text):
        return True
    lines = (line.strip()[:_LONGEST_LINE] for line in text.splitlines())
    return any(is_code_line(line) or _is_dense(line) for line in lines)


def _is_dense(line: str) -> bool:
    """Whether signs of code make up much of the line."""
    return sum(sign in _CODE_SIGNS for sign in line) >= max(3.0, _CODE_SHARE * len(line))


def judge(context: Context) -> Iterator[Judgement]:
    """At most one finding a rule."""
    prompt = subject.whole(context.row)
    measured = context.measures["output"]
    if measured["picture"] and subject.picture_wanted(prompt):
        start, end = measured["picture"]
        shown = " ".join(context.row.output[start:end].split())
        yield PICTURE.found(context, f"pretends to give what words cannot: “{shown}”", start=start, end=end)
    if measured["asks_for_input"]:
        return
    if context.prompt.kind != "code":  # "a function that sorts the given list" lacks no text
        yield from _input_missing(context, prompt)
    elif not measured["code"] and subject.code_wanted(prompt) and not subject.is_sensitive(prompt):
        yield MISSING_CODE.found(context, "the prompt wants code, and the answer has none")


def _input_missing(context: Context, prompt: str) -> Iterator[Judgement]:
    span = None if context.row.context else subject.missing_input(prompt)
    if span:
        start, end = span
        words = context.row.instruction[start:end]
        message = f"the prompt speaks of “{words}”, which is not there"
        yield INPUT_MISSING.found(context, message, column="instruction", start=start, end=end)


MISSING_CODE = Rule(
    code="ASK026",
    name="missing-code",
    criterion="compliance",
    what="A prompt that asks for code, and an answer without any.",
    why="Talk about a program is not the program.",
    remedy="Write the code, in a fenced block.",
    source=_SOURCE,
    measured="1 of 2,376 answers of strong models, 47 of 42,000 of other models, all judged right as the prompts "
    "ask for code; of 87 answers of strong models whose code was cut out 41 (benchmarks/non_answers.py)",
    bad=(
        example(
            "Write a Python function that returns the largest number in a list.",
            "You can go through the list one by one and remember the largest number that you have seen so far.",
            flagged=True,
        ),
    ),
    good=(
        example(
            "Write a Python function that returns the largest number in a list.",
            "def largest(xs):\n    return max(xs)",
            flagged=False,
        ),
        example(
            "What is the best language for web programs?", "JavaScript runs in every browser.", flagged=False
        ),
    ),
)
PICTURE = Rule(
    code="ASK027",
    name="picture-request",
    criterion="compliance",
    what="A prompt that asks for a picture, a film or a sound, and an answer that pretends to give it.",
    why="A model learns to promise pictures and to invent links.",
    remedy="Say that only words can be given and describe it, or take the row out.",
    source=_SOURCE,
    measured="no finding on 2,376 answers of strong models and 42,000 of other models, whose prompts want no "
    "picture: precision and recall on real text are not measured (benchmarks/non_answers.py)",
    bad=(
        example(
            "Draw me a picture of a lighthouse.",
            "Here is a picture of a lighthouse at dusk. I hope you like it!",
            flagged=True,
        ),
        example("Create a logo for my bakery.", "![Bakery logo](https://example.com/logo.png)", flagged=True),
    ),
    good=(
        example("Draw a house in ASCII art.", " /\\ \n/__\\\n|__|", flagged=False),
        example(
            "Draw me a picture of a lighthouse.",
            "I can only write, but imagine a white tower on a dark rock.",
            flagged=False,
        ),
        example(
            "Describe a picture of a lighthouse.",
            "A white tower stands on a dark rock above the surf.",
            flagged=False,
        ),
    ),
)
INPUT_MISSING = Rule(
    code="ASK028",
    name="input-missing",
    criterion="compliance",
    what="A prompt that speaks of a text, table or picture which it does not hold, and an answer that invents it.",
    why="A model learns to make up what it was not given.",
    remedy="Put the text into the prompt, or let the answer ask for it.",
    source=_SOURCE,
    measured="no finding on 396 AlpacaEval, 271 IFEval and 88 self-instruct prompts; of 61 AlpacaEval prompts "
    "whose text was cut off 47 are found, of 60 self-instruct ones 23 (benchmarks/non_answers.py)",
    bad=(
        example(
            "Summarize the following article.",
            "The article shows how bees find their way home by the sun.",
            flagged=True,
        ),
        example(
            "What does the attached table show?", "Sales rose by a third from March to June.", flagged=True
        ),
    ),
    good=(
        example(
            "Summarize the following article.",
            "Could you please paste the article? It isn't in your message.",
            flagged=False,
        ),
        example(
            "Summarize the following text: Bees find their way home by the sun.",
            "Bees steer by the sun.",
            flagged=False,
        ),
        example("Write a paragraph about bees.", "Bees find their way home by the sun.", flagged=False),
    ),
)

CHECK = Check(
    family="undelivered", rules=(MISSING_CODE, PICTURE, INPUT_MISSING), judge=judge, measure=measure
)
