from hypothesis import given
from hypothesis import strategies as st

from quality.model import Row
from quality.version_diff.pairs import pairs


def row(number, id_, output="text"):
    return Row(number, number, id_, "Say it.", output)


def test_rows_meet_by_id_in_any_order():
    before, after = [row(2, "a"), row(3, "b")], [row(2, "b"), row(3, "a")]
    found = pairs(before, after)
    assert found.both == ((before[1], after[0]), (before[0], after[1]))
    assert found.added == found.removed == found.duplicates == ()


def test_added_and_removed_rows_are_told_apart():
    found = pairs([row(2, "a"), row(3, "b")], [row(2, "b"), row(3, "c")])
    assert [one.id for one in found.added] == ["c"]
    assert [one.id for one in found.removed] == ["a"]


def test_rows_of_one_id_meet_by_text_first_then_in_order():
    before = [row(2, "a", "one"), row(3, "a", "two"), row(4, "a", "three")]
    after = [row(2, "a", "new"), row(3, "a", "one")]
    found = pairs(before, after)
    assert [(old.row, new.row) for old, new in found.both] == [(3, 2), (2, 3)]
    assert [one.row for one in found.removed] == [4]
    assert found.duplicates == ("a",)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=12),
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=12),
)
def test_every_row_is_in_one_place_and_keeps_its_id(first, second):
    before = [row(n, *cells) for n, cells in enumerate(first, 2)]
    after = [row(n, *cells) for n, cells in enumerate(second, 2)]
    found = pairs(before, after)
    assert sorted([old.row for old, _ in found.both] + [one.row for one in found.removed]) == [
        one.row for one in before
    ]
    assert sorted([new.row for _, new in found.both] + [one.row for one in found.added]) == [
        one.row for one in after
    ]
    assert all(old.id == new.id for old, new in found.both)
    assert not {one.id for one in found.added} & {one.id for one in found.removed}
