"""Whatever groups hand in, the comparison ends, in the same way for any order, and within its ranges."""

from hypothesis import given, settings
from hypothesis import strategies as st

from grading.copying.changes import changes
from grading.copying.compare import compare
from grading.copying.folding import placed_words, words

IDS = st.sampled_from(["1", "2", "3", "x"])
PIECES = ["a", "b", "c", "the", "cat", "sat", ".", ",", "о", "ö", "\u200b", "İ"]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join),
    st.text(max_size=12),
)
OUTPUTS = st.dictionaries(st.sampled_from(["g1", "g2", "g3", "g4"]), st.dictionaries(IDS, TEXTS), max_size=4)


@given(st.dictionaries(IDS, TEXTS), OUTPUTS)
@settings(max_examples=60, deadline=None)
def test_any_course_is_compared_within_its_ranges(sheet, outputs):
    done = compare(sheet, outputs, q=0.5)
    size = len(outputs)
    assert len(done.pairs) == size * (size - 1) // 2
    for pair in done.pairs:
        assert pair.a < pair.b
        assert 0 <= pair.score <= 1
        assert 0 <= pair.containment <= 1
        assert (pair.p is None) == (pair.q is None)
        assert pair.p is None or 0 < pair.p <= pair.q <= 1
        for edit in pair.evidence:
            assert sheet[edit.id][edit.start : edit.end] == edit.before
            assert edit.after in outputs[pair.a][edit.id]
    assert compare(sheet, dict(reversed(outputs.items())), q=0.5) == done


@given(st.text())
@settings(deadline=None)
def test_words_have_their_places(text):
    found = placed_words(text)
    assert list(found.texts) == words(text)
    assert all(0 <= i < j <= len(text) for i, j in zip(found.starts, found.ends, strict=True))


@given(st.lists(st.sampled_from("abc"), max_size=9), st.lists(st.sampled_from("abc"), max_size=9))
@settings(deadline=None)
def test_the_changes_lead_from_one_version_to_the_other(before, after):
    made, at = [], 0
    for change in changes(before, after):
        made += [*before[at : change.start], *change.after]
        at = change.end
    assert made + before[at:] == after
