import pytest

from quality.wording import as_argument, count, cut, listed, percent


def test_numbers_with_their_noun():
    assert [count(n, "row") for n in (0, 1, 2, 1000)] == ["0 rows", "1 row", "2 rows", "1,000 rows"]
    assert count(2, "entry", "entries") == "2 entries"


def test_what_is_over_the_limit_is_counted():
    assert listed([], 2) == ""
    assert listed([1, 2], 2) == "1, 2"
    assert listed((n for n in range(1202)), 2) == "0, 1 and 1,200 more"


@pytest.mark.parametrize(("part", "whole", "said"), [(8996, 10000, "89.9%"), (3, 3, "100.0%"), (0, 0, "–")])
def test_a_share_is_never_rounded_up(part, whole, said):
    assert percent(part, whole) == said


def test_a_long_text_is_cut_and_says_so():
    assert cut("abc", 3) == "abc"
    assert cut("abcd" * 500, 3) == "abc… (2,000 characters)"
    assert cut("abcd", 3, "") == "abc…"


def test_a_file_is_never_taken_for_an_option():
    assert [as_argument(path) for path in ("-x.csv", "x.csv")] == ["./-x.csv", "x.csv"]
