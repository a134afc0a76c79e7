"""`quality check --watch` at a real terminal and in a pipe: saved, replaced, half written, gone, back."""

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.command import QUALITY
from tests.patience import at_last

WAITS = "Ctrl-C ends"
ONLY = ("--select", "GRM001,CSV")
HEADER = "id,instruction,output,fail_mode\r\n"
GOOD = f"{HEADER}r0001,Say it.,They sold their house.,none\r\nr0002,Say it.,We hope so.,none\r\n"
BAD = GOOD.replace("their", "thier")


def write(name, text):
    Path(name).write_bytes(text.encode())


@pytest.mark.slow
def test_every_save_is_checked_and_what_changed_is_told_in_one_line(terminal):
    write("data.csv", BAD)
    watch = terminal("check", "data.csv", "--watch", *ONLY)
    shown = watch.until(WAITS)
    assert shown.count("\x1b[2J") == 1
    assert "GRM001" in shown

    write("data.csv", BAD.replace("hope", "beleive"))
    assert "Since the last run: 1 new finding: GRM001 in r0002." in watch.until(WAITS)

    write("saved.tmp", GOOD.replace("We", "Wee beleive"))
    os.replace("saved.tmp", "data.csv")
    assert "Since the last run: 1 finding gone" in watch.until(WAITS)

    write("data.csv", GOOD[:-20] + '"')
    assert "error: data.csv:3: " in watch.until(WAITS)
    os.unlink("data.csv")
    assert "error: data.csv: no such file" in watch.until(WAITS)
    write("data.csv", GOOD)
    assert "gone" in watch.until(WAITS)
    watch.type("\x03")
    assert watch.end() == 0


@pytest.mark.slow
def test_the_guide_the_settings_and_the_sheet_are_watched_too(terminal):
    write("data.csv", GOOD)
    write("sheet.csv", GOOD)
    write("mine.toml", 'title = "Mine"\n')
    watch = terminal("check", "data.csv", "--watch", "--guide", "mine.toml", "--original", "sheet.csv", *ONLY)
    watch.until(WAITS)
    write("mine.toml", 'title = "Mine"\n[rulez]\n')
    assert "rulez" in watch.until(WAITS)
    write("mine.toml", 'title = "Mine"\n')
    watch.until(WAITS)
    write("sheet.csv", GOOD.replace("We hope so.", '"We'))
    assert "error: sheet.csv" in watch.until(WAITS)
    watch.type("\x03")
    assert watch.end() == 2


@pytest.mark.slow
def test_in_a_pipe_a_line_with_the_time_parts_the_reports(tmp_path):
    data = tmp_path / "data.csv"
    data.write_text(BAD)
    command = [QUALITY, "check", data, "--watch", *ONLY]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as watch,
        at_last(watch.kill),
    ):
        assert any(WAITS in line for line in iter(watch.stderr.readline, ""))
        watch.send_signal(signal.SIGINT)
        said, _ = watch.communicate()
    assert re.match(r"── \d\d:\d\d:\d\d data.csv ──\n", said)
    assert "\x1b" not in said
    assert watch.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("data.csv", "--watch", "--output-format", "json"), "--watch shows the text report"),
        (("data.csv", "--watch", "-o", "report.txt"), "--watch shows the text report"),
        (("no.csv", "--watch"), "no such file to watch"),
        (("data.csv", "--watch", "--reason", "known"), "only with --update-baseline"),
    ],
)
def test_what_cannot_be_watched_ends_with_2(tmp_path, arguments, says):
    (tmp_path / "data.csv").write_text(GOOD)
    done = subprocess.run(
        [QUALITY, "check", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
        timeout=60,
    )
    assert done.returncode == 2
    assert says in done.stderr
    assert "→" in done.stderr
    assert not done.stdout
