from dashboard.shown.changes import number, sides
from dashboard.shown.pieces import MAX_SPANS, Span, pieces
from quality.reports.html_pieces import MAX_CELL


def _seen(text, *spans):
    return [(one.text, one.kind) for one in pieces(text, spans)]


def test_a_text_is_cut_where_spans_start_and_end():
    assert _seen("abcdef", Span(1, 3, "error")) == [("a", ""), ("bc", "error"), ("def", "")]


def test_where_spans_overlap_the_louder_is_seen_and_both_are_told():
    found = pieces("abcd", [Span(0, 3, "warning", "one", 1), Span(2, 4, "error", "two", 2)])
    assert [(one.text, one.kind, one.title, one.several) for one in found] == [
        ("ab", "warning", "one", False),
        ("c", "error", "one; two", True),
        ("d", "error", "two", False),
    ]
    assert [one.starts for one in found] == [(1,), (2,), ()]


def test_spans_beyond_the_text_are_cut_to_it():
    assert _seen("ab", Span(-5, 1, "error"), Span(1, 99, "warning"), Span(50, 60, "error")) == [
        ("a", "error"),
        ("b", "warning"),
    ]


def test_what_nobody_can_see_is_a_piece_of_its_own():
    assert [(one.text, one.unseen) for one in pieces("a\u202eb\nc")] == [
        ("a", False),
        ("\u202e", True),
        ("b\nc", False),
    ]


def test_a_long_text_is_shown_around_its_spans():
    text = "x" * (3 * MAX_CELL)
    found = pieces(text, [Span(2 * MAX_CELL, 2 * MAX_CELL + 5, "error")])
    assert [one.gap for one in found] == [False, True, False, False, False, True]
    assert sum(len(one.text) for one in found if one.kind == "error") == 5


def test_only_so_many_spans_are_marked():
    spans = [Span(at, at + 1, "error") for at in range(0, 4 * MAX_SPANS, 2)]
    assert sum(one.kind == "error" for one in pieces("x" * 4 * MAX_SPANS, spans)) == MAX_SPANS


def test_joined_the_pieces_of_two_versions_are_the_versions():
    before, after = "The cat sat on the the mat .", "The cat sits on the mat."
    old, new = sides(before, after, grey=[(0, 3)])
    assert ("".join(one.text for one in old), "".join(one.text for one in new)) == (before, after)
    assert old[0].kind == "grey"
    assert {one.kind for one in old} == {"grey", "", "deleted"}
    assert "added" in {one.kind for one in new}
    assert number(before, after) >= 2
