"""Streams that are closed, full or gone, and errors that nobody foresaw."""

import os
import subprocess
import sys

import pytest

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")


def run(body: str, redirect: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """A process that runs `body` as its command line, in a shell with those redirections."""
    code = "from quality import console\nfrom quality.errors import ProofgateError\n" + body
    return subprocess.run(
        ["/bin/sh", "-c", f'"$0" -c "$1" {redirect}', sys.executable, code],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )


BUG = "def app():\n    raise TypeError('a \\x1b[31m value')\nconsole.run(app)"
SPEAK = "def app():\n    console.say('a note')\n    console.emit('{}')\n    print('more')\nconsole.run(app)"


@posix
def test_a_bug_is_one_sentence_and_exit_code_2():
    done = run(BUG)
    assert done.returncode == 2
    assert "this is a bug of proofgate: TypeError: a ␛[31m value; please report it" in done.stderr
    assert "Traceback" not in done.stderr
    shown = run(BUG, PROOFGATE_DEBUG="1")
    assert shown.returncode == 2
    assert "Traceback" in shown.stderr


@posix
@pytest.mark.parametrize(
    ("missing", "says"),
    [
        (
            "lms_of_nobody.api",
            'the library lms_of_nobody is not installed\n  → pip install "proofgate[grading]"',
        ),
        ("quality.nothing", "this is a bug of proofgate: ModuleNotFoundError"),
    ],
)
def test_a_missing_library_names_its_extra_and_a_missing_module_of_ours_is_a_bug(missing, says):
    done = run(f"def app():\n    import {missing}\nconsole.run(app, extra='grading')")
    assert done.returncode == 2
    assert says in done.stderr


@posix
def test_ctrl_c_anywhere_ends_with_130():
    done = run("def app():\n    raise KeyboardInterrupt\nconsole.run(app)")
    assert (done.returncode, done.stderr) == (130, "stopped\n")


@posix
def test_too_little_memory_is_no_bug():
    done = run("def app():\n    raise MemoryError\nconsole.run(app)")
    assert done.returncode == 2
    assert "memory" in done.stderr
    assert "bug" not in done.stderr


@posix
def test_a_closed_stderr_leaves_stdout_to_the_data():
    done = run(SPEAK, "2>&-")
    assert (done.returncode, done.stdout, done.stderr) == (0, "{}more\n", "")


@posix
@pytest.mark.parametrize("redirect", [">&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_closed_stdout_is_no_error(redirect):
    done = run(SPEAK, redirect)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Traceback" not in done.stderr


@posix
def test_a_file_opened_after_a_closed_stream_does_not_get_what_is_meant_for_it(tmp_path):
    target = tmp_path / "out.txt"
    body = (
        f"def app():\n    with open({str(target)!r}, 'w') as f:\n"
        "        console.say('note')\n        f.write('data')\nconsole.run(app)"
    )
    assert run(body, ">&- 2>&-").returncode == 0
    assert target.read_text() == "data"


@posix
@full
@pytest.mark.parametrize("body", [SPEAK, "def app():\n    print('x', flush=True)\nconsole.run(app)"])
def test_a_full_disk_is_said_and_ends_with_2(body):
    done = run(body, ">/dev/full")
    assert done.returncode == 2
    assert "cannot write to stdout: No space left on device" in done.stderr
    assert "bug" not in done.stderr


@posix
@full
def test_a_note_that_cannot_be_written_stops_nothing():
    done = run(SPEAK, "2>/dev/full")
    assert (done.returncode, done.stdout) == (0, "{}more\n")


@posix
def test_a_reader_that_has_seen_enough_leaves_the_exit_code_alone():
    body = (
        "import os, sys\ndef app():\n    read, write = os.pipe()\n    os.close(read)\n"
        "    os.dup2(write, 1)\n    console.emit('x' * 100_000)\n    sys.exit(1)\nconsole.run(app)"
    )
    done = run(body)
    assert (done.returncode, done.stderr) == (1, "")
