"""The bar on a terminal of its own: whatever ends the work, the cursor is back."""

import os
import signal
import subprocess
import sys

import pytest

from quality import console, progress

pty = pytest.importorskip("pty", reason="needs a POSIX terminal")
HIDDEN, SHOWN = b"\x1b[?25l", b"\x1b[?25h"
CHECK_FOR_EVER = """
import signal
from quality import cli, run

def check(request, progress, note):
    progress(1, 100)
    while True:
        signal.pause()

run.check = check
cli.main()
"""
THREE_ROUNDS = """
from quality.progress import measuring
with measuring(kept=True) as bar:
    for done, total in [(1, 3), (2, 3), (3, 3), (0, 2), (1, 2), (2, 2), (1, 5), (2, 9), (3, 9)]:
        bar(done, total)
        bar._bar and bar._bar.refresh()  # drawn ten times a second otherwise, and not by every version at the end
"""


def on_a_terminal(*arguments, until=b"", **options):
    """What the process writes on its terminal, and its exit code; SIGINT once it has written `until`."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", *arguments], stdin=theirs, stdout=theirs, stderr=theirs, **options
    ) as child:
        os.close(theirs)
        said, sent = b"", not until
        while True:
            try:
                piece = os.read(ours, 65_536)
            except OSError:  # how Linux says that the other side is closed
                break
            if not piece:
                break
            said += piece
            if not sent and until in said:
                child.send_signal(signal.SIGINT)
                sent = True
        os.close(ours)
        return said, child.wait(timeout=60)


def test_after_ctrl_c_the_cursor_is_back_and_a_sentence_says_what_comes_of_it(tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("id,instruction,output,fail_mode\r\n1,Say hello.,Hello.,none\r\n")
    environment = {**os.environ, "TERM": "xterm-256color"}
    said, code = on_a_terminal(
        CHECK_FOR_EVER, "check", str(data), until=HIDDEN, env=environment, cwd=tmp_path
    )
    assert said.rindex(SHOWN) > said.rindex(HIDDEN)
    assert b"stopped; what was measured so far is kept, so run it again to go on" in said
    assert b"Traceback" not in said
    assert code == console.INTERRUPTED


def test_the_bar_follows_a_new_total_and_a_new_round():
    said, code = on_a_terminal(THREE_ROUNDS, env={**os.environ, "TERM": "xterm-256color"})
    assert code == 0, said
    assert said.count(HIDDEN) == 3
    assert said.count(SHOWN) >= 3
    assert said.rindex(SHOWN) > said.rindex(HIDDEN)
    assert b"3/9" in said


def test_without_a_terminal_nothing_is_drawn_and_ctrl_c_is_still_told(capsys):
    with pytest.raises(SystemExit) as ended, progress.measuring(kept=False) as bar:
        bar(1, 2)
        raise KeyboardInterrupt
    assert ended.value.code == 130
    assert capsys.readouterr().err == "stopped; nothing is kept\n"
