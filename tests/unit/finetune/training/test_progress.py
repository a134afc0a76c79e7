"""What is seen of a training: a bar on a terminal, which is taken away; lines elsewhere."""

import contextlib
import os
import sys
from collections import deque

import pytest

from finetune.progress import duration
from finetune.training.loss_log import StepLog
from finetune.training.progress import line, training

LOGS = [StepLog(step, 2.0, 2e-4, 400, 2.0) for step in range(1, 6)]


def test_a_line_says_how_far_how_well_how_fast_and_how_long():
    recent = deque([StepLog(29, 1.0, 2e-4, 300, 2.0), StepLog(30, 2.0, 2e-4, 900, 4.0)])
    assert line(recent, 188) == "step 30 of 188 · loss 1.750 (mean of 2) · 200 tokens/s · 8 min left"


def test_steps_that_took_no_time_have_no_rate():
    assert line(deque([StepLog(1, 1.0, 2e-4, 300, 0.0)]), 2) == "step 1 of 2 · loss 1.000 · 0 s left"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (89.4, "89 s"), (90, "2 min"), (5369, "89 min"), (5400, "1 h 30 min"), (7261, "2 h 01 min")],
)
def test_durations_in_words(seconds, words):
    assert duration(seconds) == words


def test_off_a_terminal_the_first_and_the_last_step_have_a_line(capsys):
    with training(5) as show:
        for log in LOGS:
            show(log)
    out, err = capsys.readouterr()
    assert out == ""
    assert [said.split(" · ")[0] for said in err.splitlines()] == ["step 1 of 5", "step 5 of 5"]
    assert err.splitlines()[-1].endswith("200 tokens/s · 0 s left")


def test_off_a_terminal_lines_come_as_often_as_asked(capsys):
    with training(5, every_s=0) as show:
        for log in LOGS[:3]:
            show(log)
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_on_a_terminal_the_bar_goes_however_the_training_ends(monkeypatch):
    pty = pytest.importorskip("pty", reason="needs a POSIX terminal")
    ours, theirs = pty.openpty()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with pytest.raises(KeyboardInterrupt), training(5) as show:
            show(LOGS[0])
            show(LOGS[1])
            raise KeyboardInterrupt
    said = everything(ours)
    assert "step 1 of 5" in said
    assert said.rstrip().endswith("step 2 of 5 · loss 2.000 (mean of 2) · 200 tokens/s · 6 s left"), (
        "the last line stays"
    )
    assert said.rindex("\x1b[?25l") < said.rindex("\x1b[?25h"), "and the cursor is back"


def everything(ours):
    """What was written to the other side of the terminal, which is closed."""
    said = b""
    with (
        os.fdopen(ours, "rb", buffering=0) as stream,
        contextlib.suppress(OSError),
    ):  # how Linux says it is closed
        while piece := stream.read(65_536):
            said += piece
    return said.decode()


def test_a_training_without_steps_shows_nothing(capsys):
    with training(0):
        pass
    assert capsys.readouterr() == ("", "")
