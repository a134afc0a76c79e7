"""Whatever stands around an answer: corrections keep it, leave it well formed, and leave nothing to correct."""

from hypothesis import given
from hypothesis import strategies as st

from quality import guide, prompt
from quality.checks.fillers import CHECK, measure
from quality.checks.tone import measure as tone
from quality.fix import apply
from quality.model import Finding, Row
from quality.rule import Context, Inputs
from quality.text.voice import own_voice

INPUTS = Inputs(guide=guide.load())
OPENINGS = st.sampled_from(
    [
        "Certainly! ",
        "Sure, ",
        "Of course!\n\n",
        "I'd be happy to help! ",
        "Hello! ",
        "Great, ",
        "Thank you for your question. ",
    ]
)
CLOSINGS = st.sampled_from(
    [
        " I hope this helps!",
        "\n\nLet me know if you have any questions.",
        " Feel free to ask. 😊",
        "\n\n---\nIs there anything else I can help with?",
    ]
)
BODIES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=80) | st.sampled_from(
    [
        "the moon pulls at the sea.",
        "Here are two tips:\n- one\n- two",
        "1. Tides\n2. Winds",
        "**Tides** rise and fall.",
        "`x = 1` is code.",
    ]
)
TEXTS = st.builds(
    lambda before, body, after: "".join(before) + body + "".join(after),
    st.lists(OPENINGS, max_size=3),
    BODIES,
    st.lists(CLOSINGS, max_size=3),
)


def fixes(output):
    row = Row(2, 2, "a", "Why are there tides?", output)
    said = CHECK.judge(Context(row, prompt.read(row.instruction), INPUTS, {"output": measure(output)}))
    return [one.fix for one in said if isinstance(one, Finding) and one.fix and one.fix.safe]


@given(TEXTS)
def test_a_correction_empties_nothing_and_needs_no_second_one(output):
    found = fixes(output)
    after = apply(output, found)
    if not found:
        return
    assert after.strip()
    assert after.lower() in output.lower() or after[1:] in output, "only the ends go, and one letter grows"
    if any(one.start == 0 for one in found):
        assert not after[0].isspace()
    if any(one.end == len(output) for one in found):
        assert not after[-1].isspace()
    assert fixes(after) == []


@given(TEXTS)
def test_every_span_lies_in_the_text(output):
    hits = tone(output).get("hits", [])
    assert all(0 <= start < end <= len(output) for _, start, end, _ in hits)
    assert len(own_voice(output)) == len(output)
