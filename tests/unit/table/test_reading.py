"""Files as students and spreadsheets make them → rows, or one clear error."""

from __future__ import annotations

import csv
import gzip
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from quality import table
from quality.errors import InputError
from quality.table import Columns

HEAD = "id,instruction,output,fail_mode\n"
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def write(content: bytes | str, name: str = "data.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def refused(path: Path, **options: bool) -> InputError:
    with pytest.raises(InputError) as caught:
        table.read(path, **options)
    assert caught.value.where.startswith(str(path))
    assert caught.value.remedy
    return caught.value


def test_text_stays_text(make: Make) -> None:
    read = table.read(make(HEAD + "007,1e3,NA,None\n1e3,null,TRUE,\n1.0, x ,#N/A,nan\n"))
    assert [(r.id, r.instruction, r.output, r.fail_mode) for r in read.rows] == [
        ("007", "1e3", "NA", "None"),
        ("1e3", "null", "TRUE", ""),
        ("1.0", " x ", "#N/A", "nan"),
    ]
    assert read.format == "csv"
    assert read.labelled
    assert read.notes == ()


def test_rows_know_their_record_and_their_line(make: Make) -> None:
    read = table.read(make(HEAD + '1,"a\nb","c\r\nd",none\n2,x,y,none\n\n3,x,y,none\n'))
    assert [(r.row, r.line, r.id) for r in read.rows] == [(2, 2, "1"), (3, 5, "2"), (5, 7, "3")]
    assert read.rows[0].output == "c\r\nd"
    assert read.notes == ("1 empty line between the rows left out",)


def test_lines_end_only_where_files_end_them(make: Make) -> None:
    read = table.read(make(HEAD + "1,a\u2028b\x0bc\x85d,y,none\n2,x,y,none\n"))
    assert [r.line for r in read.rows] == [2, 3]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(make: Make, end: str) -> None:
    text = (HEAD + '1,"a ""b"", c",y,none\n2,x,y,none\n').replace("\n", end)
    read = table.read(make(text))
    assert [r.instruction for r in read.rows] == ['a "b", c', "x"]


def test_frame_holds_every_column_as_text(make: Make) -> None:
    read = table.read(make("note,id,instruction,output,fail_mode,\n7,1,a,b,none,\n"))
    assert read.columns == ("note", "id", "instruction", "output", "fail_mode", "column 6")
    assert read.frame.index.tolist() == [2]
    assert read.frame.loc[2, "note"] == "7"
    assert read.frame.map(type).eq(str).all().all()


def test_a_header_alone_is_readable(make: Make) -> None:
    read = table.read(make(HEAD))
    assert read.rows == ()
    assert list(read.frame.columns) == ["id", "instruction", "output", "fail_mode"]


def test_empty_rows_at_the_end_are_left_out_with_a_note(make: Make) -> None:
    read = table.read(make(HEAD + "1,a,b,none\n,,,\n2,a,b,none\n,,,\n , ,,\n\n"))
    assert [r.row for r in read.rows] == [2, 3, 4]
    assert read.notes == ("3 empty rows at the end left out",)


TEXT = HEAD + '1,"naïve – “café”","line\nline",none\n'


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (TEXT.encode("utf-8"), ""),
        (TEXT.encode("utf-8-sig"), ""),
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (TEXT.encode("utf-16-be"), "UTF-16 without a byte order mark"),
        (TEXT.encode("utf-32"), "UTF-32"),
        (TEXT.encode("cp1252"), "line 2): read as Windows-1252"),
        (TEXT.replace(",", ";").encode(), ""),
        (TEXT.replace(",", "\t").encode(), ""),
    ],
)
def test_encodings_and_delimiters_give_the_same_data(make: Make, content: bytes, note: str) -> None:
    read = table.read(make(content))
    assert read.rows[0].instruction == "naïve – “café”"
    assert note in " ".join(read.notes)
    assert bool(read.notes) == bool(note)
    assert read.data_sha256 == table.read(make(TEXT, "other.csv")).data_sha256


def test_data_hash_is_of_the_rows_alone(make: Make) -> None:
    base = table.read(make(HEAD + '1,"a\nb",c,none\n2,a,c,none\n'))

    def same(text: str, name: str = "b.csv") -> bool:
        return table.read(make(text, name)).data_sha256 == base.data_sha256

    assert same(HEAD.replace("\n", "\r\n") + '"1","a\r\nb","c","none"\r\n2,a,c,none\r\n,,,\r\n')
    assert same("x,id,instruction,output,fail_mode\n" + '9,1,"a\nb",c,none\n9,2,a,c,none\n')
    assert same(
        '{"id":1,"instruction":"a\\nb","output":"c","fail_mode":"none"}\n'
        '{"id":2,"instruction":"a","output":"c","fail_mode":"none"}\n',
        "b.jsonl",
    )
    assert not same(HEAD + '2,a,c,none\n1,"a\nb",c,none\n')
    assert not same(HEAD + '1,"a\nb",c ,none\n2,a,c,none\n')
    assert not same(HEAD + '1,"a\nb",,cnone\n2,a,c,none\n')


def test_a_field_of_200_000_characters(make: Make) -> None:
    before = csv.field_size_limit()
    read = table.read(make(HEAD + f'1,"{"x " * 100_000}",y,none\n'))
    assert len(read.rows[0].instruction) == 200_000
    assert csv.field_size_limit() == before


def test_tsv_as_sheets_writes_it_has_no_quoting(make: Make) -> None:
    head = HEAD.replace(",", "\t")
    read = table.read(make(head + '1\t"Hi" she said\ty\tnone\n2\t"a\tb\tnone\n', "data.tsv"))
    assert [r.instruction for r in read.rows] == ['"Hi" she said', '"a']
    assert read.notes == ("quotes are read as part of the text",)


def test_names_that_fit_in_part_are_noted(make: Make) -> None:
    read = table.read(make("ID, Instruction ,OUTPUT,Fail Mode\n1,a,b,none\n"))
    assert read.rows[0].fail_mode == "none"
    assert read.names["fail_mode"] == "Fail Mode"
    assert len(read.notes) == 4


def test_names_of_the_users_own(make: Make) -> None:
    path = make("nr,prompt,answer,label\n1,a,b,none\n")
    read = table.read(path, Columns("nr", "prompt", "answer", "label"))
    assert (read.rows[0].id, read.rows[0].output) == ("1", "b")


def test_labels_can_be_made_optional(make: Make) -> None:
    path = make("id,instruction,output\n1,a,b\n")
    assert not table.read(path, labels_required=False).labelled
    assert "`fail_mode`" in str(refused(path))
    jsonl = make('{"id": 1, "instruction": "a", "output": "b"}\n', "a.jsonl")
    assert not table.read(jsonl).labelled
    assert "`fail_mode`" in str(refused(jsonl, labels_required=True))


def test_a_missing_column_names_the_nearest(make: Make) -> None:
    error = refused(make("id,instruction,ouput,fail_mode\n1,a,b,none\n"))
    assert error.where.endswith(":1")
    assert "no column `output`" in error.what
    assert "`ouput`" in error.remedy


def test_doubled_columns(make: Make) -> None:
    assert "stands 2 times" in refused(make("id,instruction,output,output,fail_mode\n")).what
    assert "two columns may be" in refused(make("id,instruction,Output,OUTPUT,fail_mode\n")).what


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ('1,a,"b,none\n2,a,b,none\n', 2, "never closed"),
        ('1,a,b,none\n2,"a\nb",c,none\n3,a,"b\n,none\n4,a,b,none\n', 5, "never closed"),
        ('1,a,"b,none\n2,a,"b",none\n', 2, "ends in the middle of text on line 3"),
        ('1,a,"b,none\n2,a,b,none\n3,a,b 5",none\n4,a,b,none\n', 2, "swallows the rows with the ids 2, 3"),
        ('q1,a,"b,none\nq2,a,b 5",none\n', 2, "swallows the rows with the ids q2"),
        ('1,a,"b" c,none\n', 2, "ends in the middle of text on line 2"),
        ("1,a,b,none\n2,a,b\n", 3, "3 cells where the header has 4"),
        ("1,a,b,none\n2,a, b, c,none\n", 3, "5 cells where the header has 4"),
        ("1,a,b\x00,none\n", 2, "NUL"),
    ],
)
def test_what_would_lose_rows_is_refused_with_its_line(make: Make, body: str, line: int, words: str) -> None:
    error = refused(make(HEAD + body))
    assert words in error.what
    assert error.where.endswith(f":{line}")


def test_a_table_inside_a_cell_is_no_swallowed_row(make: Make) -> None:
    body = '1,List them,"1,one\n2,two\n3,three",none\n2,a,b,none\n5,x,"6,y\nz",none\n9,a,b,none\n'
    assert len(table.read(make(HEAD + body)).rows) == 4


def _xlsx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("data.csv", HEAD)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (_xlsx(), "workbook (XLSX"),
        (_zip(), "zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "XLS"),
        (gzip.compress(HEAD.encode(), mtime=0), "gzip"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"<!DOCTYPE html>\n<html><body>Log in</body></html>", "web page"),
        ("\ufeff\n <HTML>\n".encode("utf-16"), "web page"),
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b",,,\n,,,\n", "no column"),
        (b'""\n', "no row"),
        (b'{"id": 1}\n', "JSON"),
        (b"hello", "no column"),
    ],
)
def test_what_is_no_table_is_named(make: Make, content: bytes, words: str) -> None:
    assert words in refused(make(content)).what


@pytest.mark.parametrize(
    ("bad", "line"),
    [
        ("é".encode() + b"\n2,\xff,b,none\n", 3),  # both encodings in one file
        ("Привет".encode("cp1251"), 2),
        ("日本".encode("gbk"), 2),
        (b"\x81\n", 2),
    ],
)
def test_bytes_of_no_certain_encoding(make: Make, bad: bytes, line: int) -> None:
    error = refused(make(HEAD.encode() + b"1,a," + bad + b",none\n"))
    assert "UTF-8" in error.what
    assert error.where.endswith(f":{line}")


def test_utf16_cut_off(make: Make) -> None:
    assert "UTF-16" in refused(make(HEAD.encode("utf-16")[:-1])).what


def test_places_that_hold_no_file(tmp_path: Path) -> None:
    assert "folder" in refused(tmp_path).what
    assert "no such file" in refused(tmp_path / "nothing.csv").what
    assert "cannot be read" in refused(Path(f"{tmp_path}/a\0b")).what
    if Path("/dev/null").is_char_device():
        with pytest.raises(InputError, match="device"):
            table.read(Path("/dev/null"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(make: Make) -> None:
    path = make(HEAD)
    path.chmod(0)
    assert "may not be read" in refused(path).what


def test_a_file_held_by_a_spreadsheet_program(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(self: Path) -> bytes:
        raise PermissionError(13, "held")

    path = make(HEAD)
    monkeypatch.setattr(Path, "read_bytes", held)
    assert "close it in the spreadsheet program" in refused(path).remedy


def test_unknown_names_are_told_by_content(make: Make) -> None:
    assert table.read(make(HEAD, "data")).format == "csv"
    assert table.read(make('{"instruction": "a", "output": "b"}', "data.txt")).format == "jsonl"
    assert table.read(make('[{"instruction": "a", "output": "b"}]', "data")).format == "json"


def test_originals_come_by_id(make: Make) -> None:
    read = table.read(make(HEAD + "1,a,new,none\n9,a,b,none\n"))
    sheet = table.read(
        make("id,instruction,output\n1,a,old\n,x,y\n,x,y\n", "sheet.csv"), labels_required=False
    )
    assert [r.original for r in table.with_originals(read, sheet).rows] == ["old", None]
    doubled = table.read(make(HEAD + "1,a,b,\n1,a,c,\n", "sheet.csv"))
    with pytest.raises(InputError, match="same id"):
        table.with_originals(read, doubled)


INSTRUCTIONS_ALONE = Columns(output=None)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("id,instruction\n1,Why?\n", "data.csv"),
        ("id\tinstruction\n1\tWhy?\n", "data.tsv"),
        ("id,output,instruction\n1,Because.,Why?\n", "more.csv"),
        ('{"id": "1", "instruction": "Why?"}\n', "data.jsonl"),
        ('[{"id": "1", "instruction": "Why?", "output": ["a", "b"]}]\n', "data.json"),
    ],
)
def test_instructions_can_be_read_alone(make: Make, content: str, name: str) -> None:
    read = table.read(make(content, name), INSTRUCTIONS_ALONE, labels_required=False)
    assert [(row.id, row.instruction, row.output) for row in read.rows] == [("1", "Why?", "")]
    assert "output" not in read.names


def test_instructions_alone_are_the_same_data_beside_any_answers(make: Make) -> None:
    bare = make("id,instruction\n1,Why?\n", "bare.csv")
    answered = make("id,instruction,output\n1,Why?,Because.\n", "answered.csv")
    hashes = {
        table.read(path, INSTRUCTIONS_ALONE, labels_required=False).data_sha256 for path in (bare, answered)
    }
    assert len(hashes) == 1
    assert table.read(answered, labels_required=False).data_sha256 not in hashes


def test_an_answer_is_missed_where_one_is_wanted(make: Make) -> None:
    assert "no column `output`" in refused(make("id,instruction\n1,Why?\n"), labels_required=False).what
