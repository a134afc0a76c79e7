"""One worker process as its parent sees it: started, given jobs with a deadline each, killed, reaped.

Started by the path of `quality/workers/worker.py` with `subprocess`, never by `multiprocessing`: nothing runs
`__main__` again, so notebooks, unguarded scripts and Streamlit work, and nothing is unpickled.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from quality.errors import EngineUnavailable

START_TIMEOUT_S: Final = 120.0
"""For importing the checks, on a cold and busy disk."""
END_TIMEOUT_S: Final = 5.0
ALARM_MARGIN_S: Final = 30
STDERR_LINES: Final = 20


@dataclass(frozen=True, slots=True)
class Settings:
    """How workers are started and how long they may take; as in `workers.measure`."""

    timeout_s: float
    retry_timeout_s: float
    package: str
    limit_mb: int


class Child:
    """A worker process with a deadline. Its own thread talks to it; any thread may kill it."""

    def __init__(self, settings: Settings) -> None:
        self.process = _started(settings)
        self.deadline = float("inf")
        self.overdue = False
        self.lock = threading.Lock()
        self.stderr: deque[bytes] = deque(maxlen=STDERR_LINES)
        self.drain = threading.Thread(target=self._drain, name="quality-worker-stderr", daemon=True)
        self.drain.start()

    def _drain(self) -> None:
        stream = _pipe(self.process.stderr)
        with suppress(OSError, ValueError):
            while line := stream.readline(4096):
                self.stderr.append(line)

    def send(self, lines: bytes) -> bool:
        """Hands over a chunk; whether the child is ready for it."""
        self.deadline = time.monotonic() + START_TIMEOUT_S
        try:
            _pipe(self.process.stdin).write(lines)
            _pipe(self.process.stdin).flush()
        except OSError:
            return False
        return self.reply(START_TIMEOUT_S) is not None

    def reply(self, timeout_s: float) -> bytes | None:
        """The next line; None when the child died or was killed for being late."""
        self.deadline = time.monotonic() + timeout_s
        try:
            line = _pipe(self.process.stdout).readline()
        except OSError:
            line = b""
        self.deadline = float("inf")
        return line if line.endswith(b"\n") else None

    def kill_if_overdue(self) -> None:
        """Kills it when its thread has been waiting for too long."""
        if time.monotonic() > self.deadline:
            self.overdue = True
            self.kill()

    def kill(self) -> None:
        """Kills it and what it started; it stays to be reaped by `close`."""
        with self.lock:  # its number must not be reaped, and given to another process, in between
            if self.process.poll() is not None:
                return
            if sys.platform == "win32":
                self.process.kill()
            else:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.process.pid, signal.SIGKILL)

    def hang_up(self) -> None:
        """Ends its input."""
        with suppress(OSError):
            _pipe(self.process.stdin).close()

    def wait_to_end(self) -> None:
        """Waits for the end that follows `hang_up`, not for long."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=5)

    def close(self) -> None:
        """Kills and reaps it, and closes the pipes."""
        self.kill()
        self.process.wait()
        self.drain.join(timeout=5)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            with suppress(OSError):
                _pipe(stream).close()

    def ending(self) -> str:
        """How it ended, in words that are the same in every run."""
        code = self.process.returncode
        if self.overdue:
            return "did not answer in time"
        if code is not None and code < 0:
            with suppress(ValueError):
                return f"was killed by {signal.Signals(-code).name}"
        return f"ended with exit code {code}"

    def last_words(self) -> str:
        """The last line that it wrote to stderr."""
        lines = [line.decode("utf-8", "replace").strip() for line in self.stderr]
        return next((line for line in reversed(lines) if line), "it said nothing")


def _started(settings: Settings) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and file
            _command(settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=1 << 16,
            env=_environment(),
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise EngineUnavailable(f"no worker process can be started: {error}", where=sys.executable) from None


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _command(settings: Settings) -> list[str]:
    if not sys.executable or getattr(sys, "frozen", False):
        raise EngineUnavailable(
            "no Python interpreter to start worker processes with", where="sys.executable"
        )
    # -P: nothing is imported from the folder where the data lies.
    # -W: an engine's warning is neither an error nor noise.
    flags = ["-P", "-X", "utf8", "-W", "ignore"]
    alarm_s = int(max(settings.timeout_s, settings.retry_timeout_s, START_TIMEOUT_S)) + ALARM_MARGIN_S
    options = ["--package", settings.package, "--alarm-s", str(alarm_s), "--limit-mb", str(settings.limit_mb)]
    return [sys.executable, *flags, str(Path(__file__).with_name("worker.py")), *options]


def _environment() -> dict[str, str]:
    """The parent's, without import paths that depend on the working directory; one thread a process."""
    environment = dict(os.environ)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
        environment.setdefault(name, "1")
    paths = environment.pop("PYTHONPATH", "").split(os.pathsep)
    absolute = [path for path in paths if Path(path).is_absolute()]
    return {**environment, "PYTHONPATH": os.pathsep.join(absolute)} if absolute else environment
