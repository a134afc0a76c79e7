"""Runs the server as its child and ends it when its own stdin ends, so that no server outlives its owner.

Started by path with a bare interpreter; imports nothing of ours. The first argument is the server's settings, the
others are its command, in which `{home}` stands for a temporary folder that holds the settings as `server.properties`
and is removed at the end. The first line on stdout is the server's process number; the exit code is the server's.

Whoever started the keeper holds the other end of stdin, and the system closes that however the owner ends, by SIGKILL
too. Should the keeper itself be killed, Linux kills the server with it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Runs the command until it ends or stdin does."""
    settings, *command = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="proofgate-", ignore_cleanup_errors=True) as home:
        Path(home, "server.properties").write_text(settings, encoding="ascii")
        server = subprocess.Popen(  # noqa: S603 - the command that our own server.py wrote
            [part.replace("{home}", home) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=home,
            preexec_fn=_with_parent(),
        )
        threading.Thread(target=_end_with_stdin, args=(server,), daemon=True).start()
        print(server.pid, flush=True)  # noqa: T201
        code = server.wait()
    sys.exit(code & 0xFF)


def _with_parent() -> Callable[[], None] | None:
    """What a child calls before it becomes the server: on Linux, it asks to die with its parent."""
    if sys.platform != "linux":
        return None
    import ctypes

    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _end_with_stdin(server: subprocess.Popen[bytes]) -> None:
    while os.read(0, 4096):
        pass
    server.kill()


if __name__ == "__main__":
    main()
