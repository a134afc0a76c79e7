"""The prompts of the table as a whole: are they as varied, and as demanding, as prompts in the wild?

What it does. Each prompt is read for what it asks, its opening, its root verb and object, its length, its tone, its
slips and its topics. The counts go into the report's statistics; where one of them lies outside of what real sets of
prompts show, the table has a finding. No row is marked. A small table has statistics alone.

Why it matters. A model learns the distribution it is shown: prompts of one mould, all typed without a slip and all of
one length, prepare it for nothing that people really type (Wang et al., 2023; Taori et al., 2023).

Known limits. Verbs and objects are told by plain rules, for English. What a prompt speaks of is told by its words.

Source: Chat Style Guide 1.1.1; Wang et al. 2023, "Self-Instruct", for the verb-object spread and the similarity at
which two prompts count as one; thresholds set on 396 AlpacaEval prompts from five sources, 88 seed tasks and 271
IFEval prompts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from quality import prompt
from quality.engines.spelling import intention
from quality.guide import StyleGuide
from quality.model import Example, Finding, Measures, NotApplicable, Row
from quality.rule import DATASET, Check, Context, Inputs, Judgement, Rule
from quality.similarity.groups import Group, Groups, alike
from quality.similarity.join import Limits
from quality.similarity.texts import Texts, Vocabulary, encode, renumbered
from quality.similarity.twins import Key
from quality.text.lexicon import letter_words, zipf
from quality.text.request import MAX_CHARACTERS, request
from quality.text.spread import Spread, spread, statistics, top
from quality.wording import listed

MAX_SHOWN = 10
"""Groups of near-identical prompts that have a finding each, and entries of a list in the statistics."""
_NO_CONTROLS = ("task:", "genre:")
"""Asks that say what the job is, not how it is to be done."""


def measure(text: str) -> Measures:
    """What the prompt is like, and how many controls it sets."""
    asks = prompt.read(text).asks
    return {
        **asdict(request(text)),
        "slips": slips(text),
        "controls": sum(not ask.kind.startswith(_NO_CONTROLS) for ask in asks),
    }


def slips(text: str) -> list[str]:
    """Words in lower case that few use and that are a slip away from a common one; the first few of a long prompt."""
    words = dict.fromkeys(letter_words(text[:MAX_CHARACTERS]))
    odd = (word for word in words if word.isascii() and word.islower() and len(word) > 3)
    unknown = [word for word in odd if zipf(word) < _KNOWN]
    return [word for word in unknown[:_MAX_UNKNOWN] if intention(word).gain >= _SLIP_GAIN]


_KNOWN = 2.0
_SLIP_GAIN = 1.2
_MAX_UNKNOWN = 8
"""What is taken for a slip: a Zipf frequency, orders of magnitude, and words looked up; part of the measure."""


@dataclass(frozen=True, slots=True)
class Shard:
    """What a batch of rows contributes: its counts, its prompts' words as numbers, and which rows they are."""

    spread: Spread
    parts: tuple[tuple[Texts, tuple[str, ...]], ...]
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the table's prompts."""

    spread: Spread
    groups: Groups


def _collect(rows: Sequence[Row], measures: Sequence[Mapping[str, Measures]], inputs: Inputs) -> Shard:
    del inputs
    vocabulary = Vocabulary()
    texts = encode((row.instruction for row in rows), vocabulary)
    keys = tuple((row.row, row.id) for row in rows)
    counted = spread([measured["instruction"] for measured in measures])
    return Shard(counted, ((texts, tuple(vocabulary)),), keys)


def _merge(one: Shard, other: Shard) -> Shard:
    return Shard(one.spread + other.spread, one.parts + other.parts, one.keys + other.keys)


def _finish(whole: Shard, inputs: Inputs) -> Facts:
    guide = inputs.guide
    limits = Limits(
        pairs=max(1, int(guide.threshold("prompts.pairs_per_row"))),
        comparisons=int(guide.threshold("prompts.comparisons_per_row")),
    )
    texts = renumbered(whole.parts, Vocabulary())
    similarity = min(max(guide.threshold("prompts.min_similarity"), 0.01), 1.0)
    groups = alike(texts, whole.keys, similarity, int(guide.threshold("prompts.min_words")), limits)
    return Facts(whole.spread, groups)


def _statistics(facts: Facts) -> Mapping[str, Any]:
    if not len(facts.spread):
        return {}
    groups = facts.groups.groups
    return {
        **statistics(facts.spread, MAX_SHOWN),
        "near_identical_groups": len(groups),
        "near_identical_prompts": sum(1 + len(group.others) for group in groups),
    }


def judge(context: Context) -> Iterator[Judgement]:
    """Nothing on a row: what is wrong is wrong with the table."""
    del context
    yield NotApplicable("variety", "it is judged of the table")
    yield NotApplicable("complexity", "it is judged of the table")


def _about(facts: Facts, inputs: Inputs) -> Iterator[Finding]:
    guide = inputs.guide
    if len(facts.spread) < guide.threshold("prompts.file_rows"):
        return
    for rule, message, related, detail in _said(facts, guide):
        if guide.severity(rule.code) != "off":
            yield rule.found_in_table(guide, message, related=related, detail=detail)


_Said = tuple[Rule, str, tuple[str, ...], Mapping[str, Any]]


def _said(facts: Facts, guide: StyleGuide) -> Iterator[_Said]:
    yield from _near_identical(facts.groups)
    for look in (_one_mould, _flawless, _one_length, _one_tone, _simple, _narrow):
        for rule, message, detail in look(facts.spread, guide):
            yield rule, message, (), detail


def _near_identical(found: Groups) -> Iterator[_Said]:
    for group in found.groups[:MAX_SHOWN]:
        yield NEAR_IDENTICAL, _group_in_words(group), _ids(group), _group_detail(group)
    left = found.groups[MAX_SHOWN:]
    if left:
        prompts = sum(1 + len(group.others) for group in left)
        message = (
            f"{len(left)} more groups of near-identical prompts, {prompts} prompts in all, are not listed"
        )
        yield NEAR_IDENTICAL, message, (), {"groups": len(left), "prompts": prompts}
    if found.incomplete:
        message = f"{found.incomplete} prompts are like too many others to be compared with all of them"
        yield NEAR_IDENTICAL, message, (), {"prompts": found.incomplete}


def _group_in_words(group: Group) -> str:
    (row, row_id), others = group.first, group.others
    low, high = (int(100 * pick(s for _, s in others)) for pick in (min, max))
    alike = "the same" if low == 100 else f"{low}% the same" if low == high else f"{low}% to {high}% the same"
    named = listed((f"{number} (id {name!r})" for (number, name), _ in others), 4)
    return f"the prompt of row {row} (id {row_id!r}) and those of row {named} are {alike}"


def _ids(group: Group) -> tuple[str, ...]:
    return (group.first[1], *(name for (_, name), _ in group.others[: 2 * MAX_SHOWN]))


def _group_detail(group: Group) -> Mapping[str, Any]:
    others = [[row, round(s, 3)] for (row, _), s in group.others[: 2 * MAX_SHOWN]]
    return {"row": group.first[0], "others": others, "count": len(group.others)}


_Told = tuple[Rule, str, Mapping[str, Any]]


def _one_mould(found: Spread, guide: StyleGuide) -> Iterator[_Told]:
    for opening, times in top(found.openings, 1):
        if times >= guide.threshold("prompts.opening_share") * len(found):
            said = f"{_of(times, found)} open with “{opening}”"
            yield ONE_MOULD, said, {"opening": opening, "prompts": times}
    for (verb, thing), times in top(found.verb_objects, 1):
        if times >= guide.threshold("prompts.verb_object_share") * len(found):
            said = f"{_of(times, found)} ask for one thing: “{verb} … {thing}”"
            yield ONE_MOULD, said, {"verb": verb, "object": thing, "prompts": times}


def _flawless(found: Spread, guide: StyleGuide) -> Iterator[_Told]:
    times = found.having["informal"]
    if len(found) >= guide.threshold("prompts.slip_rows") and times < guide.threshold(
        "prompts.slip_share"
    ) * len(found):
        yield FLAWLESS, f"{_of(times, found)} have a typo or are typed in haste", {"prompts": times}


def _one_length(found: Spread, guide: StyleGuide) -> Iterator[_Told]:
    low, middle, high = found.quartiles()
    if high < guide.threshold("prompts.length_ratio") * max(low, 1.0):
        said = f"half of {len(found)} prompts have {low:.0f} to {high:.0f} words"
        yield ONE_LENGTH, said, {"quartiles": [low, middle, high]}


def _one_tone(found: Spread, guide: StyleGuide) -> Iterator[_Told]:
    for tone, times in top(found.tones, 1):
        if times >= guide.threshold("prompts.tone_share") * len(found):
            yield ONE_TONE, f"{_of(times, found)} have one tone: {tone}", {"tone": tone, "prompts": times}


def _simple(found: Spread, guide: StyleGuide) -> Iterator[_Told]:
    times = found.having["controls"]
    if times < guide.threshold("prompts.control_share") * len(found):
        said = f"{_of(times, found)} set a control: a format, a length, a word to use, a style"
        yield SIMPLE, said, {"prompts": times}


def _narrow(found: Spread, guide: StyleGuide) -> Iterator[_Told]:
    for topic, times in top(found.topics, 1):
        if times >= guide.threshold("prompts.topic_share") * len(found):
            yield NARROW, f"{_of(times, found)} speak of “{topic}”", {"topic": topic, "prompts": times}
    times = found.having["rare"]
    if times < guide.threshold("prompts.rare_share") * len(found):
        yield NARROW, f"{_of(times, found)} have a word that is rare in English", {"prompts": times}


def _of(times: int, found: Spread) -> str:
    return f"{times} of {len(found)} prompts ({int(100 * times / len(found))}%)"


_SOURCE = "Chat Style Guide {}; Wang et al. 2023, Self-Instruct"
_VARIED = (
    "How tall is Mont Blanc?",
    "write a limerick on mussels, all in lower case",
    "Summarise the plot of Macbeth in three sentences.",
    "My landlord kept the deposit. What can I do about it?",
    "whats the differnce between a cello and a viola",
    "Give me five names for a bakery that sells rye bread, as a bulleted list.",
    "Translate into Portuguese: The ferry leaves at dawn.",
    "Could you explain to a ten-year-old why the moon has phases?",
    "I need a polite reply to a colleague who interrupts me in every meeting. Keep it under 60 words.",
    "Sort these by date: Hastings, Agincourt, Waterloo.",
    "Is it safe to eat raw chanterelles?",
    "Write a Python function that removes duplicates from a list and keeps the order.",
    "Compare gouache with watercolour for a beginner, in a table.",
    "Please proofread: Their going too the libary tomorow.",
    "Who composed Rusalka, and when was it first performed?",
    "recipe for dal with what i have: lentils, an onion, cumin",
    "Draft a complaint to the railway about a train that was two hours late; mention the missed connection.",
    "How many grams are there in three quarters of a pound?",
    "Suggest a route for a weekend of cycling along the Danube.",
    "Pretend you are a lighthouse keeper and describe a storm.",
    "Rewrite this sentence in the passive: The fox stole the cheese.",
    "Why do onions make us cry?",
    "Thanks for the tip! Now list three more, without the word exercise.",
    "Name two moons of Neptune.",
    "What would you say to a friend who is afraid of flying?",
    "Classify as fruit or vegetable: aubergine, quince, chard.",
    "Explain compound interest with an example, then give the formula in LaTeX.",
    "pls fix: SELECT name FORM users",
    "Outline a lesson on tectonic plates for a class of thirty pupils.",
    "Which verbs in German take the dative?",
    "Answer yes or no: is a tomato a berry?",
    "Tell me a riddle whose answer is “echo”.",
)


def _rows(*prompts: str) -> tuple[Row, ...]:
    return tuple(
        Row(row=number, line=number, id=f"q{number}", instruction=text, output="So it is.")
        for number, text in enumerate(prompts, 2)
    )


def _rule(
    code: str,
    name: str,
    what: str,
    why: str,
    remedy: str,
    bad: tuple[str, ...],
    limits: str,
    criterion: str = "variety",
) -> Rule:
    return Rule(
        code=code,
        name=name,
        criterion=criterion,
        what=what,
        why=why,
        remedy=remedy,
        source=_SOURCE.format("1.1.1-1" if criterion == "variety" else "1.1.1-2"),
        measured=_MEASURED[code],
        bad=(Example(_rows(*bad), flags=(DATASET,)),),
        good=(Example(_rows(*_VARIED)), Example(_rows(*bad[:8]))),
        limits=limits,
    )


_SMALL = "A table of fewer than 30 prompts has statistics alone."
_REAL = "On seven real sets of 40 to 271 prompts (AlpacaEval by source, seed tasks, IFEval)"
_BENCH = "(benchmarks/prompts.py)"
_MEASURED = {
    "PRM001": "exact: no disagreement with brute force (tests); on the 755 prompts of seven real sets: 4 groups, 17 "
    f"prompts, of which one group of two is a false alarm {_BENCH}",
    "PRM002": f"{_REAL}: none flagged; 60 prompts that open with “write a”: flagged {_BENCH}",
    "PRM003": f"{_REAL}: none flagged; 60 prompts without a slip: flagged {_BENCH}",
    "PRM004": f"{_REAL}: none flagged; 60 prompts of 15 to 17 words: flagged {_BENCH}",
    "PRM005": f"{_REAL}: none flagged; 60 questions: flagged {_BENCH}",
    "PRM006": f"{_REAL}: one flagged, in which no prompt sets a control; 60 prompts without controls: flagged {_BENCH}",
    "PRM007": f"{_REAL}: none flagged; 60 prompts without rare words, and one prompt 60 times: flagged {_BENCH}",
}
_TOWNS = str.split(
    "Aarhus Bergen Cadiz Delft Evora Faro Ghent Hobart Izmir Jena Kiel Lund Malmo Nantes Oslo Porto"
)
_NOUNS = str.split("river bridge market harbour museum garden station theatre")

NEAR_IDENTICAL = _rule(
    "PRM001",
    "near-identical-prompts",
    "Prompts of which seven words in ten are the same, in order, or all of them.",
    "They count as one: what a model learns from the second it has learnt from the first.",
    "Keep one of them, and write a prompt on something else in place of each of the others.",
    bad=("How many grams are there in three quarters of an ounce?", *_VARIED[17:], *_VARIED[:17]),
    limits="Prompts in other words are not seen. Those of fewer than four words count only when they are the same.",
)
ONE_MOULD = _rule(
    "PRM002",
    "one-mould",
    "Half of the prompts open with the same two words, or a quarter ask for one thing (the same verb and object).",
    "A model learns to expect the mould, and people do not write in it.",
    "Ask for other things, and in other ways.",
    bad=(*(f"Write a poem about {town}." for town in _TOWNS), *_VARIED[:16]),
    limits="Verbs and objects are told by plain rules, for English.",
)
FLAWLESS = _rule(
    "PRM003",
    "flawless-prompts",
    "Hardly a prompt has a typo, lacks a capital or an end, or is otherwise typed as people type.",
    "People make slips when they ask; a model that has seen none may stumble over them.",
    "Take over prompts as people typed them, or leave the slips in your own. Completions stay correct.",
    bad=tuple(f"Describe the {noun} of {town} in June." for noun in _NOUNS[:4] for town in _TOWNS),
    limits=f"Slips that make another word are not seen. {_SMALL} Here, fewer than 50.",
)
ONE_LENGTH = _rule(
    "PRM004",
    "uniform-length",
    "The middle half of the prompts have all but the same number of words.",
    "Prompts in the wild are three words or three hundred.",
    "Write shorter prompts, and longer ones with context, examples and several wishes.",
    bad=tuple(f"Describe the {noun} of {town} in winter." for noun in _NOUNS for town in _TOWNS[:5]),
    limits=_SMALL,
)
ONE_TONE = _rule(
    "PRM005",
    "one-tone",
    "All but a few prompts have the same tone: questions only, commands only, all with “please” or none but such.",
    "People command, ask, plead and chat; a model should have met them all.",
    "Ask some as questions, some as commands, some politely and some curtly.",
    bad=tuple(f"Where is the {noun} of {town}?" for noun in _NOUNS for town in _TOWNS[:5]),
    limits="Tones are told by question marks, verbs and words of courtesy.",
)
SIMPLE = _rule(
    "PRM006",
    "simple-prompts",
    "Hardly a prompt sets a control on its answer: a format, a length, words to use or to avoid, a style.",
    "A model learns to follow instructions from prompts that give some.",
    "Ask for more than one thing, and say how the answer should be: how long, in what form, for whom.",
    bad=tuple(f"Where is the {noun} of {town}?" for noun in _NOUNS for town in _TOWNS[:5]),
    limits="Only controls that the tool can read count.",
    criterion="complexity",
)
NARROW = _rule(
    "PRM007",
    "narrow-topics",
    "One word of content stands in two prompts of five, or hardly a prompt has a word that is rare in English.",
    "A model trained on one topic knows one; rare topics are where it fails.",
    "Write prompts on other topics, some of them ones that few people know.",
    bad=(*(f"When was the bridge in {town} built, and who paid for it?" for town in _TOWNS), *_VARIED[:16]),
    limits="Topics are told by single words; a table that is meant to have one topic has it.",
    criterion="complexity",
)

CHECK = Check(
    family="prompts",
    rules=(NEAR_IDENTICAL, ONE_MOULD, FLAWLESS, ONE_LENGTH, ONE_TONE, SIMPLE, NARROW),
    judge=judge,
    measure=measure,
    columns=("instruction",),
    collect=_collect,
    merge=_merge,
    finish=_finish,
    statistics=_statistics,
    about=_about,
)
