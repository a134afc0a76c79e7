"""What holds for any correction: strengths are shares, the same twice, and no label of its own mode is contradicted."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quality import guide, prompt
from quality.correction.case import Case, Side
from quality.correction.diff import edits
from quality.correction.inference import infer
from quality.correction.labels import Agreement, agreement
from quality.model import Correction, Row
from quality.rule import Inputs

GUIDE = guide.load()
PROMPT = "Why is the sky blue? Answer in two sentences."
words = st.sampled_from(
    str.split(
        "The sky is blue because air scatters light 42 1990 Paris not you stupid hope this helps ! ? . , \\n - 1. 你 é"
    )
)
texts = st.lists(words, max_size=40).map(" ".join) | st.text(max_size=60)


def case(original, output):
    row = Row(2, 2, "a", PROMPT, output, original=original)
    side = Side((), (), {})
    return Case(
        row, prompt.read(PROMPT), Inputs(guide=GUIDE), side, side, Correction(edits=edits(original, output))
    )


@settings(deadline=None)  # the first call reads word lists
@given(texts, texts)
def test_strengths_are_shares_in_order_and_the_same_twice(original, output):
    found = infer(case(original, output))
    strengths = [one.strength for one in found]
    assert all(0 < strength <= 1 for strength in strengths)
    assert strengths == sorted(strengths, reverse=True)
    assert len({one.mode for one in found}) == len(found)
    assert infer(case(original, output)) == found


@settings(deadline=None)
@given(texts)
def test_an_untouched_text_without_findings_shows_nothing(text):
    assert infer(case(text, text)) == ()


@settings(deadline=None)
@given(texts, texts, st.sampled_from([mode for mode in GUIDE.fail_modes.values() if mode.criterion]))
def test_the_strongest_mode_agrees_and_its_label_is_never_contradicted(original, output, other):
    given = case(original, output)
    correction = Correction(inferred=infer(given))
    if original.split() == output.split() or not correction.inferred:
        return
    strongest = GUIDE.fail_modes[correction.inferred[0].mode]
    assert agreement(given.row, [strongest], correction, GUIDE) is Agreement.AGREED
    assert agreement(given.row, [other, strongest], correction, GUIDE) is Agreement.AGREED
