"""Passages taken from a source, where the annotator's correction says it in words of its own."""

from __future__ import annotations

import random
import re

from faults.draft import Answer, Draft, Fault, Pool, changed, own_words, some

_ASKED = {
    "a": "What is inheritance in object-oriented programming?",
    "b": "Explain the PageRank algorithm that is used by the Google search engine.",
    "c": "Explain the vector space model for information retrieval.",
}
_PATCHES = (
    ("important", "significant"), ("use", "employ"), ("many", "numerous"), ("help", "assist"), ("also",
    "furthermore"),
    ("such as", "for instance"), ("can", "may"), ("often", "frequently"), ("because", "as"), ("provide",
    "offer"),
    ("different", "diverse"), ("show", "demonstrate"), ("make", "render"), ("large", "sizeable"), ("need",
    "require"),
    ("the", "this"), ("and", "as well as"), ("is", "remains"), ("people", "persons"), ("very", "extremely"),
)  # fmt: skip


def _source(answer: Answer, pool: Pool, draw: random.Random) -> str | None:
    """A text on the matter with which the annotator's answer has hardly a phrase in common."""
    sources = pool.sources.get(answer.instruction, ())
    fitting = [text for text in sources if len(text.split()) >= 60 and own_words(answer.output, [text])]
    if not fitting:
        return None
    chosen = draw.choice(fitting)
    pool.used[chosen] = answer.instruction
    return chosen


def whole(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    source = _source(answer, pool, draw)
    return Draft(answer.instruction, source, answer.output) if source else None


def passage(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """One to three paragraphs of the source in place of as many of the answer's."""
    source = _source(answer, pool, draw)
    ours = answer.output.split("\n\n")
    theirs = [p for p in (source or "").split("\n\n") if len(p.split()) >= 30]
    if len(ours) < 2 or not theirs:
        return None
    start = draw.randrange(len(theirs))
    taken = theirs[start : start + draw.randint(1, 3)]
    at = draw.randrange(len(ours))
    original = [*ours[:at], *taken, *ours[at + len(taken) :]]
    return Draft(answer.instruction, "\n\n".join(original), answer.output)


def patched(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """The source with some words changed."""
    source = _source(answer, pool, draw)
    if source is None:
        return None
    found = [
        (*m.span(), new) for old, new in _PATCHES for m in re.finditer(rf"(?<=[a-z] ){old}(?= [a-z])", source)
    ]
    text = changed(source, some(found, max(2, len(source.split()) // draw.randint(15, 40)), draw))
    return Draft(answer.instruction, text, answer.output)


def essay(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """A student's answer that is copied, corrected to a student's answer that is not."""
    copied = [(task, text) for task, how, text in pool.essays if how in ("cut", "light", "heavy")]
    task, text = draw.choice(copied)
    own = draw.choice([text for other, how, text in pool.essays if other == task and how == "non"])
    return Draft(_ASKED[task], text, own)


FAULTS: dict[str, Fault] = {
    "whole answer copied": whole,
    "passages copied": passage,
    "copied with words changed": patched,
    "student's essay": essay,
}
