"""Worker processes that die, that print, that answer nonsense: each costs its own group alone."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from grading.model import HandIn, Level, Role, Trouble
from grading.running import messages, pool
from quality.errors import ConfigError, HardwareError

ECHO = """
import json, os, sys
first = json.loads(sys.stdin.readline())
print(json.dumps("course"), flush=True)
for line in sys.stdin:
    job = json.loads(line)
    if job["group"] == "g002":
        os._exit(9)
    if job["group"] == "g003":
        os.kill(os.getpid(), 9)
    print(json.dumps({"answers": {"group": job["group"], "untouched": first["untouched"]}}), flush=True)
"""


@pytest.fixture
def bench(tmp_path):
    course = SimpleNamespace(folder=tmp_path, decisions=None)
    return SimpleNamespace(inputs=SimpleNamespace(course=course), untouched={"r1": 80.0}, base=None)


def hand_ins(count):
    return [HandIn(f"g{n:03d}", "0" * 64, None, {}) for n in range(1, count + 1)]


@pytest.fixture(autouse=True)
def _echo(monkeypatch):
    monkeypatch.setattr(pool, "COMMAND", (sys.executable, "-c", ECHO))


def test_a_worker_that_dies_costs_its_group_alone(bench):
    found = dict(pool.scored(hand_ins(6), bench, "course", 2))
    assert set(found) == {f"g00{n}" for n in range(1, 7)}
    assert "exit code 9" in found["g002"]["failures"]["all"]
    assert "signal 9" in found["g003"]["failures"]["all"]
    assert found["g004"] == {"answers": {"group": "g004", "untouched": {"r1": 80.0}}}


@pytest.mark.parametrize("command", [(sys.executable, "-c", "raise SystemExit(3)"), ("/nonexistent/python",)])
def test_where_no_worker_starts_no_group_is_at_fault(bench, monkeypatch, command):
    monkeypatch.setattr(pool, "COMMAND", command)
    with pytest.raises(HardwareError, match="no worker process starts"):
        list(pool.scored(hand_ins(4), bench, "course", 2))


def test_one_worker_that_does_not_start_leaves_its_work_to_the_others(bench, monkeypatch, tmp_path):
    only_once = f"""
from pathlib import Path
taken, failed = Path({str(tmp_path / "taken")!r}), Path({str(tmp_path / "failed")!r})
if taken.exists() and not failed.exists():
    failed.touch()
    raise SystemExit(3)
taken.touch()
{ECHO}"""
    monkeypatch.setattr(pool, "COMMAND", (sys.executable, "-c", only_once))
    found = dict(pool.scored([one for one in hand_ins(6) if one.group not in DYING], bench, "course", 2))
    assert set(found) == {"g001", "g004", "g005", "g006"}
    assert not any("failures" in one for one in found.values())


def test_a_course_that_is_another_one_for_its_workers_is_not_graded(bench):
    with pytest.raises(ConfigError, match="changed while"):
        list(pool.scored(hand_ins(4), bench, "another course", 2))


DYING = ("g002", "g003")
HANGS = """
import json, sys, time
sys.stdin.readline()
print(json.dumps("course"), flush=True)
for line in sys.stdin:
    if json.loads(line)["group"] != "g001":
        time.sleep(600)
    print("{}", flush=True)
"""


def test_closing_it_ends_the_workers(bench, monkeypatch):
    started = []

    def recorded(*arguments, **options):
        started.append(popen(*arguments, **options))
        return started[-1]

    popen = pool.subprocess.Popen
    monkeypatch.setattr(pool, "COMMAND", (sys.executable, "-c", HANGS))
    monkeypatch.setattr(pool.subprocess, "Popen", recorded)
    results = pool.scored(hand_ins(4), bench, "course", 2)
    assert next(results) == ("g001", {})
    results.close()
    assert len(started) == 2
    assert all(child.wait(timeout=20) != 0 for child in started)


def test_a_hand_in_survives_the_way_to_the_worker():
    one = HandIn(
        "g001",
        "a" * 64,
        datetime(2026, 12, 1, tzinfo=UTC),
        {Role.DATA: Path("/x/ü.csv")},
        (Trouble("files.name", Level.NOTE, "is called “x”", "x", "mend"),),
    )
    assert messages.to_hand_in(messages.from_hand_in(one)) == one


def test_one_job_works_in_this_process(bench, monkeypatch):
    monkeypatch.setattr(pool, "documents", lambda job, bench: {"answers": job["group"]})
    monkeypatch.setattr(pool, "COMMAND", ("/nonexistent",))
    assert dict(pool.scored(hand_ins(2), bench, "course", 1)) == {
        "g001": {"answers": "g001"},
        "g002": {"answers": "g002"},
    }
