from hypothesis import given
from hypothesis import strategies as st

from quality.fix import apply
from quality.model import Fix


def test_corrections_are_applied_by_their_places_in_the_text_as_read():
    fixes = [Fix(0, 2, "They", True), Fix(11, 16, "their", True), Fix(16, 16, " own", True)]
    assert apply("He recieve thier letters.", fixes) == "They recieve their own letters."


@st.composite
def text_and_fixes(draw):
    text = draw(st.text(max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Fix(start, end, draw(st.text(max_size=5)), True) for start, end in spans]


@given(text_and_fixes(), st.randoms())
def test_the_order_in_which_corrections_are_listed_does_not_matter(case, random):
    text, fixes = case
    shuffled = list(fixes)
    random.shuffle(shuffled)
    assert apply(text, shuffled) == apply(text, fixes)


@given(text_and_fixes())
def test_what_no_correction_touches_stays(case):
    text, fixes = case
    expected, done = "", 0
    for fix in fixes:
        expected += text[done : fix.start] + fix.text
        done = fix.end
    assert apply(text, fixes) == expected + text[done:]
