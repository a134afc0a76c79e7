"""What counts as one token."""

import pytest

from quality.text.tokens import pieces, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I don't, he’s well-known.", ["I", "don't", ",", "he’s", "well-known", "."]),
        ("1,200.50 or 3.14, on 12/03.", ["1,200.50", "or", "3.14", ",", "on", "12", "/", "03", "."]),
        ("the 1st mp3 of 10km", ["the", "1st", "mp3", "of", "10", "km"]),
        ("**Wait**...", ["*", "*", "Wait", "*", "*", ".", ".", "."]),
        ("我喜欢 cats", ["我", "喜", "欢", "cats"]),
        ("हिन्दी और cafe\u0301", ["हिन्दी", "और", "cafe\u0301"]),
        (" \n\t", []),
    ],
)
def test_tokens(text, expected):
    assert tokens(text).texts == [*expected, ""]


def test_pieces_hold_line_breaks_one_by_one():
    assert pieces("a  b\r\n\n\tc") == ["a", "  ", "b", "\r\n", "\n", "\t", "c"]


def test_hostile_cells_are_read_in_full():
    for text in ("a-" * 100_000, "1." * 100_000, "a'" * 100_000, "\u0301" * 200_000):
        found = tokens(text)
        assert found.ends[-2] == len(text)
        assert "".join(found.texts) == text
