"""What all four commands share at the terminal: UTF-8 on any console, errors as sentences, exit codes."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
import traceback
from collections.abc import Callable
from typing import TextIO

from quality.errors import ConfigError, HardwareError, ProofgateError

INTERRUPTED = 130
"""Exit code of a command that Ctrl-C ended, as shells have it."""
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What the system says when a stream takes nothing more."""
_OURS = frozenset({"quality", "finetune", "grading", "dashboard"})
MAX_BUG = 500
"""Characters of an unforeseen error that are shown."""


def run(app: Callable[[], object], *, extra: str = "") -> None:
    """Runs a command line and ends the process with its exit code.

    Neither a user's mistake nor a bug of ours shows a traceback; `PROOFGATE_DEBUG=1` shows a bug's.

    Args:
        extra: Of the distribution, with the libraries that the commands need.
    """
    _open_missing_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a report's line ends are its own: CSV has CRLF on every system
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    try:
        app()
    except KeyboardInterrupt:
        say("stopped")
        sys.exit(INTERRUPTED)
    except ProofgateError as error:
        _end(error)
    except MemoryError:
        _end(HardwareError("the memory does not suffice", remedy="check the rows in several smaller files"))
    except ModuleNotFoundError as error:
        _end(_not_installed(error, extra) or _bug(error))
    except Exception as error:  # the last resort: whatever it is, a user gets a sentence and exit code 2
        if isinstance(error, OSError) and error.filename is None and error.errno in NO_ROOM:
            _end(_cannot_write(error))  # from a library that prints, such as the one that shows the help
        if os.environ.get("PROOFGATE_DEBUG") == "1":
            traceback.print_exception(error)
        _end(_bug(error))


def emit(text: str) -> None:
    """Writes data to stdout. A reader that has seen enough, such as `head`, changes nothing of the exit code.

    Raises:
        ProofgateError: stdout does not take it, as on a full disk.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
    except OSError as error:
        raise _cannot_write(error) from None


def say(text: str) -> None:
    """Prints progress or a note on stderr, as plain text."""
    from quality.reports.escape import visible_block

    try:
        print(visible_block(text), file=sys.stderr, flush=True)  # noqa: T201
    except OSError:  # a note that nobody can read stops nothing
        _silence(sys.stderr)


def say_error(error: ProofgateError) -> None:
    """Prints the error on stderr, with whatever a file smuggled into it made visible."""
    say(f"error: {error}")


def _end(error: ProofgateError) -> None:
    say_error(error)
    sys.exit(error.exit_code)


def _bug(error: Exception) -> ProofgateError:
    said = str(error)[:MAX_BUG]
    return ProofgateError(
        f"this is a bug of proofgate: {type(error).__name__}: {said}; please report it",
        remedy="with PROOFGATE_DEBUG=1 the command shows where it happened",
    )


def _not_installed(error: ModuleNotFoundError, extra: str) -> ProofgateError | None:
    """What to install; None where a module of ours is missing, which is a bug."""
    name = (error.name or "").partition(".")[0]
    if not extra or not name or name in _OURS:
        return None
    return ConfigError(f"the library {name} is not installed", remedy=f'pip install "proofgate[{extra}]"')


def _cannot_write(error: OSError) -> ProofgateError:
    _silence(sys.stdout)  # or the interpreter fails once more when it ends
    return ProofgateError(f"cannot write to stdout: {error.strerror}")


def _silence(stream: TextIO) -> None:
    """What the stream still holds, and all that follows, goes nowhere."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _open_missing_streams() -> None:
    """A closed stdout or stderr (`2>&-`) takes everything and shows nothing.

    Its number is taken too: the next file that is opened would get it, and with it what is meant for the stream.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - for good
