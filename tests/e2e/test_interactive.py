"""`quality fix --interactive` at a real terminal: killed, hung up and stopped in the middle, and gone on with."""

import signal
import subprocess
from pathlib import Path

import pytest

from quality import lineage
from quality.interactive import answers
from tests.command import QUALITY

ASKS = "[?] > "
LOG = Path("data.fixed.csv.answers.jsonl")
ONLY = ("--select", "GRM001")
ROWS = ["They sold thier house.", "I am definately sure.", "We beleive you."]
RIGHT = ["They sold their house.", "I am definitely sure.", "We believe you."]


def sheet(rows):
    lines = [f"{number},Say it.,{row},grammar\r\n" for number, row in enumerate(rows, 1)]
    return "".join(["id,instruction,output,fail_mode\r\n", *lines]).encode()


@pytest.fixture
def fix(terminal):
    Path("data.csv").write_bytes(sheet(ROWS))
    return lambda *more, killed=None: terminal(
        "fix", "data.csv", "--interactive", *ONLY, *more, killed=killed
    )


def fixed():
    return Path("data.fixed.csv").read_bytes()


@pytest.mark.slow
def test_a_killed_terminal_costs_no_answer_and_the_gate_binds_the_record(fix):
    first = fix()
    first.until(ASKS)
    first.type("a\n")
    assert "Row 2 of 3" in first.until(ASKS)
    first.kill()
    assert first.end() == -signal.SIGKILL
    assert fixed() == sheet([RIGHT[0], *ROWS[1:]])

    second = fix()
    assert "Row 2 of 3" in second.until(ASKS)
    second.type("a\n")
    second.until(ASKS)
    second.type("a\n")
    second.until("All is answered: 3 answers in 3 rows")
    assert second.end() == 0
    assert fixed() == sheet(RIGHT)
    assert Path("data.csv").read_bytes() == sheet(ROWS)

    gate = [QUALITY, "gate", "data.fixed.csv", "--fix-record", "data.fixed.csv.fix.json"]
    done = subprocess.run(gate, capture_output=True, encoding="utf-8", check=False)
    assert "fix record" not in done.stdout
    record = lineage.read_gate_record(Path("data.fixed.csv.gate.json"))
    known = lineage.read_fix_record(Path("data.fixed.csv.fix.json"))
    assert record.inputs["fix_record"] == lineage.fix_record_sha256(known)
    assert record.inputs["unsafe_fixes"] is False
    assert known.interactive


@pytest.mark.slow
@pytest.mark.parametrize(
    ("killed", "saved", "noted"),
    [
        (("after", "quality.files", "replace"), ROWS, 0),  # the copy is there, the answer nowhere
        (("before", "quality.interactive.answers", "add"), [RIGHT[0], *ROWS[1:]], 0),
        (("after", "quality.interactive.answers", "add"), [RIGHT[0], *ROWS[1:]], 1),
        (("before", "quality.lineage", "write_fix_record"), [RIGHT[0], *ROWS[1:]], 1),
    ],
)
def test_a_kill_at_any_step_of_an_answer_leaves_a_whole_file_and_a_session_that_goes_on(
    fix, killed, saved, noted
):
    first = fix(killed=killed)
    first.until(ASKS)
    first.type("a\n")
    assert first.end() == -signal.SIGKILL
    assert fixed() == sheet(saved)
    assert len(answers.read(LOG).answers) == noted
    second = fix()
    for _ in (*ROWS, "the end"):
        if "All is answered" in second.until(ASKS, "All is answered"):
            break
        second.type("a\n")
    assert second.end() == 0
    assert fixed() == sheet(RIGHT)
    assert len(answers.read(LOG).answers) == noted + sum(
        was != right for was, right in zip(saved, RIGHT, strict=True)
    )


@pytest.mark.slow
def test_ctrl_c_and_a_closed_window_keep_every_answer(fix):
    first = fix()
    first.until(ASKS)
    first.type("s\n")
    first.until(ASKS)
    assert "every answer is saved in data.fixed.csv" in first.interrupt("goes on from there")
    assert first.end() == 130
    second = fix()
    assert "Row 2 of 3" in second.until(ASKS)
    second.type("e\n")
    second.until("new text: ")
    second.type("\x15certainly\n")
    assert "Row 3 of 3" in second.until(ASKS)
    second.hang_up()
    second.end()
    assert b"I am certainly sure." in fixed()
    log = answers.read(LOG)
    assert [one.reply for one in log.answers] == ["skip", "edit"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ((), "here is none"),
        (("--diff",), "--diff writes nothing"),
        (("--unsafe",), "--unsafe applies suggestions without a look"),
        (("-o", "/dev/null"), "is not a file that answers can be saved in"),
    ],
)
def test_without_a_terminal_or_with_options_that_contradict_it_ends_with_2(tmp_path, more, says):
    data = tmp_path / "data.csv"
    data.write_bytes(sheet(ROWS))
    command = [QUALITY, "fix", data, "--interactive", *more]
    done = subprocess.run(
        command, input="a\n", capture_output=True, encoding="utf-8", check=False, cwd=tmp_path
    )
    assert done.returncode == 2
    assert says in done.stderr
    assert "→" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv"]
