import pytest

from dashboard.editing.cells import for_browser, from_browser, unsendable
from quality.errors import InputError


@pytest.mark.parametrize("cell", ["", "a\r\nb\n", "a\rb", "  a \t", "nul\0 half \ud800", "\ufeffa", "�"])
def test_cell_that_nobody_changed_is_given_back(cell):
    assert from_browser(for_browser(cell), cell) == cell


def test_browser_is_sent_no_character_that_it_cannot_hold():
    assert for_browser("a\r\nb\rc\0\udfff") == "a\nb\nc��"
    assert unsendable("a\r\nb\rc\0\udfff") == 2


def test_line_ends_of_the_cell_stay():
    assert from_browser("one\ntwo\nnew", "one\r\ntwo") == "one\r\ntwo\r\nnew"


def test_each_kept_line_keeps_its_own_end_and_a_new_one_gets_the_commonest():
    cell = "one\r\ntwo\nthree\r\nfour\rfive"
    assert (
        from_browser("zero\none\ntwo\nTHREE\nfour\nfive", cell) == "zero\r\none\r\ntwo\nTHREE\r\nfour\rfive"
    )


def test_stand_in_that_is_left_in_a_changed_text_is_refused():
    with pytest.raises(InputError, match="stands for a character"):
        from_browser("half � changed", "half \ud800")


def test_stand_in_of_the_cell_itself_is_a_character_like_others():
    assert from_browser("a � c", "a � b") == "a � c"
