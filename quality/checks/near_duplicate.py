"""Copied answers: near-duplicates within the file, and passages of a reference corpus.

What it does: DUP001 compares every output with every other by its words (Indel similarity: twice the longest common
subsequence over both lengths) and misses no pair at or above the guide's threshold. DUP002 measures how much of an
output one text of the corpus given with `--against` covers, by word 3-grams.

Why it is bad: the style guide forbids plagiarism; a model trained on copies learns to recite, and copies that reach
the test set make its scores worthless.

Case, invisible characters and look-alike letters make no difference. Words that the prompt itself supplied are
nobody's copy: an output with fewer than `min_words` words of its own (a label, a name, a corrected sentence) is
compared only with answers to the same prompt.

Known limits: a paraphrase that keeps neither words nor their order is not seen; a translation is not seen.

Source: Chat Style Guide 1.1.2-7; Clough and Stevenson, "Developing a corpus of plagiarised short answers" (2011)
for 3-gram containment; Lee et al., "Deduplicating training data makes language models better" (2022).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quality.guide import StyleGuide
from quality.model import Example, Finding, Measures, Row, Unmeasured
from quality.rule import Check, Context, Inputs, Judgement, Rule
from quality.similarity.containment import Settings, coverage
from quality.similarity.join import Limits
from quality.similarity.texts import SHINGLE, Texts, Vocabulary, encode, renumbered
from quality.similarity.twins import Key, Twin, Twins, find
from quality.text.folding import folded_word_spans, folded_words
from quality.text.prose import Span

CRITERION = "plagiarism"


@dataclass(frozen=True, slots=True)
class Shard:
    """What a batch of rows contributes: its words as numbers, and which rows they are."""

    words: tuple[str, ...]
    outputs: Texts
    prompts: Texts
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """The reference that covers a row's output best."""

    reference: int
    share: float


@dataclass(frozen=True, slots=True)
class Facts:
    """Who copied what. Rows that stand in none of the maps are clean."""

    twins: Mapping[Key, tuple[Twin, ...]]
    copies: Mapping[Key, Copy]
    unmeasured: Mapping[Key, str]
    statistics: Mapping[str, int]


def _collect(
    rows: Sequence[Row], measures: Sequence[Mapping[str, Measures]], inputs: Inputs
) -> tuple[Shard, ...]:
    del measures
    limit = inputs.guide.threshold("limits.max_cell_characters")
    vocabulary = Vocabulary()
    outputs = encode((row.output if len(row.output) <= limit else "" for row in rows), vocabulary)
    prompts = encode(("\n".join((*row.context, row.instruction)) for row in rows), vocabulary)
    return (Shard(tuple(vocabulary), outputs, prompts, tuple((row.row, row.id) for row in rows)),)


def _merge(one: tuple[Shard, ...], other: tuple[Shard, ...]) -> tuple[Shard, ...]:
    return one + other


def _finish(shards: tuple[Shard, ...], inputs: Inputs) -> Facts:
    vocabulary = Vocabulary()
    outputs = renumbered([(shard.outputs, shard.words) for shard in shards], vocabulary)
    prompts = renumbered([(shard.prompts, shard.words) for shard in shards], vocabulary)
    keys = [key for shard in shards for key in shard.keys]
    guide = inputs.guide
    found = _twins(outputs, prompts, keys, guide)
    unmeasured, statistics = dict(found.unmeasured), dict(found.statistics)
    copies: dict[Key, Copy] = {}
    if inputs.against:
        texts = [text for _, text in inputs.against]
        covered = coverage(outputs, prompts, texts, vocabulary, _settings(guide))
        enough = covered.own + SHINGLE - 1 >= guide.threshold("near_duplicate.min_words")
        for index in np.flatnonzero(enough & (covered.reference >= 0)):
            copies[keys[index]] = Copy(int(covered.reference[index]), float(covered.share[index]))
        for index in np.flatnonzero(covered.incomplete):
            unmeasured.setdefault(
                keys[index], "its words are in too much of the reference corpus to compare it with all"
            )
        statistics["covered_by_reference"] = len(copies)
    return Facts(found.of_row, copies, unmeasured, statistics)


def _twins(outputs: Texts, prompts: Texts, keys: Sequence[Key], guide: StyleGuide) -> Twins:
    similarity = guide.threshold("near_duplicate.min_similarity")
    if not 0 < similarity <= 1:
        reason = f"near_duplicate.min_similarity is {similarity:g}, and must be above 0 and at most 1"
        return Twins({}, dict.fromkeys(keys, reason), {})
    limits = Limits(
        pairs=max(1, int(guide.threshold("near_duplicate.pairs_per_row"))),
        comparisons=int(guide.threshold("near_duplicate.comparisons_per_row")),
    )
    return find(outputs, prompts, keys, similarity, int(guide.threshold("near_duplicate.min_words")), limits)


def _settings(guide: StyleGuide) -> Settings:
    return Settings(
        min_coverage=guide.threshold("near_duplicate.min_coverage"),
        min_full_coverage=guide.threshold("near_duplicate.min_full_coverage"),
        stock_share=guide.threshold("near_duplicate.stock_share"),
        passage_words=int(guide.threshold("near_duplicate.passage_words")),
    )


def _judge(context: Context) -> Iterator[Judgement]:
    facts: Facts = context.facts
    key = (context.row.row, context.row.id)
    limit = context.guide.threshold("limits.max_cell_characters")
    if len(context.row.output) > limit:
        yield Unmeasured(CRITERION, f"the output is longer than {limit:.0f} characters")
    if context.inputs.against is not None and not context.inputs.against:
        yield Unmeasured(CRITERION, "the reference corpus is empty")
    if key in facts.unmeasured:
        yield Unmeasured(CRITERION, facts.unmeasured[key])
    if context.guide.severity(NEAR_DUPLICATE.code) != "off":
        yield from (_twin_found(context, twin) for twin in facts.twins.get(key, ()))
    if key in facts.copies and context.guide.severity(COPIED.code) != "off":
        yield from _copy_found(context, facts.copies[key])


def _twin_found(context: Context, twin: Twin) -> Finding:
    row, row_id = twin.first
    alike = (
        "has the same words as" if twin.similarity == 1.0 else f"is {_percent(twin.similarity)} the same as"
    )
    others = f" and {twin.count - 1} more like it" if twin.count > 1 else ""
    scope = "; compared within this file only" if context.inputs.against is None else ""
    return NEAR_DUPLICATE.found(
        context,
        f"the output {alike} that of row {row} (id {row_id!r}){others}{scope}",
        related=twin.ids,
        detail={
            "similarity": twin.similarity,
            "row": row,
            "id": row_id,
            "column": "output",
            "count": twin.count,
        },
    )


def _copy_found(context: Context, copy: Copy) -> Iterator[Finding]:
    assert context.inputs.against is not None
    source, reference = context.inputs.against[copy.reference]
    passages, copied = _shared_passages(context.row, reference)
    if copied < context.guide.threshold("near_duplicate.min_words"):
        return
    spans = [[span.start, span.end] for span in passages[:_SHOWN_PASSAGES]]
    quote = f", such as “{_shortened(passages[0].text)}”" if passages else ""
    yield COPIED.found(
        context,
        f"{_percent(copy.share)} of the output's 3-word runs are in {source}{quote}",
        start=passages[0].start if passages else None,
        end=passages[0].end if passages else None,
        detail={
            "source": source,
            "coverage": copy.share,
            "copied_words": copied,
            "spans": spans,
            "column": "output",
        },
    )


_SHOWN_PASSAGES = 3


def _shared_passages(row: Row, reference: str) -> tuple[list[Span], int]:
    """The passages of the output that the reference has and the prompt has not, longest first; and their words."""
    there = _runs(folded_words(reference)) - _runs(folded_words("\n".join((*row.context, row.instruction))))
    spans = folded_word_spans(row.output)
    words = [span.text for span in spans] if spans is not None else folded_words(row.output)
    hits = [
        at for at, run in enumerate(zip(*(words[i:] for i in range(SHINGLE)), strict=False)) if run in there
    ]
    pieces: list[list[int]] = []
    for at in hits:
        if pieces and at <= pieces[-1][1]:
            pieces[-1][1] = at + SHINGLE
        else:
            pieces.append([at, at + SHINGLE])
    pieces.sort(key=lambda piece: (piece[0] - piece[1], piece[0]))
    copied = sum(end - start for start, end in pieces)
    if spans is None:
        return [], copied
    places = [(spans[start].start, spans[end - 1].end) for start, end in pieces]
    return [Span(start, end, row.output[start:end]) for start, end in places], copied


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[i:] for i in range(SHINGLE)), strict=False))


def _percent(share: float) -> str:
    """Rounded down, so that only all is 100%."""
    return f"{int(share * 100)}%"


def _shortened(text: str, most: int = 80) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def _statistics(facts: Any) -> Mapping[str, Any]:
    return dict(facts.statistics)


_TIDES = (
    "The tide rises and falls because the moon pulls harder on the near side of the sea than on the far side, "
    "and the turning earth carries every coast through both bulges each day."
)
_TIDES_AGAIN = _TIDES.replace("each day", "every day")
_SOURCE = (
    "Bread rises when yeast eats the sugars in the dough and gives off gas, which the stretchy gluten traps in "
    "thousands of small bubbles until the heat of the oven sets them for good."
)


def _row(number: int, instruction: str, output: str) -> Row:
    return Row(row=number, line=number, id=f"q{number}", instruction=instruction, output=output)


NEAR_DUPLICATE = Rule(
    code="DUP001",
    name="near-duplicate-output",
    criterion=CRITERION,
    what="An output with at least the guide's share of its words, in order, in common with another row's output.",
    why="A copied answer teaches nothing new, and a model learns to recite it.",
    remedy="Write an answer of your own for this prompt, or leave one of the rows out.",
    source="Chat Style Guide 1.1.2-7; Lee et al. 2022, Deduplicating training data makes language models better",
    measured="exact: no disagreement with brute force (benchmarks/near_duplicate.py, tests)",
    bad=(
        Example(
            (_row(2, "Why are there tides?", _TIDES), _row(3, "Explain low tide.", _TIDES_AGAIN)),
            flags=(2, 3),
        ),
        Example(
            (_row(2, "Capital of France?", "Paris."), _row(3, "Capital of France?", "Paris.")), flags=(2, 3)
        ),
    ),
    good=(
        Example((_row(2, "Capital of France?", "Paris."), _row(3, "Where is the Louvre?", "Paris."))),
        Example((_row(2, "Why are there tides?", _TIDES), _row(3, "Why does bread rise?", _SOURCE))),
    ),
    limits="A paraphrase is not seen. Outputs with few words of their own are compared only under one prompt.",
)

COPIED = Rule(
    code="DUP002",
    needs="against",
    name="copied-from-reference",
    criterion=CRITERION,
    what="An output whose 3-word runs are covered by one text of the reference corpus beyond the guide's share.",
    why="Text copied from a source is plagiarism, and often licensed in ways that training data may not be.",
    remedy="Answer in your own words; put what must be quoted in quotation marks and keep it short.",
    source="Chat Style Guide 1.1.2-7; Clough and Stevenson 2011, corpus of plagiarised short answers",
    measured="Clough-Stevenson, three tasks: precision 1.00, recall .91, F1 .95; of strong answers, 2.6% are flagged "
    "against 20,000 answers of other models to other prompts",
    bad=(
        Example(
            (_row(2, "Why does bread rise?", f"Good question! {_SOURCE} That is all there is to it."),),
            flags=(2,),
            against=(_SOURCE,),
        ),
    ),
    good=(
        Example((_row(2, "Why are there tides?", _TIDES),), against=(_SOURCE,)),
        Example((_row(2, f"Correct the spelling: {_SOURCE}", _SOURCE),), against=(_SOURCE,)),
    ),
    limits="A revision that keeps hardly any run of three words is not seen.",
)

CHECK = Check(
    family="near_duplicate",
    rules=(NEAR_DUPLICATE, COPIED),
    judge=_judge,
    collect=_collect,
    merge=_merge,
    finish=_finish,
    statistics=_statistics,
)
