import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from finetune import run_folder
from finetune.run_folder import RunFolder
from quality.errors import ConfigError, HardwareError, ProofgateError
from tests.patience import until

HOLDER = """
import sys, time
from pathlib import Path
from finetune import run_folder
with run_folder.lock(run_folder.RunFolder(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path):
    return RunFolder(tmp_path / "runs/one")


@pytest.fixture
def holder(folder):
    """A process of its own that works in the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, folder.path], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_lock_names_this_process_and_is_gone_afterwards(folder):
    with run_folder.lock(folder):
        assert json.loads(folder.lock.read_bytes()) == {"pid": os.getpid(), "host": socket.gethostname()}
    assert list(folder.path.iterdir()) == []


def test_a_second_process_is_refused_and_told_which_one_works_there(folder, holder):
    with pytest.raises(ProofgateError, match=f"process {holder.pid}") as refused, run_folder.lock(folder):
        pass
    assert refused.value.exit_code == 2
    assert "--out" in refused.value.remedy
    assert holder.poll() is None
    assert json.loads(folder.lock.read_bytes())["pid"] == holder.pid


def test_the_lock_of_a_killed_process_is_taken_over_at_once(folder, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    assert folder.lock.exists()
    with run_folder.lock(folder):
        assert json.loads(folder.lock.read_bytes())["pid"] == os.getpid()


def test_a_living_process_of_the_same_number_is_not_mistaken_for_the_killed_one(folder):
    folder.path.mkdir(parents=True)
    folder.lock.write_text(json.dumps({"pid": 1, "host": socket.gethostname()}))
    with run_folder.lock(folder):
        pass


def test_a_lock_is_free_again_after_an_error(folder):
    with pytest.raises(KeyError), run_folder.lock(folder):
        raise KeyError
    with run_folder.lock(folder):
        pass


def elsewhere(folder, silent_s):
    folder.path.mkdir(parents=True)
    folder.lock.write_text(json.dumps({"pid": 7, "host": "another"}))
    seen = time.time() - silent_s
    os.utime(folder.lock, (seen, seen))


def test_a_run_on_another_machine_counts_while_its_heart_beats(folder):
    elsewhere(folder, 10)
    with pytest.raises(ProofgateError, match="process 7 on another") as refused, run_folder.lock(folder):
        pass
    assert "120 seconds" in refused.value.remedy


def test_a_machine_that_is_gone_blocks_nobody(folder):
    elsewhere(folder, run_folder.SILENCE_S + 60)
    with run_folder.lock(folder):
        pass


def test_the_heart_beats(folder, monkeypatch):
    monkeypatch.setattr(run_folder, "HEARTBEAT_S", 0.01)
    with run_folder.lock(folder):
        os.utime(folder.lock, (0, 0))
        until(lambda: folder.lock.stat().st_mtime > 0)


def test_a_half_written_lock_blocks_nobody(folder):
    folder.path.mkdir(parents=True)
    folder.lock.write_text('{"pid": 12')
    with run_folder.lock(folder):
        pass


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(HardwareError, match="cannot be written"),
        run_folder.lock(RunFolder(tmp_path / "file/x")),
    ):
        pass


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("lock",),
        ("gate.json", "staging/", ".settled.json.ab12.part"),
        ("settled.json", "checkpoints/", "notes of mine.txt"),
    ],
)
def test_an_empty_folder_and_a_run_s_own_can_be_claimed(folder, names):
    fill(folder, names)
    run_folder.claim(folder)


def test_claiming_makes_nothing(folder):
    run_folder.claim(folder)
    assert not folder.path.exists()


@pytest.mark.parametrize("name", ["thesis.docx", "checkpoints/", "run.json", "adapter/", ".hidden"])
def test_somebody_else_s_folder_is_refused(folder, name):
    fill(folder, (name,))
    with pytest.raises(ConfigError, match=name.strip("/")):
        run_folder.claim(folder)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="no folder"):
        run_folder.claim(RunFolder(tmp_path / "file"))


def fill(folder, names):
    folder.path.mkdir(parents=True)
    for name in names:
        path = folder.path / name
        path.mkdir() if name.endswith("/") else path.touch()
