"""The file of decisions: written and read strictly."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from quality.dismissals import Decision, Decisions, Scope
from quality.dismissals.decisions import of_words
from quality.dismissals.file import read, render
from quality.errors import InputError

ROW = Decision(
    Scope.ROW,
    "GRM001",
    "a" * 64,
    "output",
    4,
    9,
    "Wrold",
    "r\u202e1 <b>",
    "Ayşe",
    "a name, in Ğ",
    "2026-11-23T18:09:07.000000+00:00",
)
TEXT = replace(ROW, scope=Scope.TEXT, start=None, end=None, words="", code="LEN001")
WORD = replace(ROW, scope=Scope.WORD, content=of_words("Wrold"))
HALF = replace(WORD, words="a\ud800\x00b", end=8, content=of_words("a\ud800\x00b"))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "decisions.json"


def test_what_is_written_is_read_again_sorted_in_ascii_one_a_line(path):
    text = render([WORD, TEXT, HALF, ROW])
    path.write_text(text, encoding="ascii")
    assert set(read(path).decisions) == {ROW, TEXT, WORD, HALF}
    assert render(read(path).decisions) == text
    assert [line[11:15] for line in text.splitlines()[4:-2]] == ['row"', "word", "word", "text"]
    assert read(path).sha256 == Decisions(Path("other"), (TEXT, ROW, HALF, WORD)).sha256
    assert read(path).sha256 != Decisions(path, (TEXT, ROW, HALF)).sha256


def test_one_key_stands_there_once(path):
    again = replace(WORD, row_id="r2", start=0, end=5, who="Ben")
    assert render([WORD, again]).count("scope") == 1
    twice = {"format": 1, "kind": "decisions", "decisions": [asdict(WORD), asdict(again)]}
    path.write_text(json.dumps(twice))
    with pytest.raises(InputError, match="twice"):
        read(path)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"scope": "table"}, "scope"),
        ({"code": "grm"}, "code"),
        ({"content": "A" * 64}, "SHA-256"),
        ({"who": ""}, "who"),
        ({"who": "a\nb"}, "control"),
        ({"who": 5}, "text"),
        ({"why": " "}, "why"),
        ({"why": "x\x1b[31m"}, "control"),
        ({"why": "y" * 501}, "longer"),
        ({"start": None}, "whole numbers"),
        ({"start": True, "end": 6}, "whole numbers"),
        ({"start": 9, "end": 4}, "whole numbers"),
        ({"words": "other words"}, "as long as"),
        ({"words": "other"}, "hash of the words"),
        ({"words": "", "start": None, "end": None}, "start"),
        ({"words": "     "}, "hash of the words"),
        ({"at": "2026-11-23T18:09:07"}, "zone"),
        ({"at": "yesterday, rather late"}, "zone"),
        ({"more": 1}, "no others"),
    ],
)
def test_a_decision_that_is_none_is_refused(path, changes, says):
    path.write_text(
        json.dumps({"format": 1, "kind": "decisions", "decisions": [{**asdict(WORD), **changes}]})
    )
    with pytest.raises(InputError, match=says):
        read(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 1, "kind": "baseline", "accepted": []}',
        '{"format": 2, "kind": "decisions", "decisions": []}',
        '{"format": 1.0, "kind": "decisions", "decisions": []}',
        '{"format": true, "kind": "decisions", "decisions": []}',
        '{"format": 1, "kind": "decisions", "decisions": {}}',
        '{"format": 1, "kind": "decisions", "decisions": [1]}',
        '{"format": 1, "kind": "decisions", "decisions": [], "decisions": []}',
        "[" * 100_000,
    ],
)
def test_a_file_of_something_else_is_refused(path, text):
    path.write_text(text)
    with pytest.raises(InputError):
        read(path)


def test_a_key_too_many_is_said_of_what_has_it(path):
    path.write_text('{"format": 1, "kind": "decisions", "decisions": [], "more": 1}')
    with pytest.raises(InputError, match="the file has the keys"):
        read(path)


def test_a_file_that_is_not_there_is_named(path):
    with pytest.raises(InputError, match="no such file of decisions"):
        read(path)
    assert json.loads(render([])) == {"format": 1, "kind": "decisions", "decisions": []}
