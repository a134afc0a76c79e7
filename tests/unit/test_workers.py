"""Workers that hang, die, raise, print and swell: each costs its own text alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quality.errors import EngineUnavailable
from quality.workers.pool import CHUNK_CHARACTERS, CHUNK_JOBS, CHUNKS_AHEAD, Job, Result, keeping, measure
from quality.workers.worker import decode, encode
from tests.patience import until

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "misbehaving_checks"
NEVER = 3600
Define = Callable[[str, str], str]


@pytest.fixture
def define(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Define:
    """Writes a family's module whose `measure(text)` has the given body; its name comes back."""
    package = tmp_path / "path" / PACKAGE
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(package.parent))

    def write(family: str, body: str) -> str:
        (package / f"{family}.py").write_text(
            "import os, sys, time, types\n"
            f"def measure(text):\n{indent(dedent(body), '    ')}\n"
            "CHECK = types.SimpleNamespace(measure=measure)\n"
        )
        return family

    return write


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """No worker process and no thread outlives a run."""
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def run(
    jobs: list[Job], *, workers: int = 2, timeout_s: float = NEVER, retry_s: float = NEVER
) -> list[Result]:
    results = measure(jobs, workers=workers, timeout_s=timeout_s, retry_timeout_s=retry_s, package=PACKAGE)
    return sorted(results, key=lambda r: (r.key, r.family))


def jobs_of(texts: list[str], *families: str) -> list[Job]:
    return [Job(n, text, families) for n, text in enumerate(texts)]


def test_each_job_and_family_has_one_result(define: Define) -> None:
    families = define("length", "return {'n': len(text)}"), define("words", "return {'words': text.split()}")
    texts = [f"text {'x' * (n * 40)}" for n in range(300)]
    results = run(jobs_of(texts, *families))
    assert [(r.key, r.family) for r in results] == [(n, f) for n in range(300) for f in families]
    assert {r.status for r in results} == {"measured"}
    assert all(r.detail == "" and r.seconds >= 0 for r in results)
    assert [r.measures for r in results if r.family == "length"] == [{"n": len(t)} for t in texts]


def test_results_do_not_depend_on_the_number_of_workers(define: Define) -> None:
    define("length", "return {'n': len(text), 'float': len(text) / 7}")
    jobs = jobs_of(["x" * n for n in range(200)], "length")
    one, three = run(jobs, workers=1), run(jobs, workers=3)
    assert [(r.key, r.measures) for r in one] == [(r.key, r.measures) for r in three]


def pids(texts: list[str], workers: int = 1, timeout_s: float = NEVER) -> set[int]:
    results = run(jobs_of(texts, "pid"), workers=workers, timeout_s=timeout_s)
    return {r.measures["pid"] for r in results if r.measures}


def test_inside_keeping_one_worker_serves_the_next_measure_too(define: Define) -> None:
    define("pid", "return {'pid': os.getpid()}")
    with keeping():
        first = pids(["x" * CHUNK_CHARACTERS] * 8, workers=3)
        (again,) = pids(["y"])
        assert again in first
        assert pids(["z"]) == {again}
        assert again not in pids(["z"], timeout_s=NEVER - 1)  # made for another limit
        assert _gone(again)
    assert not pids(["z"]) & {again}


def test_a_kept_worker_that_died_is_replaced(define: Define) -> None:
    define("pid", "return {'pid': os.getpid()}")
    with keeping():
        (pid,) = pids(["x"])
        os.kill(pid, signal.SIGKILL)
        assert len(pids(["y"]) - {pid}) == 1


def test_a_measure_that_is_broken_off_keeps_no_worker(define: Define) -> None:
    define("hang", "time.sleep(3600) if text == 'hang' else None\nreturn {}")
    with keeping():
        results = measure(
            jobs_of(["quick", "hang"], "hang"),
            workers=1,
            timeout_s=NEVER,
            retry_timeout_s=NEVER,
            package=PACKAGE,
        )
        assert next(results).key == 0
        results.close()
        nobody = threading.enumerate()
        assert not any(thread.name == "quality-worker" for thread in nobody)
        assert [r.key for r in run(jobs_of(["quick"], "hang"))] == [0]


def test_no_jobs_start_no_process(define: Define, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert run([]) == []
    assert run([Job(1, "text", ())]) == []


def test_a_text_that_hangs_times_out_alone(define: Define) -> None:
    slow = define("slow", f"if text == 'hang': time.sleep({NEVER})\nreturn {{'n': len(text)}}")
    quick = define("quick", "return {'n': len(text)}")
    texts = ["a", "b", "hang", "d", "e", "f"]
    results = run(jobs_of(texts, quick, slow), timeout_s=1, retry_s=1)
    failed = [r for r in results if r.status != "measured"]
    assert [(r.key, r.family, r.status, r.measures) for r in failed] == [(2, "slow", "timed_out", None)]
    assert failed[0].detail == "no answer within 1 s, twice tried"
    assert len(results) == 12


def test_a_slow_text_gets_a_second_generous_chance(define: Define, tmp_path: Path) -> None:
    mark = tmp_path / "seen"
    define(
        "first",
        f"""
        if os.path.exists({str(mark)!r}):
            return {{}}
        open({str(mark)!r}, "w").close()
        time.sleep({NEVER})
        """,
    )
    assert [r.status for r in run(jobs_of(["a"], "first"), timeout_s=1)] == ["measured"]


@pytest.mark.parametrize(
    ("death", "detail"),
    [
        ("os._exit(5)", "the worker ended with exit code 5, twice tried"),
        ("os.kill(os.getpid(), 11)", "the worker was killed by SIGSEGV, twice tried"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_text_that_kills_its_worker_crashes_alone(define: Define, death: str, detail: str) -> None:
    define("fatal", f"if text == 'die': {death}\nreturn {{'n': len(text)}}")
    define("calm", "return {}")
    results = run(jobs_of(["a", "die", "c", "d", "die"], "calm", "fatal"))
    failed = [r for r in results if r.status != "measured"]
    assert [(r.key, r.family, r.status) for r in failed] == [(1, "fatal", "crashed"), (4, "fatal", "crashed")]
    assert {r.detail for r in failed} == {detail}


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ("raise KeyError('no such word')", "KeyError: 'no such word'"),
        ("sys.exit('enough')", "SystemExit: enough"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt: "),
        ("raise MemoryError", "MemoryError: "),
        ("return measure(text)", "RecursionError: maximum recursion depth exceeded"),
        ("return {'share': float('nan')}", "ValueError: Out of range float values are not JSON compliant"),
        ("return {'words': {1, 2}}", "TypeError: Object of type set is not JSON serializable"),
        ("return None", "TypeError: measure returned NoneType, not dict"),
        ("return {'text': 'x' * (17 << 20)}", "ValueError: measures of 17,8"),
        ("raise ValueError('x' * 10_000)", "ValueError: xxxxxxxxx"),
    ],
)
def test_a_family_that_raises_crashes_alone(define: Define, body: str, detail: str) -> None:
    define("bad", body)
    define("good", "return {}")
    bad, good, *_ = run(jobs_of(["a", "b"], "bad", "good"))
    assert (bad.status, good.status) == ("crashed", "measured")
    assert bad.detail.startswith(detail) and len(bad.detail) <= 300


@pytest.mark.skipif(sys.platform != "linux", reason="address space limits")
def test_a_memory_bomb_crashes_alone(define: Define) -> None:
    define("hog", "x = bytearray(8 << 30) if text == 'bomb' else b''\nreturn {'n': len(x)}")
    jobs = jobs_of(["a", "bomb", "c"], "hog")
    results = measure(jobs, workers=1, timeout_s=NEVER, retry_timeout_s=NEVER, package=PACKAGE, limit_mb=1024)
    assert {r.key: (r.status, r.detail) for r in results} == {
        0: ("measured", ""),
        1: ("crashed", "MemoryError: "),
        2: ("measured", ""),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="address space limits")
def test_a_text_too_big_for_the_worker_crashes_alone(define: Define) -> None:
    define("length", "return {'n': len(text)}")
    jobs = jobs_of(["a", "x" * (120 << 20), "c"], "length")
    results = measure(jobs, workers=1, timeout_s=NEVER, retry_timeout_s=NEVER, package=PACKAGE, limit_mb=256)
    assert {r.key: r.status for r in results} == {0: "measured", 1: "crashed", 2: "measured"}


def test_what_engines_print_read_or_warn_corrupts_nothing(define: Define) -> None:
    define(
        "noisy",
        """
        import subprocess, warnings
        print("[]"); print("\\ud800", flush=True)
        sys.stdout.write("no line end")
        os.write(1, b"[[{}, '', 0]]\\n" * 10_000)
        sys.stderr.write("x" * 500_000)
        warnings.warn("deprecated")
        subprocess.run([sys.executable, "-c", "print('from a grandchild')"])
        return {"read": sys.stdin.read()}
        """,
    )
    assert [r.measures for r in run(jobs_of(["a", "b", "c"], "noisy"))] == [{"read": ""}] * 3


def test_a_family_that_cannot_be_imported_is_one_clear_error(define: Define) -> None:
    define("fine", "return {}")
    with pytest.raises(EngineUnavailable, match=f"No module named '{PACKAGE}.missing'"):
        run(jobs_of(["a"] * 500, "fine", "missing"))


def test_a_worker_that_dies_at_import_is_one_clear_error(define: Define, tmp_path: Path) -> None:
    (tmp_path / "path" / PACKAGE / "deadly.py").write_text(
        "import os, sys\nsys.stderr.write('no licence\\n')\nos._exit(9)"
    )
    with pytest.raises(EngineUnavailable, match=r"deadly: .*exit code 9: no licence"):
        run(jobs_of(["a"], "deadly"))


@pytest.mark.parametrize("executable", ["", "/nowhere/python"])
def test_no_interpreter_is_one_clear_error(
    define: Define, monkeypatch: pytest.MonkeyPatch, executable: str
) -> None:
    define("fine", "return {}")
    monkeypatch.setattr(sys, "executable", executable)
    with pytest.raises(EngineUnavailable):
        run(jobs_of(["a"], "fine"))


def test_an_error_of_the_jobs_ends_the_workers(define: Define) -> None:
    define("fine", "return {}")

    def jobs() -> Iterator[Job]:
        yield from jobs_of(["x" * CHUNK_CHARACTERS] * 4, "fine")
        raise OSError("the table is gone")

    with pytest.raises(OSError, match="gone"):
        list(measure(jobs(), workers=2, timeout_s=NEVER, retry_timeout_s=NEVER, package=PACKAGE))


def test_closing_kills_workers_that_hang(define: Define) -> None:
    define("slow", f"if text == 'hang': time.sleep({NEVER})\nreturn {{}}")
    results = measure(
        jobs_of(["a", "hang"], "slow"), workers=2, timeout_s=NEVER, retry_timeout_s=NEVER, package=PACKAGE
    )
    assert next(results).status == "measured"
    results.close()  # type: ignore[attr-defined]


def test_jobs_are_read_only_as_fast_as_results_are_taken(define: Define) -> None:
    define("length", "return {'n': len(text)}")
    read = 0

    def jobs() -> Iterator[Job]:
        nonlocal read
        for n in range(10_000):
            read += 1
            yield Job(n, "x" * 1000, ("length",))

    workers, chunk = 2, CHUNK_CHARACTERS // 1000 + 1
    most = workers * CHUNK_JOBS + workers * (CHUNKS_AHEAD + 1) * chunk
    for taken, _ in enumerate(
        measure(jobs(), workers=workers, timeout_s=NEVER, retry_timeout_s=NEVER, package=PACKAGE)
    ):
        if taken in (10, 100, 1000):
            time.sleep(0.3)  # a caller that is slow, so that everything in between fills up
        assert read - taken <= most
    assert read == 10_000


def test_the_working_directory_is_never_imported_from(
    define: Define, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    define("imports", "import quality, json\nreturn {'quality': quality.__file__, 'json': json.__file__}")
    folder = tmp_path / "handed in"
    folder.mkdir()
    for name in ("json.py", "quality.py", "numbers.py", "sitecustomize.py", f"{PACKAGE}.py"):
        (folder / name).write_text("raise SystemExit('imported from the working directory')")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", ".", str(tmp_path / "path")]))
    (result,) = run(jobs_of(["a"], "imports"))
    assert result.measures is not None
    assert Path(result.measures["quality"]) == ROOT / "quality" / "__init__.py"
    assert not Path(result.measures["json"]).is_relative_to(folder)


SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from quality.workers import Job, measure
print("started", flush=True)
jobs = (Job(n, text, ("slow",)) for n, text in enumerate({texts!r}))
for result in measure(jobs, workers=2, timeout_s=3600, retry_timeout_s=3600, package={package!r}):
    print(result.key, result.status, result.measures, flush=True)
"""


def script(texts: list[str]) -> subprocess.Popen[str]:
    code = SCRIPT.format(root=str(ROOT), texts=texts, package=PACKAGE)
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_an_unguarded_script_runs_once(define: Define) -> None:
    define("slow", "return {'n': len(text)}")
    out, err = script(["a", "bb"]).communicate()
    assert (out.splitlines(), err) == (["started", "0 measured {'n': 1}", "1 measured {'n': 2}"], "")


def _gone(pid: int) -> bool:
    """Whether the process ends; waits for long before it says no."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_its_parent(define: Define, tmp_path: Path, how: signal.Signals) -> None:
    pids = tmp_path / "pids"
    define("slow", f"open({str(pids)!r}, 'a').write(f'{{os.getpid()}}\\n')\ntime.sleep({NEVER})")
    long = "x" * CHUNK_CHARACTERS
    process = script([long, long])
    until(lambda: pids.exists() and len(pids.read_text().splitlines()) == 2)
    process.send_signal(how)
    _, err = process.communicate()
    assert all(_gone(int(pid)) for pid in pids.read_text().split())
    if how is signal.SIGINT:
        assert err.rstrip().endswith("KeyboardInterrupt")


def test_ctrl_c_in_the_terminal_reaches_no_worker(define: Define) -> None:
    define("steady", "import signal\nreturn {'ignored': signal.getsignal(signal.SIGINT) == signal.SIG_IGN}")
    assert [r.measures for r in run(jobs_of(["a"], "steady"))] == [{"ignored": True}]


text_of_any_kind = st.text(st.characters(exclude_categories=()), max_size=50)


@given(text_of_any_kind)
def test_any_text_survives_the_pipe(text: str) -> None:
    line = encode([text, {"text": text}])
    assert line.count(b"\n") == 1
    assert decode(line) == [text, {"text": text}]


@settings(max_examples=1, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(text_of_any_kind, min_size=200, max_size=200))
def test_any_text_is_measured_as_it_is(define: Define, texts: list[str]) -> None:
    define("echo", "return {'text': text}")
    assert [r.measures for r in run(jobs_of(texts, "echo"))] == [{"text": text} for text in texts]


def test_a_worker_is_an_ordinary_command() -> None:
    """`python -m quality.workers.worker` answers lines, so that a trouble can be looked at by hand."""
    lines = encode([None, ["repetition"]]) + encode(["Some words.", ["repetition"]])
    done = subprocess.run(
        [sys.executable, "-m", "quality.workers.worker"], input=lines, capture_output=True, cwd=ROOT
    )
    loaded, answer = done.stdout.splitlines()
    assert (json.loads(loaded), json.loads(answer)[0][1], done.returncode) == ([], "", 0)


ASKING = """
import os, time, types
from quality.errors import EngineGone
places = []

def measure(text):
    here = places[-1]
    if text == "fatal":
        os.path.exists(here) and os.unlink(here)
    time.sleep(0.05)
    if not os.path.exists(here):
        raise EngineGone("it died")
    return {"n": len(text)}

CHECKS = {"files": types.SimpleNamespace(measure=measure, service=types.SimpleNamespace(use=places.append))}
"""


def test_a_service_that_dies_is_started_again_and_costs_the_guilty_text_alone(
    define: Define, tmp_path: Path
) -> None:
    """The service is a file; a text that removes it has killed it, for all who read at that time."""
    define("other", "return {}")
    (tmp_path / "path" / PACKAGE / "asking.py").write_text(ASKING)
    started: list[Path] = []
    lock = threading.Lock()

    def address() -> str:
        with lock:
            if not started or not started[-1].exists():
                started.append(tmp_path / f"service {len(started)}")
                started[-1].touch()
            return str(started[-1])

    texts = [f"text {n}" for n in range(40)]
    texts[7] = texts[23] = "fatal"
    results = sorted(
        measure(
            [Job(n, f"{text}", ("asking@files", "other")) for n, text in enumerate(texts)],
            workers=3,
            timeout_s=NEVER,
            retry_timeout_s=NEVER,
            package=PACKAGE,
            services={"asking@files": address},
        ),
        key=lambda result: (result.family, result.key),
    )
    failed = {r.key: r.detail for r in results if r.status != "measured"}
    assert set(failed) == {7, 23}
    assert set(failed.values()) == {"the engine's server died at it, 2 times tried alone"}
    assert len(results) == 80
    assert 4 <= len(started) <= 7
