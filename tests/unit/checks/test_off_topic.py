"""Answers to something else: slid rows, the order of rows, batches, and a file that is one topic."""

import random

import pytest

from quality import guide, prompt
from quality.checks import off_topic, off_topic_semantic
from quality.judge import gather
from quality.measure import Measured
from quality.model import Finding, Row
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())
PAIRS = (
    (
        "How do glaciers carve deep valleys into granite?",
        "Glaciers pluck granite from the valley floor and grind it, which carves a deep trough.",
    ),
    (
        "What do healthy kidneys filter out of the blood?",
        "Healthy kidneys filter urea from the blood and turn it into urine.",
    ),
    (
        "Why do violins and cellos have f-holes in the wood?",
        "The f-holes let the air inside violins and cellos vibrate with the wood, which makes them louder.",
    ),
    (
        "How is parchment made from goat skin in a monastery?",
        "In a monastery, goat skin was soaked, scraped, stretched and dried until it was parchment.",
    ),
    (
        "Which Dutch spectacle makers invented the telescope?",
        "The Dutch spectacle makers Lippershey and Janssen are said to have invented the telescope.",
    ),
    (
        "How do I prune an old cherry tree in my orchard?",
        "Prune the old cherry tree in summer, cutting crossing branches of the orchard's tree back to a bud.",
    ),
)


def judged(pairs, check=off_topic.CHECK):
    rows = [Row(n, n, f"r{n}", *pair) for n, pair in enumerate(pairs, 2)]
    measured = Measured()
    for row in rows:
        for text in (row.instruction, row.output):
            measured.measures[check.family][text] = check.measure(text)
    facts = gather(check, rows, measured, INPUTS)
    assert facts.crash is None
    found = {}
    for row in rows:
        context = Context(row, prompt.read(row.instruction), INPUTS, measured.of(check, row), facts.value)
        found[row.id] = [f for f in check.judge(context) if isinstance(f, Finding)]
    return found


def test_answers_one_row_down_name_the_row_that_they_belong_to():
    slid = [(p, PAIRS[(n + 1) % len(PAIRS)][1]) for n, (p, _) in enumerate(PAIRS)]
    for n in range(len(PAIRS)):
        (finding,) = judged(slid)[f"r{n + 2}"]
        assert finding.related == (f"r{(n + 1) % len(PAIRS) + 2}",)


def test_answers_in_their_rows_are_clean_in_any_order():
    pairs = list(PAIRS)
    for seed in range(3):
        random.Random(seed).shuffle(pairs)
        assert not any(judged(pairs).values())


def test_a_short_answer_tells_nothing():
    assert not any(judged([("Is the kidney an organ?", "Yes."), *PAIRS]).values())


def test_many_answers_to_one_prompt_stay_clean():
    assert not any(judged([PAIRS[0]] * 30 + list(PAIRS)).values())


@pytest.mark.parametrize("cut", [1, 3, 5])
def test_batches_join_to_the_same_facts(cut):
    rows = [Row(n, n, f"r{n}", *pair) for n, pair in enumerate(PAIRS, 2)]
    measures = [{c: off_topic.measure(getattr(r, c)) for c in ("instruction", "output")} for r in rows]
    whole = off_topic.collect(rows, measures, INPUTS)
    one = off_topic.collect(rows[:cut], measures[:cut], INPUTS)
    other = off_topic.collect(rows[cut:], measures[cut:], INPUTS)
    joined = off_topic.merge(one, other)
    assert off_topic.finish(joined, INPUTS) == off_topic.finish(whole, INPUTS)


def test_earlier_turns_belong_to_the_prompt():
    row = Row(2, 2, "a", "And the third?", PAIRS[0][1] * 4, context=(PAIRS[0][0],))
    measures = {c: off_topic.measure(getattr(row, c)) for c in ("instruction", "output")}
    facts = off_topic.finish(off_topic.collect([row], [measures], INPUTS), INPUTS)
    assert not list(off_topic.judge(Context(row, prompt.read(row.instruction), INPUTS, measures, facts)))


def test_an_empty_file_has_no_topics():
    assert off_topic.finish(off_topic.collect([], [], INPUTS), INPUTS).topics == ()


def test_slid_rows_are_far_in_meaning():
    slid = [(p, PAIRS[(n + 1) % len(PAIRS)][1]) for n, (p, _) in enumerate(PAIRS)]
    found = judged(slid, off_topic_semantic.CHECK)
    assert sum(bool(findings) for findings in found.values()) >= 4
    assert not any(judged(PAIRS, off_topic_semantic.CHECK).values())


def test_semantic_facts_of_nothing():
    assert off_topic_semantic.finish({}, INPUTS).ids == ()
