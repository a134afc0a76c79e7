"""The test file: ids and instructions in any format, whatever else is in it; what cannot be answered is said."""

import json

import pytest

from finetune.rows import questions
from quality.errors import InputError
from quality.table import Columns


@pytest.fixture
def make(tmp_path):
    def write(content, name="test.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def asked(path, columns=None):
    read = questions.read(path, columns) if columns else questions.read(path)
    return [(row.id, row.instruction) for row in read.rows]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ('id,instruction\r\nt1,Why?\r\nt2,"Say ""a,\nb""."\r\n', "test.csv"),
        ('\ufeffID;Instruction\nt1;Why?\nt2;"Say ""a,\nb""."\n', "test.csv"),
        ('id,output,instruction,fail_mode\nt1,,Why?,\nt2,x,"Say ""a,\nb"".",\n', "more.csv"),
        ('instruction,note,id\nWhy?,,t1\n"Say ""a,\nb"".",n,t2\n', "order.csv"),
        ('id\tinstruction\nt1\tWhy?\nt2\t"Say ""a,\nb""."\n', "test.tsv"),
        (
            "\n".join(
                json.dumps({"id": key, "instruction": text})
                for key, text in (("t1", "Why?"), ("t2", 'Say "a,\nb".'))
            ),
            "test.jsonl",
        ),
    ],
)
def test_ids_and_instructions_in_the_files_order(make, content, name):
    assert asked(make(content, name)) == [("t1", "Why?"), ("t2", 'Say "a,\nb".')]


def test_an_answer_in_the_file_is_not_read(make):
    read = questions.read(make("id,instruction,output\n1,Why?,Because.\n"))
    assert read.rows[0].output == ""
    bare = questions.read(make("id,instruction\n1,Why?\n", "bare.csv"))
    assert read.data_sha256 == bare.data_sha256


def test_the_settings_names_hold(make):
    path = make("nr,prompt,response\n1,Why?,x\n")
    columns = Columns(id="nr", instruction="prompt", output="response")
    assert asked(path, columns) == [("1", "Why?")]


@pytest.mark.parametrize(
    ("content", "what", "line"),
    [
        ("id,instruction\n1,Why?\n1,How?\n", "rows 2 and 3 have the same id `1`", 3),
        ("id,instruction\n1,Why?\n 1 ,How?\n", "rows 2 and 3 have the same id `1`", 3),
        ("id,instruction\n1,Why?\n2,\n3, \n", "2 rows have no instruction: row 3, 4", 3),
        ("id,instruction\n,Why?\n", "1 row has no id: row 2", 2),
        ("id,instruction\n", "holds no instruction", None),
        ("id,prompt\n1,Why?\n", "no column `instruction`; found: `id`, `prompt`", 1),
        ("number,instruction\n1,Why?\n", "no column `id`", 1),
    ],
)
def test_what_cannot_be_answered_is_a_sentence_with_its_place(make, content, what, line):
    path = make(content)
    with pytest.raises(InputError) as caught:
        questions.read(path)
    assert what in caught.value.what
    assert caught.value.where == (str(path) if line is None else f"{path}:{line}")
    assert caught.value.remedy


def test_conversations_have_no_instruction_of_their_own(make):
    path = make('{"id": "1", "messages": [{"role": "user", "content": "Why?"}]}\n', "test.jsonl")
    with pytest.raises(InputError, match="no column `instruction`"):
        questions.read(path)


def test_an_alpaca_record_asks_with_its_input(make):
    path = make('{"instruction": "Shorten this.", "input": "A long text."}\n', "test.jsonl")
    ((key, text),) = asked(path)
    assert text == "Shorten this.\n\nA long text."
    assert len(key) == 12
