"""Where an answer shows code."""

from quality.facts.code import code_spans, prose_lines


def test_fences_inline_code_and_addresses_are_code():
    text = "See `a = 1` at https://x.org/?a=1 now.\n```py\nb = 2\n\nc = 3\n```\nd = 4"
    assert [text[start:end] for start, end in code_spans(text)] == [
        "`a = 1`",
        "https://x.org/?a=1",
        "```py\nb = 2\n\nc = 3\n```",
    ]


def test_an_open_fence_goes_on_to_the_end():
    text = "So:\n~~~\na = 1\nb = 2"
    assert [text[start:end] for start, end in code_spans(text)] == ["~~~\na = 1\nb = 2"]


def test_a_stray_mark_is_no_code():
    assert code_spans("It costs 5` and\nmore`.") == []


def test_lines_keep_their_places_with_code_and_marks_blanked():
    text = "A `b` <<1+1=2>>2 <br>\n```\nc\n```\nd"
    lines = list(prose_lines(text))
    assert [line.split() for _, line in lines] == [["A", "2"], ["d"]]
    assert [text[at : at + len(line)] for at, line in lines] == ["A `b` <<1+1=2>>2 <br>", "d"]
    assert lines[0][1].index("2") == text.index(">>2") + 2
