"""Off topic by meaning: an answer whose embedding is far from its own prompt's and near to another row's.

What it does. With the extra `embedding`, prompt and answer become vectors of a small packaged model. A pair whose
cosine is low while another prompt of the file is much nearer to the answer does not belong together. It sees what
shares no word with its prompt, which the words compared by ASK030 cannot tell from a paraphrase.

Why it is bad. A pair that does not belong together teaches a model to ignore what it is asked.

Known limits. The model averages word vectors and is at home in English. Without the extra nothing is compared, and the
verdict says so; so its finding is a warning, lest a row passes on one machine and not on another. Rows with earlier
turns are not judged: their last turn alone may name no topic.

Source: Chat Style Guide 1.1.2-5; WordLlama (static embeddings from the token tables of language models).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quality.engines import embedding
from quality.model import Example, Measures, Row
from quality.rule import Check, Context, Inputs, Judgement, Rule
from quality.text.prose import words

Prompts = dict[str, tuple[str, list[int]]]
"""Instruction → the id of a row that asks it, and its vector."""


_MOST_PROMPTS = 4_000
"""Each answer is held against every prompt kept, so their number times the rows is what a large file costs."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The file's prompts.

    Attributes:
        ids: Of a row that asks each.
        vectors: One row a prompt, of length 1.
    """

    ids: tuple[str, ...]
    vectors: NDArray[np.float32]


def measure(text: str) -> Measures:
    """The text's vector, and how many words it has."""
    return {"vector": embedding.embed(text), "words": len(words(text))}


def collect(rows: Sequence[Row], measures: Sequence[Mapping[str, Measures]], inputs: Inputs) -> Prompts:
    """The distinct prompts and their vectors."""
    del inputs
    prompts: Prompts = {}
    for row, measured in zip(rows, measures, strict=True):
        prompts.setdefault(row.instruction, (row.id, measured["instruction"]["vector"]))
    return prompts


def merge(one: Prompts, other: Prompts) -> Prompts:
    """Both together."""
    return {**other, **one}


def finish(prompts: Prompts, inputs: Inputs) -> Facts:
    """The prompts as a matrix, in the order of their text; of very many an even sample."""
    del inputs
    texts = sorted(prompts)
    ordered = [prompts[text] for text in texts[:: 1 + len(texts) // _MOST_PROMPTS]]
    return Facts(tuple(row_id for row_id, _ in ordered), embedding.unit([vector for _, vector in ordered]))


def judge(context: Context) -> Iterator[Judgement]:
    """At most one finding."""
    facts: Facts = context.facts
    threshold = context.guide.threshold
    given, asked = (context.measures[column] for column in ("output", "instruction"))
    if context.row.context or given["words"] < threshold("off_topic_semantic.min_words"):
        return
    pair = embedding.unit([given["vector"], asked["vector"]])
    own = float(pair[0] @ pair[1])
    if own > threshold("off_topic_semantic.max_own"):
        return
    near = facts.vectors @ pair[0]
    nearest = int(near.argmax())
    if float(near[nearest]) - own < threshold("off_topic_semantic.min_lead"):
        return
    row_id = facts.ids[nearest]
    yield FAR.found(
        context,
        f"the answer is far from its prompt in meaning and near to the prompt of row {row_id}",
        related=(row_id,),
        detail={"own": round(own, 2), "other": round(float(near[nearest]), 2)},
    )


def _rows(*pairs: tuple[str, str], flags: tuple[int, ...] = ()) -> Example:
    return Example(rows=tuple(Row(n, n, str(n), *pair) for n, pair in enumerate(pairs, 2)), flags=flags)


_PUPPY = (
    "How do I train a puppy to walk on a lead?",
    "Let your dog wear the collar at home first, reward it for staying beside you, and stop whenever the puppy pulls "
    "on the leash.",
)
_INFLATION = (
    "What does a central bank do when inflation is high?",
    "The central bank raises interest rates: loans cost more, companies borrow and spend less, and so the economy "
    "cools and inflation slows.",
)
FAR = Rule(
    code="ASK031",
    name="off-topic-meaning",
    criterion="compliance",
    what="An answer that is far from its own prompt in meaning and near to another row's; needs the extra `embedding`.",
    why="A pair that does not belong together teaches a model to ignore what it is asked.",
    remedy="Put the answer to the prompt that it belongs to (have the rows slid?), or write one for this prompt.",
    source="Chat Style Guide 1.1.2-5; WordLlama, a packaged model of static embeddings",
    measured="2 of 2,376 answers of strong models, 7 of 2,000 of other models; in files of 396 rows 74% of 2,376 "
    "answers put one row down are found and 87% of 234 exchanged ones; together with ASK030 89% and 95% "
    "(benchmarks/non_answers.py)",
    bad=(_rows((_PUPPY[0], _INFLATION[1]), (_INFLATION[0], _PUPPY[1]), flags=(2, 3)),),
    good=(_rows(_PUPPY, _INFLATION), _rows(("Is the Earth flat?", "No."), _INFLATION)),
    limits="English for the most part; rows with earlier turns are not judged. Of more than 4,000 "
    "prompts an even sample is compared.",
    needs="embedding",
)

CHECK = Check(
    family="off_topic_semantic",
    rules=(FAR,),
    judge=judge,
    measure=measure,
    columns=("instruction", "output"),
    collect=collect,
    merge=merge,
    finish=finish,
    engine=embedding.version,
)
