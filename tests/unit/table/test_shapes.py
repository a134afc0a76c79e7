"""JSON Lines, JSON and Parquet: alpaca, conversations, types that are no text, and damaged files."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quality import table
from quality.errors import InputError
from quality.model import Row
from quality.table import Table
from quality.table.parquet import records as parquet_records

Make = Callable[..., Path]
PLAIN = {"id": "1", "instruction": "a", "output": "b"}


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def write(content: bytes | str | list[Any], name: str = "data.jsonl") -> Path:
        path = tmp_path / name
        if isinstance(content, list):
            content = "".join(json.dumps(record) + "\n" for record in content)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        table.read(path)
    assert caught.value.remedy
    return caught.value


def ids(read: Table) -> list[str]:
    return [row.id for row in read.rows]


def test_numbers_keep_their_digits_and_null_is_empty(make: Make) -> None:
    digits = "9" * 5000
    text = f'{{"id": 1e3, "instruction": {digits}, "output": null, "extra": [1, null], "fail_mode": 1.50}}\n'
    read = table.read(make(text))
    row = read.rows[0]
    assert (row.id, row.instruction, row.output, row.fail_mode) == ("1e3", digits, "", "1.50")
    assert all(type(cell) is str for cell in (row.id, row.instruction, *read.cells[0]))
    assert read.labelled


def test_rows_know_their_line(make: Make) -> None:
    lines = '\n{"id":1,"instruction":"a","output":"b"}\r\n\n{"id":2,\n"instruction":"a","output":"b"}'
    assert [(r.row, r.line) for r in table.read(make(lines)).rows] == [(1, 2), (2, 4)]
    array = '[\n  {"id":1,"instruction":"a","output":"b"},\n\n  {"id":2,"instruction":"a","output":"b"}\n]\n'
    assert [(r.row, r.line) for r in table.read(make(array, "a.json")).rows] == [(1, 2), (2, 4)]


def test_alpaca_joins_its_input_and_makes_ids(make: Make) -> None:
    records = [
        {"instruction": "Add.", "input": "1 2", "output": "3"},
        {"instruction": "Add.", "input": "1 2", "output": "4"},
        {"instruction": "Say hi.", "input": "", "output": "hi"},
    ]
    read = table.read(make(records))
    assert [r.instruction for r in read.rows] == ["Add.\n\n1 2", "Add.\n\n1 2", "Say hi."]
    assert len(set(ids(read))) == 3
    assert ids(read)[1] == f"{ids(read)[0]}-2"
    corrected = [{**record, "output": "better"} for record in records]
    assert ids(table.read(make(corrected))) == ids(read), "correcting an answer keeps the id"
    as_csv = "instruction,input,output\nAdd.,1 2,3\nAdd.,1 2,4\nSay hi.,,hi\n"
    assert table.read(make(as_csv, "a.csv")).rows[0].id == ids(read)[0]


MESSAGES = {
    "id": "c",
    "messages": [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello!"},
        {"role": "user", "content": [{"type": "text", "text": "Again"}]},
        {"role": "assistant", "content": [{"type": "text", "text": "Hel"}, {"type": "text", "text": "lo."}]},
    ],
}
SHAREGPT = {
    "id": "c",
    "conversations": [
        {"from": "system", "value": "Be kind."},
        {"from": "human", "value": "Hi"},
        {"from": "gpt", "value": "Hello!"},
        {"from": "human", "value": "Again"},
        {"from": "gpt", "value": "Hello."},
    ],
}


@pytest.mark.parametrize("record", [MESSAGES, SHAREGPT])
def test_a_conversation_gives_a_row_for_each_answer(make: Make, record: dict[str, Any]) -> None:
    read = table.read(make([record, {**record, "id": "d"}]))
    assert read.rows[:2] == (
        Row(1, 1, "c#1", "Hi", "Hello!", "", None, ("Be kind.",)),
        Row(2, 1, "c#2", "Again", "Hello.", "", None, ("Be kind.", "Hi", "Hello!")),
    )
    assert [(r.row, r.line, r.id) for r in read.rows[2:]] == [(3, 2, "d#1"), (4, 2, "d#2")]
    assert read.columns == ("id", "instruction", "output", "context")
    assert len(read.frame) == 4


def test_calls_of_tools_are_no_answers(make: Make) -> None:
    turns = [
        {"role": "user", "content": "Weather?"},
        {"role": "assistant", "content": None, "tool_calls": [{"id": "1"}]},
        {"role": "tool", "content": "rain"},
        {"role": "assistant", "content": "It rains."},
    ]
    read = table.read(make([{"messages": turns}]))
    assert [(r.instruction, r.output) for r in read.rows] == [("", "It rains.")]
    assert read.rows[0].context == ("Weather?", "rain")


@pytest.mark.parametrize(
    "turns",
    [
        None,
        "hi",
        [1],
        [{"role": "wizard", "content": "x"}],
        [{"role": "user"}],
        [{"role": "assistant", "content": True}],
        [{"role": "user", "content": [{"type": "image_url", "image_url": "x"}]}],
    ],
)
def test_turns_of_another_shape_are_refused(make: Make, turns: object) -> None:
    assert refused(make([MESSAGES, {"id": "x", "messages": turns}])).where.endswith(":2")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"id": 1, "instruction": ["a"], "output": "b"}', "holds a list"),
        ('{"id": true, "instruction": "a", "output": "b"}', "true or false"),
        ('{"id": 1, "instruction": {"a": 1}, "output": "b"}', "an object"),
        ('{"id": 1, "instruction": "\\ud800", "output": "b"}', "half a character"),
        ('{"id": 1, "id": 2, "instruction": "a", "output": "b"}', "`id` stands twice"),
        ('{"id": 1, "instruction": NaN, "output": "b"}', "NaN"),
        ('{"id": 1, "instruction": "a", "output": -Infinity}', "Infinity"),
        ('{"id": 1, "instruction": "a" "output": "b"}', "not JSON"),
        ('{"id": 1, "instruction": "a', "not JSON"),
        ('{"id": 1, "instruction": "a"}', "has no `output`"),
        ("[1, 2]", "must be an object"),
        ("7", "must be an object"),
        ('{"a":' * 200_000, "nested too deeply"),
        ("[" * 200_000, "nested too deeply"),
    ],
)
def test_what_is_no_record_is_refused_with_its_line(make: Make, text: str, words: str) -> None:
    error = refused(make(json.dumps(PLAIN) + "\n" + text + "\n"))
    assert words in error.what
    assert error.where.endswith(":2")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "no record"),
        ('[{"instruction":"a","output":"b"}', "cut off"),
        ('[{"instruction":"a","output":"b"},', "never closed"),
        ('[{"instruction":"a","output":"b"}] {}', "after the end"),
        ('{"data": []}', "no column"),
        ('{"instruktion": "a", "output": "b"}', "no column `instruction`"),
        ("id,instruction\n", "not JSON"),
    ],
)
def test_json_files_that_hold_no_rows(make: Make, text: str, words: str) -> None:
    assert words in refused(make(text, "a.json")).what


def test_labels_that_only_later_records_have(make: Make) -> None:
    read = table.read(make([PLAIN, {**PLAIN, "id": "2", "fail_mode": "tone"}]))
    assert read.labelled
    assert [r.fail_mode for r in read.rows] == ["", "tone"]


def parquet(columns: dict[str, Any], **schema: pa.DataType) -> bytes:
    arrays = {name: pa.array(values, type=schema.get(name)) for name, values in columns.items()}
    out = io.BytesIO()
    pq.write_table(pa.table(arrays), out)
    return out.getvalue()


def test_parquet(make: Make) -> None:
    data = parquet(
        {
            "id": [7, None],
            "instruction": ["a", "b"],
            "output": ["x", None],
            "fail_mode": [None, None],
            "n": [0.5, 2],
        },
        id=pa.int64(),
        output=pa.large_string(),
        fail_mode=pa.float64(),
    )
    read = table.read(make(data, "a.parquet"))
    assert read.format == "parquet"
    assert [(r.row, r.id, r.output, r.fail_mode) for r in read.rows] == [(1, "7", "x", ""), (2, "", "", "")]
    assert read.frame["n"].tolist() == ["0.5", "2.0"]
    assert table.read(make(data, "named.csv")).format == "parquet"


def test_parquet_conversations(make: Make) -> None:
    turns = [{"role": t["role"], "content": str(t["content"])} for t in MESSAGES["messages"][:3]]  # type: ignore[index]
    read = table.read(make(parquet({"messages": [turns, turns]}), "a.parquet"))
    assert [r.instruction for r in read.rows] == ["Hi", "Hi"]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"instruction": [b"a"], "output": ["b"]}, "bytes"),
        ({"instruction": [["a"]], "output": ["b"]}, "a list"),
        ({"instruction": [{"a": 1}], "output": ["b"]}, "an object"),
        ({"instruction": [1.5], "output": ["b"]}, "decimals"),
        ({"instruction": ["a"], "text": ["b"]}, "no column `output`"),
    ],
)
def test_parquet_columns_that_hold_no_text(make: Make, columns: dict[str, Any], words: str) -> None:
    assert words in refused(make(parquet(columns), "a.parquet")).what


def test_damaged_parquet(make: Make) -> None:
    whole = parquet({"instruction": ["a"] * 50, "output": ["b"] * 50})
    assert "not a whole Parquet file" in refused(make(whole[:-10], "a.parquet")).what
    assert "not a whole Parquet file" in refused(make(b"PAR1" + bytes(40), "a.parquet")).what
    assert "not a Parquet file" in refused(make(b"id,x\n", "a.parquet")).what


def test_a_small_parquet_does_not_unfold_into_gigabytes(make: Make) -> None:
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), pa.array(["x" * 1_000_000]))
    out = io.BytesIO()
    pq.write_table(pa.table({"instruction": texts, "output": texts}), out, store_schema=False)
    assert len(out.getvalue()) < 200_000
    _, rows = parquet_records(out.getvalue(), Path("a.parquet"))
    first, second = next(rows), next(rows)
    assert first["output"] is second["output"], "20,000 cells share one text"


def test_a_conversation_without_an_answer_is_noted(tmp_path):
    path = tmp_path / "chat.jsonl"
    path.write_text(
        '{"id": "a", "messages": [{"role": "user", "content": "Hi?"}, {"role": "assistant", "content": "Yes."}]}\n'
        '{"id": "b", "messages": [{"role": "user", "content": "Hello?"}]}\n'
    )
    read = table.read(path)
    assert [row.id for row in read.rows] == ["a#1"]
    assert any("no assistant turn" in note and "line 2" in note for note in read.notes)
