import json
from pathlib import Path

import pytest

from dashboard.editing.splice import copy_of
from quality import table
from quality.errors import InputError

CSV = (
    b'\xef\xbb\xbfid;instruction;output;fail_mode;note\r\n1;Say hi.;"hi; ""you""\r\nthere";;x\r\n\r\n'
    b"2;Bye.;bye;tone;\r\n3;A;b;;y"
)
TSV = b'id\tinstruction\toutput\tfail_mode\n1\tSay "hi".\t"open end\t\n2\tA\tb\t\xc3\xbc\n'


@pytest.mark.parametrize(("name", "source"), [("a.csv", CSV), ("a.tsv", TSV)], ids=["csv", "tsv"])
def test_short_way_writes_the_same_bytes_as_the_long_one(name, source):
    copy = copy_of(table.parse(source, Path(name)))
    assert copy.starts is not None
    for nth, row in enumerate(copy.table.rows):
        for cells in ({"output": f"new{nth} ü"}, {"fail_mode": "tone"}, {"output": "", "fail_mode": "x y"}):
            long = table.splice(copy.full(), {(row.row, column): text for column, text in cells.items()})
            copy = copy.with_cells(row.row, cells)
            assert copy.content == long
            assert {column: getattr(copy.row(row.row), column) for column in cells} == cells
    assert [row.output for row in copy.full().rows] == [row.output for row in copy.table.rows]


def test_format_without_records_of_their_own_goes_the_long_way():
    lines = [{"id": "1", "instruction": "A", "output": "b"}, {"id": "2", "instruction": "C", "output": "d"}]
    source = "\n".join(map(json.dumps, lines)).encode()
    copy = copy_of(table.parse(source, Path("a.jsonl")))
    assert copy.starts is None
    assert copy.with_cells(2, {"output": "ü"}).content == source.replace(b'"d"', b'"\\u00fc"')


def test_text_that_the_file_cannot_hold_is_refused():
    copy = copy_of(table.parse(CSV, Path("a.csv")))
    with pytest.raises(InputError, match="NUL"):
        copy.with_cells(2, {"output": "a\0b"})
    latin = copy_of(
        table.parse("id,instruction,output,fail_mode\n1,A,caf\xe9,\n".encode("cp1252"), Path("a.csv"))
    )
    with pytest.raises(InputError, match="cp1252 has no"):
        latin.with_cells(2, {"output": "\u4e2d"})
