"""Which stretches two texts differ in, and what counts as one edit."""

import pytest

from quality.correction.diff import edits
from quality.model import EditKind

THREE = (
    "The heart pumps blood through the whole body.",
    "It beats about seventy times a minute at rest.",
    "Exercise makes it stronger over the years.",
)


def spans(before, after):
    return [(edit.before, edit.after) for edit in edits(before, after)]


def test_equal_texts_have_no_edits():
    assert edits("The same.", "The same.") == ()
    assert edits("", "") == ()


def test_spans_are_code_points_of_the_texts_as_given():
    (edit,) = edits("😀 I hav it.", "😀 Well I have it.")[1:]
    assert (edit.start, edit.end, edit.new_start, edit.new_end) == (4, 7, 9, 13)
    assert (edit.before, edit.after) == ("hav", "have")


@pytest.mark.parametrize(("before", "after"), [("", "One."), ("One.", ""), (" ", ""), ("\n", "\r\n")])
def test_one_side_may_be_empty(before, after):
    (edit,) = edits(before, after)
    assert (edit.before, edit.after) == (before, after)


def test_slips_in_one_sentence_stay_apart():
    assert spans("I went becuse he sees it.", "I went because he see it.") == [
        ("becuse", "because"),
        ("sees", "see"),
    ]


def test_slips_side_by_side_stay_apart():
    assert spans("I beleive peple here.", "I believe people here.") == [
        ("beleive", "believe"),
        ("peple", "people"),
    ]


def test_rewording_around_a_function_word_is_one_edit():
    assert spans("They often buy the car from us.", "They often get the vehicle from us.") == [
        ("buy the car", "get the vehicle")
    ]


def test_rewording_far_apart_is_two_edits():
    before = "The big dog ran home and the old cat slept all day."
    after = "The large dog ran home and the old cat slept all week."
    assert spans(before, after) == [("big", "large"), ("day", "week")]


def test_a_moved_paragraph_is_taken_out_here_and_put_in_there():
    before, after = "\n\n".join(THREE), "\n\n".join((THREE[1], THREE[2], THREE[0]))
    found = edits(before, after)
    assert [edit.kind for edit in found] == [EditKind.RESTRUCTURE] * 2
    assert {edit.before.strip() for edit in found} == {THREE[0], ""}
    assert {edit.after.strip() for edit in found} == {THREE[0], ""}


def test_a_moved_sentence_may_be_touched_up():
    before = " ".join(THREE)
    after = " ".join((THREE[1], THREE[2], THREE[0].replace("pumps", "moves")))
    assert [edit.kind for edit in edits(before, after)] == [EditKind.RESTRUCTURE] * 2


def test_a_paragraph_given_twice_is_cut_once():
    (edit,) = edits("\n\n".join((*THREE, THREE[1])), "\n\n".join(THREE))
    assert (edit.kind, edit.before.strip(), edit.after) == (EditKind.CUT, THREE[1], "")


def test_texts_too_unlike_to_align_are_one_rewrite():
    before = " ".join(f"before{n}" for n in range(65_000))
    after = " ".join(f"after{n}" for n in range(65_000))
    assert [edit.kind for edit in edits(before, after)] == [EditKind.REWRITE]


def test_long_texts_that_are_alike_are_aligned():
    words = [f"word{n}" for n in range(65_000)]
    changed = list(words)
    changed[5], changed[-5] = "first", "last"
    assert spans(" ".join(words), " ".join(changed)) == [("word5", "first"), ("word64995", "last")]
