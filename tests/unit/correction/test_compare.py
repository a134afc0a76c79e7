"""Findings before and after an edit, told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality import guide
from quality.correction.compare import compare, unexplained, value
from quality.correction.diff import edits
from quality.model import Finding, Severity

GUIDE = guide.load()


def finding(code, text, word="", *, severity=Severity.ERROR, waived=None, nth=0):
    """A finding on the nth such word of the text, or on the whole of it."""
    start = None
    if word:
        start = -1
        for _ in range(nth + 1):
            start = text.index(word, start + 1)
    end = None if start is None else start + len(word)
    criterion = {"GRM": "grammar", "REP": "repetition", "TON": "tone"}[code[:3]]
    return Finding(code, criterion, severity, 2, "a", "output", "…", start, end, waived=waived)


def compared(before, after, was, now):
    return compare(was, now, edits(before, after), (before, after))


def test_what_is_gone_is_fixed_and_what_is_new_was_introduced():
    before, after = "The cats sleeps and eats fishs.", "The cats sleep and eats fish an food."
    was = [finding("GRM003", before, "sleeps"), finding("GRM001", before, "fishs")]
    now = [finding("GRM004", after, "an ")]
    told = compared(before, after, was, now)
    assert told.fixed == tuple(was)
    assert told.introduced == tuple(now)
    assert told.left == ()


def test_a_fault_that_moved_with_its_text_is_left():
    before = "Cats sleeps."
    after = "In the morning, when it is warm, Cats sleeps."
    told = compared(
        before, after, [finding("GRM003", before, "sleeps")], [finding("GRM003", after, "sleeps")]
    )
    assert (len(told.left), told.fixed, told.introduced) == (1, (), ())


def test_a_fault_that_was_edited_and_is_still_one_is_left():
    before, after = "It is becuse of rain.", "It is becouse of rain."
    told = compared(
        before, after, [finding("GRM001", before, "becuse")], [finding("GRM001", after, "becouse")]
    )
    assert (len(told.left), told.fixed, told.introduced) == (1, (), ())


def test_of_two_alike_the_one_at_its_place_is_left():
    before, after = "teh cat saw teh dog", "the cat saw teh dog"
    was = [finding("GRM001", before, "teh"), finding("GRM001", before, "teh", nth=1)]
    told = compared(before, after, was, [finding("GRM001", after, "teh")])
    assert told.fixed == (was[0],)
    assert len(told.left) == 1


def test_findings_about_a_whole_cell_are_matched_by_their_rule():
    told = compared("a", "b", [finding("REP001", "a")], [finding("REP001", "b"), finding("TON001", "b")])
    assert [f.code for f in told.left] == ["REP001"]
    assert [f.code for f in told.introduced] == ["TON001"]


def test_waived_findings_are_no_faults_on_either_side():
    told = compared("teh", "hte", [finding("GRM001", "teh", "teh", waived="typos")], [])
    assert told.fixed == ()
    told = compared("teh", "hte", [], [finding("GRM001", "hte", "hte", waived="typos")])
    assert told.introduced == ()


def test_the_net_value_counts_a_warning_as_its_part_of_an_error():
    before, after = "one teh two", "one the two hte hte"
    was = [finding("GRM001", before, "teh"), finding("TON003", before, severity=Severity.WARNING)]
    now = [finding("GRM001", after, "hte"), finding("GRM001", after, "hte", nth=1)]
    told = compared(before, after, was, now)
    part = (1 - GUIDE.warning_factor) / (1 - GUIDE.error_factor)
    assert value(told, GUIDE) == {"grammar": 1 - 2, "tone": pytest.approx(part)}


def test_edits_that_no_fixed_finding_touches_are_unexplained():
    before = "Teh capital of Australia, as far as I know, and I know a lot, is Sydney."
    after = "The capital of Australia, as far as I know, and I know a lot, is Canberra."
    changes = edits(before, after)
    assert [c.before for c in changes] == ["Teh", "Sydney"]
    assert unexplained(changes, [finding("GRM001", before, "Teh")]) == (1,)
    assert unexplained(changes, []) == (0, 1)


texts = st.lists(
    st.sampled_from(["the", "teh", "cat", "cats", "sleep", "sleeps", "."]), min_size=1, max_size=12
).map(" ".join)


@given(texts, texts)
def test_every_finding_is_told_apart_once(before, after):
    def faults(text):
        places = [at for at in range(len(text)) if text.startswith("teh", at)]
        return [Finding("GRM001", "grammar", Severity.ERROR, 2, "a", "output", "…", p, p + 3) for p in places]

    was, now = faults(before), faults(after)
    told = compared(before, after, was, now)
    assert len(told.fixed) + len(told.left) == len(was)
    assert sorted((*told.left, *told.introduced), key=lambda f: f.start) == now
    if before == after:
        assert (told.fixed, told.introduced) == ((), ())
