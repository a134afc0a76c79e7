"""LanguageTool for real: its own server, started, watched, killed."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quality.engines import Unreadable, languagetool
from quality.engines.languagetool import places
from tests.command import QUALITY

pytestmark = pytest.mark.languagetool

PAUSE_S = 0.05
PATIENCE_S = 90
SENTENCES = (
    "The teacher asked the pupils to write about the river that runs through their town.",
    "A good bicycle needs oil, air in its tyres, and a rider who looks after it.",
    "He have three cats, and each of them sleep on the sofa.",
    "They has planned the journey for months, so nothing can go wrong now.",
)


@pytest.fixture(scope="module", autouse=True)
def _own_server_ends():
    yield
    languagetool.stop()


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PROOFGATE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, outputs) -> Path:
    with path.open("w", newline="", encoding="utf-8", errors="surrogatepass") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "instruction", "output", "fail_mode"])
        rows.writerows([f"r{n}", f"Tell me about topic {n}.", text, "none"] for n, text in enumerate(outputs))
    return path


def started(data: Path, *options: str, **environment: str) -> subprocess.Popen[str]:
    command = [
        QUALITY,
        "check",
        data,
        "--select",
        "GRM",
        "--engine",
        "languagetool",
        "--output-format",
        "json",
    ]
    return subprocess.Popen(
        [*map(str, command), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **environment},
    )


def report_of(run: subprocess.Popen[str]) -> dict:
    out, err = run.communicate(timeout=300)
    assert run.returncode in (0, 1), err
    report = json.loads(out)
    for outcome in report["outcomes"]:
        outcome["seconds"] = 0
    return report


def checked(data: Path, *options: str, **environment: str) -> dict:
    return report_of(started(data, *options, **environment))


def servers_of(run: subprocess.Popen[str]) -> list:
    import psutil

    found = []
    try:
        for process in psutil.Process(run.pid).children(recursive=True):
            if process.name() == "java" and "org.languagetool.server.HTTPServer" in process.cmdline():
                found.append(process)
    except psutil.NoSuchProcess:
        pass
    return found


def server_of(run: subprocess.Popen[str], besides: int = 0):
    """The run's server once it answers its workers."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        for server in servers_of(run):
            if server.pid != besides and any(
                c.status == "ESTABLISHED" for c in server.net_connections("tcp")
            ):
                return server
        assert run.poll() is None, run.communicate()
        time.sleep(PAUSE_S)
    raise AssertionError("no server")


def essays(count: int) -> list[str]:
    """Texts of some length, no two alike."""
    return [
        "\n\n".join(f"Part {n}.{part}. {SENTENCES[(n + part) % len(SENTENCES)]}" for part in range(12))
        for n in range(count)
    ]


def test_each_output_is_read_in_its_own_language_at_its_own_place(home):
    data = write(
        home / "data.csv",
        [
            "😀😀 He have a bear 🐻, and it is \ud83d a good one.".encode("utf-16", "surrogatepass").decode(
                "utf-16", "replace"
            ),
            "Los niños comieron mucho pan con queso en el jardin de la casa de sus abuelos.",
            "Suomen kieli on kaunis ja monimutkainen kieli, jota puhutaan pääasiassa Suomessa ja Ruotsissa.",
            "The river runs through the town and under two bridges of stone.",
        ],
    )
    report = checked(data)
    words = {
        (f["row_id"], report_text(data, f["row_id"])[f["start"] : f["end"]], f["code"])
        for f in report["findings"]
    }
    assert words == {("r0", "have", "GRM003"), ("r1", "jardin", "GRM001")}
    assert all(f["detail"]["engine"] == "languagetool" for f in report["findings"])
    detail = next(o["detail"] for o in report["outcomes"] if o["code"] == "GRM001")
    assert "Finnish, which no engine at hand reads" in detail
    assert [row["criteria"]["grammar"] is None for row in report["rows"]] == [False, False, True, False]


def report_text(data: Path, row_id: str) -> str:
    with data.open(newline="", encoding="utf-8") as file:
        return next(row["output"] for row in csv.DictReader(file) if row["id"] == row_id)


def test_a_warm_run_starts_no_server(home):
    """The second run finds an installation whose server could not start."""
    here = places.find()
    copy = home / "jars" / here.folder.name
    copy.mkdir(parents=True)
    for entry in here.folder.iterdir():
        (copy / entry.name).symlink_to(entry)
    data = write(home / "data.csv", SENTENCES)
    cold = checked(data, LTP_PATH=str(copy.parent))
    (copy / places.SERVER_JAR).unlink()
    (copy / places.SERVER_JAR).write_bytes(b"no jar")
    warm = checked(data, LTP_PATH=str(copy.parent))
    assert (warm["rows"], warm["findings"]) == (cold["rows"], cold["findings"])
    broken = started(data, "--no-cache", LTP_PATH=str(copy.parent))
    _, said = broken.communicate(timeout=300)
    assert broken.returncode == 2
    assert "the server does not start" in said


def test_the_server_is_restarted_after_a_crash_and_no_row_is_lost(home):
    data = write(home / "data.csv", essays(60))
    undisturbed = checked(data, "--no-cache")
    run = started(data, "--no-cache")
    first = server_of(run)
    first.kill()
    second = server_of(run, besides=first.pid)
    assert second.pid != first.pid
    disturbed = report_of(run)
    for part in ("rows", "findings", "outcomes"):
        assert disturbed[part] == undisturbed[part]
    assert len(undisturbed["findings"]) >= 60


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_the_server_dies_with_a_killed_run_and_leaves_no_file(home):
    import psutil

    run = started(write(home / "data.csv", essays(60)), "--no-cache")
    server = server_of(run)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    psutil.wait_procs([server], timeout=20)
    assert not server.is_running()
    end = time.monotonic() + 20
    while list((home / "tmp").iterdir()) and time.monotonic() < end:
        time.sleep(PAUSE_S)
    assert not list((home / "tmp").iterdir())


def test_two_runs_at_once_have_a_server_each_and_leave_no_file(home):
    runs = [
        started(
            write(home / f"data{n}.csv", essays(30 + n)), "--no-cache", PROOFGATE_CACHE=str(home / f"{n}")
        )
        for n in range(2)
    ]
    servers = {server_of(run).pid for run in runs}
    assert len(servers) == 2
    for n, run in enumerate(runs):
        assert len(report_of(run)["rows"]) == 30 + n
    assert not list((home / "tmp").iterdir())


def test_it_listens_on_this_machine_alone(home):
    import psutil

    languagetool.address()
    pid = int(languagetool.address().partition("#")[2].partition("@")[0])
    listening = [
        c.laddr.ip for c in psutil.Process(pid).net_connections("tcp") if c.status == psutil.CONN_LISTEN
    ]
    assert listening == ["127.0.0.1"]


HOSTILE = (
    "word " * 40_000,
    "(" * 40_000,
    "a" * 200_000,
    "He have it. " + "😀" * 40_000,
    "1,2;" * 50_000,
    "A.B.C." * 30_000,
    "\u0301" * 50_000,
    "He have it. " * 15_000,
)


def test_hostile_cells_are_read_or_unmeasured_and_cost_the_others_nothing(home):
    report = checked(write(home / "data.csv", [*HOSTILE, "He have it."]))
    assert len(report["rows"]) == len(HOSTILE) + 1
    errors = [f for f in report["findings"] if f["row_id"] == f"r{len(HOSTILE)}"]
    assert [f["detail"]["rule"] for f in errors] == ["HE_VERB_AGR"]
    detail = next(o["detail"] for o in report["outcomes"] if o["code"] == "GRM003")
    assert "characters without a space" in detail


@pytest.mark.parametrize("text", ["(" * 3_000, "\ud800" * 3_000, "\0" * 3_000, "[]" * 3_000, "a.b" * 1_000])
def test_the_server_bears_what_the_limits_let_through(text):
    start = time.monotonic()
    try:
        matches = languagetool.check(text)
    except Unreadable as refused:
        assert refused.passing
    else:
        assert all(0 <= match.start <= match.end <= len(text) for match in matches)
    assert time.monotonic() - start < 120
    assert [match.rule for match in languagetool.check("He have it.")] == ["HE_VERB_AGR"]


def test_an_own_server_that_was_killed_is_started_again():
    import psutil

    before = languagetool.address()
    psutil.Process(int(before.partition("#")[2].partition("@")[0])).kill()
    assert [match.rule for match in languagetool.check("He have it.")] == ["HE_VERB_AGR"]
    assert languagetool.address() != before


def test_a_server_that_the_user_names_is_asked_and_left_running(home):
    url, _, _ = languagetool.address().partition("#")
    data = write(home / "data.csv", SENTENCES)
    run = started(data, "--engine-url", url)
    assert report_of(run)["findings"] == checked(data)["findings"]
    assert not shutil.which("java") or languagetool.version(url).startswith("LanguageTool 6")
    languagetool.check("He have it.")
