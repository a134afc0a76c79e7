"""A LanguageTool server of our own: started, watched, and gone when we are.

It runs through `keeper.py` on a free loopback port, with a limited heap and no file left behind. It is given no text
before its process is seen to own its port (`ownership.py`).

Not with language-tool-python's own class: that of 3.4.0 posts to whoever answers on its port, sends through
`http_proxy`, follows redirects, and leaves the server running when its process is killed.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import Final

from quality.engines import Unreadable
from quality.engines.languagetool.client import Client
from quality.engines.languagetool.ownership import LOOPBACK, Address, owned
from quality.engines.languagetool.places import Installation, java
from quality.errors import EngineGone, EngineUnavailable

HEAP_MB: Final = 2048
"""Of which English alone takes some 500; each language more."""
START_TIMEOUT_S: Final = 120.0
"""On a busy machine; on an idle one it takes 2 s."""
START_ATTEMPTS: Final = 5
POLL_S: Final = 0.05
WARM_UP: Final = "en-US"
STDERR_LINES: Final = 20
SETTINGS: Final = {
    "maxCheckTimeMillis": 100_000,
    "maxCheckThreads": 64,
    "pipelineCaching": "true",
    "maxPipelinePoolSize": 200,
    "pipelineExpireTimeInSeconds": 3_600,
}
_JVM: Final = (
    f"-Xmx{HEAP_MB}m",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:+UseParallelGC",
    "-XX:-UsePerfData",
    f"-XX:ErrorFile={os.devnull}",
    "-Djava.awt.headless=true",
    "-Djava.io.tmpdir={home}",
    "-Djava.net.preferIPv4Stack=true",
    "-Dsun.net.httpserver.nodelay=true",
)


class Server:
    """A server that runs. Thread-safe; `stop` ends it, and so does the end of this process."""

    def __init__(self, installation: Installation) -> None:
        self.stderr: deque[bytes] = deque(maxlen=STDERR_LINES)
        for _ in range(START_ATTEMPTS):
            port = _free_port()
            self._keeper = _started(installation, port)
            self._drain = threading.Thread(target=self._read_stderr, name="languagetool-stderr", daemon=True)
            self._drain.start()
            address = self._ready(port)
            if address is not None:
                self.address = address
                return
            self.stop()
        raise EngineUnavailable(
            f"the server does not start: {self._last_words()}",
            where="LanguageTool",
            remedy="`quality engines` shows what it is started from",
        )

    def is_alive(self) -> bool:
        """Whether it runs and still owns its port."""
        return self._keeper.poll() is None and owned(self.address)

    def stop(self) -> None:
        """Ends it and waits for its end; safe to call twice."""
        assert self._keeper.stdin is not None
        with contextlib.suppress(OSError):
            self._keeper.stdin.close()
        try:
            self._keeper.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._keeper.kill()
            self._keeper.wait()
        self._drain.join(timeout=5)
        for stream in (self._keeper.stdout, self._keeper.stderr):
            if stream is not None:
                stream.close()

    def _read_stderr(self) -> None:
        assert self._keeper.stderr is not None
        with contextlib.suppress(OSError, ValueError):
            while line := self._keeper.stderr.readline(4096):
                self.stderr.append(line)

    def _ready(self, port: int) -> Address | None:
        """The server's address once it answers on a port of its own; None when it ended first."""
        import psutil

        assert self._keeper.stdout is not None
        number = self._keeper.stdout.readline().strip()
        try:
            process = psutil.Process(int(number))
            address = Address(f"http://{LOOPBACK}:{port}/v2", process.pid, process.create_time())
        except (ValueError, psutil.Error):
            return None
        end = time.monotonic() + START_TIMEOUT_S
        while self._keeper.poll() is None and time.monotonic() < end:
            if owned(address) and _answers(address):
                return address
            time.sleep(POLL_S)
        return None

    def _last_words(self) -> str:
        lines = [line.decode("utf-8", "replace").strip() for line in self.stderr]
        return next((line for line in reversed(lines) if line), "it said nothing")


def _answers(address: Address) -> bool:
    """Whether it answers, and has read its first sentence, for which it loads its rules."""
    client = Client(address, START_TIMEOUT_S)
    try:
        if not client.healthy():
            return False
        with contextlib.suppress(Unreadable):
            client.check("This is a test.", WARM_UP)
    except EngineGone:
        return False
    else:
        return True
    finally:
        client.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _started(installation: Installation, port: int) -> subprocess.Popen[bytes]:
    command = [java(), *_JVM, "-cp", str(installation.jar), "org.languagetool.server.HTTPServer"]
    keeper = [sys.executable, "-I", "-S", "-X", "utf8", str(Path(__file__).with_name("keeper.py"))]
    settings = "".join(f"{key}={value}\n" for key, value in SETTINGS.items())
    return subprocess.Popen(  # noqa: S603 - our own interpreter, file and command
        [*keeper, settings, *command, "--port", str(port), "--config", "{home}/server.properties"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
