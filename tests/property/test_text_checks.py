"""What holds for any text: spans in bounds, the same twice, and repeating or wrapping never pays."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from quality import guide, prompt
from quality.checks import length, repetition
from quality.model import Finding, Row, Severity
from quality.rule import Context, Inputs
from quality.text.prose import words

INPUTS = Inputs(guide=guide.load())
CHECKS = (repetition.CHECK, length.CHECK)
WRAPPERS = (
    "```\n{}\n```",
    "~~~\n{}\n~~~",
    "> {}",
    '"{}"',
    "“{}”",
    "**{}**",
    "<!-- {} -->",
    "| a |\n|---|\n| {} |",
    "# {}",
    "- {}",
)
ASKS = (
    "Why is the sky blue?",
    "Write a song about rain.",
    "Write a Python function.",
    "List five birds.",
    "Hi",
)

vocabulary = st.sampled_from(
    [
        "the",
        "rain",
        "falls",
        "on",
        "a",
        "quiet",
        "town",
        "and",
        "nobody",
        "knows",
        "why",
        "it",
        "never",
        "stops",
        "again",
        "today",
    ]
)
prose = st.lists(
    st.lists(vocabulary, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=8
).map(". ".join)  # fmt: skip
loops = st.builds(
    lambda text, times, sign: sign.join([text] * times),
    prose,
    st.integers(1, 6),
    st.sampled_from((" ", "\n", ". ", "\n\n")),
)
wild = st.text(st.one_of(st.characters(), st.sampled_from("\"'`|#>*_-\n\u200b\ufeff 1.)?！。")), max_size=300)
ASKING = """in one word|write|at least 300 words|"|```|following:|repeat|10 times|lower case|only|in French|a story|
between 3 and 5 sentences|.|?|like a pirate|as JSON|please|why|text:|5 ideas|İ"""
pieces = st.sampled_from((*ASKING.replace("\n", "").split("|"), "\n\n"))
instructions = st.one_of(wild, st.lists(pieces, max_size=25).map(" ".join))


def judged(instruction, output):
    row = Row(2, 2, "a", instruction, output)
    read = prompt.read(instruction)
    return [
        said
        for check in CHECKS
        for said in check.judge(Context(row, read, INPUTS, {"output": check.measure(output)}))
        if isinstance(said, Finding)
    ]


def errors(instruction, output, family=""):
    return sum(
        f.severity is Severity.ERROR and f.code.startswith(family) for f in judged(instruction, output)
    )


@given(instructions)
def test_asks_lie_in_the_instruction(instruction):
    read = prompt.read(instruction)
    assert read == prompt._read(instruction)
    assert read.kind in prompt.KINDS
    assert all(0 <= ask.start < ask.end <= len(instruction) for ask in read.asks)
    assert list(read.asks) == sorted(read.asks, key=lambda ask: ask.start)


@given(instructions, st.one_of(wild, loops))
def test_findings_lie_in_the_output_and_come_twice(instruction, output):
    found = judged(instruction, output)
    assert found == judged(instruction, output)
    for finding in found:
        assert (finding.start is None) == (finding.end is None)
        if finding.start is not None:
            assert 0 <= finding.start < finding.end <= len(output)


def is_long_enough(output):
    """Five words, as both ways of counting see them: a soft hyphen divides no word of the repetition family."""
    counted = repetition.CHECK.measure(output).get("all", {}).get("words", 0)
    return len(words(output)) >= 5 <= counted


@given(st.sampled_from(ASKS), st.one_of(wild, loops), st.sampled_from((" ", "\n", "\n\n")))
@example("Why is the sky blue?", "0:0:0:0\xad0", " ")
def test_an_answer_given_twice_is_an_error(instruction, output, joint):
    assume(is_long_enough(output))
    assert errors(instruction, output + joint + output, "REP") >= 1


@given(st.sampled_from(ASKS), loops, st.sampled_from(WRAPPERS))
def test_a_wrapper_hides_no_repetition(instruction, output, wrapper):
    assert errors(instruction, wrapper.format(output), "REP") >= errors(instruction, output, "REP")


@given(st.sampled_from(ASKS), loops)
def test_joined_lines_hide_no_repetition(instruction, output):
    joined = " ".join(output.split())
    assert errors(instruction, joined, "REP") >= errors(instruction, output, "REP")


@given(st.sampled_from(ASKS), loops, st.sampled_from((" ", "\n")))
def test_repeating_an_answer_never_lowers_its_errors(instruction, output, joint):
    assume(is_long_enough(output))
    assert errors(instruction, output + joint + output) >= errors(instruction, output)
