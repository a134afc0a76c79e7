"""What holds for any text: spans in bounds, no crash, and hostile text ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality import guide, prompt
from quality.checks import leftovers, non_answers, off_topic, undelivered
from quality.model import Finding, Row
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())
CHECKS = (non_answers.CHECK, leftovers.CHECK, undelivered.CHECK)
PIECES = st.sampled_from(
    [
        "I can't help with that. ",
        "As an AI language model, ",
        "I opened the link. ",
        "\n### Human: ",
        "Question: x\nAnswer: y\n",
        "{{ name }}",
        "<|im_end|>",
        "N/A",
        "İ’“”",
        "```\n",
        "`",
        "> ",
        "the following text ",
        "Draw a picture of a cat. ",
        "![x](y)",
        "\u200b",
        "é",
        " ",
    ]
)
texts = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map("".join))


@given(texts, texts)
def test_spans_are_in_bounds_and_findings_the_same_twice(instruction, output):
    row, read = Row(2, 2, "a", instruction, output), prompt.read(instruction)
    for check in CHECKS:
        context = Context(row, read, INPUTS, {"output": check.measure(output)})
        found = list(check.judge(context))
        assert found == list(check.judge(context))
        for finding in found:
            assert isinstance(finding, Finding)
            text = getattr(row, finding.column)
            if finding.start is not None and finding.end is not None:
                assert 0 <= finding.start < finding.end <= len(text)


HOSTILE = (
    "i can't " * 25_000,
    "i " * 100_000,
    "q:\n" * 60_000,
    "`(" * 100_000,
    "<" * 200_000,
    "{{ " * 66_000,
    "\n" * 200_000,
    " " * 200_000,
    "here is " * 25_000,
    "i cannot help. " + "here is another question? " * 8_000,
    "e\u0301" * 100_000,
    "[image " * 28_000,
    "<s>" * 66_000,
    "### " * 50_000,
    "a" * 200_000,
)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_ends(number):
    """A quadratic step in one of them would take minutes."""
    text = HOSTILE[number]
    assert set(off_topic.measure(text)) == {"topic", "words"}
    for instruction, output in ((text, "I can't help with that. ![x](y)"), ("How do I bake bread?", text)):
        row, read = Row(2, 2, "a", instruction, output), prompt.read("How do I bake bread?")
        for check in CHECKS:
            found = list(check.judge(Context(row, read, INPUTS, {"output": check.measure(output)})))
            assert len(found) <= len(check.rules)
