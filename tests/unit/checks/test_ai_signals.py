"""Evidence of generated text is shown once a rule; what the prompt has or wants is none."""

import json

import numpy as np
import pytest

from quality import guide, prompt
from quality.checks.ai_signals import CHECK, SHIFT, measure
from quality.model import Row, Severity
from quality.rule import Context, Inputs
from quality.text.style import FEATURES, deviations, distances, profile

INPUTS = Inputs(guide=guide.load())
FILE = SHIFT.bad[0].rows


def facts(table):
    return CHECK.finish(
        CHECK.collect(table, [{"output": measure(row.output)} for row in table], INPUTS), INPUTS
    )


def findings(output, instruction="How can I sleep better?"):
    row = Row(2, 2, "a", instruction, output)
    measures = {"output": json.loads(json.dumps(measure(output)))}
    return list(CHECK.judge(Context(row, prompt.read(instruction), INPUTS, measures, facts([]))))


def test_a_phrase_is_shown_with_its_place_and_the_others_are_counted():
    (found,) = findings("Certainly! Keep it dark. I hope this helps!")
    assert (found.code, found.severity, found.start, found.end) == ("AIS001", Severity.WARNING, 0, 10)
    assert found.message == "the answer opens as a chatbot: “Certainly!”, and 1 more such phrases"
    assert found.detail == {"phrases": ["Certainly!", "hope this helps"]}


def test_the_signs_weigh_nothing():
    assert INPUTS.guide.criteria["ai_signals"].weight == 0
    assert {INPUTS.guide.severity(rule.code) for rule in CHECK.rules} == {"warning"}
    assert "ai_signals" not in (*INPUTS.guide.gate.required, *INPUTS.guide.gate.clean)


@pytest.mark.parametrize(
    ("output", "instruction"),
    [
        (
            "Let us delve into the tapestry of this realm.",
            "Use the words delve, tapestry and realm in a sentence.",
        ),
        ("**A:** b\n**C:** d\n**E:** f", "List three facts in Markdown."),
        ("one—two—three", "Copy this: one—two—three"),
        ("It’s mine, he said, and it isn't yours.", "Who’s right?"),
        ("“One—two—three,” said the clerk.", "Go on."),
    ],
)
def test_what_the_prompt_has_or_wants_is_no_sign(output, instruction):
    assert findings(output, instruction) == []


def test_one_answer_in_another_voice_is_found_in_any_order_and_any_shard():
    far = facts(FILE).of_row
    assert set(far) == {42}
    assert set(facts(FILE[::-1]).of_row) == {42}
    one, other = (
        CHECK.collect(part, [{"output": measure(row.output)} for row in part], INPUTS)
        for part in (FILE[:13], FILE[13:])
    )
    assert CHECK.finish(CHECK.merge(one, other), INPUTS) == facts(FILE)


def test_a_small_file_has_no_style():
    assert facts(FILE[-20:]).of_row == {}
    assert CHECK.statistics(facts(FILE[-20:])) == {}


def test_a_profile_has_every_feature_and_equal_texts_stand_nowhere_apart():
    text = FILE[0].output
    assert len(profile(text, 80)) == len(FEATURES)
    assert profile(text, 10_000) is None
    same = deviations(np.array([profile(text, 80)] * 40))
    assert not same.any()
    assert not distances(same).any()
