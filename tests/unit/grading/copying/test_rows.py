from grading.copying.changes import Change
from grading.copying.rows import row, rows


def test_what_two_groups_made_is_numbered_and_the_rest_counted():
    made = row("7", [0, 1, 2, 3], {0: ("x", "y"), 1: ("x",), 3: ("z",)})
    assert made.given.tolist() == [0, 1, 2, 3]
    assert made.changed.tolist() == [0, 1, 3]
    assert made.alone.tolist() == [1, 0, 1]
    assert made.made.tolist() == [[0, 0], [1, 0]]


def test_rows_that_one_group_changed_say_nothing():
    sheet = {"1": "a b c", "2": "d e f", "3": "g h i"}
    outputs = [{"1": "a b x", "2": "d e x"}, {"1": "a b x", "2": "d e f"}, {"9": "not in the sheet"}]
    found = rows(sheet, outputs)
    assert [one.id for one in found] == ["1"]
    assert found[0].changes == (Change(2, 3, ("x",)),)
    assert found[0].given.tolist() == [0, 1]
