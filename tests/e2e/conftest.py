"""A real terminal for the commands that talk with one."""

import contextlib
import os
import select
import signal
import struct
import sys
import time
import warnings

import pytest

from tests.command import QUALITY

PATIENCE_S = 60
"""For one screen, on a busy machine."""


KILLED = """
import importlib, os, signal, sys

moment, module, name = sys.argv[1:4]
owner = importlib.import_module(module)
real = getattr(owner, name)


def last(*given, **named):
    if moment == "after":
        real(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)


setattr(owner, name, last)
sys.argv = ["quality", *sys.argv[4:]]
from quality.cli import main

main()
"""
"""`quality`, killed right before or after the first call of a function."""


INTERRUPTS = 3
"""How often Ctrl-C is pressed at most."""


class Terminal:
    """A command at a terminal of its own: what it shows, what is typed, how it ends.

    Args:
        killed: (`before` or `after`, module, function): the moment at which it is killed.
    """

    def __init__(self, *arguments, killed=None, **environment):
        import fcntl
        import pty
        import termios

        with warnings.catch_warnings():
            # Python 3.12 warns of forks beside threads, and pytest-xdist has one; the child becomes a command at once
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 160, 0, 0))
            # not execv: a readline in this process has put COLUMNS into the environment behind Python's back
            own = [sys.executable, "-c", KILLED, *killed] if killed else [str(QUALITY)]
            sized = {"COLUMNS": "160", "LINES": "40"}
            os.execve(own[0], [*own, *map(str, arguments)], {**os.environ, **sized, **environment})
        self.status = None

    def until(self, *texts):
        """What the terminal shows, up to and with one of those texts."""
        shown = self._shown(texts, PATIENCE_S)
        assert any(text in shown for text in texts), shown
        assert "Traceback" not in shown, shown
        return shown

    def interrupt(self, text):
        """Ctrl-C at a prompt, and what is shown then, up to and with that text.

        Pressed again where nothing came: a signal between Python's last look for one and its wait for a key is seen
        only with the next key.
        """
        shown = ""
        for _ in range(INTERRUPTS):
            self.type("\x03")
            shown += self._shown((text,), PATIENCE_S / INTERRUPTS)
            if shown:
                break
        assert text in shown, shown
        assert "Traceback" not in shown, shown
        return shown

    def _shown(self, texts, patience_s):
        shown, end = "", time.monotonic() + patience_s
        while not any(text in shown for text in texts) and time.monotonic() < end:
            ready, _, _ = select.select([self.fd], [], [], 0.5)
            if ready:
                try:
                    shown += os.read(self.fd, 1 << 16).decode("utf-8", "replace")
                except OSError:  # the command has ended
                    break
        return shown

    def type(self, text):
        os.write(self.fd, text.encode())

    def kill(self, how=signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, how)

    def hang_up(self):
        """Closes the window."""
        os.close(self.fd)
        self.fd = None

    def end(self):
        """The exit code; minus the signal's number where one ended it."""
        if self.status is None:
            if self.fd is not None:
                self._drain()
                os.close(self.fd)
                self.fd = None
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status

    def _drain(self):
        with contextlib.suppress(OSError):
            while os.read(self.fd, 1 << 16):
                pass


@pytest.fixture
def terminal(tmp_path, monkeypatch):
    """Starts `quality …` at a terminal, in an empty folder; whatever is left of it is killed."""
    if sys.platform == "win32":
        pytest.skip("Windows has no pty")
    monkeypatch.chdir(tmp_path)
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    started = []

    def start(*arguments, killed=None):
        started.append(Terminal(*arguments, killed=killed, TERM="xterm-256color"))
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.end()
