"""Off topic: an answer that is about something else than its prompt, such as the answer of another row.

What it does. The content words of prompt and answer are compared, each weighed by how few prompts and answers of the
file have it. Two signs count. The strong one: the answer shows next to nothing of its own prompt and a good part of
another row's, as in a sheet whose answers slid down by a row. The weaker one needs no other row: a long answer has
none of its prompt's words, not even in parts.

Why it is bad. A pair that does not belong together teaches a model to ignore what it is asked.

Known limits. A short answer ("Yes", "Paris") has too few words to tell. A prompt without rare words ("Tell me
something I don't know") fits any answer. What is on the topic and still beside the point is not seen. Words are
compared, not meanings: with the extra `embedding` ASK031 compares these.

Source: Chat Style Guide 1.1.2-5; inverse document frequency (Spärck Jones 1972).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quality.model import Example, Measures, Row
from quality.rule import Check, Context, Inputs, Judgement, Rule
from quality.text.prose import words
from quality.text.topic import COMMON, TopicWords, shows, spelt, topic_words

_ENOUGH = 3.0
"""Points of rarity at which a word counts in full: one use in a million words."""

_PRIOR_ROWS = 20
"""Rows that the general frequency of a word counts for; a file of a few rows says little about what is usual."""

_ANSWER_WORDS = 300
_MOST_POSTINGS = 200
"""Prompts that a word may stand in and still lead to one of them; more common words only add to the evidence."""

_MOST_CANDIDATES = 30
_MOST_WORDS = 10
_SAME_WORDS = frozenset({"explain", "essay", "question", "yes_no", "sentence"})
"""Kinds of prompt whose answer speaks of the prompt's subject by name; lists, letters and stories need not."""

_OTHER_WORDS_ASKED = frozenset(
    {"language:response_language", "task:translation", "style:dialect", "genre:fiction"}
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a batch contributes.

    Attributes:
        answers: Stem → answers that have it.
        prompts: Stem → prompts that have it.
        topics: The distinct prompts' words, with the id of a row that asks each.
    """

    rows: int
    answers: Counter[str]
    prompts: Counter[str]
    topics: Mapping[tuple[str, ...], tuple[str, TopicWords]]


@dataclass(frozen=True, slots=True)
class Facts:
    """The file's topics.

    Attributes:
        topics: (id, words) of each distinct prompt.
        postings: Stem → the topics that have it; only stems that few topics have.
    """

    counts: Counts
    topics: tuple[tuple[str, TopicWords], ...]
    postings: Mapping[str, tuple[int, ...]]

    def weight(self, stem: str, rarity: float) -> float:
        """What the stem tells about the topic, in nats: the less usual in the file, the more."""
        seen = max(self.counts.answers[stem], self.counts.prompts[stem]) + 0.5
        expected = min(1.0, _ANSWER_WORDS * 10 ** (COMMON - rarity - 9))
        share = (seen + _PRIOR_ROWS * expected) / (self.counts.rows + _PRIOR_ROWS)
        return max(0.0, -math.log(share)) * min(1.0, rarity / _ENOUGH)

    def weights(self, topic: TopicWords) -> dict[str, float]:
        """Stem → its weight."""
        return {stem: self.weight(stem, rarity) for stem, rarity in topic.items()}


def measure(text: str) -> Measures:
    """The text's content words, and how many words it has in all."""
    return {"topic": topic_words(text), "words": len(words(text))}


def collect(rows: Sequence[Row], measures: Sequence[Mapping[str, Measures]], inputs: Inputs) -> Counts:
    """How many prompts and answers have each stem, and the distinct prompts."""
    del inputs
    answers: Counter[str] = Counter()
    prompts: Counter[str] = Counter()
    topics: dict[tuple[str, ...], tuple[str, TopicWords]] = {}
    for row, measured in zip(rows, measures, strict=True):
        topic = _asked(row, measured)
        answers.update(measured["output"]["topic"].keys())
        prompts.update(topic.keys())
        topics.setdefault(tuple(topic), (row.id, topic))
    return Counts(len(rows), answers, prompts, topics)


def merge(one: Counts, other: Counts) -> Counts:
    """Both together."""
    topics = {**other.topics, **one.topics}
    return Counts(one.rows + other.rows, one.answers + other.answers, one.prompts + other.prompts, topics)


def finish(counts: Counts, inputs: Inputs) -> Facts:
    """The topics, and the way from a stem to them."""
    del inputs
    topics = tuple(sorted(counts.topics.values(), key=lambda topic: (topic[0], tuple(topic[1]))))
    postings: dict[str, list[int]] = {}
    for number, (_, topic) in enumerate(topics):
        for stem in topic:
            if counts.prompts[stem] <= _MOST_POSTINGS * max(1.0, counts.rows / len(topics)):
                postings.setdefault(stem, []).append(number)
    return Facts(counts, topics, {stem: tuple(where) for stem, where in postings.items()})


def judge(context: Context) -> Iterator[Judgement]:
    """At most one finding: the answer fits another row's prompt, or has nothing of its own."""
    facts: Facts = context.facts
    asked = _asked(context.row, context.measures)
    given: TopicWords = context.measures["output"]["topic"]
    own = facts.weights(asked)
    shared = sum(weight for stem, weight in own.items() if stem in given)
    if shared > context.guide.threshold("off_topic.max_own_share") * sum(own.values()):
        return
    other = _fits(facts, given, asked, context)
    if other:
        row_id, stems, share = other
        words_shared = spelt(context.row.output, stems[:_MOST_WORDS])
        shown = ", ".join(words_shared[:3])
        yield OFF_TOPIC.found(
            context,
            f"the answer has next to nothing of its prompt and fits the prompt of row {row_id} ({shown})",
            related=(row_id,),
            detail={"share": round(share, 3), "words": words_shared},
        )
    elif _is_alone(context, asked, given):
        yield UNRELATED.found(context, "a long answer without one content word of its prompt")


def _asked(row: Row, measured: Mapping[str, Measures]) -> TopicWords:
    """The words of the prompt, earlier turns included."""
    topic: TopicWords = measured["instruction"]["topic"]
    if not row.context:
        return topic
    return {**topic_words("\n".join(row.context)), **topic}


def _fits(
    facts: Facts, given: TopicWords, asked: TopicWords, context: Context
) -> tuple[str, list[str], float] | None:
    """The other prompt that the answer fits best: its row's id, the stems in common, their share in it."""
    least_words = context.guide.threshold("off_topic.min_common_words")
    least_share = context.guide.threshold("off_topic.min_other_share")
    least = _least_evidence(facts, context)
    best: tuple[str, list[str], float] | None = None
    most = 0.0
    for number in _candidates(facts, given):
        row_id, topic = facts.topics[number]
        if topic.keys() == asked.keys():
            continue
        weights = facts.weights(topic)
        common = sorted((stem for stem in topic if stem in given), key=lambda stem: (-weights[stem], stem))
        evidence = sum(weights[stem] for stem in common)
        share = evidence / (sum(weights.values()) or 1.0)
        if len(common) < least_words or evidence < least or share < least_share:
            continue
        if evidence * share > most:
            best, most = (row_id, common, share), evidence * share
    return best


def _candidates(facts: Facts, given: TopicWords) -> list[int]:
    """The topics that share most of their rare stems with the answer."""
    evidence: defaultdict[int, float] = defaultdict(float)
    for stem, rarity in given.items():
        weight = facts.weight(stem, rarity)
        for number in facts.postings.get(stem, ()):
            evidence[number] += weight
    return [number for number, _ in sorted(evidence.items(), key=lambda e: (-e[1], e[0]))[:_MOST_CANDIDATES]]


def _least_evidence(facts: Facts, context: Context) -> float:
    """Grows with the number of prompts: among a million, some fit any answer by chance."""
    threshold = context.guide.threshold
    times = max(1.0, len(facts.topics) / threshold("off_topic.evidence_prompts"))
    return threshold("off_topic.min_evidence") + threshold("off_topic.evidence_growth") * math.log(times)


def _is_alone(context: Context, asked: TopicWords, given: TopicWords) -> bool:
    """Whether a long answer has none of its prompt's words, though it should."""
    threshold = context.guide.threshold
    kinds = {ask.kind for ask in context.prompt.asks}
    if context.prompt.kind not in _SAME_WORDS or kinds & _OTHER_WORDS_ASKED:
        return False
    known = [rarity for rarity in asked.values() if rarity < COMMON]  # what no corpus knows may be misspelt
    return (
        sum(known) >= threshold("off_topic.min_prompt_rarity")
        and context.measures["output"]["words"] >= threshold("off_topic.min_words")
        and not asked.keys() & given.keys()
        and not shows(context.row.output, asked)
    )


def _rows(*pairs: tuple[str, str], flags: tuple[int, ...] = ()) -> Example:
    rows = tuple(Row(n, n, str(n), prompt, answer) for n, (prompt, answer) in enumerate(pairs, 2))
    return Example(rows=rows, flags=flags)


_BREAD = (
    "How do I keep a sourdough starter alive in the fridge?",
    "Feed the sourdough starter once a week with equal weights of flour and water, let it bubble at room "
    "temperature, and put it back into the fridge.",
)
_ORBIT = (
    "Why do satellites in low Earth orbit lose altitude?",
    "Even at four hundred kilometres there is a trace of atmosphere. Its drag slows satellites down, so their "
    "orbit sinks and they lose altitude unless they are boosted.",
)
_CONTRACT = (
    "What should a rental contract for a flat say about the deposit?",
    "The rental contract should name the amount of the deposit, the account that holds it, and how soon the "
    "landlord returns it after the flat is handed over.",
)
_LONE = (
    "Explain how photosynthesis converts sunlight into sugar in a leaf.",
    "Our holiday began at the railway station, where we waited for two hours because the engine had broken down. "
    "In the evening we reached the coast, found the small hotel closed, and slept in the car until the owner came "
    "back from a wedding in the next village and opened the doors for us.",
)
OFF_TOPIC = Rule(
    code="ASK030",
    name="off-topic-answer",
    criterion="compliance",
    what="An answer that has next to nothing of its own prompt and fits another row's far better.",
    why="A pair that does not belong together teaches a model to ignore what it is asked.",
    remedy="Put the answer to the prompt that it belongs to (have the rows slid?), or write one for this prompt.",
    source="Chat Style Guide 1.1.2-5; inverse document frequency: Spärck Jones 1972",
    measured="2 of 2,376 answers of strong models, 16 of 5,000 of other models, nearly all wrong; in files of 396 "
    "rows 79% of 2,376 answers put one row down are found and 82% of 234 exchanged ones, in files of 50 "
    "rows 59% of 300 and 8 of 30 (benchmarks/non_answers.py)",
    bad=(
        _rows((_BREAD[0], _ORBIT[1]), (_ORBIT[0], _CONTRACT[1]), (_CONTRACT[0], _BREAD[1]), flags=(2, 3, 4)),
    ),
    good=(
        _rows(_BREAD, _ORBIT, _CONTRACT),
        _rows(("Is the Earth flat?", "No."), _ORBIT),
        _rows(
            (
                "Write a poem about spring.",
                "The ice lets go, the brook runs free,\nA robin sings upon the tree.",
            )
        ),
    ),
    limits="Short answers, prompts without rare words and answers in another language than the prompt are seldom seen; "
    "a bad fit within one topic is not.",
)
UNRELATED = Rule(
    code="ASK032",
    name="unrelated-words",
    criterion="compliance",
    what="A long answer without one content word of its prompt.",
    why="It may be the answer to something else, which teaches a model to ignore what it is asked.",
    remedy="Read both; leave the answer if it speaks of the prompt's subject in words of its own.",
    source="Chat Style Guide 1.1.2-5",
    measured="a warning: real answers that it flags are nearly all right ones in other words (16 of 5,000 answers of "
    "many models); an answer exchanged for one that no prompt of the file fits shows this sign alone",
    bad=(_rows(_LONE, flags=(2,)),),
    good=(
        _rows(_BREAD),
        _rows(("Is the Earth flat?", "No.")),
        _rows(
            (
                "Write a poem about spring.",
                "The ice lets go, the brook runs free,\nA robin sings upon the tree.",
            )
        ),
    ),
    limits="Explanations by a picture (“Think of a garden”) look like it.",
)

CHECK = Check(
    family="off_topic",
    rules=(OFF_TOPIC, UNRELATED),
    judge=judge,
    measure=measure,
    columns=("instruction", "output"),
    collect=collect,
    merge=merge,
    finish=finish,
)
