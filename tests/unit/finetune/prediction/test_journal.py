"""Finished answers outlive their process; answers to something else are never mixed in."""

import json
import resource

import pytest

from finetune.prediction import journal
from finetune.prediction.journal import Answer
from quality.errors import ProofgateError

BOUND = {"run": "a" * 64, "max_new_tokens": 64}
ANSWERS = (
    Answer("tuned", 0, "Two\r\nlines, and \u2028 one more.", 5, cut=False),
    Answer("tuned", 3, "", 0, cut=False),
    Answer("base", 0, "x" * 50, 64, cut=True),
)


@pytest.fixture
def path(tmp_path):
    return journal.beside(tmp_path / "predictions.csv")


@pytest.fixture
def written(path):
    with journal.opened(path, BOUND) as pages:
        assert pages.found == ()
        assert pages.note == ""
        pages.add(ANSWERS[:1])
        pages.add(ANSWERS[1:])
    return path


def found(path, bound=BOUND):
    with journal.opened(path, bound) as pages:
        return pages.found, pages.note


def test_it_lies_beside_the_output(tmp_path):
    assert journal.beside(tmp_path / "p.csv") == tmp_path / "p.csv.part.jsonl"


def test_answers_come_back_as_they_were(written):
    assert found(written) == (ANSWERS, "")


def test_answers_are_on_disk_before_the_journal_is_closed(path):
    with journal.opened(path, BOUND) as pages:
        pages.add(ANSWERS[:1])
        assert len(path.read_bytes().splitlines()) == 2


@pytest.mark.parametrize("lost", range(1, 60, 7))
def test_a_half_written_last_line_is_dropped_and_written_over(written, lost):
    written.write_bytes(written.read_bytes()[:-lost])
    with journal.opened(written, BOUND) as pages:
        assert pages.found == ANSWERS[:2]
        pages.add(ANSWERS[2:])
    assert found(written) == (ANSWERS, "")


def test_a_half_written_first_line_is_no_answer(written):
    head = written.read_bytes().splitlines()[0]
    written.write_bytes(head[:-5])
    assert found(written)[0] == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"run": "b" * 64}, "run: aaaaaaaa then, bbbbbbbb now"),
        ({"max_new_tokens": 32}, "max_new_tokens: 64 then, 32 now"),
        ({"device": "Tesla T4, float16"}, "device: None then, Tesla T4, float16 now"),
    ],
)
def test_answers_of_other_inputs_are_set_aside_with_the_difference(written, change, told):
    before = written.read_bytes()
    answers, note = found(written, {**BOUND, **change})
    assert answers == ()
    assert f"({told})" in note
    kept = [path for path in written.parent.iterdir() if path != written]
    assert [path.read_bytes() for path in kept] == [before]
    assert kept[0].name in note


@pytest.mark.parametrize(
    "content",
    [
        b"my own notes\n",
        b"[]\n",
        b'{"format": 2, "kind": "proofgate predictions", "bound": {}}\n',
        b"\xff\xfe\x00\n",
        b"[" * 100_000 + b"\n",
    ],
)
def test_what_is_no_journal_is_kept_too(path, content):
    path.write_bytes(content)
    answers, note = found(path)
    assert answers == ()
    assert "could not be read" in note or "damaged" in note
    assert content in [other.read_bytes() for other in path.parent.iterdir() if other != path]


@pytest.mark.parametrize(
    "line",
    [b"{}", b"7", b'{"model": "mine", "place": 0, "text": "", "tokens": 1, "cut": false}', b"{"],
)
def test_a_damaged_line_in_the_middle_is_not_passed_over(written, line):
    lines = written.read_bytes().splitlines()
    written.write_bytes(b"\n".join([*lines[:2], line, *lines[2:]]) + b"\n")
    answers, note = found(written)
    assert answers == ()
    assert "damaged" in note


def test_one_process_at_a_time(path):
    with (
        journal.opened(path, BOUND) as pages,
        pytest.raises(ProofgateError, match="another `finetune predict`") as caught,
        journal.opened(path, BOUND),
    ):
        pass
    assert "-o" in caught.value.remedy
    pages_after = found(path)
    assert pages_after == ((), "")
    assert pages.found == ()


def test_nobody_comes_in_after_the_journal_was_taken_away_while_its_work_lasts(path):
    with journal.opened(path, BOUND) as pages:
        pages.add(ANSWERS)
        journal.remove(path)
        with (
            pytest.raises(ProofgateError, match="another `finetune predict`"),
            journal.opened(path, BOUND),
        ):
            pass
        assert not path.exists()
    assert list(path.parent.iterdir()) == []


def test_a_full_disk_is_a_sentence_and_costs_no_earlier_answer(written):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = written.stat().st_size
    try:
        with journal.opened(written, BOUND) as pages:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + 30, before[1]))
            with pytest.raises(ProofgateError, match="cannot be written") as caught:
                pages.add(ANSWERS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "the same command then goes on" in caught.value.remedy
    assert found(written) == (ANSWERS, "")


def test_a_folder_that_takes_no_file_is_a_sentence(tmp_path):
    with (
        pytest.raises(ProofgateError, match="cannot be written"),
        journal.opened(tmp_path / "no" / "p.part.jsonl", BOUND),
    ):
        pass


def test_taking_it_away_twice_is_no_error(written):
    journal.remove(written)
    journal.remove(written)
    assert not written.exists()


def test_it_is_plain_ascii_and_one_line_an_answer(written):
    lines = written.read_bytes().decode("ascii").splitlines()
    assert json.loads(lines[0])["bound"] == BOUND
    assert [json.loads(line)["place"] for line in lines[1:]] == [0, 3, 0]
