import json

import pytest

from quality.errors import InputError
from quality.interactive import answers as logs
from quality.interactive.answers import Answer, Reply
from quality.lineage import Version

DATA = Version("data.csv", "d" * 64, "f" * 64)
SKIP = Answer(Reply.SKIP, 2, "a", "GRM001", "output", "0" * 64)
EDIT = Answer(Reply.EDIT, 3, "b", "REP001", "output", "1" * 64, "output", "before \ud800", "after ü\n")


@pytest.fixture
def log(tmp_path):
    return tmp_path / "data.fixed.csv.answers.jsonl"


def written(log, *answers):
    at = logs.begin(log, DATA)
    for answer in answers:
        at = logs.add(log, answer, at)
    return at


def test_a_log_reads_back_as_written(log):
    at = written(log, SKIP, EDIT)
    assert logs.read(log) == logs.Log(DATA, (SKIP, EDIT), at)


def test_an_undo_takes_the_last_answer_that_counts(log):
    written(log, SKIP, EDIT, None, EDIT, None, None)
    assert logs.read(log).answers == ()


def test_what_a_killed_terminal_left_of_a_line_does_not_count_and_is_written_over(log):
    whole = written(log, SKIP)
    content = log.read_bytes()
    logs.add(log, EDIT, whole)
    for end in range(whole, log.stat().st_size):
        log.write_bytes(log.read_bytes()[:end])
        known = logs.read(log)
        assert (known.answers, known.bytes) == ((SKIP,), whole)
        logs.add(log, EDIT, known.bytes)
        assert logs.read(log).answers == (SKIP, EDIT)
    assert log.read_bytes().startswith(content)


def test_where_there_is_no_log_there_are_no_answers(log):
    assert logs.read(log) is None
    log.write_bytes(b'{"format":1,"ki')
    assert logs.read(log) is None


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense",
        b"[]",
        b"{}",
        b'{"reply":"undo"}',
        b'{"reply":"shrug","row":2,"id":"a","code":"X","column":"","content":""}',
        b'{"reply":"skip","row":"2","id":"a","code":"X","column":"","content":""}',
        b'{"reply":"skip","row":2,"id":7,"code":"X","column":"","content":""}',
        b'{"reply":"skip","row":2,"id":"a","code":"X","column":"","content":"","more":1}',
        b"[" * 100_000,
    ],
)
def test_a_broken_line_is_one_clear_error(log, line):
    written(log)
    with log.open("ab") as stream:
        stream.write(line + b"\n")
    with pytest.raises(InputError, match="line 2 is no answer") as caught:
        logs.read(log)
    assert "move it away" in caught.value.remedy


@pytest.mark.parametrize(
    "head",
    [
        {},
        {"format": 2, "kind": "answers"},
        {"format": 1, "kind": "gate"},
        {"format": 1, "kind": "answers", "data": 3},
    ],
)
def test_another_file_is_not_taken_for_a_log(log, head):
    log.write_text(json.dumps(head) + "\n")
    with pytest.raises(InputError, match="is not a log of answers"):
        logs.read(log)


def test_a_log_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(InputError, match="cannot be noted"):
        logs.begin(tmp_path / "no" / "folder.jsonl", DATA)
