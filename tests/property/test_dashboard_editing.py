import csv
import io
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.editing.cells import for_browser, from_browser
from dashboard.editing.splice import copy_of
from quality import table

CELLS = st.text(st.characters(codec="utf-8") | st.sampled_from('\r\n",;\t�'), max_size=30)
TEXTS = CELLS.map(lambda text: text.replace("\0", ""))


@given(st.text(max_size=60) | CELLS)
def test_text_area_that_nobody_touched_changes_nothing(cell):
    assert from_browser(for_browser(cell), cell) == cell


@given(
    st.lists(st.tuples(st.sampled_from(["one", "two", "", "three"]), st.sampled_from(["\n", "\r\n", "\r"])))
)
def test_line_added_at_the_end_leaves_every_other_line_as_it_was(lines):
    cell = "".join(line + end for line, end in lines)
    given_back = from_browser(f"{for_browser(cell)}new", cell)
    assert given_back == f"{cell}new"


@given(CELLS, CELLS)
def test_what_was_typed_is_what_is_saved_but_for_line_ends(typed, cell):
    if "�" in typed and "�" not in cell:
        return
    assert for_browser(from_browser(typed, cell)) == for_browser(typed)


@settings(max_examples=40)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4), st.data())
def test_one_record_replaced_gives_the_same_bytes_as_the_whole_file_written(texts, data):
    text = io.StringIO(newline="")
    rows = [(f"r{number}", "Ask.", *pair) for number, pair in enumerate(texts)]
    csv.writer(text).writerows([("id", "instruction", "output", "fail_mode"), *rows])
    copy = copy_of(table.parse(text.getvalue().encode(), Path("a.csv")))
    row = data.draw(st.sampled_from(copy.table.rows))
    cells = data.draw(st.dictionaries(st.sampled_from(["output", "fail_mode"]), TEXTS, min_size=1))
    long = table.splice(copy.table, {(row.row, column): cell for column, cell in cells.items()})
    short = copy.with_cells(row.row, cells)
    assert short.content == long
    assert [one.output for one in short.full().rows] == [one.output for one in short.table.rows]
