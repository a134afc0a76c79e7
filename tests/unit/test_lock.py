"""One process at a time: beside a living one, after a killed one, and between machines."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from quality import lock
from quality.errors import HardwareError, ProofgateError
from tests.patience import until

fcntl = pytest.importorskip("fcntl")

HOLDER = """
import sys, time
from pathlib import Path
from quality import lock
path = Path(sys.argv[1])
with lock.held(path, where=path, taken="another works here", option="-o"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lock"


def held(path):
    return lock.held(path, where=path.parent, taken="another works here", option="-o")


@pytest.fixture
def holder(path):
    """A process of its own that has the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, path], stdout=subprocess.PIPE, encoding="utf-8")
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_it_names_this_process_and_is_gone_afterwards(path):
    with held(path):
        assert json.loads(path.read_bytes()) == {"pid": os.getpid(), "host": socket.gethostname()}
    assert not path.exists()


def test_a_second_process_is_refused_and_told_which_one_works_there(path, holder):
    with (
        pytest.raises(ProofgateError, match=f"another works here: process {holder.pid}\n") as refused,
        held(path),
    ):
        pass
    assert refused.value.exit_code == 2
    assert "-o" in refused.value.remedy
    assert holder.poll() is None
    assert json.loads(path.read_bytes())["pid"] == holder.pid


def test_the_lock_of_a_killed_process_is_taken_over_at_once(path, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    assert path.exists()
    with held(path):
        assert json.loads(path.read_bytes())["pid"] == os.getpid()


def test_a_living_process_of_the_same_number_is_not_mistaken_for_the_killed_one(path):
    path.write_text(json.dumps({"pid": 1, "host": socket.gethostname()}))
    with held(path):
        pass


def test_it_is_free_again_after_an_error(path):
    with pytest.raises(KeyError), held(path):
        raise KeyError
    with held(path):
        pass


def test_a_file_that_its_holder_has_just_taken_away_is_no_lock(path, monkeypatch):
    """Who opened the file before it was deleted and locks it afterwards would keep nobody out."""
    real, opened = fcntl.flock, []

    def ended_meanwhile(handle, how):
        if not opened:
            path.unlink()
        opened.append(handle)
        real(handle, how)

    monkeypatch.setattr(fcntl, "flock", ended_meanwhile)
    with held(path):
        assert len(opened) == 2
        assert path.exists()
        with pytest.raises(ProofgateError, match="another works here"), held(path):
            pass


def elsewhere(path, silent_s):
    path.write_text(json.dumps({"pid": 7, "host": "another"}))
    seen = time.time() - silent_s
    os.utime(path, (seen, seen))


def test_a_holder_on_another_machine_counts_while_its_heart_beats(path):
    elsewhere(path, 10)
    with pytest.raises(ProofgateError, match="process 7 on another") as refused, held(path):
        pass
    assert "120 seconds" in refused.value.remedy


def test_a_machine_that_is_gone_blocks_nobody(path):
    elsewhere(path, lock.SILENCE_S + 60)
    with held(path):
        pass


def test_the_heart_beats(path, monkeypatch):
    monkeypatch.setattr(lock, "HEARTBEAT_S", 0.01)
    with held(path):
        os.utime(path, (0, 0))
        until(lambda: path.stat().st_mtime > 0)


def test_a_half_written_lock_blocks_nobody(path):
    path.write_text('{"pid": 12')
    with held(path):
        pass


def test_a_place_that_takes_no_file_is_a_sentence(tmp_path):
    with pytest.raises(HardwareError, match="cannot be written") as refused, held(tmp_path / "no" / "lock"):
        pass
    assert "-o" in refused.value.remedy
