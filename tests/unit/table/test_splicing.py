"""The same file with a few cells replaced: what was not named stays byte for byte."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quality import table
from quality.errors import InputError
from quality.table import Table

CSV = (
    'id,note,instruction,output,fail_mode\r\n1,"x",a,"b ""c""",none\r\n\r\n'
    "2,,'q',d,none\r\n3,y,e,\"f\ng\",none\r\n,,,,\r\n"
)


def read(tmp_path: Path, content: bytes, name: str = "data.csv") -> Table:
    path = tmp_path / name
    path.write_bytes(content)
    return table.read(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_only_the_named_cells_change(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = CSV.replace(",", delimiter).replace("note", "näte")
    before = read(tmp_path, text.encode(encoding))
    assert table.splice(before, {}) == before.source
    new = table.splice(before, {(4, "output"): "D", (5, "output"): 'F "1"\nG', (2, "instruction"): "A, A"})
    expected = text.replace(f"'q'{delimiter}d", f"'q'{delimiter}D").replace('"f\ng"', '"F ""1""\nG"')
    first = '"A, A"' if delimiter == "," else "A, A"
    assert new == expected.replace(f"{delimiter}a{delimiter}", f"{delimiter}{first}{delimiter}").encode(
        encoding
    )


def test_columns_by_our_name_the_files_or_a_further_one(tmp_path: Path) -> None:
    before = read(tmp_path, b"ID,Instruction,Output,Fail Mode,x\n1,a,b,c,d\n")
    assert table.splice(before, {(2, "fail_mode"): "e"}).endswith(b"1,a,b,e,d\n")
    assert table.splice(before, {(2, "Fail Mode"): "e"}).endswith(b"1,a,b,e,d\n")
    assert table.splice(before, {(2, "x"): "e"}).endswith(b"1,a,b,c,e\n")
    for cell in ((3, "output"), (2, "nothing")):
        with pytest.raises(KeyError):
            table.splice(before, {cell: "e"})


def test_what_the_file_cannot_hold_is_refused(tmp_path: Path) -> None:
    narrow = read(tmp_path, "id,instruction,output,fail_mode\n1,é,b,c\n".encode("cp1252"))
    with pytest.raises(InputError, match=r"row 2: .*U\+2192"):
        table.splice(narrow, {(2, "output"): "a → b"})
    with pytest.raises(InputError, match="NUL"):
        table.splice(narrow, {(2, "output"): "\0"})
    unquoted = read(tmp_path, b'id\tinstruction\toutput\tfail_mode\n1\t"a" b\tc\td\n', "a.tsv")
    assert table.splice(unquoted, {(2, "output"): '"'}).endswith(b'\t"a" b\t"\td\n')
    with pytest.raises(InputError, match="line break"):
        table.splice(unquoted, {(2, "output"): "a\nb"})


def test_json_lines_change_within_their_strings(tmp_path: Path) -> None:
    text = (
        '{"id": 1 , "output":"b\\u00e9\\n","instruction" : "a", "x": [1.50, {"output": "no"}]}\r\n'
        '\r\n{"instruction":"c","output":null}'
    )
    before = read(tmp_path, text.encode(), "a.jsonl")
    new = table.splice(before, {(1, "output"): 'q "ü"', (2, "output"): "d"}).decode()
    assert new == text.replace('"b\\u00e9\\n"', '"q \\"\\u00fc\\""').replace("null", '"d"')
    wide = read(tmp_path, text.replace("a", "ä").encode("utf-16"), "b.jsonl")
    assert "ü" in table.splice(wide, {(1, "output"): "ü"}).decode("utf-16")
    with pytest.raises(InputError, match="half"):
        table.splice(before, {(1, "output"): "\ud800"})


def test_json_arrays_and_conversations(tmp_path: Path) -> None:
    turns = [
        {"role": "user", "content": "a"},
        {"role": "assistant", "content": [{"type": "text", "text": "b"}]},
        {"role": "user", "content": "c"},
        {"role": "assistant", "content": "d"},
    ]
    text = json.dumps([{"messages": turns}, {"messages": turns[:2]}], indent=1)
    before = read(tmp_path, text.encode(), "a.json")
    content = table.splice(before, {(2, "output"): "D", (3, "output"): "B", (3, "instruction"): "A"})
    after = read(tmp_path, content, "a.json")
    assert [(r.instruction, r.output) for r in after.rows] == [("a", "b"), ("c", "D"), ("A", "B")]
    assert len(content) == len(text)


def test_texts_put_together_from_several_are_refused(tmp_path: Path) -> None:
    alpaca = b'{"instruction": "a", "input": "b", "output": "c"}\n{"instruction": "a", "input": "", "output": "c"}\n'
    before = read(tmp_path, alpaca, "a.jsonl")
    assert table.splice(before, {(2, "instruction"): "A"}) == alpaca.replace(
        b'"a", "input": ""', b'"A", "input": ""'
    )
    for given in (before, read(tmp_path, b"instruction,input,output\na,b,c\n")):
        with pytest.raises(InputError, match="several places"):
            table.splice(given, {(given.rows[0].row, "instruction"): "A"})


def test_an_answer_without_a_text_of_its_own_is_refused(tmp_path: Path) -> None:
    before = read(
        tmp_path, b'{"messages": [{"role": "user", "content": "a"}, {"role": "assistant"}]}', "a.jsonl"
    )
    assert before.rows[0].output == ""
    with pytest.raises(InputError, match="several places"):
        table.splice(before, {(1, "output"): "b"})


def test_parquet_keeps_types_and_metadata(tmp_path: Path) -> None:
    schema = pa.schema(
        [
            pa.field("id", pa.int64(), nullable=False),
            pa.field("instruction", pa.string(), metadata={"k": "v"}),
            pa.field("output", pa.dictionary(pa.int32(), pa.string())),
            pa.field("when", pa.timestamp("us", "UTC")),
            pa.field("more", pa.list_(pa.struct([("a", pa.float32())]))),
        ],
        metadata={"who": "me"},
    )
    columns = [[1, 2, 3], ["a", "b", "c"], ["x", "y", None], [0, None, 5], [[{"a": 0.5}], None, []]]
    original = pa.table(
        [pa.array(v, type=f.type) for v, f in zip(columns, schema, strict=True)], schema=schema
    )
    out = io.BytesIO()
    pq.write_table(original, out, compression="zstd", row_group_size=2)
    before = read(tmp_path, out.getvalue(), "a.parquet")
    original = pq.read_table(io.BytesIO(before.source))
    content = table.splice(before, {(2, "output"): "Y", (3, "instruction"): "C"})
    after = pq.read_table(io.BytesIO(content))
    assert after.schema.equals(original.schema, check_metadata=True)
    assert after.column("output").to_pylist() == ["x", "Y", None]
    assert after.column("instruction").to_pylist() == ["a", "b", "C"]
    for name in ("id", "when", "more"):
        assert after.column(name).equals(original.column(name))
    assert pq.read_metadata(io.BytesIO(content)).num_row_groups == 2
    assert table.splice(before, {}) == before.source
