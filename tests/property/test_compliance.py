"""Whatever the answer, every ask comes out, and every span lies within the answer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quality.compliance.data import measure
from quality.compliance.parsers import PARSERS, parse
from quality.compliance.verdict import Case
from quality.compliance.verify import MAX_CHARACTERS, VERIFIERS, verify
from quality.model import Ask, Result
from quality.text import counting
from quality.text.blocks import blocks, core

PIECES = (
    "Tea is old. ",
    "# Tea\n",
    "* tea\n",
    "1. tea\n",
    "\n\n",
    "***",
    "```json\n",
    '{"a": 1}',
    "**x**",
    "[y]",
    "P.S. ",
    "<<t>>",
)
ANSWERS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=30).map("".join)
ASKS = st.builds(
    Ask,
    kind=st.sampled_from(sorted(VERIFIERS)),
    relation=st.sampled_from(("<", "<=", "=", ">=", ">", "about", "not", "")),
    value=st.sampled_from(("", "0", "1", "3", "tea", "de", "******", "a | b")) | st.text(max_size=8),
    unit=st.sampled_from(("", "tea", "words", "SECTION", "sections")) | st.text(max_size=4),
    start=st.just(0),
    end=st.just(5),
    part=st.sampled_from(("", "each", "paragraph 1", "section 2", "line last")) | st.text(max_size=8),
)


@given(ASKS, ANSWERS)
@settings(deadline=None)  # the first text of a run loads the identifier of languages
def test_every_ask_has_a_result(ask, output):
    verdict = verify(Case(ask, "Write about tea.", output, measure(output)))
    assert verdict.result in Result
    assert bool(verdict.given) is (verdict.result is not Result.SATISFIED)
    assert (verdict.start is None) is (verdict.end is None)
    assert verdict.start is None or 0 <= verdict.start < verdict.end <= len(output)
    assert not (verdict.blocks and verdict.result is not Result.UNVERIFIABLE)


@given(ASKS)
def test_an_answer_beyond_the_limit_never_passes(ask):
    verdict = verify(Case(ask, "Write about tea.", "tea " * MAX_CHARACTERS, {}))
    assert (verdict.result, verdict.blocks) == (Result.UNVERIFIABLE, True)


@given(ANSWERS)
def test_counts_have_readings_and_spans_hold(text):
    for count in (
        counting.words,
        counting.sentences,
        counting.paragraphs,
        counting.lines,
        counting.characters,
    ):
        assert 0 <= count(text).least <= count(text).most
    for span in (*blocks(text), core(text)):
        assert text[span.start : span.end] == span.text


@given(st.integers(1, 40), st.integers(1, 6))
def test_plain_prose_is_counted_as_anyone_counts(sentences, paragraphs):
    paragraph = " ".join("The old tea is hot today." for _ in range(sentences))
    text = "\n\n".join(paragraph for _ in range(paragraphs))
    assert counting.words(text).meets("=", 6 * sentences * paragraphs)
    assert counting.sentences(text).meets("=", sentences * paragraphs)
    assert counting.paragraphs(text).meets("=", paragraphs)
    assert not counting.words(text).meets("=", 6 * sentences * paragraphs + 1)
    assert not counting.sentences(text).meets("=", sentences * paragraphs + 1)


@given(st.sampled_from(sorted(PARSERS)), st.text(max_size=200))
def test_parsers_always_say_something(form, text):
    parsed = parse(form, text)
    assert parsed.verdict in ("ok", "fails", "over")
    assert bool(parsed.reason) is (parsed.verdict != "ok")
