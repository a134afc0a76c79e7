"""Any bytes give rows or an InputError; replacing a cell changes that cell and nothing else."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality import table
from quality.errors import InputError
from quality.table.delimited import spans

COLUMNS = ("id", "instruction", "output", "fail_mode", "more")
TEXT = st.text(
    st.one_of(
        st.sampled_from("ab\",;\t\n\r' é€#="),
        st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
    ),
    max_size=12,
)
NARROW = st.text(st.sampled_from("ab1,;\t\n\r' é€=ÿ" + '"'), max_size=3)


def read(content: bytes, name: str = "data.csv") -> table.Table:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return table.read(path)


NAMES = st.sampled_from(["a.csv", "a.tsv", "a.jsonl", "a.json", "a.parquet", "a"])
HEADS = st.sampled_from(
    [
        b"",
        b"id,instruction,output,fail_mode\n",
        b"\xff\xfei\0d\0",
        b"PAR1",
        b"[",
        b'{"instruction":"a","output":',
        b'"',
    ]
)


@given(HEADS, st.binary(max_size=200), NAMES)
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_rows_or_one_clear_error(head: bytes, rest: bytes, name: str) -> None:
    try:
        read(head + rest, name)
    except InputError as error:
        assert error.where
        assert error.remedy


SEEDS = st.sampled_from(
    [
        (
            "a.csv",
            '\ufeffid,instruction,output,fail_mode\r\n1,"a ""b""\nc",é,none\r\n2,x,y,tone\r\n'.encode(),
        ),
        ("a.csv", 'id;instruction;output;fail_mode\n1;"a";é;none\n'.encode("utf-16")),
        (
            "a.jsonl",
            b'{"id":1,"instruction":"a\\u00e9","output":"b","x":[1]}\n{"instruction":"","output":null}\n',
        ),
        ("a.json", b'[{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"q"}]}]'),
    ]
)
EDITS = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 3), st.binary(max_size=2)), min_size=1, max_size=4
)


@given(SEEDS, EDITS)
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_gives_rows_or_one_clear_error(
    seed: tuple[str, bytes], edits: list[tuple[int, int, bytes]]
) -> None:
    name, content = seed
    for start, length, new in edits:
        content = content[:start] + new + content[start + length :]
    try:
        before = read(content, name)
        assert table.splice(before, {}) == content
        if before.rows:
            after = table.edited(before, table.splice(before, {(before.rows[0].row, "output"): "new"}))
            assert [row.output for row in after.rows] == ["new", *(row.output for row in before.rows[1:])]
    except InputError as error:
        assert error.where
        assert error.remedy


def written(rows: list[list[str]], delimiter: str, always: bool, end: str) -> str:
    """As spreadsheets write: lone carriage returns in quotes too, which `csv.writer` forgets."""

    def cell(text: str) -> str:
        needed = always or any(char in text for char in f'{delimiter}"\r\n')
        return '"' + text.replace('"', '""') + '"' if needed else text

    return "".join(delimiter.join(map(cell, row)) + end for row in [list(COLUMNS), *rows])


@given(
    st.data(),
    st.sampled_from([",", ";", "\t"]),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
@settings(max_examples=200, deadline=None)
def test_a_spliced_cell_is_the_only_change(
    data: st.DataObject, delimiter: str, always: bool, end: str, encoding: str
) -> None:
    cell = NARROW if encoding == "cp1252" else TEXT
    bodies = data.draw(st.lists(st.tuples(cell, cell, cell, cell), min_size=1, max_size=4))
    rows = [[f"n{number}", *body] for number, body in enumerate(bodies)]
    content = (written(rows, delimiter, always, end) + f"{delimiter * 4}{end}").encode(encoding)
    before = read(content)
    assert [list(cells) for cells in before.cells] == rows
    assert table.splice(before, {}) == content

    row = data.draw(st.sampled_from(before.rows))
    column = data.draw(st.sampled_from(COLUMNS[1:]))
    new = data.draw(cell)
    after = read(table.splice(before, {(row.row, column): new}))
    expected = [list(cells) for cells in before.cells]
    expected[before.rows.index(row)][COLUMNS.index(column)] = new
    assert [list(cells) for cells in after.cells] == expected
    assert after.columns == before.columns
    assert after.dialect == before.dialect or encoding == "cp1252", "what is left may be ASCII"


@given(st.lists(TEXT, min_size=1, max_size=5), st.sampled_from([",", ";"]))
def test_spans_are_the_cells_that_csv_reads(cells: list[str], delimiter: str) -> None:
    raw = written([cells], delimiter, False, "\r\n").split("\r\n", 1)[1]
    found = [raw[start:end] for start, end in spans(raw, delimiter)]
    plain = [c[1:-1].replace('""', '"') if c.startswith('"') else c for c in found]
    assert plain == cells


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4), st.data())
@settings(deadline=None)
def test_a_spliced_json_string_is_the_only_change(pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    ascii_only = data.draw(st.booleans())
    indent = data.draw(st.sampled_from([None, 2]))
    records = [{"instruction": a, "x": [b, {"output": "no"}], "output": b} for a, b in pairs]
    content = json.dumps(records, ensure_ascii=ascii_only, indent=indent).encode()
    before = read(content, "a.json")
    row = data.draw(st.integers(0, len(records) - 1))
    new = data.draw(TEXT)
    after = table.splice(before, {(row + 1, "output"): new})
    records[row]["output"] = new
    assert json.loads(after) == records
    if all(" " <= letter <= "~" for letter in new):  # which has one spelling, escaped or not
        assert after == json.dumps(records, ensure_ascii=ascii_only, indent=indent).encode()


@pytest.mark.parametrize("quote", ['"', '""', '"a', 'a"', '","', '"\n"'])
def test_no_row_is_lost_in_silence(quote: str) -> None:
    """A stray quote anywhere gives an error, or rows that together hold every line of the file."""
    lines = [f"{n},ask {n},answer {n},none" for n in range(1, 9)]
    for at in range(len(lines)):
        for cell in (1, 2, 3):
            cells = lines[at].split(",")
            cells[cell] = quote + cells[cell]
            text = "\n".join(
                ("id,instruction,output,fail_mode", *lines[:at], ",".join(cells), *lines[at + 1 :])
            )
            try:
                found = read(text.encode())
            except InputError:
                continue
            assert [row.id for row in found.rows][: at + 1] == [str(n) for n in range(1, at + 2)]
            assert len(found.rows) == 8
