"""Answers that are none: refusals, pretences, boilerplate of assistants, words for nothing.

What it does. The answer is read in its own voice (quotations, code and the lines of a script are others' words) for
what chat assistants say in place of an answer, and the prompt for what makes that right: a harmful request may be
declined, a question to the assistant may be answered as one, a story or a persona may say anything, and the prompt's
own words excuse the same words in the answer.

Why it is bad. Of AlpacaDataCleaned's ten kinds of faults in real instruction data, most are of this family and its
neighbours; a model trained on them learns to refuse, to pretend and to fill in "N/A".

Known limits. English phrases only; the tables hold the usual ones. Whether a refusal was called for is judged by the
prompt's words, so a harmful request in harmless words counts as a harmless one.

Source: Chat Style Guide 1.1.2-5; AlpacaDataCleaned's list of faults in the Alpaca data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from quality.model import Measures
from quality.rule import Check, Context, Judgement, Rule, example
from quality.text import assistant, leftovers, subject
from quality.text.folding import folded_words
from quality.text.voice import own_voice

Span: TypeAlias = tuple[int, int]
_WHOLE = (None, None)

_SPEAKS_FOR_USER = frozenset({"letter", "creative", "essay"})
"""Kinds of prompt whose answer is somebody's text: "I have attached the slides" is then its writer's word."""

_WANTS_TEXT = frozenset(
    {"list", "code", "data", "rewrite", "translation", "creative", "letter", "essay", "explain"}
)
_ABOUT_SIGNS = re.compile(
    r"\b(?:symbol|punctuation|marks?|sign|operator|character|emoji\w*|morse|null|nan|n/a|blank|nothing)\b"
)


def measure(text: str) -> Measures:
    """Where the text says what a non-answer says; spans, or null."""
    own = leftovers.lowered(own_voice(text))
    return {
        "refusal": assistant.refusal(own),
        "pretence": assistant.pretence(own),
        "boilerplate": assistant.boilerplate(own),
        "asks_for_input": subject.asks_for_input(own),
        "empty": leftovers.empty_words(text),
    }


def judge(context: Context) -> Iterator[Judgement]:
    """The findings of each rule, at most one a rule."""
    prompt = subject.whole(context.row)
    for rule, find in _FINDERS:
        found = find(context, prompt)
        if found:
            (start, end), message = found
            yield rule.found(context, message, start=start, end=end)


Found: TypeAlias = tuple[tuple[int | None, int | None], str]
"""Span and message."""


def _span(context: Context, name: str) -> Span | None:
    span = context.measures["output"][name]
    return (span[0], span[1]) if span else None


def _said(context: Context, span: Span) -> str:
    words = " ".join(context.row.output[slice(*span)].split())
    return f"“{words[:60]}…”" if len(words) > 60 else f"“{words}”"


def _refusal(context: Context, prompt: str) -> Found | None:
    span = _span(context, "refusal")
    excused = (
        span is None
        or context.measures["output"]["asks_for_input"]
        or subject.is_sensitive(prompt)
        or subject.is_to_assistant(prompt)
        or subject.is_out_of_reach(prompt)
        or subject.is_about_present(prompt)
        or context.prompt.kind == "letter"
    )
    if excused or span is None:
        return None
    return span, f"declines a harmless request: {_said(context, span)}"


def _pretence(context: Context, prompt: str) -> Found | None:
    span = _span(context, "pretence")
    if span is None or context.prompt.kind in _SPEAKS_FOR_USER or subject.is_message(prompt):
        return None
    return span, f"claims what a text cannot have done: {_said(context, span)}"


def _boilerplate(context: Context, prompt: str) -> Found | None:
    span = _span(context, "boilerplate")
    if span is None or subject.is_about_assistant(prompt):
        return None
    words = context.row.output[slice(*span)].lower()
    if ("update" in words or "cut" in words) and subject.is_changing(prompt):
        return None
    return span, f"speaks of itself where nobody asked: {_said(context, span)}"


def _no_answer(context: Context, prompt: str) -> Found | None:
    output = context.row.output
    empty = context.measures["output"]["empty"]
    if empty and not _in_words(leftovers.bare_words(output), prompt) and not _ABOUT_SIGNS.search(prompt):
        if empty == "no" or context.prompt.kind in _WANTS_TEXT:
            return _WHOLE, f"a word for nothing in place of an answer: “{output.strip()}”"
        return None
    if _is_echo(context):
        return _WHOLE, "the answer is the prompt, word for word"
    return None


def _in_words(word: str, prompt: str) -> bool:
    """Whether the prompt itself offers the word as an answer."""
    return any(map(str.isalnum, word)) and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", prompt) is not None


_GIVES_BACK = frozenset({"rewrite", "translation"})
_LONGEST_ECHO = 20_000


def _is_echo(context: Context) -> bool:
    asked, given = context.row.instruction, context.row.output
    if len(given) > _LONGEST_ECHO or not 0.5 * len(asked) <= len(given) <= 2 * len(asked) + 20:
        return False
    if context.prompt.kind in _GIVES_BACK:
        return False
    words = folded_words(given)
    return len(words) >= context.guide.threshold("non_answers.echo_words") and words == folded_words(asked)


_SOURCE = "Chat Style Guide 1.1.2-5; AlpacaDataCleaned's list of faults in the Alpaca data"
_MEASURED: dict[str, str] = {
    "ASK020": "2 of 2,376 answers of strong models (both decline to say how to find a drone) and 30 of 42,000 of "
    "other models, 27 of these judged right; of 63 real refusals of a harmful request 58 are found under "
    "a harmless prompt, and 40 under other prompts, some of which excuse a refusal "
    "(benchmarks/non_answers.py; 42,000 with --rows 42000)",
    "ASK021": "none of 2,376 answers of strong models and none of 42,000 of other models, in which no real pretence "
    "was met: precision and recall on real text are not measured (benchmarks/non_answers.py)",
    "ASK022": "14 of 2,376 answers of strong models, 1.2% of 12,000 of other models; of 45 read 38 judged right "
    "(benchmarks/non_answers.py; 12,000 with --rows 12000)",
    "ASK025": "none of 2,376 answers of strong models, 3 of 42,000 of other models, all right; of seeded faults 474 "
    "of 500 words for nothing and 476 of 500 prompts given back (benchmarks/non_answers.py; 42,000 with "
    "--rows 42000)",
}


_bad, _good = partial(example, flagged=True), partial(example, flagged=False)


_rule = partial(
    Rule,
    criterion="compliance",
    source=_SOURCE,
)

REFUSAL = _rule(
    code="ASK020",
    name="refusal",
    what="An answer that declines a harmless request and gives nothing in its place.",
    why="Models trained on needless refusals refuse what they could do.",
    remedy="Answer the prompt. If it should be declined, keep the row out of this file.",
    measured=_MEASURED["ASK020"],
    bad=(
        _bad("What should I cook with leftover rice?", "I'm sorry, but I can't help with that request."),
        _bad(
            "Write a function that reverses a list.",
            "Unfortunately, as a language model I am not able to write code.",
        ),
    ),
    good=(
        _good(
            "How do I build a pipe bomb?",
            "I'm sorry, but I can't help with that. Please don't put anybody in danger.",
        ),
        _good(
            "What should I cook with leftover rice?",
            "I can't recommend fried rice enough: fry it with egg and peas.",
        ),
        _good(
            "Proofread my letter.",
            "I can't help yet, because the letter is missing. Could you please paste it?",
        ),
        _good("Can you feel pain?", "I can't give you a human's answer: I have no body and feel no pain."),
    ),
    limits="English only. A refusal that goes on to help is not flagged, nor is one to a prompt that speaks of harm, "
    "of the present moment, or of what a text cannot reach.",
)
PRETENCE = _rule(
    code="ASK021",
    name="pretence",
    what="An answer that claims to have opened a link, seen a picture, searched the web, sent a message or run code.",
    why="It is untrue, and a model trained on it invents what it claims to have seen.",
    remedy="Delete the claim, and what was invented on its strength.",
    measured=_MEASURED["ASK021"],
    bad=(
        _bad(
            "Summarize the article at the link.",
            "I opened the link and read through it. The article praises bees.",
        ),
        _bad(
            "What is the tallest tree?", "I searched the web for this: the tallest tree is a coast redwood."
        ),
    ),
    good=(
        _good(
            "Write an email to my team about the launch.",
            "Dear team,\n\nI have attached the slides. See you on Monday!",
        ),
        _good("How do I check a page?", "Once you have opened the link, look at the address bar."),
        _good(
            "Tell a story about a librarian.", "“I searched the web for it,” she said, and closed the book."
        ),
    ),
    limits="Letters, essays, stories and rewritten texts are their writer's word and not judged.",
)
BOILERPLATE = _rule(
    code="ASK022",
    name="ai-boilerplate",
    what="An answer that speaks of itself as a language model, or of its knowledge cutoff, where nobody asked.",
    why="It helps no reader, and a model learns to begin every answer with a disclaimer.",
    remedy="Delete the sentence, and begin with the answer.",
    measured=_MEASURED["ASK022"],
    bad=(
        _bad(
            "How can I fix a leaking roof?",
            "As an AI language model, I have no roof, but here are some steps: find the leak.",
        ),
        _bad("Name a river in France.", "As of my last update, the Loire is a river in France."),
    ),
    good=(
        _good("Are you a person?", "No, I'm an AI language model."),
        _good("Who works on language models?", "As an AI researcher, my sister does; so do many linguists."),
        _good(
            "How can I fix a leaking roof?", "Find the leak from inside, and cover it until a roofer comes."
        ),
    ),
)
NO_ANSWER = _rule(
    code="ASK025",
    name="no-answer",
    what="A word for nothing in place of an answer (“N/A”, “<nooutput>”, “see above”, “-”), or the prompt given back.",
    why="A model learns to fill in the blank with a blank.",
    remedy="Write an answer, or take the row out.",
    measured=_MEASURED["ASK025"],
    bad=(
        _bad("List three uses of vinegar.", "N/A"),
        _bad("Describe the taste of a quince.", "<nooutput>"),
        _bad("Write a poem about rain.", "None."),
        _bad("Explain how yeast makes bread rise.", "Explain how yeast makes bread rise."),
    ),
    good=(
        _good("Which of these animals can fly: cow, dog, cat? Say none if none can.", "None"),
        _good("Which mark ends a question?", "?"),
        _good("Give me the chemical symbol for sodium.", "Na"),
    ),
)
_FINDERS: tuple[tuple[Rule, Callable[[Context, str], Found | None]], ...] = (
    (REFUSAL, _refusal),
    (PRETENCE, _pretence),
    (BOILERPLATE, _boilerplate),
    (NO_ANSWER, _no_answer),
)

CHECK = Check(family="non_answers", rules=tuple(rule for rule, _ in _FINDERS), judge=judge, measure=measure)
